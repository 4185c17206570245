"""Pictograms in a page: where one is, and the word for it in the reader's language; on paper, its drawing in lines.

A form that may carry one is a `WithPicto`, and shows `picto_field` (`templates/_parts/picto.html`), which looks for
pictures without scripts too: its own button sends the whole form, which then comes back as it was with what was found.
"""

from __future__ import annotations

from flask import Flask, g, has_app_context, request
from wtforms import StringField

from app.pictos import shelf
from app.pictos.nouns import Group, Picto
from app.translations import language
from app.web.assets import address
from app.web.form import Form, clean

# How wide and high a pictogram is where nothing else is said, in pixels.
SIDE = 72
LONGEST_SEARCH = 60
# Of each part of the board, where a form has no group of its own to begin with.
SOME_OF_EACH = 2


def install(app: Flask) -> None:
    """Give all templates `picto_src`, `picto_line` and `picto_label`, each of a code, and what `picto_field` needs."""
    app.jinja_env.globals.update(picto_src=src, picto_line=line, picto_label=label, pictos_shown=shown)
    app.jinja_env.globals.update(picto_choices=choices, picto_asked=asked_for)


def shown() -> bool:
    """Whether a pictogram stands on this page by now: then its foot says whose they are."""
    return "pictos_shown" in g


def src(code: str) -> str:
    """Where the drawing in colour is; empty when there is no such pictogram."""
    if not shelf.is_known(code):
        return ""
    tell_whose()
    return address(f"picto/{code}.svg")


def line(code: str) -> str:
    """Where the drawing in lines is, for paper; empty when there is no such pictogram."""
    if not shelf.is_known(code):
        return ""
    tell_whose()
    return address(f"picto/line/{code}.svg")


def tell_whose() -> None:
    """A pictogram stands on this page: its foot says whose drawings they are."""
    if has_app_context():
        g.pictos_shown = True


def label(code: str) -> str:
    """The word for a pictogram, as the reader says it; empty when there is no such pictogram."""
    return shelf.label(code, language())


# ---- in a form -------------------------------------------------------------------------------------------------------


class PictoField(StringField):  # type: ignore[misc]
    """The code of a pictogram; what is none becomes empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the code that was sent."""
        sent = valuelist[0] if valuelist else ""
        self.data = sent if shelf.is_known(sent) else ""


class WithPicto(Form):
    """A form that may carry a pictogram. While its sender looks for one it is not sent yet: it comes back as it is."""

    picto = PictoField()

    def validate(self, extra_validators: object = None) -> bool:
        """Whether the form can be saved: not while somebody looks for a picture in it."""
        looks = [name for name, one in self._fields.items() if isinstance(one, PictoField) and is_looking(name)]
        return bool(super().validate(extra_validators)) and not looks


def is_looking(name: str) -> bool:
    """Whether this form was sent to look for a pictogram for a field. Enter in another field asks no words here."""
    return f"{name}_look" in request.form and bool(asked_for(f"{name}_zoek"))


def asked_for(name: str) -> str:
    """The words somebody looks for a pictogram by."""
    return clean(request.values.get(name, ""))[:LONGEST_SEARCH]


def choices(name: str, value: str = "", group: str = "") -> list[Picto]:
    """The pictograms to choose from in a field: the chosen one, then what was asked for, or a part of the board."""
    said = language()
    asked = asked_for(f"{name}_zoek")
    board = shelf.board(said)
    if asked:
        found = shelf.find(asked, said)
    elif group:
        found = list(board[Group(group)])
    else:
        found = [one for part in board.values() for one in part[:SOME_OF_EACH]]
    chosen = [shelf.picto(value, said)] if shelf.is_known(value) else []
    return chosen + [one for one in found if one.code != value]
