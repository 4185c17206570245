"""What getting in allows, in tables."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts import rules
from app.accounts.nouns import DeviceSort
from app.accounts.rules import IN_ALL, MOST, MOST_FROM_ADDRESS, PAUSE, WINDOW, Subject, Wait

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def ago(*minutes: float) -> list[datetime]:
    return [NOW - timedelta(minutes=number) for number in minutes]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("012345678901", "012345678901"),
        ("0123 4567 8901", "012345678901"),
        ("  0123-4567.8901 ", "012345678901"),
        ("0123\u00a04567\u00a08901", "012345678901"),
        ("https://plan.example/kaart/012345678901", "012345678901"),
        ("01234567890", None),
        ("0123456789012", None),
        ("0123 4567 890a", None),
        ("٠١٢٣٤٥٦٧٨٩٠١", None),
        ("", None),
    ],
)
def test_a_number_is_read_however_it_is_spaced(typed: str, number: str | None) -> None:
    assert rules.number_of(typed) == number


def test_a_number_is_shown_in_groups_of_four() -> None:
    assert rules.grouped("012345678901") == "0123 4567 8901"


@pytest.mark.parametrize(
    "typed",
    ["appel fiets tafel", "Appel FIETS Tafel", "  appel,fiets ,  tafel. ", "appel\nfiets\ttafel", "àppel fïets tafél"],
)
def test_words_are_read_as_freely_as_people_write_them(typed: str) -> None:
    assert rules.words_of(typed) == "appel fiets tafel"


@pytest.mark.parametrize(
    "typed", ["fiets appel tafel", "appel fiets", "appelfiets tafel", "appel fiets tafel stoel", ""]
)
def test_other_words_or_another_order_stay_different(typed: str) -> None:
    assert rules.words_of(typed) != "appel fiets tafel"


def test_an_unknown_device_is_counted_by_number_browser_address_and_in_all() -> None:
    assert rules.counted_by(known_device=False) == (Subject.NUMBER, Subject.BROWSER, Subject.ADDRESS, Subject.ALL)


def test_a_device_that_opened_this_card_before_is_counted_by_itself_alone() -> None:
    assert rules.counted_by(known_device=True) == (Subject.DEVICE,)


@pytest.mark.parametrize("subject", [Subject.NUMBER, Subject.BROWSER, Subject.WORD, Subject.DEVICE])
def test_ten_wrong_guesses_in_a_quarter_are_the_most(subject: Subject) -> None:
    nine, ten = ago(*range(1, MOST)), ago(*range(1, MOST + 1))
    assert rules.why_wait(NOW, {subject: nine}, 0) is None
    assert rules.why_wait(NOW, {subject: ten}, 0) == Wait(5)


def test_a_network_that_many_phones_share_waits_later_than_one_of_them() -> None:
    most = [1 + turn / 10 for turn in range(MOST_FROM_ADDRESS)]
    assert rules.why_wait(NOW, {Subject.ADDRESS: ago(*most[1:])}, 0) is None
    assert rules.why_wait(NOW, {Subject.ADDRESS: ago(*most)}, 0) == Wait(9)


def test_the_wait_is_until_one_guess_leaves_the_window_and_not_longer() -> None:
    tries = {Subject.NUMBER: ago(14.5, *[1] * (MOST - 1))}
    assert rules.why_wait(NOW, tries, 0) == Wait(1)
    later = NOW + timedelta(minutes=0.5)
    assert rules.why_wait(later, tries, 0) is None


def test_the_longest_wait_of_all_counts() -> None:
    tries = {Subject.NUMBER: ago(*[14] * MOST), Subject.BROWSER: ago(*[4] * MOST)}
    assert rules.why_wait(NOW, tries, 0) == Wait(11)


def test_a_wait_is_never_longer_than_the_window() -> None:
    tries = {Subject.NUMBER: [NOW] * (MOST * 3)}
    wait = rules.why_wait(NOW, tries, 0)
    assert wait is not None
    assert timedelta(minutes=wait.minutes) <= WINDOW


def test_when_everybody_guesses_only_who_guessed_wrong_here_is_slowed_down() -> None:
    nobody_here: dict[Subject, list[datetime]] = {Subject.NUMBER: [], Subject.ADDRESS: []}
    assert rules.why_wait(NOW, nobody_here, IN_ALL * 10) is None
    from_here = {Subject.NUMBER: [], Subject.ADDRESS: ago(0.25)}
    assert rules.why_wait(NOW, from_here, IN_ALL - 1) is None
    assert rules.why_wait(NOW, from_here, IN_ALL) == Wait(1)
    assert rules.why_wait(NOW + PAUSE, from_here, IN_ALL) is None


@pytest.mark.parametrize(
    ("agent", "sort"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1", DeviceSort.IPHONE),
        ("Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) Safari/604.1", DeviceSort.IPAD),
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/130.0 Mobile Safari/537.36", DeviceSort.ANDROID_PHONE),
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/130.0 Safari/537.36", DeviceSort.ANDROID_TABLET),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0", DeviceSort.COMPUTER),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1", DeviceSort.COMPUTER),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/130.0", DeviceSort.COMPUTER),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Firefox/132.0", DeviceSort.COMPUTER),
        ("something else", DeviceSort.OTHER),
        ("", DeviceSort.OTHER),
    ],
)
def test_a_browser_is_known_by_what_it_runs_on(agent: str, sort: DeviceSort) -> None:
    assert rules.device_sort(agent) is sort


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
    ],
)
def test_guesses_are_counted_by_the_network_they_come_from(address: str, counted: str) -> None:
    assert rules.network_of(address) == counted
