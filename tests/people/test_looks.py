"""The three ways to look at people: equal, remembered by the browser, and each shows only whom its reader sees."""

import gzip
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from app.people.looks import Look, look_from
from app.policy.actor import Ring
from tests.cast import Cast

LOOKS = [look.value for look in Look]
pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def tokens_off(app: Any) -> None:
    """What the token guards has its own tests (tests/armour)."""
    app.config["WTF_CSRF_ENABLED"] = False


def people(cast: Cast) -> str:
    return f"/p/{cast.plan}/mensen"


def add(cast: Cast, who: str, names: list[str], ring: str = "close", **more: Any) -> None:
    for name in names:
        form = {"name": name, "ring": ring, "form_key": uuid4().hex, **more}
        assert cast.client_of(who).post(people(cast), data=form).status_code == 303


def chosen(page: str) -> str:
    """The way of looking that a page says it is."""
    (found,) = re.findall(r'<a class="btn plain" href="[^"]*toon=(\w+)" aria-current="true"', page)
    return str(found)


def drawn(page: str) -> str:
    return page[page.index('<svg class="drawn"') : page.index("</svg>", page.index('<svg class="drawn"'))]


@pytest.mark.parametrize(
    ("told", "look"),
    [
        ((None, None), "kringen"),
        (("lijst", None), "lijst"),
        ((None, "groepen"), "groepen"),
        (("lijst", "groepen"), "lijst"),
        (("x", "lijst"), "lijst"),
        (("<b>", 7), "kringen"),
        (("", ""), "kringen"),
    ],
)
def test_what_is_asked_comes_before_what_was_kept_and_what_nobody_knows_is_the_rings(told: Any, look: str) -> None:
    assert look_from(*told).value == look


def test_people_stand_in_rings_until_somebody_chooses_and_the_choice_stays(cast: Cast) -> None:
    sara = cast.client_of("sara")
    assert chosen(sara.get(people(cast)).text) == "kringen"
    for look in ("lijst", "groepen", "kringen"):
        assert chosen(sara.get(f"{people(cast)}?toon={look}").text) == look
        assert chosen(sara.get(people(cast)).text) == look


def test_the_three_ways_are_equal_links_with_the_words_we_were_given(cast: Cast) -> None:
    page = cast.client_of("sara").get(people(cast)).text
    found = re.findall(r'<a class="btn plain" href="[^"]*toon=(\w+)"[^>]*aria-label="([^"]+)"', page)
    assert found == [("kringen", "Toon als kringen"), ("groepen", "Toon als groepen"), ("lijst", "Toon als lijst")]


@pytest.mark.parametrize("strange", ["x", "<script>", "LIJST", "", "list"])
def test_a_strange_word_is_quietly_the_rings_and_is_not_kept(cast: Cast, strange: str) -> None:
    sara = cast.client_of("sara")
    answer = sara.get(people(cast), query_string={"toon": strange})
    assert chosen(answer.text) == "kringen"
    with sara.session_transaction() as kept:
        assert "look" not in kept
    assert "<script>" not in answer.text.split("</head>")[1]


def test_a_strange_word_leaves_what_was_chosen(cast: Cast) -> None:
    sara = cast.client_of("sara")
    sara.get(f"{people(cast)}?toon=lijst")
    assert chosen(sara.get(f"{people(cast)}?toon=x").text) == "lijst"


def test_the_choice_lies_in_the_browser_s_own_sealed_cookie_and_says_nothing_of_a_plan(cast: Cast) -> None:
    sara = cast.client_of("sara")
    answer = sara.get(f"{people(cast)}?toon=lijst")
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    assert "HttpOnly" in cookies[0]
    assert "SameSite=Lax" in cookies[0]
    with sara.session_transaction() as kept:
        assert kept["look"] == "lijst"
        assert not any(str(cast.plan) in str(value) for value in kept.values())
    assert "Set-Cookie" not in sara.get(people(cast)).headers


def test_the_choice_of_one_browser_is_not_the_choice_of_another(cast: Cast) -> None:
    cast.client_of("sara").get(f"{people(cast)}?toon=lijst")
    assert chosen(cast.client_of("jef").get(people(cast)).text) == "kringen"


def test_who_leaves_leaves_the_choice_behind(cast: Cast) -> None:
    from app.web.session import forget

    sara = cast.client_of("sara")
    sara.get(f"{people(cast)}?toon=lijst")
    with sara.application.test_request_context():
        from flask import session

        session["look"] = "lijst"
        forget()
        assert "look" not in session


def test_looking_and_choosing_changes_no_row(cast: Cast) -> None:
    from app.db import db

    written: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.split(maxsplit=1)[0] not in {"SELECT", "BEGIN", "PRAGMA", "SET"}:
            written.append(statement)

    sara = cast.client_of("sara")
    sara.get(people(cast))
    with sara.application.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    for query in ("", *(f"?toon={look}" for look in LOOKS), "?kring=close", "?kring=x&toon=x"):
        assert sara.get(f"{people(cast)}{query}").status_code == 200
    event.remove(engine, "before_cursor_execute", hear)
    assert written == []


def test_up_to_five_eight_and_eight_then_how_many_more(cast: Cast) -> None:
    add(cast, "sara", [f"Lou{n}" for n in range(9)], "we")
    add(cast, "sara", [f"Tante{n}" for n in range(12)])
    sara = cast.client_of("sara")
    shown, listed = drawn(sara.get(people(cast)).text), sara.get(f"{people(cast)}?toon=lijst").text
    for ring, most in (("Wij", 5), ("Dicht bij ons", 8), ("Diensten en school", 8)):
        part = shown[shown.index(f'aria-label="{ring}"') :].split("</g>")[0]
        all_of_it = len(re.findall(rf'class="where ring-\d">{ring}<', listed))
        standing = len(re.findall(r"/mensen/[0-9a-f-]{36}", part))
        more = [int(number) for number in re.findall(r">\+(\d+)<", part)]
        assert standing <= most
        assert standing + sum(more) == all_of_it


def test_how_many_more_leads_to_all_of_that_ring(cast: Cast) -> None:
    add(cast, "sara", [f"Tante{n}" for n in range(12)])
    sara = cast.client_of("sara")
    page = sara.get(people(cast)).text
    address = re.search(
        r'<a href="([^"]+kring=close)#kring"><title>\+\d+. Toon iedereen: Dicht bij ons</title>', drawn(page)
    )
    assert address
    whole = sara.get(address[1]).text
    for number in range(12):
        assert f"<b>Tante{number}</b>" in whole.split('id="kring"')[1]
    assert "<b>Tante11</b>" not in page.split('id="kring"')[1]


def test_an_empty_ring_offers_a_seat_to_who_may_add_somebody(cast: Cast) -> None:
    page = cast.client_of("lies").get(f"/p/{cast.elsewhere}/mensen").text
    for ring, value in (("Dicht bij ons", "close"), ("Diensten en school", "services")):
        assert re.search(rf'href="[^"]+/nieuw\?ring={value}"><title>{ring}: nog iemand</title>', drawn(page))
    assert "nog iemand" not in drawn(cast.client_of("nele").get(people(cast)).text)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("who", ["sara", "jef", "nele"])
def test_each_way_shows_only_whom_its_reader_sees_and_counts_nobody_else(cast: Cast, who: str, look: str) -> None:
    add(cast, "sara", [f"Tante{n}" for n in range(3)])
    page = cast.client_of(who).get(f"{people(cast)}?toon={look}").text
    for name, canary in cast.canaries_not_for(who).items():
        assert canary not in page, name
    if who == "nele":
        assert "Tante" not in page
        assert not re.findall(r">\+\d", page)


@pytest.mark.parametrize("look", LOOKS)
def test_every_name_is_a_real_link_to_its_person(cast: Cast, look: str) -> None:
    sara = cast.client_of("sara")
    page = sara.get(f"{people(cast)}?toon={look}").text
    for person in ("sara", "jef", "kaat", "oma"):
        assert re.search(rf'<a [^>]*href="{people(cast)}/{cast.people[person]}"', page), person


def test_the_list_is_in_the_order_of_the_alphabet(cast: Cast) -> None:
    add(cast, "sara", ["Zoë", "Élise", "anna", "Tante 10", "Tante 9"])
    names = re.findall(r"<b>([^<]+)</b>", cast.client_of("sara").get(f"{people(cast)}?toon=lijst").text)
    ours = [unescape(name) for name in names if name in {"Zoë", "Élise", "anna", "Tante 10", "Tante 9"}]
    assert ours == ["anna", "Élise", "Tante 9", "Tante 10", "Zoë"]


@pytest.mark.parametrize("ring", list(Ring))
def test_a_ring_in_whole_tells_what_everybody_is_for_us_and_calls(cast: Cast, ring: Ring) -> None:
    add(cast, "sara", ["Betty"], ring.value, relation="vriendin", phone="0470 11 22 33")
    page = cast.client_of("sara").get(f"{people(cast)}?kring={ring.value}").text.split('id="kring"')[1]
    assert "<b>Betty</b><span>vriendin</span>" in page
    assert 'aria-label="Bel Betty"' in page


def full(cast: Cast, sara: FlaskClient, count: int) -> None:
    rings = [Ring.WE.value, Ring.CLOSE.value, Ring.SERVICES.value]
    for number in range(count):
        more = {"relation": "buurvrouw", "phone": "0470 11 22 33"} if number % 2 else {"relation": "oma langs mama"}
        form = {"name": f"Tante Betty {number}", "ring": rings[number % 3], "helps": ["do", "listen"], **more}
        assert sara.post(people(cast), data={**form, "form_key": uuid4().hex}).status_code == 303


@pytest.mark.parametrize("look", LOOKS)
def test_a_plan_full_of_people_stays_small_and_valid(cast: Cast, look: str, valid_html: Callable[[str], None]) -> None:
    sara = cast.client_of("sara")
    for count in (20, 40):
        full(cast, sara, count if count == 20 else 20)
        page = sara.get(f"{people(cast)}?toon={look}").text
        valid_html(page)
        elements = len(re.findall(r"<[a-z]", page))
        assert elements <= 500, (count, elements)
        assert len(gzip.compress(page.encode(), 6, mtime=0)) <= 8 * 1024


def test_what_a_family_types_is_only_words_in_the_drawing(cast: Cast) -> None:
    add(cast, "sara", ["<b>\"&'</b>", "</text><script>", "{{ 7 }}"])
    sara = cast.client_of("sara")
    for look in LOOKS:
        page = sara.get(f"{people(cast)}?toon={look}").text
        assert "<script>" not in page.split("</head>")[1]
        assert "</text><script" not in page
        assert "<b>&#34;" not in page


def test_an_id_in_the_address_of_a_ring_opens_nothing(cast: Cast) -> None:
    answer = cast.client_of("sara").get(f"{people(cast)}?kring={UUID(int=0)}")
    assert answer.status_code == 200
    assert "Dicht bij ons" in answer.text
