"""What the parts read: the kernel's account of memory, Lighthouse's report, the words of the command."""

from typing import Any

import pytest

from bench import __main__ as command
from bench.figures import Figure
from bench.lighthouse import faults, read
from bench.paint import at_best
from bench.starting import kilobytes_in
from bench.wsgi import BARE, EMPTY

ROLLUP = "00400000-7fff [rollup]\nRss:              137400 kB\nPss:              113600 kB\nPss_Dirty:   100 kB\n"


def test_memory_is_read_by_its_whole_name() -> None:
    assert kilobytes_in(ROLLUP, "Rss") == 137400
    assert kilobytes_in(ROLLUP, "Pss") == 113600


def said() -> dict[str, Any]:
    audits = {
        "cumulative-layout-shift": {"numericValue": 0.1234567, "score": 0.5, "id": "cls", "title": "moves"},
        "total-blocking-time": {"numericValue": 31.4, "score": 1, "id": "tbt", "title": "blocks"},
        "first-contentful-paint": {"numericValue": 1234.5, "score": 1, "id": "fcp", "title": "words"},
        "largest-contentful-paint": {"numericValue": 2000, "score": 1, "id": "lcp", "title": "largest"},
        "notes": {"score": None, "id": "notes", "title": "only told"},
    }
    refs = [{"id": name, "weight": 0 if name == "notes" else 10} for name in audits]
    categories = {name: {"score": 0.97, "auditRefs": refs} for name in ("performance", "accessibility")}
    return {"audits": audits, "categories": categories | {"best-practices": {"score": 1, "auditRefs": []}}}


def test_lighthouse_is_read_as_scores_of_a_hundred_and_seconds() -> None:
    found = read(said())
    assert (found["performance"], found["accessibility"], found["best practices"]) == (97, 97, 100)
    assert (found["layout shift"], found["blocking ms"], found["words s"]) == (0.123, 31.4, 1.234)


def test_a_page_that_lighthouse_could_not_see_is_a_fault() -> None:
    with pytest.raises(RuntimeError, match="no words"):
        read(said() | {"runtimeError": {"message": "no words were painted"}})


def test_only_audits_that_cost_points_are_told() -> None:
    assert faults(said()) == ["cls: moves"]


@pytest.mark.parametrize(
    ("size", "first", "seconds"), [(14_000, True, 1.25), (28_000, True, 1.54), (4_000, False, 0.49)]
)
def test_the_line_at_its_best_is_that_of_the_bar(size: int, first: bool, seconds: float) -> None:
    assert at_best(size, first=first) == pytest.approx(seconds, abs=0.02)


def test_words_choose_parts_in_their_own_order() -> None:
    assert command.chosen([]) == (list(command.PARTS), False)
    assert command.chosen(["quick"]) == (list(command.QUICK), True)
    assert command.chosen(["load", "pages", "quick"]) == (["pages", "load"], True)


def test_a_part_that_is_not_there_is_told() -> None:
    with pytest.raises(SystemExit, match="'paeges'"):
        command.chosen(["paeges"])


def test_what_is_kept_is_found_by_part_thing_and_name() -> None:
    found = {"pages": [Figure("landing", "elements", 60), Figure("landing", "queries", 0)]}
    assert command.nested(found) == {"pages": {"landing": {"elements": 60, "queries": 0}}}


def test_the_empty_pages_are_no_pages_of_the_product(app: Any) -> None:
    assert not {EMPTY, BARE} & {rule.rule for rule in app.url_map.iter_rules()}
