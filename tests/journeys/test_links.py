"""Oma looks through a link: it shows what Sara saw beforehand, takes her word, and stops when Sara says so."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cast import Cast
from tests.journeys.conftest import Answers, NewHands
from tests.journeys.hands import Hands, scanned

OMA = "Oma Rosa Roodborsttapuit"
NEUTRAL = "Iemand deelde iets met jou."
ENDED = "Deze link werkt niet meer."
COOKIES = "koekjes bakken met Kaat"


@pytest.fixture
def sharing(of_cast: NewHands) -> Hands:
    """Sara, who agreed something with oma for today and is about to make a link for her."""
    sara = of_cast("sara")
    sara.tap("Afspraken").tap("Nieuwe afspraak").type_in("Wat?", COOKIES).tap(OMA)
    sara.tap("Eén dag").tap("vandaag").tap("Bewaar")
    sara.tap("Meer").tap("Wie ziet wat?").tap(f"Stop met delen: {OMA}")
    sara.tap("Wie ziet niets?").tap(OMA).tap(f"Deel met {OMA}").is_at(f"Wat mag {OMA} zien?")
    return sara


def share_agreements(sara: Hands) -> tuple[str, str]:
    """Choose what oma sees and until when, look, and make the link: what it would show, and its address."""
    sara.tap("Alle afspraken").tap("Verder").is_at("Tot wanneer?").tap("Verder").is_at(f"Zo ziet {OMA} het")
    before = shown(sara)
    sara.tap("Maak de link").is_at(f"De link voor {OMA}").sees(f"{OMA} kan niets veranderen.")
    address = re.search(r"http://\S+/d/\S+", sara.words)
    assert address is not None
    assert scanned(sara) == [address[0]]
    whatsapp = sara.find("Stuur met WhatsApp").get_attribute("href") or ""
    assert whatsapp.startswith("https://wa.me/?text=")
    assert address[0] in parse_qs(urlsplit(whatsapp).query)["text"][0]
    return before, address[0]


def shown(sara: Hands) -> str:
    """What stands inside the frame "Zo ziet oma het"."""
    name = f"Zo ziet {OMA} het"
    return plain(sara.page.get_by_role("group", name=name).inner_text().replace(name, "", 1))


def plain(text: str) -> str:
    """Its words alone."""
    return " ".join(text.split())


def opened(someone: NewHands, address: str, **phone: str) -> Hands:
    """Oma, who touched the link in another browser and then Open."""
    oma = someone(**phone)
    oma.go(address)
    oma.is_at(NEUTRAL).sees("Wie dit deelt, ziet op welke dag jij keek.")
    oma.misses("Sara", "oma", "Oma", "Kaat").tap("Open")
    return oma.is_at(f"Dag {OMA}")


def test_a_link_shows_what_was_seen_beforehand(sharing: Hands, someone: NewHands) -> None:
    before, address = share_agreements(sharing)
    oma = opened(someone, address)
    # Paper is for who holds the link; so is what Kaat chose to tell her, which no parent sees.
    seen = plain(oma.words)
    for hers in ("Kaat vertelt jou iets.", "Druk jouw afspraken af"):
        assert hers not in before
        seen = seen.replace(f"{hers} ", "")
    assert seen == before
    assert COOKIES in before
    sharing.tap("Meer").tap("Wie ziet wat?").tap(f"Verander: {OMA}").tap(f"Zo ziet {OMA} het")
    assert shown(sharing) == before
    sharing.tap("Meer").tap("Wie keek in ons plan?").sees(OMA, inside="Vandaag")


def test_oma_says_that_it_worked_and_sara_may_take_it_back(sharing: Hands, someone: NewHands) -> None:
    _before, address = share_agreements(sharing)
    oma = opened(someone, address)
    oma.tap("Gelukt", inside=COOKIES).sees("Dank je. De familie ziet dat het gelukt is.")
    sharing.tap("Afspraken").sees(COOKIES, inside="Gedaan").tap(f"{OMA}: {COOKIES}").sees(f"{OMA}: gelukt")
    sharing.tap("Toch niet").tap("Ons plan").sees("Gelukt", inside=COOKIES)


def test_oma_says_that_it_did_not_work_and_may_say_otherwise(sharing: Hands, someone: NewHands) -> None:
    _before, address = share_agreements(sharing)
    oma = opened(someone, address)
    oma.tap("Niet gelukt", inside=COOKIES).sees("Niet gelukt. Dat kan. De familie weet het nu.")
    oma.tap("Toch niet", inside=COOKIES).sees("Gelukt", inside=COOKIES)


def test_a_stopped_link_says_so_at_the_next_request(sharing: Hands, someone: NewHands) -> None:
    _before, address = share_agreements(sharing)
    oma = opened(someone, address)
    sharing.tap("Meer").tap("Wie ziet wat?").tap(f"Stop met delen: {OMA}")
    sharing.sees("Het delen is gestopt. De link werkt niet meer.")
    oma.tap("Gelukt", inside=COOKIES).is_at(ENDED).misses(COOKIES)
    oma.page.go_back()
    oma.page.reload()
    oma.is_at(ENDED).misses(COOKIES)
    again = someone()
    again.go(address)
    again.is_at(NEUTRAL).tap("Open").is_at(ENDED).sees("Vraag een nieuwe aan wie deze link gaf.")


def test_nothing_that_is_not_for_oma_ever_reaches_her_phone(
    sharing: Hands, someone: NewHands, cast: Cast, answers_to: Callable[[str], Answers]
) -> None:
    heard = answers_to("the phone of oma")
    _before, address = share_agreements(sharing)
    oma = opened(someone, address, user_agent=heard.agent)
    oma.tap("Gelukt", inside=COOKIES).tap("Toch niet", inside=COOKIES)
    plan = f"/p/{cast.plan}"
    for page in ("/", "/mensen", "/afspraken", "/doelen", "/meer", "/veranderd", "/weggehaald", "/binnen"):
        oma.go(plan + page)
    for piece in cast.pieces.values():
        oma.go(f"{plan}/{FOLDERS.get(piece.kind, piece.kind)}/{piece.id}")
    not_hers = cast.canaries_not_for("oma")
    not_hers.pop("person oma", None)
    assert not [name for name, canary in not_hers.items() if canary in heard.everything]
    assert all(canary in heard.everything for canary in ("Wulp", "Kievit"))


FOLDERS = {"goal": "doelen", "person": "mensen", "agreement": "afspraken", "home": "huizen", "share": "wie-ziet-wat"}


def test_somebody_new_gets_a_link_until_a_day_they_choose(family: Hands, someone: NewHands) -> None:
    family.tap("Meer").tap("Wie ziet wat?").tap("Deel met iemand").type_in("Iemand anders", "oma").tap("Verder")
    family.is_at("Wat mag oma zien?").tap("Wat wij willen").tap("Verder").is_at("Tot wanneer?")
    family.tap("Een andere dag").type_in("Welke dag?", "2020-01-31").tap("Verder")
    family.sees("Die dag is voorbij. Kies een dag die nog komt.")
    until = datetime.now(UTC).date() + timedelta(days=40)
    family.type_in("Welke dag?", until.isoformat()).tap("Verder").is_at("Zo ziet oma het")
    family.sees(f"De link stopt op {until.day} ").tap("Maak de link")
    oma = someone()
    oma.go(scanned(family)[0])
    oma.tap("Open").is_at("Dag oma").sees("Hier staat nu niets voor jou. Later misschien wel.")
    family.tap("Ons plan").tap("Nog iets dat wij willen").type_in("Wat willen jullie?", "Samen eten").tap("Bewaar")
    oma.page.reload()
    oma.sees("Samen eten", inside="Wat wij willen")


def test_what_was_closed_may_be_shown_to_one_person_with_an_agreed_word(family: Hands, someone: NewHands) -> None:
    family.tap("Nog iets dat wij willen").type_in("Wat willen jullie?", "Samen eten").tap("Bewaar")
    family.tap("Alleen wij zien dit").tap("Alleen wij").sees("Bewaard.")
    family.tap("Meer").tap("Wie ziet wat?").tap("Deel met iemand").type_in("Iemand anders", "oma").tap("Verder")
    family.unfold("Alleen één ding").tap("Samen eten").tap("Verder").tap("Verder").is_at("Zo ziet oma het")
    family.sees("Samen eten").unfold("Spreek een woord af").type_in("Welk woord?", "aardbei").tap("Maak de link")
    oma = someone()
    oma.go(scanned(family)[0])
    oma.tap("Open").is_at("Welk woord spraken jullie af?").misses("Samen eten").type_in("Het woord", "appel").tap(
        "Open"
    )
    oma.sees("Dit is niet het woord. Vraag het nog eens.").type_in("Het woord", "Aardbei").tap("Open").is_at("Dag oma")
    oma.sees("Samen eten")


@pytest.mark.javascript(True)
def test_no_page_tells_the_next_one_where_it_was(someone: NewHands, cast: Cast) -> None:
    """A browser sends no Referer along, however it goes on: the button, a redirect, a page of errors, its files."""
    oma, told = someone(), []
    oma.page.on("request", lambda request: told.append((request.url, request.headers.get("referer", ""))))
    oma.go(f"/d/{cast.tokens['oma']}")
    oma.tap("Open").is_at(f"Dag {OMA}")
    oma.go(f"/d/{cast.tokens['stopped']}")
    oma.tap("Open").is_at(ENDED).tap("Snel weg")
    assert len(told) > 5
    assert not [address for address, referer in told if referer]
