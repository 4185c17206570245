"""Lees voor: in the language of each text, with a voice of this phone only, and not there without one."""

import msgspec
import pytest
from playwright.sync_api import Locator, expect

from app.change import Put, change
from app.policy.actions import Action
from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands
from tests.support.voices import DUTCH, ENGLISH, FAR, FLEMISH, give_voices, said, to_the_end

TURKISH = "Her akşam birlikte kitap okumak"

# A recording after the words that it goes with, whose playing is counted.
RECORDING = """() => {
  const main = document.getElementById("main"), sound = document.createElement("audio");
  main.dataset.voiced = "";
  sound.controls = true;
  sound.played_ = 0;
  sound.play = async () => void sound.played_++;
  main.append(sound);
}"""


@pytest.fixture
def reader(of_cast: NewHands) -> Hands:
    """Sara, at Ons plan."""
    return of_cast("sara")


def at_a_page(hands: Hands, cast: Cast, *voices: dict[str, object]) -> Hands:
    """On a phone with these voices, at how Snel weg works."""
    give_voices(hands.page, *voices)
    hands.go(f"/p/{cast.plan}/snel-weg")
    return hands


def button(hands: Hands) -> Locator:
    return hands.page.locator("[data-aloud]")


@pytest.mark.javascript(True)
def test_a_page_is_read_in_its_order_with_a_flemish_voice(reader: Hands, cast: Cast) -> None:
    at_a_page(reader, cast, ENGLISH, DUTCH, FAR, FLEMISH)
    reader.tap("Lees voor")
    marked = reader.page.locator(".spoken")
    expect(marked).to_have_text("Zo werkt Snel weg")
    reader.page.evaluate("phone.end()")
    expect(marked).to_contain_text("Raak dit aan")
    told = to_the_end(reader.page)
    assert [text for _lang, _voice, text in told][:2] == [
        "Zo werkt Snel weg",
        reader.page.locator("main p.strong").first.inner_text(),
    ]
    assert {(lang, voice) for lang, voice, _text in told} == {("nl-BE", "Ellen")}
    assert not any("Lees voor" in text or "Mijn sleutelkaart" in text for *_, text in told), "words, not ways on"
    expect(marked).to_have_count(0)
    expect(button(reader)).to_have_attribute("aria-pressed", "false")


@pytest.mark.javascript(True)
def test_without_a_voice_of_this_phone_for_dutch_there_is_no_button(reader: Hands, cast: Cast) -> None:
    at_a_page(reader, cast)
    for voices in ([], [ENGLISH], [FAR], [ENGLISH, FAR]):
        reader.page.evaluate("voices => phone.come(voices)", voices)
        reader.page.wait_for_timeout(100)
        expect(button(reader)).to_be_hidden()
        button(reader).evaluate("one => { one.hidden = false; one.click(); one.hidden = true }")
        assert said(reader.page) == [], "no English voice for Dutch words, and none that sends them away"


@pytest.mark.javascript(True)
def test_a_voice_that_comes_late_moves_nothing(reader: Hands, cast: Cast) -> None:
    at_a_page(reader, cast, DUTCH)
    at_a_page(reader, cast)
    reader.page.evaluate("phone.come([])")
    where = "() => [...document.querySelectorAll('main *')].map(one => JSON.stringify(one.getBoundingClientRect()))"
    before = reader.page.evaluate(where)
    expect(button(reader)).to_be_hidden()
    reader.page.evaluate("voices => phone.come(voices)", [DUTCH])
    expect(button(reader)).to_be_visible()
    assert reader.page.evaluate(where) == before
    reader.tap("Lees voor")
    assert said(reader.page)[0][1] == "Xander"


@pytest.mark.javascript(False)
def test_without_scripts_there_is_no_dead_button_and_no_gap(reader: Hands, cast: Cast) -> None:
    reader.go(f"/p/{cast.plan}/snel-weg")
    expect(button(reader)).to_be_hidden()
    heading, main = (reader.page.locator(one).bounding_box() for one in ("h1", "main > .person"))
    assert heading
    assert main
    assert heading["height"] == main["height"]
    assert heading["width"] > main["width"] - 20


@pytest.mark.javascript(True)
def test_words_in_another_language_are_read_in_it_or_not_at_all(reader: Hands, cast: Cast) -> None:
    assert cast.app is not None
    with cast.app.app_context():
        goal = cast.thing("goal of us", "sara")
        body = msgspec.structs.replace(goal.body, words=TURKISH, language="tr")
        change(cast.sara, Action.GOAL_CHANGE, Put(goal, body))
    give_voices(reader.page, FLEMISH, ENGLISH)
    reader.go(f"/p/{cast.plan}/doelen/{cast.id('goal of us')}")
    reader.tap("Lees voor")
    told = to_the_end(reader.page)
    assert told
    assert {voice for _lang, voice, _text in told} == {"Ellen"}
    assert not any(TURKISH in text for *_, text in told)
    turkish = {"name": "Yelda", "lang": "tr-TR", "localService": True}
    reader.page.evaluate("voices => phone.come(voices)", [FLEMISH, turkish])
    reader.tap("Lees voor")
    assert ("tr", "Yelda", TURKISH) in to_the_end(reader.page)


@pytest.mark.javascript(True)
def test_a_second_press_escape_and_another_button_make_it_quiet(reader: Hands, cast: Cast) -> None:
    at_a_page(reader, cast, FLEMISH)
    speaks = "() => phone.speaks()"
    button(reader).focus()
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate(speaks)
    expect(button(reader)).to_be_focused()
    reader.page.keyboard.press("Enter")
    assert not reader.page.evaluate(speaks), "the same key on the same place stops it"
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Escape")
    assert not reader.page.evaluate(speaks)
    assert len(said(reader.page)) == 2
    reader.page.keyboard.press("Enter")
    reader.page.evaluate("() => dispatchEvent(new Event('pagehide'))")
    assert not reader.page.evaluate(speaks), "who leaves hears no more"


@pytest.mark.javascript(True)
@pytest.mark.parametrize(
    "how",
    [
        "document.querySelector('form[data-leave] button').click()",
        "[1, 2, 3].forEach(() => dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' })))",
    ],
    ids=["button", "keys"],
)
def test_snel_weg_is_quiet_at_once(reader: Hands, cast: Cast, how: str) -> None:
    at_a_page(reader, cast, FLEMISH)
    reader.tap("Lees voor")
    # In one go, as the page itself is left at once.
    quiet = reader.page.evaluate(f"() => {{ {how}; phone.end(); return [phone.speaks(), phone.said.length] }}")
    assert quiet == [False, 1]


@pytest.mark.javascript(True)
def test_oma_hears_what_her_link_shows_and_nothing_is_asked_of_anybody(of_cast: NewHands, cast: Cast) -> None:
    oma = of_cast("oma")
    asked: list[str] = []
    give_voices(oma.page, FLEMISH)
    oma.go(f"/p/{cast.plan}/voor/{cast.id('share oma')}")
    # Its pictures come as it moves along the page.
    oma.page.on("request", lambda request: request.resource_type == "image" or asked.append(request.url))
    oma.tap("Lees voor")
    told = [text for *_, text in to_the_end(oma.page)]
    assert len(told) > 3
    assert asked == []


@pytest.mark.javascript(True)
def test_what_the_family_recorded_is_heard_first_also_without_a_voice(reader: Hands, cast: Cast) -> None:
    """A recording and a text stand on one page: the recording comes first, and asks for no voice of the phone."""
    at_a_page(reader, cast)
    reader.page.evaluate(RECORDING)
    expect(button(reader)).to_be_visible()
    reader.tap("Lees voor")
    assert reader.page.evaluate("() => document.querySelector('audio').played_") == 1
    assert said(reader.page) == []
    reader.page.evaluate("voices => phone.come(voices)", [FLEMISH])
    reader.page.evaluate("() => document.querySelector('audio').onended()")
    reader.tap("Lees voor")
    assert reader.page.evaluate("() => document.querySelector('audio').played_") == 2, "from its beginning again"
    reader.page.evaluate("() => document.querySelector('audio').onended()")
    assert said(reader.page)[0][2] == "Zo werkt Snel weg"
