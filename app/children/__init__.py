"""A child's own layer: what it says and keeps, who may see that, and what those say back.

The layer is a root of its own with a key of its own, in one plan or two (decision 0024). What lies in it is seen by
the child, and by whom the child chose. What a child sees of the plan is in `days`, how its parents make its page and
give it the phone in `childpages`. Beside the names every room uses: `said_*` is the child's side, `told_*` that of whom
it told, `lock.py` and `code.py` what closes it on this phone, `twice.py` how it is in a second plan.
"""
