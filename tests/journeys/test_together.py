"""Two parents write at once: both keep their words."""

import pytest

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands

BOTH = "Iemand veranderde dit net ook. Kies wat jullie houden."
HERS, HIS = "Samen ontbijten", "Zondag wandelen"


@pytest.fixture
def both(of_cast: NewHands, cast: Cast) -> tuple[Hands, Hands]:
    """Sara and Jef, each with the same goal open to change; Sara saved first, then Jef saved."""
    sara, jef = of_cast("sara"), of_cast("jef")
    for one in (sara, jef):
        one.go(f"/p/{cast.plan}/doelen/{cast.id('goal of us')}")
        one.tap("Verander")
    jef.type_in("Wat willen jullie?", HIS)
    sara.type_in("Wat willen jullie?", HERS).tap("Bewaar").is_at(HERS)
    jef.tap("Bewaar").sees(BOTH, f"Dit staat er nu{HERS}", f"Dit schreef jij{HIS}", "Sara schreef dit.")
    return sara, jef


def test_the_second_may_keep_the_own_words(both: tuple[Hands, Hands]) -> None:
    sara, jef = both
    jef.tap("Bewaar").is_at(HIS)
    sara.tap("Meer").tap("Wat is er veranderd?").sees(HERS, HIS)


def test_the_second_may_keep_the_words_of_the_first(both: tuple[Hands, Hands]) -> None:
    _sara, jef = both
    jef.tap("Houd wat er nu staat").is_at(HERS)


def test_the_second_may_keep_the_words_of_the_first_with_one_choice(both: tuple[Hands, Hands]) -> None:
    _sara, jef = both
    jef.tap("Dit staat er nu").tap("Bewaar").is_at(HERS)


def test_the_second_may_keep_the_words_of_both(both: tuple[Hands, Hands]) -> None:
    sara, jef = both
    jef.tap("Allebei").tap("Bewaar").is_at(f"{HERS}. {HIS}")
    sara.tap("Meer").tap("Wat is er veranderd?").sees(HERS)


def test_who_writes_on_after_that_says_what_stays(both: tuple[Hands, Hands]) -> None:
    _sara, jef = both
    jef.unfold("Schrijf het anders")
    assert jef.reads("Wat willen jullie?") == HIS
    jef.type_in("Wat willen jullie?", "Elke zondag samen").tap("Bewaar").is_at("Elke zondag samen")


def test_a_third_who_saved_in_between_is_asked_about_too(both: tuple[Hands, Hands]) -> None:
    sara, jef = both
    sara.tap("Verander").type_in("Wat willen jullie?", "Samen eten").tap("Bewaar").is_at("Samen eten")
    jef.tap("Bewaar").sees(BOTH, "Dit staat er nuSamen eten", f"Dit schreef jij{HIS}")
    jef.tap("Allebei").tap("Bewaar").is_at(f"Samen eten. {HIS}")


def test_what_each_changed_in_another_place_stays_both(of_cast: NewHands) -> None:
    sara, jef = of_cast("sara"), of_cast("jef")
    sara.tap("Nog iets dat wij willen").type_in("Wat willen jullie?", "Meer tijd samen").tap("Bewaar").tap("Verander")
    jef.tap("Ons plan").tap("Meer tijd samen").tap("Verander").unfold("Waar gaat het over?").tap("Thuis samen leven")
    sara.type_in("Wat willen jullie?", HERS).tap("Bewaar").is_at(HERS)
    jef.tap("Bewaar").is_at(HERS).sees("Thuis samen leven")
