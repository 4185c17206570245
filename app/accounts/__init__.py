"""Getting in: sessions, seats, key cards, attempts. What a seat may do is for `policy`; who sits in it for the room
that gave the seat (`plan`: members, `sharing`: links).
"""
