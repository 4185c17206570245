"""What changed: the history every write leaves, undo ("Toch niet") and the bin. Written by the door (`app/change.py`)
only; this room reads it, undoes and brings back.
"""
