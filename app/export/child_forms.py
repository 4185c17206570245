"""Which sheet of a child somebody wants, as a form."""

from __future__ import annotations

from uuid import UUID

from wtforms import BooleanField, DateField, SelectMultipleField, StringField
from wtforms.validators import Optional

from app.agreements.rules import YEARS
from app.export.nouns import OF_A_CHILD, Choice, Set, Sort
from app.web.form import Form

MOST_PICTOS = 35


class ChildPaperForm(Form):
    """Which sheet, of which day, with which cards."""

    sort = StringField()
    day = DateField(validators=[Optional()])
    sets = SelectMultipleField(choices=[one.value for one in Set])
    pictos = SelectMultipleField(choices=[], validate_choice=False)
    lines = BooleanField()

    @property
    def wanted(self) -> Sort:
        """Which sheet; the day when the button did not say."""
        return Sort(self.sort.data) if self.sort.data in OF_A_CHILD else Sort.STRIP

    def choice(self, child: UUID | None) -> Choice:
        """The same as a choice, as far as that sheet asks for it: what shows the same lies on the shelf once."""
        dated = self.wanted in {Sort.STRIP, Sort.WEEK}
        on_cards = self.wanted is Sort.CARDS
        day = self.day.data if dated and self.day.data and self.day.data.year in YEARS else None
        sets = tuple(one for one in Set if one.value in (self.sets.data or ())) if on_cards else ()
        pictos = tuple(self.pictos.data or ())[:MOST_PICTOS] if on_cards else ()
        lines = bool(self.lines.data)
        return Choice(child=child, day=day, sets=sets, pictos=pictos, lines=lines)
