"""Who sees what, as a family chooses it: in two taps, with what it does said before."""

import pytest

from tests.cast import Cast
from tests.journeys.conftest import NewHands


@pytest.mark.parametrize(
    ("path", "taps", "before", "after"),
    [
        (
            "doelen/{goal of us}",
            ("Ook Tante Nele, Kaat en Lisa Bosuil zien dit", "Zonder Lisa Bosuil"),
            "Lisa Bosuil ziet dit dan niet meer.",
            "Ook Tante Nele en Kaat zien dit",
        ),
        (
            "doelen/{goal of us}",
            ("Ook Tante Nele, Kaat en Lisa Bosuil zien dit", "Alleen ik"),
            "Jef, Tante Nele, Kaat en Lisa Bosuil zien dit dan niet meer.",
            "Alleen jij ziet dit",
        ),
        (
            "mensen/{person peter}",
            ("Alleen wij zien dit", "Ook Lisa Bosuil"),
            "Lisa Bosuil ziet dit dan ook.",
            "Ook Lisa Bosuil ziet dit",
        ),
    ],
)
def test_who_sees_a_thing_is_chosen_in_two_taps(
    of_cast: NewHands, cast: Cast, path: str, taps: tuple[str, str], before: str, after: str
) -> None:
    sara = of_cast("sara")
    sara.go(f"/p/{cast.plan}/{path.format(**{name: piece.id for name, piece in cast.pieces.items()})}")
    sara.taps = 0
    sara.tap(taps[0]).is_at("Wie ziet dit?").sees(before).tap(taps[1])
    sara.sees("Bewaard.", after)
    assert sara.taps == 2
