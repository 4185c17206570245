"""A voice note and a film on somebody, from the phone: recorded in the page, or chosen without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import Hands
from tests.media.recorders import films, sounds

# A phone that hums into its own microphone.
HUMS = """
navigator.mediaDevices.getUserMedia = async () => {
  const room = new AudioContext(), tone = room.createOscillator(), ear = room.createMediaStreamDestination();
  tone.connect(ear);
  tone.start();
  return ear.stream;
};
"""


def plays(family: Hands, name: str) -> None:
    """The player of a name is there, and what it plays comes in parts."""
    found = family.page.locator(name).first
    expect(found).to_be_visible()
    size = found.bounding_box()
    assert size
    assert size["height"] >= 48
    address = family.page.evaluate("one => one.src", found.element_handle())
    part = family.page.request.get(address, headers={"Range": "bytes=0-7"})
    assert (part.status, part.body()[4:8]) == (206, b"ftyp")


@pytest.mark.javascript(True)
def test_a_voice_is_recorded_in_the_page_and_heard_before_it_is_kept(family: Hands) -> None:
    family.page.context.add_init_script(HUMS)
    family.tap("Onze mensen").tap("Toon als lijst").tap("Kaat").tap("Stem of filmpje").tap("Spreek het in")
    before = family.taps
    family.tap("Begin")
    expect(family.page.get_by_role("button", name="Bewaar")).to_be_hidden()
    expect(family.page.get_by_role("status").filter(has_text="seconden")).to_be_visible()
    family.page.wait_for_timeout(700)
    family.tap("Stop").sees("Klaar.")
    expect(family.page.locator("[data-record] audio")).to_be_visible()
    family.tap("Bewaar")
    assert family.taps - before <= 3
    family.sees("Bewaard.")
    plays(family, "main audio")
    family.tap("Stem of filmpje").tap("Verander de opname").tap("Haal de opname weg").sees("De opname is weg.").tap(
        "Toch niet"
    )
    family.tap("Onze mensen").tap("Kaat")
    plays(family, "main audio")


@pytest.mark.javascript(False)
def test_without_scripts_a_voice_and_a_film_are_chosen(family: Hands, tmp_path: Path) -> None:
    voice, film = tmp_path / "opname.m4a", tmp_path / "film.mp4"
    voice.write_bytes(sounds()["m4a of a phone"])
    film.write_bytes(films()["mp4 held upright"])
    family.tap("Onze mensen").tap("Toon als lijst").tap("Kaat").tap("Stem of filmpje").tap("Spreek het in")
    assert family.page.get_by_role("button", name="Begin").count() == 0
    family.page.get_by_label("Spreek in, of kies een opname").set_input_files(voice)
    family.tap("Bewaar").sees("Bewaard.")
    plays(family, "main audio")
    family.tap("Stem of filmpje").tap("Neem een filmpje")
    family.page.get_by_label("Neem een filmpje, of kies er een").set_input_files(film)
    family.type_in("Wat staat erop?", "Kaat zwaait").tap("Bewaar").sees("Bewaard.")
    plays(family, "main video[aria-label='Kaat zwaait']")
