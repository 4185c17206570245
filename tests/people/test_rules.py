"""What people of a plan allow, and how names and numbers are read."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people import rules
from app.people.nouns import Help, RoleBody, Since
from app.people.rules import Reason


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sara, Jef en Kaat", ("Sara", "Jef", "Kaat")),
        ("Sara, Jef, en Kaat.", ("Sara", "Jef", "Kaat")),
        ("mevrouw Knapen", ("mevrouw Knapen",)),
        ("tante Betty\r\noma\r\nmoeke\r\n", ("tante Betty", "oma", "moeke")),
        ("oma,oma", ("oma", "oma")),
        ("Oma\nOma", ("Oma", "Oma")),
        ("- juf Laura\n- het CLB", ("juf Laura", "het CLB")),
        ("Lena en Ben", ("Lena", "Ben")),
        ("Sara & Jef + Kaat", ("Sara", "Jef", "Kaat")),
        ("SARA EN JEF", ("SARA", "JEF")),
        ("Jan P.", ("Jan P.",)),
        ("Sara,en Jef", ("Sara", "Jef")),
        ("Kaat en", ("Kaat",)),
        ("Anne-Marie", ("Anne-Marie",)),
        ("عمي وخالتي", ("عمي وخالتي",)),
        ("en", ()),
        (" , ;\n&", ()),
        ("", ()),
    ],
)
def test_names_are_read_as_people_type_them(text: str, names: tuple[str, ...]) -> None:
    assert rules.split_names(text) == names


NAME = st.text(st.characters(categories=["L"]), min_size=2, max_size=12).filter(lambda name: name not in {"en", "EN"})


@given(st.lists(NAME, max_size=20), st.sampled_from([", ", ",", "\n", " en ", "; ", " & "]))
def test_names_come_out_as_they_went_in(names: list[str], between: str) -> None:
    assert rules.split_names(between.join(names)) == tuple(names)


@given(st.text())
def test_whatever_is_typed_gives_clean_names(text: str) -> None:
    names = rules.split_names(text)
    assert len(names) <= rules.MOST_NAMES
    assert all(name == name.strip() and name in text for name in names)
    assert rules.split_names("\n".join(names)) == names


def test_after_twenty_names_the_rest_is_left() -> None:
    assert len(rules.split_names(",".join(f"naam {number}" for number in range(30)))) == rules.MOST_NAMES


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("0470 12 34 56", "0470123456"),
        ("0470/12.34.56", "0470123456"),
        ("03/222.22.22", "032222222"),
        ("+32 470 12.34.56", "+32470123456"),
        ("+32 (0)470 12 34 56", "+32470123456"),
        ("0032 470 12 34 56", "+32470123456"),
        ("(0470) 12 34 56", "0470123456"),
        ("gsm 0470-12-34-56 na 16u", "0470123456"),
        ("0470 12 34 56 / 03 222 22 22", "0470123456"),
        ("0470123456, 032222222", "0470123456"),
        ("nummer 2: 0470123456", "0470123456"),
        ("٠٤٧٠ ١٢٣٤٥٦", "0470123456"),
        ("102", "102"),
        ("vraag het aan oma", ""),
        ("16", ""),
        ("", ""),
    ],
)
def test_a_number_is_dialled_however_it_is_typed(typed: str, dialled: str) -> None:
    assert rules.dialled(typed) == dialled


@given(st.text())
def test_what_is_dialled_holds_only_what_a_phone_takes(text: str) -> None:
    number = rules.dialled(text)
    assert not number or number.removeprefix("+").isascii()
    assert not number or number.removeprefix("+").isdigit()


def test_a_phone_without_a_number_is_asked_again_and_no_phone_is_fine() -> None:
    assert rules.why_not_phone("bel maar") is Reason.NO_NUMBER
    assert rules.why_not_phone("0470 12 34 56") is None
    assert rules.why_not_phone("") is None


def test_who_has_a_key_stays() -> None:
    assert rules.why_not_remove(True) is Reason.IS_MEMBER
    assert rules.why_not_remove(False) is None


def test_a_role_names_a_bounded_number_of_parts_of_life() -> None:
    assert rules.why_not_domains(["wonen"] * rules.MOST_DOMAINS) is None
    assert rules.why_not_domains(["wonen"] * (rules.MOST_DOMAINS + 1)) is Reason.TOO_MANY_DOMAINS


@pytest.mark.parametrize(
    "role",
    [
        RoleBody(relation="oma"),
        RoleBody(organisation="school"),
        RoleBody(domains=("school",)),
        RoleBody(helps=(Help.LISTEN,)),
        RoleBody(since=Since.WAITING),
    ],
)
def test_a_role_with_anything_in_it_says_something(role: RoleBody) -> None:
    assert rules.says_something(role)


def test_an_empty_role_says_nothing() -> None:
    assert not rules.says_something(RoleBody())


def test_a_role_is_put_in_its_own_place() -> None:
    first, second = RoleBody(relation="poetshulp"), RoleBody(relation="vertrouwenspersoon")
    changed = msgspec.structs.replace(first, organisation="Familiehulp")
    assert rules.with_role((first,), second) == (first, second)
    assert rules.with_role((first, second), changed) == (changed, second)
    assert rules.without_role((first, second), first) == (second,)
    assert rules.without_role((second,), first) == (second,)


def test_the_mark_of_a_role_changes_with_its_words_and_fits_a_form() -> None:
    role = RoleBody(relation="poetshulp")
    assert rules.mark(role) == rules.mark(msgspec.structs.replace(role))
    assert rules.mark(role) != rules.mark(msgspec.structs.replace(role, organisation="Familiehulp"))
    assert 0 <= rules.mark(role) < 10**9
