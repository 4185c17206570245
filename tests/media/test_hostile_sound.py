"""Whatever somebody sends as a sound or a film: one bare recording, or a sentence; and never more than we gave it.

2,000 files in `bin/test --full`, a fiftieth otherwise. The same number is the same file.
"""

from __future__ import annotations

import io
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import av
import pytest

from app.media import apart
from app.media.boxes import recording
from app.media.nouns import MOST_SECONDS, BadFile, Fault, Sort
from app.media.pixels import webp_size
from app.media.recordings import Recorded, recorded_again
from app.media.reel import MOST_BYTES
from app.media.words import sentence
from tests.media.conftest import Scales
from tests.media.hostile import Upload, Wanted
from tests.media.hostile_sound import BOMBS, PLAYLISTS, TABLE, bomb, recordings, talking, upload
from tests.media.phones import CANARY
from tests.support.full import keep, size

MANY = size(40, 2_000)
# Every kind of file comes along in every run: a step that has no part in common with the length of the table.
STEP = 1 if MANY > 1000 else 53
OURS = {Sort.VOICE: [("audio", "aac")], Sort.FILM: [("video", "h264"), ("audio", "aac")]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for files that last a moment, ours alone, so that it can be seen that it stays empty."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def made(sort: Sort, file: Upload) -> Recorded | Fault:
    """What becomes of a file; any error but a refusal goes on."""
    try:
        return recorded_again(file.data, sort)
    except BadFile as refused:
        return refused.fault


def assert_bare(sort: Sort, found: Recorded) -> None:
    """It plays, and it is nothing but what it plays."""
    assert len(found.file) <= MOST_BYTES[sort]
    assert 1 <= found.seconds <= MOST_SECONDS[sort] + 1
    boxes = recording(found.file)
    with av.open(io.BytesIO(found.file), format="mp4") as plays:
        tracks = [(one.type, one.codec_context.codec.canonical_name) for one in plays.streams]
        assert tracks
        assert set(tracks) <= set(OURS[sort])
        assert set(plays.metadata) <= {"major_brand", "minor_version", "compatible_brands"}
        assert all(set(one.metadata) <= {"language", "handler_name", "vendor_id"} for one in plays.streams)
        assert any(True for _frame in plays.decode(plays.streams[0]))
    assert (boxes.width, boxes.height) == (found.width, found.height)
    if sort is Sort.FILM:
        assert max(found.width, found.height) <= 640
        assert webp_size(found.poster) is not None
    else:
        assert found.poster == b""


def judged(sort: Sort, file: Upload, found: Recorded | Fault) -> str:
    """What is wrong with what became of a file; nothing when it is as it must be."""
    if isinstance(found, Fault):
        wrong = file.wanted is Wanted.DRAWN or found in {Fault.BUSY, Fault.TOO_MANY} or not sentence(found, sort)
        return f"{file.name}: {found}" if wrong else ""
    assert_bare(sort, found)
    kept = CANARY in found.file + found.poster or b"root:" in found.file
    return f"{file.name}: made{', and its words kept' * kept}" if kept or file.wanted is Wanted.REFUSED else ""


@pytest.mark.long
def test_a_recording_tells_only_what_is_heard_and_seen(folder: Path, scales: Scales) -> None:
    ends: Counter[str] = Counter()
    wrong = []

    def tried(number: int) -> None:
        sort, file = upload(number * STEP)
        found = made(sort, file)
        ends[found.value if isinstance(found, Fault) else "made"] += 1
        wrong.append(judged(sort, file, found))

    with ThreadPoolExecutor(apart.MOST_AT_ONCE) as people:
        for _ in people.map(tried, range(MANY)):
            pass

    assert [fault for fault in wrong if fault] == []
    assert ends.total() == MANY
    assert list(folder.iterdir()) == []
    assert scales.most() < 500
    keep(
        "a sound and a film tell only what is heard and seen",
        hostile=MANY,
        ends=dict(ends),
        errors=0,
        kept=0,
        most_mb=round(scales.most()),
    )


@pytest.mark.parametrize("name", recordings())
def test_every_sort_is_taken_and_says_nothing_beside_it(name: str) -> None:
    sort, data = recordings()[name]
    file = Upload(name, data, Wanted.DRAWN)
    assert CANARY in data or name in {"aac", "amr of an old phone"}

    assert judged(sort, file, made(sort, file)) == ""


@pytest.mark.parametrize("name", talking())
def test_what_hangs_along_stays_behind(name: str) -> None:
    sort, data = talking()[name]
    file = Upload(name, data, Wanted.DRAWN)
    assert CANARY in data

    assert judged(sort, file, made(sort, file)) == ""


@pytest.mark.parametrize("name", BOMBS)
def test_what_wants_to_become_huge_does_not(name: str, scales: Scales) -> None:
    _make, sort, wanted = BOMBS[name]
    file = Upload(name, bomb(name), wanted)

    assert judged(sort, file, made(sort, file)) == ""
    assert scales.most() < 500


@pytest.mark.parametrize("sort", [Sort.VOICE, Sort.FILM])
def test_a_list_of_other_files_is_no_recording(sort: Sort) -> None:
    found = [made(sort, Upload(name, text.encode(), Wanted.REFUSED)) for name, text in PLAYLISTS.items()]

    assert set(found) == {Fault.WRONG_SORT}


def test_the_same_number_is_the_same_file_and_every_kind_comes_along() -> None:
    assert [upload(number) for number in range(20)] == [upload(number) for number in range(20)]
    assert len({number * STEP % len(TABLE) for number in range(100)}) == len(TABLE)
