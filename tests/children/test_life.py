"""A layer lives as long as it is in a plan: the last that goes takes it along, whole, and a restore repeats that."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from tests.cast import Cast
from tests.sharing.pages import tokens_off

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["tokens_off"]
pytestmark = pytest.mark.both_databases


def rows_of(layer: UUID) -> dict[str, int]:
    """In how many rows of each table a layer is named."""
    from sqlalchemy import Uuid, func, or_, select

    from app.db import Base, db

    found = {}
    for table in Base.metadata.sorted_tables:
        named = [column for column in table.columns if isinstance(column.type, Uuid)]
        if named:
            query = select(func.count()).select_from(table).where(or_(*(column == layer for column in named)))
            found[table.name] = db.session.execute(query).scalar_one()
    return {name: count for name, count in found.items() if count}


def erase(plan: UUID) -> None:
    from app.erase import erase_plan
    from app.policy.actor import system

    erase_plan(system("a test"), plan)


def test_a_layer_in_two_plans_outlives_the_first_of_them(cast: Cast, app: Flask) -> None:
    from app.children import store
    from app.keystore import has_key

    layer = cast.layers["kaat"]
    with app.test_request_context():
        assert set(store.plans_of(layer)) == {cast.plan, cast.elsewhere}
        erase(cast.plan)
        assert set(store.plans_of(layer)) == {cast.elsewhere}
        # What Sara answered stays Kaat's, and no row tells who that was.
        assert rows_of(cast.people["sara"]) == {}
        assert has_key(layer)
    page = cast.client_of("kaat_too").get(f"/p/{cast.elsewhere}/mij/doos").text
    assert "Ekster" in page
    with app.test_request_context():
        erase(cast.elsewhere)
        assert not has_key(layer)
        assert rows_of(layer) == {}


def test_a_layer_goes_with_the_only_plan_it_is_in(cast: Cast, app: Flask) -> None:
    from app.keystore import Ended, endings, has_key

    layer = cast.layers["mil"]
    with app.test_request_context():
        assert rows_of(layer)["said"] == 2
        erase(cast.plan)
        assert rows_of(layer) == {}
        assert not has_key(layer)
        assert (Ended.PLAN, layer) in endings()


def test_what_was_restored_of_a_layer_that_ended_is_erased_again(cast: Cast, app: Flask) -> None:
    from app.endings import repeat
    from app.keystore import Ended

    layer = cast.layers["mil"]
    with app.test_request_context():
        repeat(Ended.PLAN, layer)
        assert rows_of(layer) == {}
        assert rows_of(cast.plan)
    assert cast.client_of("mil").get(f"/p/{cast.plan}/mij/doos").status_code == 200


def test_a_key_is_gone_before_anything_else_so_that_what_stops_it_shows_nothing(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.children import life
    from app.host.commands import tidy
    from app.keystore import has_key

    def stopped(_layers: list[UUID]) -> None:
        raise RuntimeError("the power went")

    layer = cast.layers["mil"]
    with app.test_request_context():
        with monkeypatch.context() as patch:
            patch.setattr(life, "_erase", stopped)
            with pytest.raises(RuntimeError):
                erase(cast.plan)
        assert not has_key(layer)
        assert rows_of(layer)
        tidy()
        assert rows_of(layer) == {}


def test_a_layer_whose_child_was_erased_from_its_plan_is_tidied_away(cast: Cast, app: Flask) -> None:
    from app.erase import erase_items
    from app.host.commands import tidy
    from app.policy.actor import system

    layer = cast.layers["mil"]
    with app.test_request_context():
        tidy()
        assert rows_of(layer)
        erase_items(system("a test"), [cast.thing("person mil", "sara")])
        from app.db import db

        db.session.commit()
        tidy()
        assert rows_of(layer) == {}
        assert rows_of(cast.layers["kaat"])


@pytest.mark.usefixtures("tokens_off")
def test_a_child_with_a_page_stays_among_our_people(cast: Cast) -> None:
    sara = cast.client_of("sara")
    answer = sara.post(f"/p/{cast.plan}/mensen/{cast.people['kaat']}/weg", data={})
    assert answer.status_code == 422
    assert sara.get(f"/p/{cast.plan}/mensen/{cast.people['kaat']}").status_code == 200
