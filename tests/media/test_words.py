"""Whatever is wrong with a file, there is a sentence that says what now."""

import pytest

from app.media.nouns import Fault, Sort
from app.media.words import sentence


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_a_sentence(fault: Fault, sort: Sort) -> None:
    said = sentence(fault, sort)

    assert said.endswith(".")
    # Of a film nobody says that it is no photo.
    assert sort is Sort.PHOTO or "foto" not in said


def test_what_the_design_says_of_a_file_that_is_too_big() -> None:
    assert sentence(Fault.TOO_BIG) == "De foto is te groot. Kies een andere foto."
