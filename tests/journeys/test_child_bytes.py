"""No adult's word in any byte that is sent to a child: pages, parts of pages, photos, sounds, headers, refusals."""

import pytest
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.journeys.own import of_each_sort, presses, starts, walk
from tests.support.full import size

# Who, the plan they came in by, and how much there is at least to come to.
CHILDREN = [("kaat", "plan"), ("kaat_too", "elsewhere"), ("mil", "plan")]


@pytest.mark.parametrize(("who", "where"), CHILDREN, ids=[who for who, _where in CHILDREN])
def test_no_adults_word_is_in_any_byte_sent_to_a_child(who: str, where: str, cast: Cast) -> None:
    assert cast.app is not None
    client, begin = cast.client_of(who), starts(cast.app, getattr(cast, where))
    hidden, faults, heard = cast.canaries_not_for(who), set(), set()
    assert len(hidden) > 40

    def hear(what: str, answer: TestResponse) -> None:
        sent = "\n".join(f"{name}: {value}" for name, value in answer.headers).encode() + b"\n" + answer.get_data()
        faults.update(f"{what}: {piece}" for piece, word in hidden.items() if word.encode() in sent)
        heard.update(word for word in cast.canaries_for(who).values() if word.encode() in sent)

    pages = walk(client, begin, hear)
    pressed = sum(presses(client, page, hear) for page in of_each_sort(pages, size(1, 20)))
    walk(client, begin, hear)
    assert not faults, "\n".join(sorted(faults))
    assert len(pages) >= 3, "it went somewhere"
    assert who != "kaat" or (pressed and heard), "and met what it may"
