"""A visit in the making: whatever was typed travels along whole, and no form is too odd to read."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.proposals.drafts import NAMES, Draft, asked_in, draft_in
from app.proposals.rules import MOST_LINES

TEXT = st.text(max_size=20).filter(str.strip)
A_LINE = st.dictionaries(st.sampled_from(NAMES), st.lists(TEXT, min_size=1, max_size=3), min_size=1, max_size=5)


@given(st.lists(A_LINE, min_size=1, max_size=MOST_LINES), st.data())
def test_whatever_was_typed_comes_out_of_the_form_as_it_went_in(lines: list[dict[str, list[str]]], data: Any) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    draft = Draft([MultiDict(line) for line in lines], at, "01234567-89ab-4cde-8f01-23456789abcd")
    here = [(name, text) for name, text in draft.here.items(multi=True)]
    again = draft_in(MultiDict([*draft.hidden, *here]))
    whole = draft_in(MultiDict(draft.all_hidden))
    assert [line.to_dict(flat=False) for line in again.lines] == lines
    assert (again.at, again.visit) == (at, draft.visit)
    assert [line.to_dict(flat=False) for line in whole.lines] == lines
    assert whole.key == again.key == draft.key


@given(st.dictionaries(st.text(max_size=12) | st.sampled_from(["at_line", "line0-what", "line19-act", "do"]), TEXT))
def test_no_form_is_too_odd_to_read(sent: dict[str, str]) -> None:
    draft = draft_in(MultiDict(sent))
    assert 0 <= draft.at < len(draft.lines) <= MOST_LINES
    assert asked_in(MultiDict(sent)).line >= 0
