"""What every room's forms share: WTForms, cleaned input, and errors as one sentence a field."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from datetime import time
from typing import Any
from uuid import UUID

from flask import g, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, Field, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length, ValidationError

from app.translations import lazy_gettext as _l
from app.web.chosen import chosen

SHORT, LONG = 120, 2000
NOT_FILLED_IN = {"csrf_token", "form_key"}
# Embeddings, overrides and isolates of writing direction.
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Putting marks on one letter in order takes the square of their number, and no writing has more on one than this
# ("stream-safe text", https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format).
MARKS = 30
UNSEEN = frozenset({"Cf", "Zs", "Zl", "Zp", "Cn"})
# Letters and signs by their category, yet drawn as nothing.
BLANK = frozenset("\n\t\u034f\u115f\u1160\u2800\u3164\uffa0")


class Form(FlaskForm):  # type: ignore[misc]
    """A form of a room. The token is checked for every write at once (`web/security.py`), so not here again."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc] # noqa: D106 - WTForms' own switchboard
        csrf = False

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """What was sent, and of two texts what was chosen."""
            wrapped = super().wrap_formdata(form, formdata)
            return _sent() if wrapped is request.form else wrapped

    @property
    def sentences(self) -> dict[str, str]:
        """What is still needed: the first sentence for each field in trouble, by field name."""
        return {name: str(errors[0]) for name, errors in self.errors.items() if name and errors}

    def refuse(self, field: str, sentence: str) -> None:
        """Say at a field why a rule refused the form."""
        self[field].errors = [sentence]

    def as_is(self) -> list[tuple[str, str]]:
        """The form as it stands, for hidden fields: a later save can then tell what its writer changed."""
        return [(f"was_{field.name}", text) for field in self for text in _as_sent(field.data)]

    def as_seen(self) -> list[tuple[str, str]]:
        """The same as the writer saw it, to send along again after a mistake."""
        return [(name, text) for name, text in request.form.items(multi=True) if name.startswith("was_")]

    def touched(self, fields: Iterable[str]) -> bool:
        """Whether its writer made these fields other than the page showed them."""
        return any(_texts(self.typed(name)) != _texts(_sent().getlist(f"was_{name}")) for name in fields)

    def moved_on(self, fields: Iterable[str]) -> bool:
        """Whether these fields, as they stand now, are other than the page showed them."""
        return any(_texts(_as_sent(self[name].data)) != _texts(_sent().getlist(f"was_{name}")) for name in fields)

    def typed(self, field: str) -> list[str]:
        """What was sent for a field, with what was chosen of two texts."""
        return _sent().getlist(field)

    def is_list(self, field: str) -> bool:
        """Whether a field holds several choices."""
        return isinstance(self[field], SelectMultipleField)

    def has_room(self, field: str, text: str) -> bool:
        """Whether a field takes a text of this length. A field of one line never takes two texts."""
        longest = [one.max for one in self[field].validators if isinstance(one, Length)]
        return bool(longest) and SHORT < longest[0] >= len(text)

    @property
    def seen(self) -> int | None:
        """The version of the item the writer looked at."""
        text = request.form.get("version", "")
        return int(text) if text.isdecimal() and len(text) < 10 else None

    @property
    def key(self) -> str | None:
        """The key of this form as it was filled in: sent twice it is the same.

        Who goes Back to a form the browser kept, and writes other words in it, sends another form.
        """
        if self.sent_key is None:
            return None
        filled_in = sorted(pair for pair in request.form.items(multi=True) if pair[0] not in NOT_FILLED_IN)
        digest = hashlib.sha256(repr(filled_in).encode("utf-8", "replace")).hexdigest()
        return f"{self.sent_key}/{digest}"

    @property
    def sent_key(self) -> str | None:
        """The key that came with the form, whatever is filled in."""
        return request.form.get("form_key") or None


def _sent() -> MultiDict[str, str]:
    """What was sent with what was chosen, worked out once a request: a form asks it for every field."""
    if "sent" not in g or g.sent[0] is not request.form:
        g.sent = (request.form, chosen(request.form))
    sent: MultiDict[str, str] = g.sent[1]
    return sent


def _texts(sent: Iterable[str]) -> list[str]:
    return sorted(filter(None, map(clean, sent)))


def clean(text: str | None) -> str:
    """Text as people mean it: one Unicode form, no control characters, no space around.

    What turns the direction of all that follows goes out too: it would turn our own words beside it. Marks that join
    letters or stand for one direction stay, as Arabic and emoji need them; with nothing else there is no text.
    """
    kept = "".join(
        letter
        for letter in unicodedata.normalize("NFC", _few_marks(text or "")).replace("\r\n", "\n")
        if letter in "\n\t" or (unicodedata.category(letter) not in {"Cc", "Cs"} and letter not in TURNS)
    )
    says = any(unicodedata.category(letter) not in UNSEEN and letter not in BLANK for letter in kept)
    return kept.strip() if says else ""


def _few_marks(text: str) -> str:
    run, kept = 0, []
    for letter in text:
        run = run + 1 if unicodedata.category(letter).startswith("M") else 0
        if run <= MARKS:
            kept.append(letter)
    return "".join(kept)


def _as_sent(data: Any) -> list[str]:
    """What a browser sends for the data of a field."""
    if isinstance(data, (list, tuple)):
        return [text for one in data for text in _as_sent(one)]
    if isinstance(data, bool):
        return ["1"] if data else []
    if isinstance(data, time):
        return [f"{data:%H:%M}"]
    return [] if data is None or data == "" else [str(data)]


class Words(StringField):  # type: ignore[misc]
    """A text in the family's own words."""

    def __init__(self, longest: int = SHORT, **options: Any) -> None:
        validators = [*options.pop("validators", []), Length(max=longest, message=_too_long(longest))]
        super().__init__(filters=[clean], validators=validators, **options)


class Day(DateField):  # type: ignore[misc]
    """A local day; may stay open. Phones without a day picker send it as people write it: 3/2/2026."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day.

        Raises:
            ValueError: it is no day; `text` keeps what was typed.
        """
        if not any(value.strip() for value in valuelist):
            self.data = None
            return
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            raise ValueError(_l("Schrijf de dag zo: 15/1/2026.")) from None

    @property
    def text(self) -> str:
        """The day as an input shows it, or what was typed."""
        return str(self._value())


class Needed:
    """The field may not stay empty; stops there with this sentence."""

    field_flags: dict[str, bool] = {}

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Refuse an empty field.

        Raises:
            ValidationError: it is empty.
        """
        if not field.data:
            raise ValidationError(str(self.sentence))


def _too_long(longest: int) -> Any:
    return _l("Maak dit korter. Hier passen %(number)s letters.", number=longest)


def _person(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _person_or_none(value: Any) -> UUID | None:
    return _person(value) if value else None


class OneOf(SelectField):  # type: ignore[misc]
    """One thing of those offered (by id); nothing is an answer too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=_person_or_none, validate_choice=False, **options)


class AnyOf(SelectMultipleField):  # type: ignore[misc]
    """Some of the things offered (by id)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=_person, validate_choice=False, **options)
