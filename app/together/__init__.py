"""Samen invullen: somebody types on the family's phone, in the family's session, and each entry says so.

It writes nothing itself: who types is kept in the browser's signed cookie (`app/web/session.py`), stands on the actor,
and the one door puts it in whatever is saved. What asks for the phone back is in `app/web/scribe.py`.
"""
