"""What somebody wants on their paper, as a form."""

from __future__ import annotations

from wtforms import BooleanField, StringField

from app.export.nouns import Choice, Sort
from app.web.form import Form


class PaperForm(Form):
    """Which sheet, and what comes on it."""

    sort = StringField()
    numbers = BooleanField()
    own = BooleanField()

    @property
    def wanted(self) -> Sort:
        """Which sheet; the poster when the button did not say."""
        return Sort.WHOLE if self.sort.data == Sort.WHOLE else Sort.POSTER

    @property
    def choice(self) -> Choice:
        return Choice(numbers=bool(self.numbers.data), own=bool(self.own.data))
