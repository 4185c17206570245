"""Whatever somebody sends: two bare pictures, or a sentence; and never more than what we gave it.

10,000 files in `bin/test --full`, a fiftieth otherwise. The same number is the same file.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.media import apart
from app.media.nouns import BadFile, Fault
from app.media.pixels import Pixels, redraw
from app.media.words import sentence
from tests.media.conftest import Scales
from tests.media.hostile import BOMBS, TABLE, WOVEN, Dice, Upload, Wanted, bomb, mutated, photos, upload
from tests.media.phones import CANARY, GOOD
from tests.media.test_pixels import assert_bare
from tests.support.full import keep, size

MANY = size(200, 10_000)
# Every kind of file comes along in every run: a step that has no part in common with the length of the table.
STEP = 1 if MANY > 1000 else 53


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for files that last a moment, ours alone, so that it can be seen that it stays empty."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def drawn(file: Upload) -> Pixels | Fault:
    """What becomes of a file; any error but a refusal goes on."""
    try:
        return redraw(file.data)
    except BadFile as refused:
        return refused.fault


def judged(file: Upload, found: Pixels | Fault) -> str:
    """What is wrong with what became of a file; nothing when it is as it must be."""
    if isinstance(found, Fault):
        wrong = file.wanted is Wanted.DRAWN or found in {Fault.BUSY, Fault.TOO_MANY} or not sentence(found)
        return f"{file.name}: {found}" if wrong else ""
    assert_bare(found)
    kept = CANARY in found.small + found.large
    return f"{file.name}: drawn{', and its words kept' * kept}" if kept or file.wanted is Wanted.REFUSED else ""


@pytest.mark.long
def test_a_photo_tells_only_the_picture(folder: Path, scales: Scales) -> None:
    ends: Counter[str] = Counter()
    wrong = []

    def tried(number: int) -> None:
        file = upload(number * STEP)
        found = drawn(file)
        ends[found.value if isinstance(found, Fault) else "drawn"] += 1
        wrong.append(judged(file, found))

    with ThreadPoolExecutor(apart.MOST_AT_ONCE) as people:
        for _ in people.map(tried, range(MANY)):
            pass
    good = sorted(GOOD)[: size(0, len(GOOD))]
    refused = [name for name in good if isinstance(drawn(Upload(name, GOOD[name][0](), Wanted.DRAWN)), Fault)]

    assert [fault for fault in wrong if fault] == []
    assert refused == []
    assert ends.total() == MANY
    assert list(folder.iterdir()) == []
    assert scales.most() < 500
    keep(
        "a photo tells only the picture",
        hostile=MANY,
        ends=dict(ends),
        errors=0,
        kept=0,
        good=len(good),
        refused=len(refused),
        most_mb=round(scales.most()),
    )


@pytest.mark.parametrize("name", BOMBS)
def test_what_wants_to_become_huge_does_not(name: str, scales: Scales) -> None:
    file = Upload(name, bomb(name), BOMBS[name][1])

    assert judged(file, drawn(file)) == ""
    assert scales.most() < 500


@pytest.mark.parametrize("name", WOVEN)
def test_a_photo_that_is_made_of_itself_is_no_photo(name: str) -> None:
    assert drawn(Upload(name, WOVEN[name], Wanted.REFUSED)) is Fault.DAMAGED


def test_what_is_measured_says_that_it_is_too_large() -> None:
    """Not that it is damaged: somebody may have made it with a good camera."""
    for name in ("png of 60,000 by 60,000", "jpeg of 65,500 by 65,500", "webp of 16,383 by 16,383"):
        assert drawn(Upload(name, bomb(name), Wanted.REFUSED)) is Fault.TOO_WIDE


@pytest.mark.parametrize("name", photos())
def test_every_sort_says_nothing_beside_its_picture(name: str) -> None:
    file = Upload(name, photos()[name], Wanted.DRAWN)
    assert CANARY in file.data or name in {"bmp", "bmp few", "png moves", "avif moves", "png few", "png two"}

    assert judged(file, drawn(file)) == ""


@settings(max_examples=size(20, 500), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(photos())), seed=st.integers(0, 1 << 32))
def test_any_damage_ends_in_a_photo_or_a_sentence(name: str, seed: int) -> None:
    file = Upload(f"{name}, {seed}", mutated(photos()[name], Dice(seed)), Wanted.EITHER)

    assert judged(file, drawn(file)) == ""


def test_the_same_number_is_the_same_file_and_every_kind_comes_along() -> None:
    assert [upload(number) for number in range(20)] == [upload(number) for number in range(20)]
    assert {number * STEP % len(TABLE) for number in range(MANY)} == set(range(len(TABLE)))
