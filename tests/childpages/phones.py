"""A phone that Sara gave to Kaat, as the tests of this room need one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from app.accounts.nouns import CardSecret
    from app.policy.actor import Actor
    from tests.cast import Cast
    from tests.support.world import World


def kept_card(cast: Cast, who: str) -> CardSecret:
    """A card that this somebody keeps safe."""
    from app.accounts import commands, store

    assert cast.app is not None
    with cast.app.test_request_context():
        actor = cast.actors[who]
        secret = commands.make_card(actor, uuid4().hex)
        card = store.card(actor, secret.card)
        assert card is not None
        commands.keep_card(actor, card)
    return secret


def typed(secret: CardSecret) -> dict[str, str]:
    """A card as somebody types it."""
    return {"card_number": secret.number, "card_words": " ".join(secret.words)}


def member_of(cast: Cast, child: str = "kaat") -> UUID:
    """The row that is a child's seat."""
    return cast.id(f"member {child}")


def at(cast: Cast, path: str = "") -> str:
    """An address of our plan."""
    return f"/p/{cast.plan}/{path}"


def lent(cast: Cast, who: str = "sara", child: str = "kaat") -> tuple[FlaskClient, CardSecret]:
    """The phone of a parent in the hands of a child, and the card that brings it back."""
    secret, phone = kept_card(cast, who), cast.client_of(who)
    answer = phone.post(at(cast, f"kinderen/{member_of(cast, child)}/gsm"))
    assert answer.status_code == 303, answer.text
    assert str(answer.location).endswith("/mij")
    return phone, secret


def lent_in(world: World, who: str = "sara", child: str = "kaat") -> str:
    """The same in the world that all tests share: the name of a browser there that is lent."""
    from flask.sessions import SecureCookieSessionInterface

    interface = world.app.session_interface
    assert isinstance(interface, SecureCookieSessionInterface)
    signer = interface.get_signing_serializer(world.app)
    assert signer is not None
    name, _, value = world.cookies[who].partition("=")
    actor: Actor = world.cast.actors[who]
    held = {"plan": str(actor.plan), "seat": str(actor.seat), "child": str(member_of(world.cast, child))}
    world.cookies[f"lent {who}"] = f"{name}={signer.dumps({**signer.loads(value), 'lent': held})}"
    return f"lent {who}"
