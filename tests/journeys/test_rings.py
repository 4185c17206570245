"""The rings on a real screen: no letter on a line or on another, real links for fingers and keys, large letters too."""

from typing import Any
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands

NAMES = {
    "we": ["Noor", "Emmanuella", "Y"],
    "close": [
        "Tante Betty",
        "Buurvrouw Annemie",
        "Їжакевич",
        "فاطمة الزهراء",
        "Grootmoeder Vandenbroucke-Vanderstraeten",
    ],
    "services": ["Mevrouw Knapen", "Kinderpsychiater De Smet", "Олександра Шевченко", "Çağla Öztürk", "Nguyễn Thị Ánh"],
}
TWICE = """const root = document.documentElement;
root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + 'px'"""

# What is wrong with the drawing that the browser made: letters and faces against the lines and against each other.
WRONG = """() => {
  const svg = document.querySelector("svg.drawn");
  if (!svg || !svg.checkVisibility()) return null;
  const wrong = [], boxes = [], frame = svg.getBoundingClientRect();
  for (const text of svg.querySelectorAll("text")) {
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of [range.getBoundingClientRect()]) {
      const what = text.textContent;
      const inFace = /^.{1,2}$/.test(what) && text.parentElement.matches("a");
      if (!inFace) boxes.push({ what, left: box.left, right: box.right, top: box.top + 2, bottom: box.bottom - 3 });
      const size = parseFloat(getComputedStyle(text).fontSize) * svg.getScreenCTM().a;
      if (size < 17) wrong.push(`${what} is ${size.toFixed(1)} px`);
      if (box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom)
        wrong.push(`${what} is out of the picture`);
    }
  }
  for (const face of svg.querySelectorAll("a > use, a > circle")) {
    const box = face.getBoundingClientRect();
    boxes.push({ what: "a face", left: box.left, right: box.right, top: box.top, bottom: box.bottom });
  }
  for (const line of svg.querySelectorAll(".drawn-line")) {
    const at = line.getScreenCTM(), length = line.getTotalLength();
    for (let along = 0; along < length; along += 1) {
      const point = line.getPointAtLength(along).matrixTransform(at);
      for (const box of boxes)
        if (point.x > box.left && point.x < box.right && point.y > box.top && point.y < box.bottom)
          wrong.push(`a line through ${box.what}`);
    }
  }
  boxes.forEach((one, i) => boxes.slice(i + 1).forEach((other) => {
    const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    if (wide > 1 && high > 3) wrong.push(`${one.what} on ${other.what}`);
  }));
  const name = (link) => link && link.querySelector("title").textContent;
  const links = [...svg.querySelectorAll("a")].map((link) => [name(link), link.getBoundingClientRect()]);
  links.forEach(([own, box], i) => {
    if (box.width < 47.5 || box.height < 47.5) wrong.push(`${own} is ${box.width} by ${box.height}`);
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const seen = box.top > 0 && box.bottom < innerHeight;
    if (seen && name(hit && hit.closest("a")) !== own) wrong.push(`a finger misses ${own}`);
    links.slice(i + 1).forEach(([next, other]) => {
      const across = Math.max(box.left, other.left) - Math.min(box.right, other.right);
      const down = Math.max(box.top, other.top) - Math.min(box.bottom, other.bottom);
      if (across < 7.5 && down < 7.5) wrong.push(`${own} is against ${next}`);
    });
  });
  return [...new Set(wrong)];
}"""


@pytest.fixture
def sara(of_cast: NewHands, cast: Cast, app: Any) -> Hands:
    """Sara, at her people: as many and as differently named as people are."""
    client = cast.client_of("sara")
    app.config["WTF_CSRF_ENABLED"] = False
    for ring, names in NAMES.items():
        for name in names:
            form = {"name": name, "ring": ring, "phone": "0470 11 22 33", "form_key": uuid4().hex}
            assert client.post(f"/p/{cast.plan}/mensen", data=form).status_code == 303
    app.config["WTF_CSRF_ENABLED"] = True
    hands = of_cast("sara")
    return hands.tap("Onze mensen")


def wide(hands: Hands, width: int) -> Any:
    hands.page.set_viewport_size({"width": width, "height": 1000})
    hands.page.evaluate("document.fonts.ready")
    return hands.page


@pytest.mark.javascript(True)
def test_no_letter_lies_on_a_line_or_on_another_where_the_drawing_shows(sara: Hands) -> None:
    for width in (768, 1024, 1280, 1600):
        assert wide(sara, width).evaluate(WRONG) == [], width
    for width in (320, 390, 480, 700):
        assert wide(sara, width).evaluate(WRONG) is None, width
        assert sara.page.locator(".bands").is_visible()


@pytest.mark.javascript(True)
def test_large_letters_make_the_drawing_larger_or_bands_of_it(sara: Hands) -> None:
    wide(sara, 768).evaluate(TWICE)
    assert sara.page.evaluate(WRONG) is None
    assert sara.page.locator(".bands").is_visible()
    assert wide(sara, 1800).evaluate(WRONG) == []


@pytest.mark.usefixtures("sara")
@pytest.mark.javascript(True)
def test_the_drawing_holds_when_our_letters_never_arrive(of_cast: NewHands, cast: Cast) -> None:
    without = of_cast("sara")
    without.page.route("**/*.woff2", lambda route: route.abort())
    without.go(f"/p/{cast.plan}/mensen")
    found = wide(without, 1280).evaluate(WRONG)
    assert [fault for fault in found if "line through" in fault or " on " in fault] == []


def test_a_face_in_the_drawing_is_a_link_for_a_finger_and_for_the_keys(sara: Hands) -> None:
    page = wide(sara, 1280)
    link = page.locator("svg.drawn").get_by_role("link", name="Tante Betty", exact=True)
    link.focus()
    assert page.locator("svg.drawn a:focus rect").count() == 1
    page.keyboard.press("Enter")
    sara.is_at("Tante Betty")


def test_the_last_choice_is_there_again_and_one_tap_each(sara: Hands) -> None:
    before = sara.taps
    sara.tap("Toon als lijst")
    assert sara.taps == before + 1
    sara.tap("Ons plan").tap("Onze mensen")
    assert sara.page.locator("[aria-current=true]").first.get_attribute("aria-label") == "Toon als lijst"
    sara.tap("Toon als groepen").sees("Tante Betty", inside="Dicht bij ons")
    sara.tap("Toon als kringen").sees("Tante Betty", inside="Dicht bij ons").tap("Tante Betty").is_at("Tante Betty")


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.javascript(True)
def test_faces_stay_and_words_are_not_broken_on_a_phone(sara: Hands, width: int) -> None:
    page = wide(sara, width)
    for look in ("Toon als kringen", "Toon als groepen", "Toon als lijst"):
        sara.tap(look)
        faces = page.locator("main .face:visible")
        assert faces.count() >= 9
        broken = page.evaluate(BROKEN)
        assert not broken, (look, broken)


# Words that go on on the next line without a space or a hyphen.
BROKEN = """() => [...document.querySelectorAll("main b")].filter((name) => name.checkVisibility()).flatMap((name) => {
  const text = name.firstChild, range = document.createRange(), found = [];
  for (const word of text.data.matchAll(/[^\\s-]+-?/g)) {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) found.push(word[0]);
  }
  return found;
})"""
