"""The cast itself: what its table says of who sees what is what the one scope gives them."""

import pytest
from flask import Flask

from app.children.store import as_child, as_reader
from app.policy.actor import Actor, ActorKind
from app.rooms import KINDS
from app.scope import load
from tests.cast import EVERYBODY, Cast

pytestmark = pytest.mark.both_databases


def _places(cast: Cast, actor: Actor) -> list[Actor]:
    """Somebody in their plan, and in the layer of each child: as that child, or as who reads along."""
    if actor.kind is ActorKind.TRUSTED:
        return [actor]
    own = [] if (child := as_child(actor)) is None else [child]
    return [actor, *own, *(as_reader(actor, layer) for layer in set(cast.layers.values()))]


@pytest.mark.parametrize(
    "who", [who for who in EVERYBODY if who not in {"stopped", "expired", "away", "late", "nobody"}]
)
def test_everybody_sees_what_the_table_says_and_nothing_else(cast: Cast, app: Flask, who: str) -> None:
    with app.app_context():
        wholes = [load(actor, *KINDS.values(), removed=True) for actor in _places(cast, cast.actors[who])]
        # A start card is of an account and of no plan.
        things = {name: piece for name, piece in cast.pieces.items() if piece.kind in KINDS}
        seen = {
            name for name, piece in things.items() if any(whole.get(KINDS[piece.kind], piece.id) for whole in wholes)
        }
    assert seen == {name for name, piece in things.items() if who in piece.seen_by}


def test_what_one_test_changes_in_the_cast_no_other_finds(cast: Cast, app: Flask) -> None:
    """Nele kept seeing people in whatever test came later: an earlier one had let her, in the list that all share."""
    other = cast.copied(app)
    for name, own in vars(other).items():
        if isinstance(own, dict):
            own.clear()
            assert vars(cast)[name], name
