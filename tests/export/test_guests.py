"""Paper of those who come from outside: a guest whom the family lets print, and who holds a link."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.local import local_day
from app.policy.actor import Actor
from tests.cast import Cast, signed_in
from tests.sharing.pages import root, tokens_off
from tests.support import paper

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]


def with_paper(cast: Cast, who: str) -> FlaskClient:
    """A browser of a guest to whom the same is open, and paper too."""
    from app.db import now
    from app.sharing import commands, rules, store
    from app.sharing.nouns import What

    assert cast.app is not None
    with cast.app.app_context():
        sara, old = cast.sara, cast.actors[who]
        share = store.share(sara, cast.id(f"share {who}"))
        assert share is not None
        commands.stop(sara, share)
        until = local_day(now(), "Europe/Brussels") + timedelta(days=90)
        opened = (*rules.opened_by({What.GOALS, What.AGREEMENTS}), "paper")
        given = commands.ShareInput(opened=opened, until=until, alone=old.hosted_by is not None, guest=True)
        made = commands.make(sara, store.board(sara), cast.people[who], given, None)
        fresh = store.share(sara, made.share)
        assert fresh is not None
        actor: Actor = fresh.actor
    return signed_in(cast.app, actor)


@pytest.fixture
def lisa(cast: Cast) -> FlaskClient:
    return with_paper(cast, "lisa")


def sheet(cast: Cast, client: FlaskClient) -> bytes:
    answer = client.get(f"{root(cast)}/papier/te-gast.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return bytes(answer.data)


def test_a_guest_prints_exactly_what_they_see(cast: Cast, lisa: FlaskClient) -> None:
    assert "te-gast.pdf" in lisa.get(f"{root(cast)}/papier").text
    said = paper.text(sheet(cast, lisa))
    for name in ("goal of us", "goal with oma", "agreement of lisa", "agreement of oma", "step of us"):
        assert cast.canary(name) in said, name
    for name, canary in cast.canaries_not_for("lisa").items():
        assert canary not in said, name


def test_a_guest_of_one_parent_prints_what_that_parent_opened(cast: Cast) -> None:
    said = paper.text(sheet(cast, with_paper(cast, "bert")))
    assert cast.canary("goal me and bert") in said
    for name, canary in cast.canaries_not_for("bert").items():
        assert canary not in said, name
    assert "Hier komt wat jullie willen" not in said


def test_it_is_tagged_like_all_our_paper(cast: Cast, lisa: FlaskClient) -> None:
    told = paper.told(sheet(cast, lisa))
    assert (told["marked"], told["lang"]) == ("true", "nl-BE") or told["marked"].casefold() == "true"


@pytest.mark.parametrize("who", ["lisa", "bert", "dirk", "sara", "nele", "oma"])
def test_whom_the_family_did_not_let_print_has_no_paper(cast: Cast, who: str) -> None:
    client = cast.client_of(who)
    assert client.get(f"{root(cast)}/papier/te-gast.pdf").status_code == 404
    if who in {"lisa", "bert"}:
        assert client.get(f"{root(cast)}/papier").status_code == 404
        assert client.post(f"{root(cast)}/papier", data={"sort": "whole"}).status_code == 404
        assert "/papier" not in client.get(f"{root(cast)}/").text + client.get(f"{root(cast)}/meer").text


def test_a_guest_leaves_no_sheet_on_the_shelf(cast: Cast, lisa: FlaskClient) -> None:
    assert lisa.post(f"{root(cast)}/papier", data={"sort": "whole"}).status_code == 404


# ---- who holds a link ------------------------------------------------------------------------------------------------


def own(cast: Cast, who: str) -> str:
    return f"{root(cast)}/voor/{cast.id(f'share {who}')}/afspraken.pdf"


def test_a_link_holder_prints_the_own_agreements(cast: Cast) -> None:
    oma = cast.client_of("oma")
    assert own(cast, "oma") in oma.get(own(cast, "oma").rpartition("/")[0]).text
    answer = oma.get(own(cast, "oma"))
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    said = paper.text(bytes(answer.data))
    assert cast.canary("agreement of oma") in said
    assert cast.canary("agreement of nele") not in said
    for name, canary in cast.canaries_not_for("oma").items():
        assert canary not in said, name
    assert paper.pages(bytes(answer.data)) == 1
    assert paper.told(bytes(answer.data))["marked"].casefold() == "true"


def test_that_paper_stops_with_the_link(cast: Cast) -> None:
    oma = cast.client_of("oma")
    cast.client_of("sara").post(f"{root(cast)}/wie-ziet-wat/{cast.id('share oma')}/stop")
    assert oma.get(own(cast, "oma")).status_code == 404


@pytest.mark.parametrize("who", ["els", "stopped", "expired", "sara", "lisa", "nobody"])
def test_nobody_prints_another_s_agreements(cast: Cast, who: str) -> None:
    assert cast.client_of(who).get(own(cast, "oma")).status_code == 404


def test_without_agreements_there_is_nothing_to_print(cast: Cast) -> None:
    els = cast.client_of("els")
    assert els.get(own(cast, "els")).status_code == 303
    assert "afspraken.pdf" not in els.get(own(cast, "els").rpartition("/")[0]).text


def test_paper_is_a_look(cast: Cast) -> None:
    cast.client_of("oma").get(own(cast, "oma"))
    assert "keek naar ons plan op papier" not in cast.client_of("nele").get(f"{root(cast)}/").text
    assert "op papier" in cast.client_of("sara").get(f"{root(cast)}/wie-keek").text
