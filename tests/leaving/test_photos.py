"""A parent leaves, and photos: their copy has its own, what they kept leaves no file, and what is silent stops it."""

from typing import NoReturn
from uuid import UUID

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select

from app.change import NotPermitted, Put, Refused, change
from app.db import db
from app.erase import erase_media
from app.goals.models import GOAL
from app.leaving import commands
from app.leaving.rules import Reason
from app.media import store
from app.media.commands import take
from app.media.models import MediumRow
from app.media.nouns import Size
from app.media.shelf import Folder, NoAnswer
from app.people.models import PERSON
from app.plan.models import PLAN
from app.policy.actions import Action
from app.scope import load
from tests.cast import Cast
from tests.leaving.test_leave import leave, new_plan, owner_of
from tests.media.photos import CANARY, drawn, files, names, put_new, rows
from tests.sharing.pages import root, tokens_off

pytestmark = pytest.mark.both_databases
__all__ = ["drawn", "tokens_off"]

LACKS = "Niet elke foto kon mee."


def goals_of(plan: UUID) -> dict[str, UUID | None]:
    """The photo on every goal its owner sees, by the bird in it (in an app context)."""
    goals = load(owner_of(plan), GOAL).all(GOAL)
    return {
        word: None if one.body.photo is None else one.body.photo.id for one in goals for word in one.body.words.split()
    }


def test_photos_come_along_as_photos_of_the_copy(cast: Cast, app: Flask) -> None:
    with app.app_context():
        ours = put_new(cast, "goal of us", data=b"ours")
        alone = put_new(cast, "goal alone", data=b"alone")
        of_jef = put_new(cast, "goal of jef", "jef", data=b"of jef")
        old_names = names(app)
    sara = cast.client_of("sara")
    copy = new_plan(answer := leave(cast, client=sara))
    assert LACKS not in sara.get(str(answer.location)).text
    with app.app_context():
        goals = goals_of(copy)
        for word, said in (("Kramsvogel", b"ours"), ("Nachtegaal", b"alone")):
            photo = goals[word]
            assert photo is not None
            assert store.bytes_of(copy, photo, Size.SMALL) == CANARY + b" small " + said
            assert store.bytes_of(copy, photo, Size.LARGE) == CANARY + b" large " * 40 + said
            assert store.bytes_of(cast.plan, photo, Size.SMALL) is None
        assert {goals["Kramsvogel"], goals["Nachtegaal"]} <= rows(copy).keys()
        assert not rows(copy).keys() & {ours.medium.id, alone.medium.id, of_jef.medium.id}
        # What Sara kept is gone there with its files; what is wij, and what Jef keeps, is as it was.
        assert set(rows(cast.plan)) == {ours.medium.id, of_jef.medium.id}
        stay = {ours.files.small, ours.files.large, of_jef.files.small, of_jef.files.large}
        assert names(app) & old_names == stay
        assert len(names(app)) == len(stay) + 2 * len(rows(copy))
        for one in (ours, of_jef):
            assert store.bytes_of(cast.plan, one.medium.id, Size.SMALL)


def test_the_first_photo_of_the_plan_comes_along_too(cast: Cast, app: Flask) -> None:
    """A plan keeps two: the one at the start, and the one that took its place."""
    with app.app_context():
        first, later = take(cast.plan, b"first"), take(cast.plan, b"later")
        plan = cast.thing("plan", "sara")
        put = Put(plan, msgspec.structs.replace(plan.body, photo=first.medium))
        change(cast.sara, Action.PHOTO_CHANGE, put, beside=first.keep)
        plan = cast.thing("plan", "sara")
        put = Put(plan, msgspec.structs.replace(plan.body, photo=later.medium, first_photo=first.medium))
        change(cast.sara, Action.PHOTO_CHANGE, put, beside=later.keep)
        assert [removed for _on, removed in rows(cast.plan).values()] == [None, None]
    copy = new_plan(leave(cast))
    with app.app_context():
        body = load(owner_of(copy), PLAN).all(PLAN)[0].body
        assert body.photo is not None
        assert body.first_photo is not None
        for photo, said in ((body.photo, b"later"), (body.first_photo, b"first")):
            assert store.bytes_of(copy, photo.id, Size.SMALL) == CANARY + b" small " + said


def test_nothing_of_a_copied_photo_can_be_read_in_its_file(cast: Cast, app: Flask) -> None:
    with app.app_context():
        put_new(cast, "goal of us")
    leave(cast)
    kept = [path.read_bytes() for path in files(app)]
    assert len(kept) > 4
    assert not [data for data in kept if b"Winterkoning" in data or b"WEBP" in data]
    assert len({data[3:15] for data in kept}) == len(kept)


@pytest.mark.parametrize("harm", ["damaged", "gone", "unreadable", "without a row"])
def test_a_photo_that_nobody_can_read_stops_no_copy(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    with app.app_context():
        bad, good = put_new(cast, "goal of us"), put_new(cast, "goal with oma")
        path = app.extensions["onsplan.config"].data / "files" / bad.files.large
        got = Folder.get

        def dead(self: Folder, name: str) -> bytes:
            if name == bad.files.large:
                raise OSError(5, "Input/output error")
            return got(self, name)

        if harm == "damaged":
            path.write_bytes(b"noise")
        elif harm == "gone":
            path.unlink()
        elif harm == "unreadable":
            monkeypatch.setattr(Folder, "get", dead)
        else:
            db.session.delete(db.session.scalars(select(MediumRow).where(MediumRow.id == bad.medium.id)).one())
            db.session.commit()
    sara = cast.client_of("sara")
    copy = new_plan(answer := leave(cast, client=sara))
    assert LACKS in sara.get(str(answer.location)).text
    with app.app_context():
        goals = goals_of(copy)
        assert goals["Kramsvogel"] is None
        photo = goals["Ijsvogel"]
        assert photo is not None
        assert store.bytes_of(copy, photo, Size.LARGE)
        assert good.medium.id not in rows(copy)


@pytest.mark.parametrize("part", ["get", "put"])
def test_when_the_store_is_silent_nobody_leaves_without_their_photos(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    """Later it may answer; who will not wait leaves without a copy."""
    with app.app_context():
        taken = put_new(cast, "goal alone")

    def silent(*_asked: object) -> NoReturn:
        raise NoAnswer

    sara = cast.client_of("sara")
    with monkeypatch.context() as broken:
        broken.setattr(Folder, part, silent)
        answer = leave(cast, client=sara)
    assert answer.status_code == 503
    assert "Dit is nog niet bewaard. Het ligt aan ons, niet aan jou." in answer.text
    with app.app_context():
        assert list(rows()) == [taken.medium.id]
        assert names(app) == {taken.files.small, taken.files.large}
    assert sara.get(f"{root(cast)}/").status_code == 200
    assert leave(cast, client=sara).status_code == 303


def test_who_may_not_leave_after_all_leaves_no_files_of_a_copy(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        taken = put_new(cast, "goal of us")

    def overtaken(_plan: UUID) -> NoReturn:
        assert len(names(app)) > 2
        raise Refused(Reason.LAST_PARENT)

    monkeypatch.setattr(commands.plans, "hold", overtaken)
    leave(cast)
    with app.app_context():
        assert names(app) == {taken.files.small, taken.files.large}
        assert list(rows()) == [taken.medium.id]


def test_a_photo_put_at_the_last_moment_comes_along_too(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between packing and leaving somebody put one more."""
    with app.app_context():
        put_new(cast, "goal of us")
    packed = commands._packed

    def slow(actor: object) -> object:
        luggage = packed(actor)  # type: ignore[arg-type]
        put_new(cast, "goal with oma", "jef", data=b"late")
        return luggage

    monkeypatch.setattr(commands, "_packed", slow)
    copy = new_plan(leave(cast))
    with app.app_context():
        photo = goals_of(copy)["Ijsvogel"]
        assert photo is not None
        assert store.bytes_of(copy, photo, Size.SMALL) == CANARY + b" small late"


def test_who_stays_as_a_name_only_keeps_no_photo(cast: Cast, app: Flask) -> None:
    """Nobody who stays could ever see it, or take it away."""
    from app.agreements import commands as agreements
    from app.agreements import store as agreement_store
    from app.agreements.commands import AgreementInput

    with app.app_context():
        taken = put_new(cast, "person els", data=b"els")
        given = AgreementInput("Kaat halen", (cast.people["els"],))
        agreements.add(cast.sara, agreement_store.board(cast.sara), given, None)
    leave(cast)
    with app.app_context():
        assert load(cast.jef, PERSON).name(cast.people["els"])
        assert taken.medium.id not in rows(cast.plan)
        assert not {taken.files.small, taken.files.large} & names(app)


def test_only_the_product_itself_erases_photos(cast: Cast, app: Flask) -> None:
    with app.app_context():
        put_new(cast, "person els")
        before = rows(cast.plan)
        with pytest.raises(NotPermitted):
            erase_media(cast.sara, [cast.thing("person els", "sara")])
        assert rows(cast.plan) == before
