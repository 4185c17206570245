"""What tests of wishes share: Kaat of the cast asks something, and a parent answers it."""

from uuid import UUID

from app.change import Add, change
from app.children.models import SAID
from app.children.nouns import Answer, Chosen, SaidBody, SaidState, Sort
from app.children.store import as_child
from app.db import now
from app.policy.actions import Action
from app.policy.audience import Audience, Who
from app.wishes import store
from app.wishes.commands import AnswerInput
from app.wishes.store import WishView
from tests.cast import Cast

NO = AnswerInput(Answer.NO, words="Nu is er geen geld voor.")
YES = AnswerInput(Answer.YES)


def ask(cast: Cast, *who: str, sort: Sort = Sort.WISH, words: str = "Een hond", by: str = "kaat") -> UUID:
    """Kaat asks something of these parents."""
    child = as_child(cast.actors[by])
    assert child is not None
    people = tuple(cast.people[one] for one in who)
    audience = Audience(Who.ME_AND, people=people) if people else Audience(Who.ME)
    chosen = tuple(Chosen(one, now()) for one in people)
    body = SaidBody(sort=sort, words=words, audience=audience, asked_in=cast.actors[by].plan, chosen=chosen)
    return change(child, Action.OWN_ADD, Add(SAID, body, SaidState.WAITING)).id


def seen(cast: Cast, who: str, said: UUID) -> WishView:
    """The wish as a parent sees it."""
    found = store.question(cast.actors[who], said)
    assert found is not None, who
    return found


def mine(cast: Cast, said: UUID, who: str = "kaat") -> WishView:
    """The same as the child does."""
    found = store.own(cast.actors[who], said)
    assert found is not None
    return found
