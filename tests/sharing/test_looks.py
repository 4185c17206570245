"""Who looked: noted before it is shown, once a day for each part, and told in plain sentences to who hosts the link."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.cast import LINKS, Cast
from tests.policy.matrix import DOORS, cases
from tests.policy.test_matrix import OUTSIDE
from tests.sharing.pages import main, opened, person, root, share, tokens_off
from tests.support.world import World, Worlds

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]

NOON = datetime.now(UTC).replace(hour=11, minute=0, second=0, microsecond=0) + timedelta(days=1)


def noted(cast: Cast) -> list[object]:
    from app.db import db
    from app.sharing.models import Look

    assert cast.app is not None
    with cast.app.app_context():
        return list(db.session.execute(select(Look.at, Look.sealed)).all())


def test_a_look_is_noted_once_a_day_for_each_part(cast: Cast) -> None:
    whom = person(cast, "Opa Wim")
    made = share(cast, whom, "goals", "people")
    with time_machine.travel(NOON, tick=False) as clock:
        opa, address = opened(cast, made.link)
        assert noted(cast) == []
        for _often in range(3):
            assert opa.get(address).status_code == 200
        assert len(noted(cast)) == 2
        clock.shift(timedelta(days=1))
        opa.get(address)
        assert len(noted(cast)) == 4


def test_no_row_says_at_which_minute_or_at_what_somebody_looked(cast: Cast) -> None:
    cast.client_of("oma").get(f"{root(cast)}/voor/{cast.id('share oma')}")
    for at, sealed in noted(cast):
        assert (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)
        assert b"agreements" not in sealed
        assert b"goals" not in sealed


def test_the_day_is_the_plan_s_own(cast: Cast) -> None:
    late = NOON.replace(hour=23, minute=30)
    made = share(cast, person(cast, "Opa Wim"), "goals")
    with time_machine.travel(late, tick=False):
        opa, address = opened(cast, made.link)
        opa.get(address)
        page = main(cast.client_of("sara").get(f"{root(cast)}/wie-keek").text)
        assert "<h2" in page
        assert "Vandaag" in page


def test_a_look_that_cannot_be_noted_is_not_served(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.sharing import ledger

    def broken(*_arguments: object) -> None:
        raise RuntimeError("no room")

    assert cast.app is not None
    cast.app.testing = False
    cast.app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(ledger, "_look_row", broken)
    answer = cast.client_of("oma").get(f"{root(cast)}/voor/{cast.id('share oma')}")
    assert answer.status_code == 500
    for name, canary in cast.canaries_for("oma").items():
        assert canary not in answer.text, name


def test_a_look_that_is_refused_again_and_again_is_an_error_and_no_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row is neither there nor to be written: whoever asks sees nothing, as a link and as a guest."""
    from app.sharing import ledger

    def refuses(*_given: object) -> None:
        raise IntegrityError("insert", {}, Exception("refused"))

    monkeypatch.setattr(ledger, "insert", refuses)
    assert cast.app is not None
    cast.app.testing = False
    for who, path in (("oma", f"voor/{cast.id('share oma')}"), ("lisa", ""), ("lisa", "doelen")):
        answer = cast.client_of(who).get(f"/p/{cast.plan}/{path}")
        assert answer.status_code == 500
        assert not [word for word in cast.canaries_for(who).values() if word in answer.text]


def test_the_family_reads_by_day_who_looked_at_what(cast: Cast) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        oma = cast.client_of("oma")
        oma.get(f"{root(cast)}/voor/{cast.id('share oma')}")
        clock.shift(timedelta(days=1))
        page = main(cast.client_of("jef").get(f"{root(cast)}/wie-keek").text)
        assert "Gisteren" in page
        assert "Oma Rosa Roodborsttapuit keek naar de afspraken, wat wij willen en onze foto’s." in page
        assert "gsm" not in page
        index = cast.client_of("sara").get(f"{root(cast)}/wie-ziet-wat").text
        assert re.search(r"Oma Rosa Roodborsttapuit keek op \d+ \w+\.", index)


def test_nobody_is_told_that_somebody_did_not_look(cast: Cast) -> None:
    for path in ("/wie-keek", "/wie-ziet-wat", f"/wie-ziet-wat/{cast.id('share oma')}"):
        page = main(cast.client_of("sara").get(root(cast) + path).text)
        assert not re.search(r"(nog )?niet gekeken|nooit|keek (nog )?niet|Nog niemand", page), path


def test_looks_through_a_link_of_one_parent_alone_are_for_that_parent(cast: Cast) -> None:
    cast.client_of("els").get(f"{root(cast)}/voor/{cast.id('share els')}")
    assert "Els Watersnip keek" in cast.client_of("sara").get(f"{root(cast)}/wie-keek").text
    assert "keek naar" not in cast.client_of("jef").get(f"{root(cast)}/wie-keek").text


def test_a_parent_who_looks_beforehand_is_no_look(cast: Cast) -> None:
    cast.client_of("sara").get(f"{root(cast)}/wie-ziet-wat/{cast.id('share oma')}/zo")
    assert noted(cast) == []


def test_looks_of_a_stopped_link_stay_and_older_ones_are_a_page_back(cast: Cast) -> None:
    sara = cast.client_of("sara")
    made = share(cast, person(cast, "Opa Wim"), "goals", by=sara)
    opa, address = opened(cast, made.link)
    opa.get(address)
    sara.post(f"{made.show}/stop")
    assert "Opa Wim keek" in sara.get(f"{root(cast)}/wie-keek").text
    with time_machine.travel(NOON + timedelta(days=40), tick=False):
        page = cast.client_of("sara").get(f"{root(cast)}/wie-keek").text
        assert "Opa Wim keek" not in page
        older = re.search(r'href="([^"]+\?tot=[^"]+)"', page)
        assert older
        assert "Opa Wim keek" in cast.client_of("sara").get(older[1]).text


@pytest.mark.parametrize("day", ["", "gisteren", "2026-99-01", "99999-01-01", "0001-01-01"])
def test_a_day_in_the_address_that_is_none_does_no_harm(cast: Cast, day: str) -> None:
    assert cast.client_of("sara").get(f"{root(cast)}/wie-keek?tot={day}").status_code == 200


# ---- complete --------------------------------------------------------------------------------------------------------

# That whatever is shown is noted, and nothing else, is proved of every route in tests/policy/test_matrix.py.


def shown(world: World, who: str) -> Iterator[tuple[str, str, str]]:
    """Every route that shows this somebody something: what, how and where."""
    for endpoint, door in DOORS.items():
        rule = next(rule for rule in world.app.url_map.iter_rules() if rule.endpoint == endpoint)
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        for case in cases(world.cast, door):
            if who in case.who and not (who in LINKS and method == "POST"):
                yield f"{endpoint} ({case.about})", method, world.path(endpoint, case.values)


@pytest.mark.parametrize("who", sorted(OUTSIDE))
def test_without_the_ledger_nothing_is_shown(
    worlds: Worlds, database_kind: str, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.sharing import ledger

    def broken(*_arguments: object) -> None:
        raise RuntimeError("the ledger cannot be written")

    world = worlds(database_kind)
    monkeypatch.setattr(ledger, "_look_row", broken)
    monkeypatch.setattr(world.app, "testing", False)
    monkeypatch.setitem(world.app.config, "PROPAGATE_EXCEPTIONS", False)
    for what, method, path in shown(world, who):
        answer = world.ask(who, method, path)
        assert answer.status_code == 500, f"{what}: {answer.status_code}"
        for name, canary in world.cast.canaries_for(who).items():
            assert canary not in answer.text, f"{what} says {name}"


def test_a_guest_s_looks_are_told_by_day_and_part(cast: Cast) -> None:
    lisa = cast.client_of("lisa")
    for path in ("/afspraken", "/doelen", "/afspraken"):
        lisa.get(root(cast) + path)
    page = cast.client_of("jef").get(f"{root(cast)}/wie-keek").text
    assert "Lisa Bosuil keek naar de afspraken en wat wij willen." in page
    for at, sealed in noted(cast):
        assert (at.hour, at.minute, at.second) == (0, 0, 0)
        assert b"agreements" not in sealed


def test_looks_of_a_guest_of_one_parent_alone_are_for_that_parent(cast: Cast) -> None:
    cast.client_of("bert").get(f"{root(cast)}/doelen")
    cast.client_of("lisa").get(f"{root(cast)}/doelen")
    assert "Bert Ransuil keek" in cast.client_of("sara").get(f"{root(cast)}/wie-keek").text
    jef = cast.client_of("jef")
    assert "Bert" not in jef.get(f"{root(cast)}/wie-keek").text
    assert "Bert" not in jef.get(f"{root(cast)}/wie-keek?wie={cast.id('share bert')}").text


def test_the_looks_of_one_person_stand_apart(cast: Cast) -> None:
    sara = cast.client_of("sara")
    show = f"{root(cast)}/wie-ziet-wat/{cast.id('share lisa')}"
    assert "wie-keek?wie" not in sara.get(show).text
    cast.client_of("lisa").get(f"{root(cast)}/doelen")
    cast.client_of("oma").get(f"{root(cast)}/voor/{cast.id('share oma')}")
    way = re.search(r'href="([^"]+/wie-keek\?wie=[^"]+)"', sara.get(show).text)
    assert way
    page = main(sara.get(way[1]).text)
    assert "Lisa Bosuil keek naar wat wij willen." in page
    assert "Oma" not in page
