"""A form that could not be saved because nobody was signed in: what was typed, kept on the page and sent again.

Its fields travel as hidden fields with a mark before their name, beside the question for the key; nothing of it is
stored. A form key goes along too, so that what was saved after all is not saved twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from flask import request

MARK = "typed:"
# More fields than any form of ours sends; a page grows with each.
MOST = 500
# Made by the form itself, or a key: never handed back.
NOT_KEPT = frozenset({"csrf_token", "form_key", "card_number", "card_words", "password", "answer", "then", "sent_key"})
# A key, or what makes one: never handed back, whatever happens.
SECRET = frozenset({"csrf_token", "form_key", "card_number", "card_words", "password"})
# Of what goes along, what nobody typed: ids, days and numbers; and, when there is more to read, short codes of choices.
NOT_TYPED = re.compile(r"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{1,3}|\d{4}-\d{2}-\d{2}|\d{2}:\d{2}")
CODE = re.compile(r"[a-z_]{1,12}")

# What goes along of what its writer saw, beside what they wrote.
NOT_READ = ("version", "was_", "mine_", "keep_", "list_", "then", "sent_key", "answer")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Unsent:
    """What was typed (`pairs`), where it was going (`then`) and the key of that form."""

    pairs: Pairs = ()
    then: str = ""
    key: str = ""

    @property
    def hidden(self) -> Pairs:
        """The fields that carry it along in another form."""
        marked = tuple((MARK + name, value) for name, value in self.pairs)
        return (*marked, ("then", self.then), ("sent_key", self.key))

    @property
    def words(self) -> list[str]:
        """What a person wrote, to be read on the page."""
        values = (value for name, value in self.pairs if not name.startswith(NOT_READ))
        typed = [value for value in values if not NOT_TYPED.fullmatch(value.strip())]
        return [value for value in typed if not CODE.fullmatch(value.strip())] or typed

    def leads_into(self, plan: UUID) -> bool:
        """Whether it was going to a page of this plan, and nowhere else."""
        return re.fullmatch(rf"/p/{plan}(/[a-z0-9-]+)+", self.then) is not None


def refused() -> Unsent:
    """The form of this request, which was refused."""
    pairs = (pair for pair in request.form.items(multi=True) if pair[0] not in NOT_KEPT)
    return Unsent(tuple(islice(pairs, MOST)), request.path, request.form.get("form_key", ""))


def kept() -> Unsent:
    """The form of this request, which could not be saved: all of it but its secrets, also what it carried along."""
    pairs = (pair for pair in request.form.items(multi=True) if pair[0] not in SECRET)
    return Unsent(tuple(islice(pairs, MOST)), request.path, request.form.get("form_key", ""))


def carried() -> Unsent:
    """The form that came along with this request."""
    pairs = request.form.items(multi=True)
    typed = ((name.removeprefix(MARK), value) for name, value in pairs if name.startswith(MARK))
    return Unsent(tuple(islice(typed, MOST)), request.form.get("then", ""), request.form.get("sent_key", ""))
