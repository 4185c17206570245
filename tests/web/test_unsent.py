"""What of a refused form is read on the page, and where it may go."""

from uuid import uuid4

import pytest

from app.web.unsent import Unsent

PLAN = uuid4()


def words(*values: str) -> list[str]:
    return Unsent(tuple((f"field{place}", value) for place, value in enumerate(values))).words


def test_what_people_wrote_is_read() -> None:
    assert words("Samen eten", "", "Oma", "0470 12 34 56", "prei", str(PLAN), "2026-03-01", "15:30", "3") == [
        "Samen eten",
        "Oma",
        "0470 12 34 56",
    ]


def test_one_small_word_is_read_when_there_is_nothing_else() -> None:
    assert words("fietsen", str(PLAN)) == ["fietsen"]


def test_the_version_of_an_item_is_nobodys_word() -> None:
    assert Unsent((("version", "1234"), ("words", "Rust"))).words == ["Rust"]


def test_it_travels_under_other_names() -> None:
    carried = Unsent((("card_words", "a"), ("words", "b")), "/p/x/doelen", "key")
    assert carried.hidden == (
        ("typed:card_words", "a"),
        ("typed:words", "b"),
        ("then", "/p/x/doelen"),
        ("sent_key", "key"),
    )


@pytest.mark.parametrize("then", ["/p/{plan}/doelen", "/p/{plan}/doelen/1-a/verander"])
def test_it_goes_into_its_plan(then: str) -> None:
    assert Unsent(then=then.format(plan=PLAN)).leads_into(PLAN)


@pytest.mark.parametrize(
    "then",
    [
        "",
        "/",
        "/p/{plan}/",
        "/p/{other}/doelen",
        "//p/{plan}/doelen",
        "https://evil.example/p/{plan}/doelen",
        "/p/{plan}/../x",
        "/p/{plan}/doelen\n",
        "/p/{plan}/doelen?x=1",
        "/p/{plan}//evil",
        "javascript:/p/{plan}/doelen",
    ],
)
def test_it_goes_nowhere_else(then: str) -> None:
    assert not Unsent(then=then.format(plan=PLAN, other=uuid4())).leads_into(PLAN)
