"""A phone's voice that is not there: what a page says, noted instead of spoken."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

FLEMISH = {"name": "Ellen", "lang": "nl-BE", "localService": True}
DUTCH = {"name": "Xander", "lang": "nl_NL", "localService": True}
ENGLISH = {"name": "Daniel", "lang": "en-GB", "localService": True, "default": True}
FAR = {"name": "Google Nederlands", "lang": "nl-NL", "localService": False}

FAKE = """voices => {
  const said = [];
  const voice = new EventTarget();
  let now = null, there = voices;
  voice.getVoices = () => there;
  voice.speak = (one) => { now = one; said.push([one.lang, one.voice && one.voice.name, one.text]) };
  const end = (how) => { const was = now; now = null; if (was && was[how]) was[how]() };
  voice.cancel = () => end("onerror");
  window.phone = {
    said,
    end: () => end("onend"),
    speaks: () => now !== null,
    come: (late) => { there = late; voice.dispatchEvent(new Event("voiceschanged")) },
  };
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
  Object.defineProperty(window, "speechSynthesis", { value: voice });
}"""


def give_voices(page: Page, *voices: dict[str, Any]) -> None:
    """From the next page on, this phone has these voices."""
    page.add_init_script(f"({FAKE})({json.dumps(voices)})")


def said(page: Page) -> list[tuple[str, str, str]]:
    """What the phone began to say on this page: the language, the voice, the words."""
    return [tuple(one) for one in page.evaluate("phone.said")]


def to_the_end(page: Page, most: int = 200) -> list[tuple[str, str, str]]:
    """All it says when nobody stops it."""
    page.evaluate("most => { for (let at = 0; at < most && phone.speaks(); at++) phone.end() }", most)
    return said(page)
