"""Who may do what: readable without Flask or SQL. `table.py` is the truth; what is not in it is denied."""
