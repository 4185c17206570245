"""The list of guards that `bin/test --guards` switches off one by one: long enough, and true."""

from tests.guards import GUARDS
from tests.support.off import lost
from tests.support.templates import ROOT


def test_at_least_twenty_guards_are_named() -> None:
    assert len(GUARDS) >= 20


def test_every_guard_stands_where_the_list_says_once() -> None:
    assert lost() == []


def test_every_guard_names_tests_that_are_there() -> None:
    named = [(name, test.partition("::")[0]) for name, guard in GUARDS.items() for test in guard.tests]
    assert not [(name, path) for name, path in named if not (ROOT / path).exists()]
    assert all(guard.tests and guard.there != guard.instead for guard in GUARDS.values())
