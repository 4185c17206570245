"""Which part of the board somebody meets first. Pure."""

from __future__ import annotations

from app.pictos.nouns import Group

# By the kind of thing the picture is for.
FIRST = {
    "person": Group.PEOPLE,
    "goal": Group.FEELINGS,
    "step": Group.HOME,
    "agreement": Group.DAYS,
    "moment": Group.PLAY,
}


def group_of(asked: str, kind: str) -> Group:
    """The group an address asks for; else where a picture for this kind of thing is likeliest."""
    return Group(asked) if asked in set(Group) else FIRST.get(kind, Group.FEELINGS)
