"""The process that opens a photo is bare and bounded, and nothing but two bare pictures is believed of it."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from app.media import apart, cage, easel, pixels
from app.media.nouns import BadFile, Fault
from app.media.pixels import Pixels, redraw, webp_size
from app.media.sorts import opener_for, turned
from tests.media.heic import heic
from tests.media.phones import exif, flag, saved

JPEG = saved(flag((64, 48)), "JPEG")


# ---- what it may -----------------------------------------------------------------------------------------------------


@contextmanager
def at_work(data: bytes) -> Iterator[Path]:
    """A process that was given the begin of a file and waits for the rest: what the system knows of it."""
    process = apart.started(pixels._command())
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(data[: easel.HEAD])
    known = Path("/proc") / str(process.pid)
    try:
        while process.poll() is None and "Seccomp:\t2" not in (known / "status").read_text():
            # It goes no further until it is told more, so this ends.
            time.sleep(0.01)
        yield known
    finally:
        process.kill()
        process.stdin.close()
        process.stdout.close()
        process.wait()


def limits(known: Path) -> dict[str, tuple[str, str]]:
    rows = (known / "limits").read_text().splitlines()[1:]
    return {row[:26].strip(): (row[26:47].strip(), row[47:68].strip()) for row in rows}


@pytest.mark.parametrize("data", [JPEG, heic(flag((64, 64)))], ids=["JPEG", "HEIC"])
def test_it_is_bounded_before_it_reads_on(data: bytes) -> None:
    with at_work(data) as known:
        found = limits(known)
        ends_first = int((known / "oom_score_adj").read_text())
        told = dict(line.split(":\t") for line in (known / "status").read_text().splitlines() if ":\t" in line)

    assert int(found["Max address space"][1]) < 500_000_000
    assert found["Max file size"] == ("0", "0")
    assert found["Max core file size"] == ("0", "0")
    assert int(found["Max open files"][1]) <= 16
    assert int(found["Max cpu time"][1]) <= 21
    assert (found["Max processes"] == ("0", "0")) == (data is JPEG)
    assert (told["Seccomp"], told["NoNewPrivs"]) == ("2", "1")
    assert ends_first == 1000


def test_it_inherits_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONSPLAN_MASTER_KEY", "a secret")
    with Path(__file__).open("rb") as ours:
        os.set_inheritable(ours.fileno(), True)
        with at_work(JPEG) as known:
            environment = (known / "environ").read_bytes()
            files = sorted(int(entry.name) for entry in (known / "fd").iterdir())
            lies = (known / "cwd").readlink()
            said = (known / "cmdline").read_bytes()

    assert environment == b"MALLOC_ARENA_MAX=1\0"
    assert files == [0, 1, 2]
    assert lies == Path("/")
    assert b"secret" not in said


INSIDE = """
import sys; sys.path += sys.argv[1:]
import os, socket, mmap
from app.media import cage
cage.bound()
shut = cage.shut(threads={threads})
def asked(what):
    try:
        what()
    except OSError:
        return "refused"
    return "done"
print(shut, *map(asked, (
    lambda: os.open("/etc/passwd", os.O_RDONLY),
    lambda: os.open("/tmp/onsplan-easel", os.O_WRONLY | os.O_CREAT),
    socket.socket,
    os.fork,
    lambda: os.execv("/bin/true", ["true"]),
    lambda: os.kill(os.getppid(), 0),
    lambda: os.listdir("/"),
    lambda: mmap.mmap(-1, 1 << 20).close(),
)), flush=True)
os._exit(0)
"""


@pytest.mark.parametrize("threads", [False, True])
def test_a_decoder_that_was_taken_over_reaches_nothing(threads: bool) -> None:
    command = [INSIDE.format(threads=threads) if part == pixels.BEGIN else part for part in pixels._command()]

    said = subprocess.run(command, env=apart.ENVIRONMENT, capture_output=True, text=True, check=True)

    assert said.stdout.split() == ["True", *["refused"] * 7, "done"], said.stderr


def test_a_host_that_gives_less_is_obeyed() -> None:
    less = (
        "import resource as r; r.setrlimit(r.RLIMIT_NOFILE, (9, 9)); r.setrlimit(r.RLIMIT_CPU, (5, 5))\n"
        "from app.media import cage; cage.bound(); print(r.getrlimit(r.RLIMIT_NOFILE), r.getrlimit(r.RLIMIT_CPU))"
    )
    begin = "import sys; sys.path += sys.argv[1:]; " + less
    command = [begin if part == pixels.BEGIN else part for part in pixels._command()]

    said = subprocess.run(command, env=apart.ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=True)

    assert said.stdout.split("\n")[0] == "(9, 9) (5, 5)"


def test_memory_ends_before_the_server_feels_it() -> None:
    taken = "from app.media import cage; cage.bound(); bytearray(480_000_000)"
    command = [
        "import sys; sys.path += sys.argv[1:]; " + taken if part == pixels.BEGIN else part for part in pixels._command()
    ]

    said = subprocess.run(command, env=apart.ENVIRONMENT, capture_output=True, text=True, check=False)

    assert said.returncode != 0
    assert "MemoryError" in said.stderr


def test_no_number_of_the_filter_opens_a_file_or_starts_a_process() -> None:
    """Nor is a number there twice."""
    for place in (0, 1):
        numbers = [each[place] for each in cage._ASKED.values()]
        assert len(set(numbers)) == len(numbers)
        # Neither a process nor a file nor a network: fork, vfork, execve, open, openat, socket, connect, ptrace, kill.
        never = ({57, 58, 59, 2, 257, 41, 42, 101, 62}, {221, 56, 198, 203, 117, 129})[place]
        assert never.isdisjoint(numbers)


# ---- what is believed of it ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def good() -> bytes:
    found = redraw(JPEG)
    return answer(found)


def answer(found: Pixels) -> bytes:
    head = easel.ANSWER.pack(easel.SIGN, found.width, found.height, len(found.small), len(found.large))
    return head + found.small + found.large


def taken_over(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """A process that does something else than we wrote."""
    begin = "import os, sys, time, signal\n" + code
    monkeypatch.setattr(pixels, "_command", lambda: (sys.executable, "-I", "-S", "-c", begin))


def fault_of(monkeypatch: pytest.MonkeyPatch, code: str) -> Fault:
    taken_over(monkeypatch, code)
    with pytest.raises(BadFile) as refused:
        redraw(JPEG)
    return refused.value.fault


def says(said: bytes) -> str:
    return f"sys.stdin.buffer.read(); sys.stdout.buffer.write({said!r})"


def test_the_stand_in_is_believed_when_it_says_what_it_should(good: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    taken_over(monkeypatch, says(good))

    assert answer(redraw(JPEG)) == good


def chunk_behind(picture: bytes, kind: bytes, content: bytes) -> bytes:
    whole = picture[12:] + kind + struct.pack("<I", len(content)) + content
    return b"RIFF" + struct.pack("<I", len(whole) + 4) + b"WEBP" + whole


def altered(good: bytes) -> dict[str, bytes]:
    size = easel.ANSWER.size
    sign, width, height, small, _large = easel.ANSWER.unpack(good[:size])
    little, big = good[size : size + small], good[size + small :]

    def told(one: bytes, two: bytes, width: int = width, height: int = height) -> bytes:
        return easel.ANSWER.pack(sign, width, height, len(one), len(two)) + one + two

    scaled, inner = bytearray(big), bytearray(big)
    scaled[27] |= 0x40
    inner[20] |= 1
    return {
        "nothing": b"",
        "half a head": good[: size - 3],
        "another sign": b"gifs" + good[4:],
        "a byte too many": good + b"\0",
        "a byte too few": good[:-1],
        "too wide": told(little, big, 1281, height),
        "no width": told(little, big, 0, height),
        "another height": told(little, big, width, height - 1),
        "the large one twice": told(big, big) if len(little) != len(big) else b"",
        "EXIF behind": told(little, chunk_behind(big, b"EXIF", b"place")),
        "a chunk of no name behind": told(little, chunk_behind(big, b"evil", b"<?php")),
        "EXIF behind the small one": told(chunk_behind(little, b"XMP ", b"place"), big),
        "an extended file": told(little, saved(flag((64, 48)), "WEBP", exif=exif()[6:])),
        "without loss": told(little, saved(flag((64, 48)), "WEBP", lossless=True)),
        "a page": told(b"<script>", b"<html>"),
        "a PNG": told(little, saved(flag((64, 48)), "PNG")),
        "to be scaled": told(little, bytes(scaled)),
        "no key frame": told(little, bytes(inner)),
        "another picture of another size": told(little, saved(flag((65, 48)), "WEBP")),
        "too many bytes for a small one": told(little + bytes(24_000), big),
    }


@pytest.mark.parametrize("name", altered(easel.ANSWER.pack(b"foto", 1, 1, 0, 28) + bytes(28)))
def test_nothing_else_is_believed(name: str, good: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fault_of(monkeypatch, says(altered(good)[name])) is Fault.DAMAGED


ENDS = {
    "without a word": ("pass", Fault.DAMAGED),
    "too wide": (f"sys.exit({easel.TOO_WIDE})", Fault.TOO_WIDE),
    "no photo": (f"sys.exit({easel.NOT_A_PHOTO})", Fault.WRONG_SORT),
    "with an error": ("1 / 0", Fault.DAMAGED),
    "with a number of no meaning": ("os._exit(77)", Fault.DAMAGED),
    "in its own mistake": ("os.kill(os.getpid(), signal.SIGSEGV)", Fault.DAMAGED),
    "for it worked too long": ("os.kill(os.getpid(), signal.SIGXCPU)", Fault.TOO_SLOW),
    "for it waited too long": ("os.kill(os.getpid(), signal.SIGALRM)", Fault.TOO_SLOW),
    # Slowly, so that nothing fills up when nobody stops it.
    "never stops talking": ("while True: os.write(1, bytes(65536)); time.sleep(0.02)", Fault.DAMAGED),
    "reads nothing and says nothing": ("time.sleep(600)", Fault.TOO_SLOW),
    "says all and stays": (says(b"x") + "; sys.stdout.close(); os.close(1); time.sleep(600)", Fault.TOO_SLOW),
    "leaves another behind": ("os.fork() or time.sleep(600)\ntime.sleep(600)", Fault.TOO_SLOW),
}


@pytest.mark.parametrize("name", ENDS)
def test_however_it_ends_there_is_a_word_for_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code, fault = ENDS[name]
    if fault is Fault.TOO_SLOW or "sleep" in code:
        seconds = 20 if fault is Fault.DAMAGED else 1
        monkeypatch.setattr(pixels, "BOUNDS", replace(pixels.BOUNDS, most_seconds=seconds))

    assert fault_of(monkeypatch, code) is fault


def test_a_machine_without_room_for_a_process_asks_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pixels, "_command", lambda: ("/nowhere/python",))

    with pytest.raises(BadFile) as refused:
        redraw(JPEG)

    assert refused.value.fault is Fault.BUSY


def test_who_comes_behind_too_many_is_asked_to_come_back() -> None:
    for _ in range(apart.MOST_AT_ONCE + apart.MOST_WAITING):
        apart._in_row.acquire()
    try:
        with pytest.raises(BadFile) as refused:
            redraw(JPEG)
    finally:
        for _ in range(apart.MOST_AT_ONCE + apart.MOST_WAITING):
            apart._in_row.release()
    assert refused.value.fault is Fault.BUSY


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MOST_SECONDS_WAITING", 0.01)
    for _ in range(apart.MOST_AT_ONCE):
        apart._at_work.acquire()
    try:
        with pytest.raises(BadFile) as refused:
            redraw(JPEG)
    finally:
        for _ in range(apart.MOST_AT_ONCE):
            apart._at_work.release()
    assert refused.value.fault is Fault.BUSY
    assert redraw(JPEG).width == 64


def test_never_more_than_two_at_a_time(good: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, lock = 0, 0, threading.Lock()
    both = threading.Barrier(apart.MOST_AT_ONCE, timeout=60)

    def counted(*_asked: object) -> tuple[int, bytes]:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        both.wait(30)
        with lock:
            now -= 1
        return 0, good

    monkeypatch.setattr(apart, "_asked", counted)
    people = [threading.Thread(target=redraw, args=(JPEG,)) for _ in range(6)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert most == apart.MOST_AT_ONCE


# ---- what it reads itself --------------------------------------------------------------------------------------------


def test_only_sorts_that_are_photos_are_opened() -> None:
    for head in (
        b"",
        b"GIF88a",
        b"II*\0",
        b"MM\0*",
        b"\0\0\1\0",
        b"8BPS",
        b"\0\0\0\x0cjP  ",
        b"P6 1 1",
        b"RIFF1234WAVE",
    ):
        assert opener_for(head.ljust(64, b"\0")) is None
    for brand in (b"mp42", b"qt  ", b"isom", b"hvc1", b"crx "):
        assert opener_for(b"\0\0\0\x14ftyp" + brand + bytes(4) + b"isom" + bytes(40)) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Exif\0\0",
        b"II*\0",
        b"II*\0\xff\xff\xff\xff",
        b"II*\0\x08\0\0\0\xff\xff",
        b"MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\x09\0\0",
        b"MM\0*\0\0\0\x08\0\1\x01\x12\0\4\0\0\0\1\0\0\0\6",
        b"MM\0*\0\0\0\x08\0\2\x01\x12\0\3\0\0\0\2\0\6\0\0",
        exif(0),
        exif(7)[:30],
    ],
)
def test_what_is_no_orientation_is_none(data: bytes) -> None:
    assert turned(data) == 1


@pytest.mark.parametrize("order", "<>")
def test_the_orientation_is_read_in_both_orders(order: str) -> None:
    assert [turned(exif(way, order)) for way in range(1, 9)] == list(range(1, 9))


def test_a_bare_picture_is_told_from_any_other() -> None:
    picture = saved(flag((301, 7)), "WEBP")

    assert webp_size(picture) == (301, 7)
    assert [webp_size(picture[:length]) for length in range(len(picture))] == [None] * len(picture)
    assert webp_size(picture + b"\0\0") is None
