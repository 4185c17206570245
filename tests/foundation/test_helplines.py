"""Help lines: when each is open, and a file of the host that is refused with a sentence."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from app.config import Config
from app.helplines import ALWAYS, CLOSED, FLANDERS, HelpLine, Now, _daily, now_at, read_lines
from app.settings import WrongSetting

AWEL, VIOLENCE, LISTENS, DANGER = FLANDERS
MONDAY = 2  # of February 2026
LATE = HelpLine("Nacht", "1", _daily(("20:00", "24:00"), ("00:00", "06:00"), CLOSED, CLOSED, CLOSED, CLOSED, CLOSED))

NOWS = [
    (AWEL, MONDAY, "15:59", Now(open=False, days=0, at=time(16))),
    (AWEL, MONDAY, "16:00", Now(open=True, at=time(22))),
    (AWEL, MONDAY, "21:59", Now(open=True, at=time(22))),
    (AWEL, MONDAY, "22:00", Now(open=False, days=1, at=time(16))),
    (AWEL, MONDAY + 2, "14:00", Now(open=True, at=time(22))),
    (AWEL, MONDAY + 1, "23:00", Now(open=False, days=1, at=time(14))),
    (AWEL, MONDAY + 5, "22:30", Now(open=False, days=2, at=time(16))),
    (AWEL, MONDAY + 6, "12:00", Now(open=False, days=1, at=time(16))),
    (VIOLENCE, MONDAY + 4, "17:00", Now(open=False, days=3, at=time(9))),
    (LISTENS, MONDAY, "03:00", Now(open=True)),
    (DANGER, MONDAY + 6, "23:59", Now(open=True)),
    (LATE, MONDAY, "23:30", Now(open=True, days=1, at=time(6))),
    (LATE, MONDAY + 1, "00:00", Now(open=True, at=time(6))),
    (LATE, MONDAY + 1, "06:00", Now(open=False, days=6, at=time(20))),
    (LATE, MONDAY, "19:00", Now(open=False, days=0, at=time(20))),
]


@pytest.mark.parametrize(("line", "day", "at", "found"), NOWS)
def test_a_line_is_open_or_says_when_it_opens(line: HelpLine, day: int, at: str, found: Now) -> None:
    assert now_at(line, datetime.combine(datetime(2026, 2, day, tzinfo=UTC), time.fromisoformat(at))) == found


def test_every_line_says_something_at_every_quarter_of_a_week() -> None:
    for line in (*FLANDERS, LATE):
        for quarter in range(7 * 96):
            found = now_at(line, datetime(2026, 2, 2 + quarter // 96, quarter % 96 // 4, quarter % 4 * 15, tzinfo=UTC))
            assert found.open or found.at is not None


def test_without_a_file_they_are_those_of_flanders(tmp_path: Path) -> None:
    lines = Config.from_env({"ONSPLAN_DATA": str(tmp_path)}).help_lines
    assert [(line.name, line.dial, line.danger) for line in lines] == [
        ("Awel", "102", False), ("1712", "1712", False), ("Tele-Onthaal", "106", False), ("112", "112", True),
    ]  # fmt: skip


GOOD = '[[line]]\nname = "Hier"\nnumber = "0800 13 500"\nmon = "09:00-12:00, 13:00-24:00"\n'
LAST = '[[line]]\nname = "112"\nnumber = "112"\nalways = true\ndanger = true\n'


def test_a_host_has_lines_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "lines.toml"
    file.write_text(GOOD + LAST)
    config = Config.from_env({"ONSPLAN_DATA": str(tmp_path), "ONSPLAN_HELP_LINES": str(file)})
    own, last = config.help_lines
    assert (own.dial, own.hours[0][1].until, own.hours[1], own.always) == ("080013500", time(), (), False)
    assert (last.hours, last.danger) == (ALWAYS, True)
    assert now_at(own, datetime(2026, 2, 2, 23, 0, tzinfo=UTC)) == Now(open=True, days=1, at=time())


WRONG = [
    ("", "1 to 8 parts"),
    ("name = 1", "1 to 8 parts"),
    ("line = []", "1 to 8 parts"),
    ("[[line", "a file in TOML"),
    (GOOD + LAST + "[more]\nname = 1", "nothing else"),
    (GOOD, "danger = true"),
    (GOOD + LAST + LAST, "danger = true"),
    (LAST + GOOD, "first a line for who wants to talk"),
    (GOOD * 8 + LAST, "1 to 8 parts"),
    (GOOD.replace("mon", "monday") + LAST, "only about, always"),
    (GOOD.replace('"Hier"', "1") + LAST, "at most 40 letters"),
    (GOOD.replace("Hier", "x" * 41) + LAST, "at most 40 letters"),
    (GOOD.replace("Hier", " ") + LAST, "a name and a number"),
    (GOOD.replace("0800 13 500", "bel ons") + LAST, "a name and a number"),
    (GOOD.replace("0800 13 500", "102;phone") + LAST, "a name and a number"),
    (GOOD + 'picto = "ear"\n' + LAST, "OpenMoji code"),
    (GOOD + "picto = 1\n" + LAST, "OpenMoji code"),
    (GOOD + "always = true\n" + LAST, "either always"),
    (GOOD.replace('mon = "09:00-12:00, 13:00-24:00"', "") + LAST, "either always"),
    (GOOD.replace('"09:00-12:00, 13:00-24:00"', '""') + LAST, "at least one day"),
    *[
        (GOOD.replace("09:00-12:00, 13:00-24:00", hours) + LAST, "in their order")
        for hours in ("9-17", "09:00-25:00", "12:00-09:00", "09:00-09:00", "09:00-12:00, 11:00-13:00", "24:00-24:00",
                      "00:00-24:00, 01:00-02:00", "22:00-00:00")
    ],
    (GOOD.replace('"09:00-12:00, 13:00-24:00"', "9") + LAST, "in their order"),
    (GOOD + LAST.replace("danger = true", 'danger = "yes"'), "danger = true"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expects"), WRONG)
def test_a_wrong_file_stops_the_start(text: str, expects: str, tmp_path: Path) -> None:
    file = tmp_path / "lines.toml"
    file.write_text(text)
    with pytest.raises(WrongSetting, match=expects) as wrong:
        Config.from_env({"ONSPLAN_DATA": str(tmp_path), "ONSPLAN_HELP_LINES": str(file)})
    assert wrong.value.name == "ONSPLAN_HELP_LINES"


def test_a_file_that_is_not_there_stops_it_too(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="a file that this user may read"):
        read_lines(str(tmp_path / "nothing.toml"))
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(WrongSetting, match="a file in TOML"):
        read_lines(str(tmp_path / "bytes.toml"))
