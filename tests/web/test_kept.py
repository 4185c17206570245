"""What is drawn from words of a family is drawn once for the same words, and lies with what was opened of the plan."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask, g
from flask_babel import force_locale
from markupsafe import Markup

from app import memory
from app.keystore import NoKey, destroy_key, key_of
from app.memory import Opened
from tests.cast import Cast


@pytest.fixture
def drawn() -> list[tuple[object, ...]]:
    return []


@pytest.fixture
def inside(cast: Cast, app: Flask) -> Iterator[Cast]:
    memory.forget(cast.plan)
    with app.test_request_context():
        g.actor = cast.sara
        yield cast


@pytest.mark.usefixtures("inside")
def test_the_same_words_are_drawn_once(app: Flask, drawn: list[tuple[object, ...]]) -> None:
    def draw(*given: object, **named: object) -> Markup:
        drawn.append((given, named))
        return Markup("<p>{}{}</p>").format(given, named)

    kept = app.jinja_env.globals["kept"](draw)
    ways: list[tuple[object, ...]] = [
        ("a", 1), ("a", True), ("a", 1.0), ("a", None), ("a", ""), ("a",), ("1", 1),
        (Markup("a"), 1), ("a", (1,)), ("a", ((1,),)),
    ]  # fmt: skip
    for _twice in range(2):
        for given in ways:
            assert kept(*given) == draw(*given)
    assert len(drawn) == len(ways) + 2 * len(ways)


@pytest.mark.usefixtures("inside")
def test_what_differs_is_said_to_differ_by_name_too(app: Flask, drawn: list[tuple[object, ...]]) -> None:
    def draw(*given: object) -> Markup:
        drawn.append(given)
        return Markup("x")

    kept = app.jinja_env.globals["kept"](draw)
    for key in (("a",), ("a",), ("b",)):
        kept(object(), key=key)
    assert len(drawn) == 2
    with pytest.raises(TypeError):
        kept(object())


def test_another_language_and_another_drawing_are_drawn_anew(app: Flask, inside: Cast) -> None:
    one, other = (app.jinja_env.globals["kept"](sign.join) for sign in "ab")
    assert (one("xy"), other("xy"), one("xy")) == ("xay", "xby", "xay")
    with force_locale("fr_BE"):
        assert one("xy") == "xay"
    assert len(memory.opened_with(key_of(inside.plan)).drawn) == 3


def test_a_form_is_never_kept(app: Flask, inside: Cast) -> None:
    kept = app.jinja_env.globals["kept"](lambda: Markup("<form></form>"))
    with pytest.raises(ValueError, match="not kept"):
        kept()
    assert not memory.opened_with(key_of(inside.plan)).drawn


def test_it_goes_with_the_key_and_is_not_another_plans(app: Flask, inside: Cast) -> None:
    kept = app.jinja_env.globals["kept"](lambda words: Markup("<p>{}</p>").format(words))
    kept("Omer")
    opened = memory.opened_with(key_of(inside.plan))
    assert list(opened.drawn.values()) == ["<p>Omer</p>"]
    memory.forget(inside.plan)
    assert not memory.opened_with(key_of(inside.plan)).drawn
    destroy_key(inside.plan)
    g.pop("shelves")
    with pytest.raises(NoKey):
        kept("Omer")


def test_outside_a_plan_nothing_is_kept(app: Flask, drawn: list[tuple[object, ...]]) -> None:
    def draw(words: str) -> Markup:
        drawn.append((words,))
        return Markup("x")

    with app.test_request_context():
        kept = app.jinja_env.globals["kept"](draw)
        for _twice in range(2):
            kept("a")
    assert len(drawn) == 2


def test_there_is_an_end_to_how_much_is_kept() -> None:
    opened = Opened(0.0)
    for number in range(memory.MOST_DRAWN + 5):
        opened.keep_drawn(number, "x" * 100)
    assert list(opened.drawn) == list(range(5, memory.MOST_DRAWN + 5))
    assert opened.weight == memory.MOST_DRAWN * (memory.DRAWN_BYTES + 600)
    opened.keep_drawn(uuid4(), "x" * (memory.LARGEST_DRAWN + 1))
    assert len(opened.drawn) == memory.MOST_DRAWN
