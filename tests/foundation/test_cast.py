"""The cast itself: what its table says of who sees what is what the one scope gives them."""

import pytest
from flask import Flask

from app.rooms import KINDS
from app.scope import load
from tests.cast import EVERYBODY, Cast

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    "who", [who for who in EVERYBODY if who not in {"stopped", "expired", "away", "late", "nobody"}]
)
def test_everybody_sees_what_the_table_says_and_nothing_else(cast: Cast, app: Flask, who: str) -> None:
    with app.app_context():
        whole = load(cast.actors[who], *KINDS.values(), removed=True)
        # A start card is of an account and of no plan.
        things = {name: piece for name, piece in cast.pieces.items() if piece.kind in KINDS}
        seen = {name for name, piece in things.items() if whole.get(KINDS[piece.kind], piece.id)}
    assert seen == {name for name, piece in things.items() if who in piece.seen_by}
