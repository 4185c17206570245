"""Who sees an item: said on its page, chosen by who may, with what it does said beforehand."""

import re
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.cast import Cast
from tests.sharing.pages import main, opened, person, root, share, tokens_off

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]


def chooser(cast: Cast, name: str) -> str:
    return f"{root(cast)}/wie-ziet/{cast.pieces[name].kind}/{cast.id(name)}"


def said(cast: Cast, name: str, who: str = "sara") -> str:
    """The sentence on the page of the choice: who sees it now."""
    found = re.search(r"<span>Nu: ([^<]+)\.</span>", cast.client_of(who).get(chooser(cast, name)).text)
    assert found
    return found[1]


def choose(client: FlaskClient, cast: Cast, name: str, **form: object) -> int:
    return client.post(chooser(cast, name), data={"form_key": uuid4().hex, **form}).status_code


@pytest.mark.parametrize(
    ("name", "who", "sentence"),
    [
        ("goal of us", "sara", "Ook Tante Nele, Kaat en Lisa Bosuil zien dit"),
        ("goal with oma", "jef", "Ook Tante Nele, Oma Rosa Roodborsttapuit en Lisa Bosuil zien dit"),
        ("goal closed", "jef", "Alleen wij zien dit"),
        ("goal alone", "sara", "Alleen jij ziet dit"),
        ("goal of jef", "jef", "Alleen jij ziet dit"),
        ("goal me and els", "sara", "Alleen Els Watersnip en jij zien dit"),
        ("goal me and oma", "sara", "Alleen jij ziet dit"),
        ("agreement of oma", "sara", "Ook Oma Rosa Roodborsttapuit en Lisa Bosuil zien dit"),
    ],
)
def test_who_sees_a_thing_is_one_sentence(cast: Cast, name: str, who: str, sentence: str) -> None:
    assert said(cast, name, who) == sentence


@pytest.mark.parametrize("path", ["doelen/{goal of us}", "mensen/{person oma}"])
def test_the_page_of_a_thing_says_who_sees_it_and_leads_to_the_choice(cast: Cast, path: str) -> None:
    page = (
        cast.client_of("sara")
        .get(f"{root(cast)}/{path.format(**{name: p.id for name, p in cast.pieces.items()})}")
        .text
    )
    assert re.search(r'<a class="audience" href="/p/[^"]+/wie-ziet/', page)


def test_a_meehelper_is_not_told_who_else_sees_it(cast: Cast) -> None:
    page = cast.client_of("nele").get(f"{root(cast)}/doelen/{cast.id('goal of us')}").text
    assert "ziet dit" not in page
    assert "/wie-ziet/" not in page


def test_saying_who_sees_things_asks_one_question_however_many_there_are(cast: Cast) -> None:
    from app.db import db
    from app.rooms import KINDS
    from app.scope import load
    from app.sharing.audiences import audience_of

    assert cast.app is not None
    with cast.app.test_request_context():
        goals = load(cast.sara, KINDS["goal"]).all(KINDS["goal"])
        asked: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        seen = [audience_of(cast.sara, goal) for goal in goals]
    assert len(seen) > 5
    assert len(asked) == 1


# ---- what a choice does is said first --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "query", "sentences"),
    [
        ("goal of us", "who=we", ["Alleen wij zien dit.", "Tante Nele, Kaat en Lisa Bosuil zien dit niet meer."]),
        (
            "goal of us",
            "who=we_and&people={oma}",
            ["Ook Oma Rosa Roodborsttapuit ziet dit.", "Tante Nele, Kaat en Lisa Bosuil zien dit niet meer."],
        ),
        ("goal of us", "who=we_and&people={peter}", ["Voor Peter Tortelduif: deel eerst een link."]),
        ("goal of us", "who=we_and&rings=close", ["Ook Oma Rosa Roodborsttapuit ziet dit."]),
        ("goal alone", "who=me_and&people={els}", ["Alleen Els Watersnip en jij zien dit."]),
        (
            "goal alone",
            "who=me_and&people={oma}",
            ["Voor Oma Rosa Roodborsttapuit: deel eerst een link, alleen vanuit jou."],
        ),
        ("goal of us", "who=me", ["Alleen jij ziet dit.", "Jef, Tante Nele, Kaat en Lisa Bosuil zien dit niet meer."]),
        ("goal closed", "who=default", ["Ook Tante Nele, Kaat en Lisa Bosuil zien dit."]),
    ],
)
def test_what_a_choice_does_is_said_before_it_is_saved(cast: Cast, name: str, query: str, sentences: list[str]) -> None:
    page = cast.client_of("sara").get(f"{chooser(cast, name)}?{query.format(**cast.people)}").text
    found = re.findall(r"<li>([^<]+)</li>", page)
    for sentence in sentences:
        assert sentence in found
    assert said(cast, name) == said(cast, name)


def test_choosing_by_hand_starts_from_who_sees_it_now(cast: Cast) -> None:
    page = cast.client_of("sara").get(chooser(cast, "goal with oma") + "?meer=1").text
    checked = re.findall(r'name="people" value="([^"]+)"[^>]* checked', page)
    assert {UUID(one) for one in checked} == {cast.people["oma"], cast.people["nele"], cast.people["lisa"]}


# ---- who may choose what ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "name", "form", "status"),
    [
        ("sara", "goal of us", {"who": "me"}, 303),
        ("jef", "goal of us", {"who": "me"}, 422),
        ("jef", "goal of us", {"who": "we"}, 303),
        ("jef", "goal of us", {"who": "me_and", "people": "oma"}, 422),
        ("jef", "goal of us", {"who": "we_and", "people": "oma"}, 303),
        ("sara", "goal of us", {"who": "we_and"}, 422),
        ("sara", "goal of us", {"who": "me_and"}, 422),
        ("sara", "goal of us", {"who": "we_and", "people": "jef"}, 422),
        ("sara", "goal of us", {"who": "we_and", "people": "lies"}, 422),
        ("jef", "goal of us", {"who": "we_and", "people": "els"}, 422),
        # Els is Sara's alone: nothing that is ours tells of her.
        ("sara", "goal of us", {"who": "we_and", "people": "els"}, 422),
        ("sara", "goal of us", {"who": "me_and", "people": "els"}, 303),
        ("sara", "jef", {"who": "me"}, 422),
        ("sara", "jef", {"who": "me_and", "people": "oma"}, 422),
        ("sara", "jef", {"who": "we"}, 303),
        ("sara", "person oma", {"who": "me"}, 303),
        ("sara", "goal alone", {"who": "default"}, 303),
        ("jef", "goal alone", {"who": "default"}, 404),
        ("nele", "goal of us", {"who": "we"}, 404),
        ("nele", "goal of nele", {"who": "we"}, 404),
        ("oma", "goal with oma", {"who": "we"}, 404),
        ("lies", "goal of us", {"who": "we"}, 401),
        ("nobody", "goal of us", {"who": "we"}, 401),
    ],
)
def test_only_the_writer_keeps_a_thing_from_the_other_parent(
    cast: Cast, who: str, name: str, form: dict[str, str], status: int
) -> None:
    given = {key: str(cast.people[value]) if key == "people" else value for key, value in form.items()}
    assert choose(cast.client_of(who), cast, name, **given) == status
    if status == 422:
        assert (
            cast.client_of(who)
            .get(f"{chooser(cast, name)}?" + "&".join(f"{k}={v}" for k, v in given.items()))
            .status_code
            == 422
        )


def test_a_choice_below_us_is_offered_to_the_writer_only(cast: Cast) -> None:
    assert 'value="me"' in cast.client_of("sara").get(chooser(cast, "goal of us")).text
    assert 'value="me"' not in cast.client_of("jef").get(chooser(cast, "goal of us")).text


@pytest.mark.parametrize("kind", ["plan", "member", "share", "card", "invite", "nothing", "person%20"])
def test_what_has_no_audience_of_its_own_is_not_there(cast: Cast, kind: str) -> None:
    item = cast.id("share oma")
    assert cast.client_of("sara").get(f"{root(cast)}/wie-ziet/{kind}/{item}").status_code == 404


def test_closing_a_thing_works_at_the_next_request_and_opening_it_again_too(cast: Cast) -> None:
    sara = cast.client_of("sara")
    opa, address = opened(cast, share(cast, person(cast, "Opa Wim"), "goals", by=sara).link)
    canary = cast.canary("goal of us")
    for form, seen in (({"who": "we"}, False), ({"who": "default"}, True), ({"who": "me"}, False)):
        assert choose(sara, cast, "goal of us", **form) == 303
        assert (canary in opa.get(address).text) is seen
        assert (canary in cast.client_of("jef").get(f"{root(cast)}/doelen").text) is (form["who"] != "me")


def test_the_same_choice_twice_is_one_and_it_can_be_undone(cast: Cast) -> None:
    sara, key = cast.client_of("sara"), uuid4().hex
    for _twice in range(2):
        assert choose(sara, cast, "goal of us", who="we", form_key=key) == 303
    assert said(cast, "goal of us") == "Alleen wij zien dit"


def test_two_who_choose_at_once_are_both_asked(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    version = cast_version(cast, "goal of us")
    assert choose(jef, cast, "goal of us", who="we", version=version) == 303
    answer = sara.post(chooser(cast, "goal of us"), data={"who": "me", "version": version, "form_key": uuid4().hex})
    assert answer.status_code == 422
    assert "Iemand veranderde dit net ook. Kies wat jullie houden." in main(answer.text)


def cast_version(cast: Cast, name: str) -> int:
    assert cast.app is not None
    with cast.app.app_context():
        return cast.thing(name).version
