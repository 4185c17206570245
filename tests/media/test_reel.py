"""The process that records anew: upright, cut, small; what it may; and what is believed of its answer."""

from __future__ import annotations

import io
import os
import struct
import sys
from pathlib import Path

import av
import pytest
from PIL import Image

from app.media import apart, recordings, reel
from app.media.boxes import Odd, boxes, recording
from app.media.nouns import MOST_SECONDS, BadFile, Fault, Sort
from app.media.recordings import Recorded, recorded_again
from tests.media import recorders
from tests.media.heic import box
from tests.media.phones import CANARY
from tests.media.recorders import films, sound, sounds, turned


@pytest.fixture(scope="module")
def film() -> Recorded:
    return recorded_again(films()["mp4 of a phone"], Sort.FILM)


@pytest.fixture(scope="module")
def voice() -> Recorded:
    return recorded_again(sounds()["m4a of a phone"], Sort.VOICE)


@pytest.mark.parametrize("quarters", range(4))
def test_a_film_stands_upright(quarters: int) -> None:
    found = recorded_again(turned(films()["mp4 of a phone"], quarters), Sort.FILM)
    lies = quarters % 2 == 0
    assert (found.width, found.height) == ((96, 64) if lies else (64, 96))
    poster = Image.open(io.BytesIO(found.poster)).convert("RGB")
    corners = [(4, 4), (poster.width - 5, 4), (poster.width - 5, poster.height - 5), (4, poster.height - 5)]
    colours = [max(range(3), key=lambda part, at=at: poster.getpixel(at)[part]) for at in corners]
    # Red, green, white and blue, with the clock; a quarter more brings blue to the front.
    assert colours[quarters] == 0
    assert colours[(quarters + 1) % 4] == 1
    assert colours[(quarters + 3) % 4] == 2


@pytest.mark.parametrize("sort", [Sort.VOICE, Sort.FILM])
def test_what_is_too_long_is_cut_off(sort: Sort) -> None:
    if sort is Sort.VOICE:
        data = sound("mp3", "libmp3lame", 8_000, 130)
    else:
        from tests.media.recorders import film as filmed

        data = filmed("mp4", "libx264", "aac", (32, 32), 330, 10)
    found = recorded_again(data, sort)
    assert MOST_SECONDS[sort] <= found.seconds <= MOST_SECONDS[sort] + 1
    with av.open(io.BytesIO(found.file)) as plays:
        assert all(abs(float(one.duration * one.time_base) - MOST_SECONDS[sort]) < 0.5 for one in plays.streams)


def test_a_player_begins_before_it_has_all(film: Recorded, voice: Recorded) -> None:
    for found in (film, voice):
        assert [one.name for one in boxes(found.file)] == [b"ftyp", b"moov", b"mdat"]


def test_to_make_a_film_for_a_test_takes_the_machine_from_nobody() -> None:
    """As root one of the encoders does, and a run on two processors came to its end an hour late or never."""
    recorders.films.cache_clear()
    recorders.films()
    assert os.sched_getscheduler(0) == os.SCHED_OTHER


def test_a_film_without_sound_stays_without() -> None:
    found = recorded_again(films()["mp4 without sound"], Sort.FILM)
    assert recording(found.file).tracks == ("vide",)


def test_the_sound_of_a_film_can_be_a_voice_note() -> None:
    found = recorded_again(films()["mp4 of a phone"], Sort.VOICE)
    assert recording(found.file).tracks == ("soun",)
    assert found.poster == b""


@pytest.mark.parametrize(("name", "data", "sort"), [
    ("a sound as a film", sounds()["mp3"], Sort.FILM),
    ("a film without sound as a voice", films()["mp4 without sound"], Sort.VOICE),
    ("words", b"Dit is geen film.", Sort.FILM),
])  # fmt: skip
def test_what_is_not_in_it_is_said(name: str, data: bytes, sort: Sort) -> None:
    with pytest.raises(BadFile) as refused:
        recorded_again(data, sort)
    assert refused.value.fault is Fault.WRONG_SORT, name


# ---- what it may -----------------------------------------------------------------------------------------------------


def test_the_cage_is_shut_before_anything_is_played() -> None:
    process = apart.started((*recordings._command(), Sort.FILM.value))
    assert process.stdin is not None
    process.stdin.write(films()["mp4 of a phone"][:64])
    known = Path("/proc") / str(process.pid)
    try:
        for _look in range(100_000):
            status = (known / "status").read_text()
            if "Seccomp:\t2" in status or process.poll() is not None:
                break
        assert "Seccomp:\t2" in status
        assert "NoNewPrivs:\t1" in status
        limits = (known / "limits").read_text()
        assert f"{reel.MOST_CPU_SECONDS} " in next(line for line in limits.splitlines() if "cpu time" in line)
        assert "490000000" in next(line for line in limits.splitlines() if "address space" in line)
    finally:
        process.kill()
        process.communicate()


# ---- what is believed ------------------------------------------------------------------------------------------------


def believed(monkeypatch: pytest.MonkeyPatch, answer: bytes, sort: Sort) -> Recorded | Fault:
    """What becomes of an answer that a process gives which was taken over."""
    begin = f"import sys, os; sys.stdin.buffer.read(); os.write(1, {answer!r}) if len({answer!r}) < 60000 else None"
    monkeypatch.setattr(recordings, "_command", lambda: (sys.executable, "-I", "-S", "-c", begin))
    try:
        return recorded_again(b"anything", sort)
    except BadFile as refused:
        return refused.fault


def answered(found: Recorded, **other: object) -> bytes:
    values = {"sign": reel.SIGN, "seconds": found.seconds, "file": found.file, "poster": found.poster, **other}
    file, poster = values["file"], values["poster"]
    assert isinstance(file, bytes)
    assert isinstance(poster, bytes)
    size = (found.width, found.height)
    return reel.ANSWER.pack(values["sign"], values["seconds"], *size, len(file), len(poster)) + file + poster


def within(file: bytes, more: bytes) -> bytes:
    """A recording with one more box in its table of contents."""
    at = file.index(b"moov") - 4
    size = struct.unpack_from(">I", file, at)[0]
    return file[:at] + struct.pack(">I", size + len(more)) + file[at + 4 : at + size] + more + file[at + size :]


def named(file: bytes) -> bytes:
    at = file.index(b"hdlr") + 4 + 24
    return file[: at - 4] + b"evil" + file[at:]


def test_a_good_answer_is_believed(monkeypatch: pytest.MonkeyPatch, film: Recorded, voice: Recorded) -> None:
    assert believed(monkeypatch, answered(film), Sort.FILM) == film
    assert believed(monkeypatch, answered(voice), Sort.VOICE) == voice


ALTERED = {
    "bytes behind it": lambda found: answered(found, file=found.file + CANARY),
    "a box behind it": lambda found: answered(found, file=found.file + box(b"free", CANARY)),
    "words in it": lambda found: answered(found, file=within(found.file, box(b"udta", CANARY))),
    "a box of no name in it": lambda found: answered(found, file=within(found.file, box(b"evil"))),
    "a name of its maker": lambda found: answered(found, file=named(found.file)),
    "samples of nothing": lambda found: answered(found, file=grown(found.file)),
    "another sign": lambda found: answered(found, sign=b"evil"),
    "half of it": lambda found: answered(found)[:-40],
    "more than it says": lambda found: answered(found) + b"\0",
    "nothing": lambda _found: b"",
    "a whole hour": lambda found: answered(found, seconds=3600),
    "a page": lambda found: answered(found, file=b"<!doctype html>"),
    "words in its picture": lambda found: answered(found, poster=found.poster + CANARY),
    "no picture": lambda found: answered(found, poster=b""),
    "of another size": lambda found: answered(Recorded(found.file, found.seconds, 640, 480, found.poster)),
}


def grown(file: bytes) -> bytes:
    """Bytes behind the samples, inside their box."""
    at = file.index(b"mdat") - 4
    size = struct.unpack_from(">I", file, at)[0]
    return file[:at] + struct.pack(">I", size + len(CANARY)) + file[at + 4 :] + CANARY


@pytest.mark.parametrize("name", ALTERED)
def test_any_other_answer_is_a_damaged_file(name: str, monkeypatch: pytest.MonkeyPatch, film: Recorded) -> None:
    assert believed(monkeypatch, ALTERED[name](film), Sort.FILM) is Fault.DAMAGED


def test_a_film_is_no_answer_to_a_voice(monkeypatch: pytest.MonkeyPatch, film: Recorded, voice: Recorded) -> None:
    assert believed(monkeypatch, answered(film), Sort.VOICE) is Fault.DAMAGED
    assert believed(monkeypatch, answered(voice), Sort.FILM) is Fault.DAMAGED


@pytest.mark.parametrize("data", [b"", b"\0", bytes(8), box(b"ftyp"), box(b"moov") * 3, CANARY * 9])
def test_boxes_of_nothing_are_odd(data: bytes) -> None:
    with pytest.raises(Odd):
        recording(data)
