"""Where the pictures stand on the sheets of a child."""

from uuid import uuid4

from app.export.layout import MOST_CARDS, MOST_THINGS, Place, Tile, cards, is_drawn, strips
from app.items import Photo


def tiles(number: int) -> list[Tile]:
    return [Tile(f"Ding {one}", picto="2600") for one in range(number)]


def test_a_day_is_cut_into_strips_of_four_in_its_own_order() -> None:
    pages = strips(tiles(11))
    assert [[len(strip) for strip in page] for page in pages] == [[4, 4], [3]]
    rows = [row for page in pages for strip in page for row in strip]
    assert [row.tile.words for row in rows] == [f"Ding {one}" for one in range(11)]
    assert [row.first for row in rows] == [True] + [False] * 10
    assert strips([]) == []


def test_a_day_without_end_is_two_pages() -> None:
    pages = strips(tiles(100))
    assert len(pages) == 2
    assert sum(len(strip) for page in pages for strip in page) == MOST_THINGS


def test_cards_fill_rows_of_three_and_the_code_stands_last() -> None:
    for number in range(1, 40):
        pages = cards(tiles(number))
        found = [card for page in pages for card in page]
        assert all(len(page) <= 12 and len(page) % 3 == 0 for page in pages)
        assert found[-1] is Place.CODE
        assert found.count(Place.CODE) == 1
        assert [card.words for card in found if isinstance(card, Tile)] == [
            f"Ding {one}" for one in range(min(number, MOST_CARDS - 1))
        ]
    assert len(cards(tiles(500))) == 3
    assert cards([]) == [[Place.EMPTY, Place.EMPTY, Place.CODE]]


def test_the_same_card_comes_once() -> None:
    assert [card.words for card in cards([*tiles(2), *tiles(2)])[0] if isinstance(card, Tile)] == ["Ding 0", "Ding 1"]


def test_who_drew_is_named_only_where_a_drawing_is_shown() -> None:
    own = Tile("Zwemmen", photo=Photo(uuid4()), picto="2600")
    assert is_drawn(tiles(1))
    assert not is_drawn([own, Tile("Oma", ring=2), None])
    assert is_drawn([own, *tiles(1)])
