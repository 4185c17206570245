"""A photo takes seconds to draw: whoever was stopped meanwhile, or sees the thing no more, puts nothing anywhere."""

from collections.abc import Callable

import msgspec
import pytest
from flask import Flask

from app.change import Put, change
from app.db import db, now
from app.media import commands
from app.media.models import MediumRow
from app.media.shelf import shelf
from app.moments.models import MOMENT
from app.plan.helpers import stop
from app.plan.models import MEMBER
from app.policy.actions import Action
from app.policy.audience import Audience, Who
from app.scope import load
from tests.cast import Cast
from tests.moments.album import drawn_here, jpeg, page_of, send, there
from tests.sharing.pages import tokens_off

__all__ = ["drawn_here", "tokens_off"]
pytestmark = pytest.mark.both_databases


@pytest.fixture
def meanwhile(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Let something happen while the next photo is drawn, by somebody else."""

    def later(happens: Callable[[], object]) -> None:
        drawn = commands.redraw

        def redraw(data: bytes) -> object:
            with app.app_context():
                happens()
            return drawn(data)

        monkeypatch.setattr(commands, "redraw", redraw)

    return later


def kept(app: Flask) -> tuple[int, int]:
    """How many photos there are, by rows and by files."""
    with app.app_context():
        return db.session.query(MediumRow).count(), len(list(shelf().names()))


def stop_nele(cast: Cast) -> None:
    member = load(cast.sara, MEMBER).get(MEMBER, cast.nele.seat)
    assert member is not None
    stop(cast.sara, member)


def test_who_is_stopped_meanwhile_puts_no_photo(cast: Cast, app: Flask, meanwhile: Callable[..., None]) -> None:
    nele, before, photo = cast.client_of("nele"), kept(app), there(cast, "goal of us")
    meanwhile(lambda: stop_nele(cast))
    assert send(nele, page_of(cast, "goal of us"), jpeg()).status_code == 404
    assert there(cast, "goal of us") == photo
    assert kept(app) == before


def test_who_is_stopped_meanwhile_keeps_no_moment(cast: Cast, app: Flask, meanwhile: Callable[..., None]) -> None:
    jef, before = cast.client_of("jef"), kept(app)
    with app.app_context():
        many = len(load(cast.sara, MOMENT).all(MOMENT))

    def leaves() -> None:
        table = MEMBER.table
        db.session.query(table).where(table.id == cast.jef.seat).update({"state": "left", "changed_at": now()})
        db.session.commit()

    meanwhile(leaves)
    assert send(jef, f"/p/{cast.plan}/fotos", jpeg(), words="Een vlag").status_code == 404
    with app.app_context():
        assert len(load(cast.sara, MOMENT).all(MOMENT)) == many
    assert kept(app) == before


def test_on_what_was_hidden_meanwhile_no_photo_comes(cast: Cast, app: Flask, meanwhile: Callable[..., None]) -> None:
    jef, before, photo = cast.client_of("jef"), kept(app), there(cast, "goal of us")

    def hides() -> None:
        goal = cast.thing("goal of us", "sara")
        body = msgspec.structs.replace(goal.body, audience=Audience(Who.ME))
        change(cast.sara, Action.GOAL_CHANGE, Put(goal, body))

    meanwhile(hides)
    assert send(jef, page_of(cast, "goal of us"), jpeg()).status_code == 404
    assert there(cast, "goal of us") == photo
    assert kept(app) == before
