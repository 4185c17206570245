"""The children of the cast, and what they say in layers of their own (see `tests/cast.py`).

Kaat has a page in pictures in the plan of Sara and Jef, and one in the plan of Lies, with whom she lives too: `kaat` is
she in the first, `kaat_too` in the second, with one layer. Mil is a young person with an own key. Wim is somebody whom
Kaat trusts, outside the help. What they say carries canaries as all else does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.policy.actor import Actor, ActorKind, Ring
from app.policy.audience import Audience, Who

if TYPE_CHECKING:
    from tests.cast import _Maker

KAAT = frozenset({"kaat", "kaat_too"})


def grow_up(maker: _Maker) -> None:
    """Gives the children their pages, and lets them say something."""
    _pages(maker)
    _to_do(maker)
    _kaat(maker)
    _mil(maker)


def _pages(maker: _Maker) -> None:
    from app.plan.nouns import Level

    people = maker.cast.people
    maker.person("kaat_too", "Kaat", "", {"lies", "kaat_too"}, by="lies", ring=Ring.WE)
    _page(
        maker, "kaat", "sara", level=Level.PICTURES, shown=(maker.cast.id("goal closed"), maker.cast.id("moment of us"))
    )
    _page(maker, "mil", "jef", level=Level.YOUNG, own_key=True)
    _page(maker, "kaat_too", "lies", level=Level.PICTURES)
    assert people["kaat"] != people["kaat_too"]
    _card(maker)


def _card(maker: _Maker) -> None:
    """Sara made a card for Kaat, which opens her page."""
    from app.accounts.commands import make_card_for
    from tests.cast import PARENTS

    cast = maker.cast
    made = make_card_for(cast.actors["sara"], cast.id("member kaat"), cast.people["kaat"], None)
    maker.note("card of kaat", "card", made.card, "", PARENTS | {"kaat"})


def _to_do(maker: _Maker) -> None:
    """What Kaat does herself: an agreement of today, and a small step."""
    from datetime import date

    from app.agreements.models import AGREEMENT
    from app.agreements.nouns import AgreementBody, AgreementState, When, WhenSort
    from app.goals.models import STEP
    from app.goals.nouns import StepBody, StepState
    from tests.cast import PARENTS

    kaat, shared = (maker.cast.people["kaat"],), PARENTS | {"kaat", "lisa"}
    when = When(sort=WhenSort.DAY, day=date.fromisoformat(maker.cast.day))
    body = AgreementBody(words="Met de Smient naar school", who=kaat, when=when)
    maker.add("agreement of kaat", AGREEMENT, body, AgreementState.OPEN, "Smient", shared | {"oma"})
    step = StepBody(words="De Pijlstaart zoeken", helpers=kaat)
    maker.add("step kaat", STEP, step, StepState.OPEN, "Pijlstaart", shared | {"nele"}, under="goal of us")


def _page(maker: _Maker, name: str, by: str, **more: Any) -> None:
    from app.change import Add, change
    from app.plan.models import MEMBER
    from app.plan.nouns import MemberBody, MemberState, Role
    from app.policy.actions import Action
    from tests.cast import PARENTS, seated

    cast, person = maker.cast, maker.cast.people[name]
    body = MemberBody(role=Role.CHILD, person=person, **more)
    new = Add(MEMBER, body, MemberState.ACTIVE, columns={"person_id": person})
    made = change(cast.actors[by], Action.CHILD_PAGE_MAKE, new)
    plan = cast.actors[by].plan
    assert plan is not None
    maker.note(f"member {name}", "member", made.id, "", {"lies"} if by == "lies" else PARENTS)
    cast.actors[name] = seated(plan, "member", made.id)


def _kaat(maker: _Maker) -> None:
    from app.children.commands import own_layer

    cast = maker.cast
    child = own_layer(cast.actors["kaat"], "Europe/Brussels")
    assert child.plan is not None
    cast.layers["kaat"] = cast.layers["kaat_too"] = child.plan
    _live_there_too(cast.actors["kaat_too"], child.plan)
    _trust(maker, child, "wim", "Kuifleeuwerik")
    _say(maker, child, "kaat kept", "Ekster", photo=maker.photo("said kaat kept", "Koekoek", KAAT, child.plan))
    told = {"sara": "Gaai", "lisa": "Kauw", "oma": "Roek", "wim": "Raaf", "lies": "Kruisbek"}
    drawn = {"sara": "Gierzwaluw", "oma": "Huiszwaluw", "wim": "Oeverzwaluw"}
    for who, canary in told.items():
        name, seen_by = f"kaat to {who}", KAAT | {who}
        photo = maker.photo(f"said {name}", drawn[who], seen_by, child.plan) if who in drawn else None
        _say(maker, child, name, canary, who, photo=photo)
    _say(maker, child, "kaat wishes", "Notenkraker", "sara", wish=True)
    _answer(maker, child.plan, "kaat to sara", "sara", "Alpenkraai")


def _mil(maker: _Maker) -> None:
    from app.children.commands import own_layer

    child = own_layer(maker.cast.actors["mil"], "Europe/Brussels")
    assert child.plan is not None
    maker.cast.layers["mil"] = child.plan
    _say(maker, child, "mil kept", "Boomleeuwerik")
    _say(maker, child, "mil to jef", "Veldleeuwerik", "jef")


def _live_there_too(child: Actor, layer: UUID) -> None:
    """Joins the layer of a child to its other plan."""
    from app.children.ledger import link
    from app.db import db

    link(layer, child.plan, child.person)
    db.session.commit()


def _trust(maker: _Maker, child: Actor, name: str, canary: str) -> None:
    """Names somebody whom a child trusts, and seats them."""
    from datetime import timedelta
    from uuid import uuid4

    from app.change import Add, change
    from app.children.models import TRUSTED
    from app.children.nouns import TrustedBody, TrustedState
    from app.db import now
    from app.keystore import look_up_hash
    from app.policy.actions import Action

    row = uuid4()
    body = TrustedBody(name=f"{name.title()} {canary}", audience=Audience(Who.ME_AND, people=(row,)))
    token = {"token_hash": look_up_hash("trusted", f"token of {name}")}
    new = Add(TRUSTED, body, TrustedState.ACTIVE, id=row, due_at=now() + timedelta(days=90), columns=token)
    change(child, Action.TRUSTED_NAME, new)
    maker.note(f"trusted {name}", "trusted", row, canary, KAAT | {name})
    maker.cast.tokens[name] = f"token of {name}"
    maker.cast.people[name] = row
    maker.cast.actors[name] = Actor(ActorKind.TRUSTED, child.plan, row, seat=row)


def _say(maker: _Maker, child: Actor, name: str, canary: str, to: str = "", *, wish: bool = False, **more: Any) -> None:
    """A child says something, to nobody or to one somebody."""
    from app.change import Add, change
    from app.children.models import SAID
    from app.children.nouns import Chosen, SaidBody, SaidState, Sort
    from app.db import now
    from app.policy.actions import Action

    audience = Audience(Who.ME_AND, people=(maker.cast.people[to],)) if to else Audience(Who.ME)
    sort, state = (Sort.WISH, SaidState.WAITING) if wish else (Sort.KEPT, SaidState.TOLD)
    asked = maker.cast.plan if wish else None
    body = SaidBody(
        sort=sort,
        words=f"Ik zag een {canary}",
        audience=audience,
        asked_in=asked,
        chosen=tuple(Chosen(one, now(), by_link=to == "oma") for one in audience.people),
        **more,
    )
    said = change(child, Action.OWN_ADD, Add(SAID, body, state))
    children = KAAT if name.startswith("kaat") else frozenset({"mil"})
    maker.note(f"said {name}", "said", said.id, canary, children | ({to} if to else set()))


def _answer(maker: _Maker, layer: UUID, said: str, by: str, canary: str) -> None:
    """Somebody answers what a child told them."""
    from app.change import Add, change
    from app.children.models import REPLY, SAID
    from app.children.nouns import ReplyBody
    from app.children.store import as_reader
    from app.db import Only
    from app.policy.actions import Action
    from app.scope import load_one

    reader = as_reader(maker.cast.actors[by], layer)
    under = load_one(reader, SAID, maker.cast.id(f"said {said}"))
    body = ReplyBody(words=f"Mooi, die {canary}", name=by.title(), audience=Audience(Who.ME_AND, people=(layer,)))
    made = change(reader, Action.REPLY_ADD, Add(REPLY, body, Only.ACTIVE, under=under))
    maker.note(f"reply to {said}", "reply", made.id, canary, KAAT | {by})
