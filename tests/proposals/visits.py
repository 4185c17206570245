"""What tests of proposals share: a guest of the cast who proposes, and the same line seen by a parent."""

from uuid import UUID

from app.proposals import commands, store
from app.proposals.commands import LineInput
from app.proposals.nouns import Act, Said, Target
from app.proposals.store import LineView
from tests.cast import Cast

TEA = Said(what="Elke week samen thee drinken", why="dan is er tijd om te praten")


def new(about: Target = Target.AGREEMENT, said: Said = TEA, **more: object) -> LineInput:
    """Something new."""
    return LineInput(Act.NEW, about, said, **more)  # type: ignore[arg-type]


def send(cast: Cast, *lines: LineInput, by: str = "lisa", form_key: str | None = None) -> UUID:
    """A guest sends these lines; the id of the proposal."""
    actor = cast.actors[by]
    return commands.send(actor, store.board(actor), lines, form_key).id


def lines_of(cast: Cast, who: str) -> list[LineView]:
    """What somebody sees, beside what the cast proposed."""
    there = {piece.id for piece in cast.pieces.values()}
    return [line for line in store.board(cast.actors[who]).lines if line.thing.id not in there]
