"""One layer in two plans: a code of the child's, once and for a day; neither plan's parents learn of the other."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import Cast
from tests.childpages.phones import at, lent, member_of
from tests.childpages.test_code import MINE, chose, emptied, feels, keeps, opened_with_card
from tests.support.pages import said

REFUSED = "Deze code werkt hier niet. Laat je kind ze zelf geven, op zijn bladzijde."
pytestmark = [pytest.mark.usefixtures("tokens_off"), pytest.mark.both_databases]


def made(cast: Cast, who: str = "mil") -> str:
    """The code that a child with a key of its own sees."""
    child = cast.client_of(who)
    child.post(at(cast, "mij/nog-een-thuis/code"))
    found = re.search(r'class="key-number">([^<]+)<', child.get(at(cast, "mij/nog-een-thuis")).text)
    assert found is not None
    return found[1]


def layer(cast: Cast, person: str) -> UUID | None:
    from app.children.store import layer_of

    assert cast.app is not None
    with cast.app.app_context():
        return layer_of(cast.people[person])


def apart(cast: Cast) -> None:
    """Kaat at Lies's keeps nothing yet."""
    emptied(cast, "kaat_too")


def given(cast: Cast, code: str) -> str:
    """Lies gives a code in for Kaat, who has a page in her plan."""
    answer = cast.client_of("lies").post(
        f"/p/{cast.elsewhere}/kinderen/{member_of(cast, 'kaat_too')}/nog-een-thuis",
        data={"code": code},
        follow_redirects=True,
    )
    return said(answer.text)


def test_a_code_joins_the_layer_to_the_other_plan_once(cast: Cast) -> None:
    apart(cast)
    code = made(cast)
    assert len(code.replace(" ", "")) == 26
    assert REFUSED not in given(cast, code.upper())
    assert layer(cast, "kaat_too") == layer(cast, "mil") is not None
    assert "Deze code gaf jij al. Het is in orde." in given(cast, code)


def test_the_child_gives_it_itself(cast: Cast) -> None:
    apart(cast)
    code = made(cast)
    answer = cast.client_of("kaat_too").post(f"/p/{cast.elsewhere}/mij/nog-een-thuis", data={"code": code})
    assert answer.status_code == 303
    assert layer(cast, "kaat_too") == layer(cast, "mil")


def test_after_a_day_or_a_newer_one_it_opens_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.children import twice
    from app.db import now

    apart(cast)
    old, code = made(cast), made(cast)
    assert REFUSED in given(cast, old)
    monkeypatch.setattr(twice, "now", lambda: now() + timedelta(days=1, minutes=1))
    assert REFUSED in given(cast, code)
    assert layer(cast, "kaat_too") is None


def test_to_a_parent_every_refusal_is_the_same_and_the_child_reads_which(cast: Cast) -> None:
    """That their child keeps something, or has two plans already, is not a parent's to know."""
    apart(cast)
    keeps(cast, "kaat_too")
    own = layer(cast, "kaat_too")
    code = made(cast)
    child = cast.client_of("kaat_too")
    assert REFUSED in given(cast, code)
    answer = child.post(f"/p/{cast.elsewhere}/mij/nog-een-thuis", data={"code": code})
    assert "Hier bewaar jij al iets. Haal dat eerst weg." in said(answer.text)
    assert layer(cast, "kaat_too") == own
    mil = cast.client_of("mil").post(at(cast, "mij/nog-een-thuis"), data={"code": code})
    assert "Deze code is van hier. Geef ze in je andere plan." in said(mil.text)
    wrong = child.post(f"/p/{cast.elsewhere}/mij/nog-een-thuis", data={"code": "aaaa bbbb"})
    assert "Deze code werkt niet." in said(wrong.text)


def test_a_layer_is_in_two_plans_at_most(cast: Cast) -> None:
    kaat = cast.client_of("kaat")
    answer = kaat.post(at(cast, "mij/nog-een-thuis/code"))
    assert answer.status_code == 422
    assert "Jij hebt al twee plannen." in said(answer.text)


@pytest.mark.parametrize("device", ["lent", "by a parent's card"])
def test_who_does_not_know_the_pictures_brings_nothing_along(cast: Cast, device: str) -> None:
    """A parent who plays the child would bring all it keeps into a plan of their own."""
    apart(cast)
    phone = lent(cast)[0] if device == "lent" else opened_with_card(cast)
    answer = phone.post(at(cast, "mij/nog-een-thuis/code"))
    assert answer.status_code == 422
    assert "Toon eerst je prentjes." in said(answer.text)


def test_on_a_lent_phone_with_its_pictures_it_does(cast: Cast) -> None:
    apart(cast)
    emptied(cast, "kaat")
    phone, _card = lent(cast)
    feels(phone, cast)
    chose(phone, cast, MINE)
    keeps(cast, "kaat")
    assert phone.post(at(cast, "mij/nog-een-thuis/code")).status_code == 303


def test_neither_plan_tells_of_the_other(cast: Cast) -> None:
    apart(cast)
    lies = cast.client_of("lies")
    before = {path: _steady(lies.get(f"/p/{cast.elsewhere}/{path}").text) for path in pages(cast)}
    given(cast, made(cast))
    for path, page in before.items():
        assert _steady(lies.get(f"/p/{cast.elsewhere}/{path}").text) == page, path


def pages(cast: Cast) -> tuple[str, ...]:
    return (f"kinderen/{member_of(cast, 'kaat_too')}", "kinderen", "veranderd", "nieuw")


def _steady(page: str) -> str:
    return re.sub(r'name="(csrf_token|form_key)" value="[^"]*"', "", page)
