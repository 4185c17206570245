"""Sharing through the pages of the family, as everybody of the cast."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.cast import EVERYBODY, Cast
from tests.sharing.pages import link_on, main, opened, person, root, share, tokens_off

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]

DEAD = "Deze link werkt niet meer. Vraag een nieuwe aan wie deze link gaf."


def steps(cast: Cast, name: str = "neighbour") -> str:
    return f"{root(cast)}/delen/{cast.people[name]}"


# ---- the steps -------------------------------------------------------------------------------------------------------


def test_with_whom_shows_those_outside_the_family_first_and_nobody_with_an_own_key(cast: Cast) -> None:
    page = cast.client_of("sara").get(f"{root(cast)}/delen").text
    assert "Oma Rosa" in page
    for name in ("Jef", "Tante Nele", "Sara", "Kaat", "Mil"):
        assert f'tile-text">{name}' not in page


def test_somebody_new_gets_a_name_and_stands_among_the_people(cast: Cast) -> None:
    whom = person(cast, "Opa Wim")
    assert "Opa Wim" in cast.client_of("sara").get(f"{root(cast)}/delen/{whom}/wat").text
    assert "Opa Wim" in cast.client_of("jef").get(f"{root(cast)}/mensen").text


def test_without_a_name_the_form_comes_back_with_one_sentence(cast: Cast) -> None:
    answer = cast.client_of("sara").post(f"{root(cast)}/delen", data={"name": "  "})
    assert answer.status_code == 422
    assert "Schrijf een naam." in answer.text


def test_each_step_carries_the_answers_of_the_steps_before(cast: Cast) -> None:
    sara, whom = cast.client_of("sara"), person(cast, "Opa Wim")
    page = sara.get(f"{root(cast)}/delen/{whom}/tot?what=goals&what=people").text
    assert re.findall(r'<input type="hidden" name="what" value="(\w+)">', page) == ["goals", "people"]
    page = sara.get(f"{root(cast)}/delen/{whom}/zo?what=goals&what=people&length=month").text
    assert re.findall(r'name="(what|length)" value="(\w+)"', page) == [
        ("what", "goals"),
        ("what", "people"),
        ("length", "month"),
    ]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("length=own", "Kies een dag. Je kan die later nog veranderen."),
        ("length=own&day=2020-01-01", "Die dag is voorbij. Kies een dag die nog komt."),
        ("length=own&day=2090-01-01", "Kies een dag binnen 2 jaar. Later kan er tijd bij."),
        ("length=own&day=morgen", "Schrijf de dag zo: 15/1/2026."),
    ],
)
def test_a_day_that_cannot_be_is_asked_again_and_what_was_chosen_stays(cast: Cast, query: str, sentence: str) -> None:
    sara, whom = cast.client_of("sara"), person(cast, "Opa Wim")
    answer = sara.get(f"{root(cast)}/delen/{whom}/zo?what=goals&{query}")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert '<input type="hidden" name="what" value="goals">' in answer.text
    form = {"what": "goals", **dict(pair.split("=") for pair in query.split("&"))}
    assert sentence in sara.post(f"{root(cast)}/delen/{whom}", data=form).text


@pytest.mark.parametrize(
    "query",
    ["", "what=nonsense&things=x&length=never&alone=", "what=goals&things=c0ffee00-0000-4000-8000-000000000000"],
)
def test_an_answer_that_was_not_offered_counts_as_none(cast: Cast, query: str) -> None:
    whom = person(cast, "Opa Wim")
    answer = cast.client_of("sara").get(f"{root(cast)}/delen/{whom}/zo?{query}")
    assert answer.status_code == 200
    assert "Zo ziet Opa Wim het" in answer.text


def test_nothing_is_written_before_the_last_step(cast: Cast) -> None:
    sara, whom = cast.client_of("sara"), person(cast, "Opa Wim")
    before = main(sara.get(f"{root(cast)}/wie-ziet-wat").text)
    for step in ("wat", "tot?what=goals", "zo?what=goals&length=season"):
        assert sara.get(f"{root(cast)}/delen/{whom}/{step}").status_code == 200
    after = main(sara.get(f"{root(cast)}/wie-ziet-wat").text)
    assert re.findall("share-[0-9a-f-]+", before) == re.findall("share-[0-9a-f-]+", after)


# ---- zo ziet oma het -------------------------------------------------------------------------------------------------


def shown(page: str) -> str:
    """The part of the page that a link shows, without ids and keys that differ by form."""
    part = page[page.index('<div class="shared') :]
    part = part[: part.index("</section>\n</div>") if "</section>\n</div>" in part else part.index("</main>")]
    part = re.sub(r'name="(csrf_token|form_key)" value="[^"]*"', "", part)
    # Photos have addresses of the link for who holds it.
    part = re.sub(r"/voor/[0-9a-f-]+/foto/", "/foto/", part)
    return re.sub(r"/voor/[0-9a-f-]+/", "/voor/", part).strip()


@pytest.mark.parametrize("what", [[], ["goals"], ["agreements", "people"], ["agreements", "goals", "people"]])
def test_the_page_shown_before_and_after_making_is_the_very_page(cast: Cast, what: list[str]) -> None:
    sara, whom = cast.client_of("sara"), person(cast, "Opa Wim")
    query = "&".join(f"what={one}" for one in what)
    before = shown(sara.get(f"{root(cast)}/delen/{whom}/zo?{query}").text)
    made = share(cast, whom, *what, by=sara)
    after = shown(sara.get(f"{made.show}/zo").text)
    opa, address = opened(cast, made.link)
    there = shown(opa.get(address).text)
    assert before == after == there


def test_a_single_thing_opened_by_hand_is_shown_beforehand_and_then(cast: Cast) -> None:
    sara, whom = cast.client_of("sara"), person(cast, "Opa Wim")
    goal, canary = cast.id("goal of us"), cast.canary("goal of us")
    before = sara.get(f"{root(cast)}/delen/{whom}/zo?things={goal}").text
    assert canary in before
    assert cast.canary("step of us") in before
    made = share(cast, whom, by=sara, things=str(goal))
    opa, address = opened(cast, made.link)
    page = opa.get(address).text
    assert canary in page
    assert cast.canary("goal closed") not in page
    assert "Opa Wim" in sara.get(f"{root(cast)}/doelen/{goal}").text


def test_the_buttons_of_a_preview_do_nothing(cast: Cast) -> None:
    page = cast.client_of("sara").get(f"{root(cast)}/wie-ziet-wat/{cast.id('share oma')}/zo").text
    frame = page[page.index('<fieldset class="frame" disabled>') : page.index("</fieldset>")]
    assert "<button" in frame or "Niet gelukt" in frame
    assert "<a " not in frame


def test_a_preview_of_what_both_host_never_shows_one_parent_what_the_other_keeps(cast: Cast) -> None:
    page = cast.client_of("jef").get(f"{root(cast)}/wie-ziet-wat/{cast.id('share oma')}/zo").text
    assert cast.canary("goal with oma") in page
    for name, canary in cast.canaries_not_for("jef").items():
        assert canary not in page, name


# ---- the link --------------------------------------------------------------------------------------------------------


def test_the_link_survives_a_reload_in_the_browser_that_made_it_and_no_other(cast: Cast) -> None:
    sara = cast.client_of("sara")
    made = share(cast, person(cast, "Opa Wim"), by=sara)
    assert link_on(sara.get(made.page).text) == made.link
    elsewhere = cast.client_of("sara").get(made.page).text
    assert made.link not in elsewhere
    assert "Maak een nieuwe. De oude stopt dan." in elsewhere


def test_the_page_of_a_link_has_all_ways_to_give_it(cast: Cast) -> None:
    sara = cast.client_of("sara")
    made = share(cast, person(cast, "Opa Wim"), by=sara)
    page = sara.get(made.page).text
    assert f'data-copy="http://localhost:8000{made.link}"' in page
    assert f'data-share="http://localhost:8000{made.link}"' in page
    assert 'role="img" aria-label="QR-code met de link"' in page
    whatsapp = re.search(r'<a class="btn primary" href="(https://wa\.me/[^"]+)" rel="noreferrer noopener">', page)
    assert whatsapp
    assert "http%3A//localhost%3A8000/d/" in whatsapp[1]
    assert "Opa" not in whatsapp[1]


def test_an_address_is_built_from_the_settings_never_from_the_request(cast: Cast) -> None:
    sara, whom = cast.client_of("sara"), person(cast, "Opa Wim")
    sent = {"base_url": "http://evil.example", "data": {"form_key": uuid4().hex}}
    with sara.session_transaction() as mine:
        session = dict(mine)
    with sara.session_transaction(base_url="http://evil.example") as theirs:
        theirs.update(session)
    answer = sara.post(f"{root(cast)}/delen/{whom}", **sent)
    page = sara.get(str(answer.location), base_url="http://evil.example").text
    assert "evil.example" not in page
    assert "http://localhost:8000/d/" in page


def test_the_same_form_twice_makes_one_share_and_the_same_link(cast: Cast) -> None:
    sara, whom, form = cast.client_of("sara"), person(cast, "Opa Wim"), {"form_key": uuid4().hex}
    pages = []
    for _twice in range(2):
        answer = sara.post(f"{root(cast)}/delen/{whom}", data=form)
        pages.append(link_on(sara.get(str(answer.location)).text))
    assert pages[0] == pages[1]
    assert main(sara.get(f"{root(cast)}/wie-ziet-wat").text).count(f'/{whom}"') == 1


def test_somebody_who_has_a_link_gets_no_second_one(cast: Cast) -> None:
    answer = cast.client_of("sara").post(f"{root(cast)}/delen/{cast.people['oma']}", data={"form_key": uuid4().hex})
    assert str(answer.location).endswith("/wie-ziet-wat")
    page = cast.client_of("sara").get(f"{root(cast)}/delen").text
    assert "heeft een link" in page


def test_three_months_more_and_a_double_tap_is_one(cast: Cast) -> None:
    sara = cast.client_of("sara")
    made, key = share(cast, person(cast, "Opa Wim"), by=sara, length="month"), uuid4().hex
    day = re.compile(r"De link stopt op ([^.]+)\.")
    first = day.search(sara.get(made.show).text)
    for _twice in range(2):
        assert sara.post(f"{made.show}/langer", data={"form_key": key}).status_code == 303
    second = day.search(sara.get(made.show).text)
    sara.post(f"{made.show}/langer", data={"form_key": uuid4().hex})
    third = day.search(sara.get(made.show).text)
    assert first
    assert second
    assert third
    assert len({first[1], second[1], third[1]}) == 3


def test_choosing_again_changes_what_the_same_link_shows(cast: Cast) -> None:
    sara = cast.client_of("sara")
    made = share(cast, person(cast, "Opa Wim"), by=sara)
    opa, address = opened(cast, made.link)
    assert cast.canary("goal of us") not in opa.get(address).text
    assert sara.get(f"{made.show}/verander").status_code == 200
    assert sara.post(made.show, data={"what": "goals", "form_key": uuid4().hex}).status_code == 303
    assert cast.canary("goal of us") in opa.get(address).text
    sara.post(made.show, data={"what": "people", "length": "own", "form_key": uuid4().hex})
    assert cast.canary("goal of us") in opa.get(address).text
    sara.post(made.show, data={"what": "people", "form_key": uuid4().hex})
    assert cast.canary("goal of us") not in opa.get(address).text


# ---- who may ---------------------------------------------------------------------------------------------------------

FAMILY_PAGES = [
    "/wie-ziet-wat",
    "/delen",
    "/delen/{new}/wat",
    "/delen/{new}/tot",
    "/delen/{new}/zo",
    "/wie-ziet-wat/{share}",
    "/wie-ziet-wat/{share}/zo",
    "/wie-ziet-wat/{share}/verander",
    "/wie-ziet-wat/{share}/link",
    "/wie-keek",
    "/wie-ziet/goal/{goal}",
]
FAMILY_FORMS = [
    "/delen",
    "/delen/{new}",
    "/wie-ziet-wat/{share}",
    "/wie-ziet-wat/{share}/link",
    "/wie-ziet-wat/{share}/langer",
    "/wie-ziet-wat/{share}/stop",
    "/wie-ziet/goal/{goal}",
]


def filled(cast: Cast, path: str, share: str = "share oma", goal: str = "goal of us") -> str:
    return root(cast) + path.format(new=cast.people["ended"], share=cast.id(share), goal=cast.id(goal))


@pytest.mark.parametrize("who", EVERYBODY)
def test_pages_of_sharing_are_for_parents_only(cast: Cast, who: str) -> None:
    client = cast.client_of(who)
    found = {path: client.get(filled(cast, path)).status_code for path in FAMILY_PAGES}
    assert set(found.values()) == {200 if who in {"sara", "jef"} else 404}, found


# In the plan without being a parent, or a guest of it until now: not asked for a key.
KNOWN = {"nele", "kaat", "mil", "lisa", "bert", "oma", "els", "away", "late"}


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in {"sara", "jef"}])
def test_forms_of_sharing_are_for_parents_only(cast: Cast, who: str) -> None:
    client = cast.client_of(who)
    found = {path: client.post(filled(cast, path), data={}).status_code for path in FAMILY_FORMS}
    assert set(found.values()) == {404 if who in KNOWN else 401}, found


ONE = re.compile(r"[0-9a-f-]{36}(?=(/[a-z]+)?$)")


def test_what_one_parent_hosts_or_keeps_is_not_there_for_the_other(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    for path in FAMILY_PAGES:
        if "{share}" not in path and "{goal}" not in path:
            continue
        mine = filled(cast, path, "share els", "goal alone")
        assert sara.get(mine).status_code == 200, path
        theirs, nothing = jef.get(mine), jef.get(ONE.sub(str(uuid4()), mine))
        assert theirs.status_code == nothing.status_code == 404, path
        assert main(theirs.text) == main(nothing.text), path


def test_nor_can_the_other_change_or_stop_it(cast: Cast) -> None:
    jef = cast.client_of("jef")
    for path in FAMILY_FORMS:
        if "{share}" in path or "{goal}" in path:
            assert jef.post(filled(cast, path, "share els", "goal alone"), data={}).status_code == 404, path
    assert "Els Watersnip" in main(cast.client_of("sara").get(f"{root(cast)}/wie-ziet-wat").text)


def test_what_one_parent_hosts_shows_in_no_page_of_the_other(cast: Cast) -> None:
    opened(cast, f"/d/{cast.tokens['els']}")
    jef = cast.client_of("jef")
    for path in (
        "/wie-ziet-wat",
        "/wie-keek",
        "/delen",
        f"/doelen/{cast.id('goal of us')}",
        f"/wie-ziet/goal/{cast.id('goal of us')}",
    ):
        assert "Watersnip" not in jef.get(root(cast) + path).text, path


def test_any_parent_stops_what_both_host(cast: Cast) -> None:
    sara = cast.client_of("sara")
    made = share(cast, person(cast, "Opa Wim"), by=sara)
    assert cast.client_of("jef").post(f"{made.show}/stop").status_code == 303
    assert "Opa Wim" not in re.findall(r"<h2>([^<]+)</h2>", sara.get(f"{root(cast)}/wie-ziet-wat").text)


def test_sharing_alone_reaches_only_what_this_parent_keeps(cast: Cast) -> None:
    sara, whom = cast.client_of("sara"), person(cast, "Opa Wim")
    choices = sara.get(f"{root(cast)}/delen/{whom}/wat?alone=1").text
    assert cast.canary("goal alone") in choices
    assert cast.canary("goal of us") not in choices
    assert "Jef ziet dit niet." in choices
    made = share(
        cast, whom, "goals", by=sara, alone="1", things=[str(cast.id("goal alone")), str(cast.id("goal of us"))]
    )
    opa, address = opened(cast, made.link)
    page = opa.get(address).text
    assert cast.canary("goal alone") in page
    assert cast.canary("goal of us") not in page
    assert cast.client_of("jef").get(made.show).status_code == 404


def test_with_whom_only_one_parent_knows_of_only_that_parent_shares(cast: Cast) -> None:
    sara = cast.client_of("sara")
    made = share(cast, cast.people["neighbour"], "goals", by=sara)
    assert "Alleen jij deelt dit" in sara.get(made.show).text
    assert cast.client_of("jef").get(made.show).status_code == 404


# ---- the pages themselves --------------------------------------------------------------------------------------------


def test_every_page_is_valid_html(cast: Cast, valid_html: Callable[[str], None]) -> None:
    sara, whom = cast.client_of("sara"), person(cast, "Opa Wim")
    things = f"things={cast.id('goal of us')}&length=own&day=2020-01-01"
    pages = [sara.get(filled(cast, path)).text for path in FAMILY_PAGES]
    pages += [sara.get(f"{root(cast)}/delen/{whom}/{step}").text for step in ("wat?alone=1", f"zo?{things}")]
    made = share(cast, whom, "agreements", "goals", "people", by=sara, things=str(cast.id("goal of us")), word="peer")
    opa, address = opened(cast, f"/d/{cast.tokens['oma']}")
    pages += [sara.get(made.page).text, sara.get(f"{made.show}/zo").text, opa.get(address).text]
    pages += [opa.get(made.link).text, opa.post(made.link).text, opa.post("/d/x").text]
    pages += [
        sara.get(f"{chooser}?who={who}").text
        for chooser in [filled(cast, "/wie-ziet/goal/{goal}")]
        for who in ("we", "me_and")
    ]
    pages += [sara.post(f"{root(cast)}/delen", data={}).text, sara.get(f"{root(cast)}/wie-ziet-wat").text]
    for page in pages:
        valid_html(page)
