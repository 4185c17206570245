"""Kaat's family: who they are, what they want and what was agreed. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time

from app.agreements.nouns import WhenSort
from app.goals.nouns import Reins, Stitch, Thread
from app.people.nouns import Help
from app.policy.actor import Ring

# Who begins the plan, and what it is called: the brother comes in a little later.
STARTERS = "Sara, Jef en Kaat"
FAMILY = "Sara, Jef, Kaat en Mil"
SIGNED_UP_BY = "CLB"
SIGNED_UP_QUESTION = "Hoe kan het in de ochtend rustiger voor Kaat?"
SIGNED_UP_DAYS_AGO, BEGAN_DAYS_AGO = 61, 54
STRANGER = "Lies"
BROTHER = "Mil"


@dataclass(frozen=True)
class Somebody:
    """A person beside the family itself. `days_ago`: when they came into the plan."""

    name: str
    ring: Ring
    relation: str
    organisation: str = ""
    phone: str = ""
    domains: tuple[str, ...] = ()
    helps: tuple[Help, ...] = ()
    for_kaat: bool = True
    tonight: bool = False
    days_ago: int = BEGAN_DAYS_AGO


PEOPLE = (
    Somebody(
        "Tante Betty", Ring.CLOSE, "tante", phone="0470 00 00 01", helps=(Help.DO, Help.LISTEN), domains=("school",),
        tonight=True,
    ),
    Somebody("Oma", Ring.CLOSE, "mama van Sara", phone="0470 00 00 02", helps=(Help.BE_THERE,), tonight=True),
    Somebody(
        "Moeke", Ring.CLOSE, "mama van Jef", phone="0470 00 00 03", helps=(Help.BE_THERE, Help.LISTEN), days_ago=31,
    ),
    Somebody("Laura", Ring.SERVICES, "zorgjuf", "school", domains=("school",), helps=(Help.LISTEN, Help.ADVISE)),
    Somebody("Mevrouw Knapen", Ring.SERVICES, "lerares Nederlands", "school", domains=("school",), days_ago=24),
)  # fmt: skip
GRANDMOTHER, AUNT = "Oma", "Tante Betty"


@dataclass(frozen=True)
class Wanted:
    """A goal with its small steps, added so many days ago. `first` is how it was said before, `done` says how many days
    ago the first of its steps were done.
    """

    words: str
    domain: str
    thread: Thread
    stitch: Stitch
    reins: Reins
    steps: tuple[tuple[str, tuple[str, ...]], ...] = ()
    done: tuple[int, ...] = ()
    first: str = ""
    days_ago: int = BEGAN_DAYS_AGO


GOALS = (
    Wanted(
        "Elke ochtend rustig naar school", "school", Thread.BLAUW, Stitch.GOLF, Reins.TOGETHER,
        (
            ("Boekentas ’s avonds klaar", ("Sara", "Kaat")),
            ("Praten met juf Laura", ("Sara",)),
            ("Prenten maken voor de ochtend", ("Kaat", "Jef")),
            ("Samen fietsen op dinsdag", ("Tante Betty",)),
            ("Zelf de kleren kiezen", ("Kaat",)),
        ),
        done=(43, 29, 9), first="In de ochtend is er altijd ruzie. Dat willen wij niet meer.",
    ),
    Wanted(
        "Rust in huis na school", "together", Thread.WORTEL, Stitch.ZIGZAG, Reins.WE,
        (("Een hoekje om te lezen", ("Jef",)), ("Eerst eten, dan huiswerk", ("Sara", "Kaat"))),
        done=(16,),
    ),
    Wanted("Samen iets leuks doen", "friends", Thread.KOOL, Stitch.KETTING, Reins.WE, days_ago=20),
)  # fmt: skip


EACH_DAY = tuple(range(7))
# A pictogram for each day of the week, and when Kaat is at her grandmother's for the night.
DAYS = ("1F3EB", "1F3EB", "26BD", "1F3EB", "1F3EB", "1F6B2", "1F3E1")
GRANDMOTHERS, NIGHTS_THERE = "Bij Oma", (4, 5)


@dataclass(frozen=True)
class Agreed:
    """An agreement. `in_days` counts from today; `weekdays` makes it weekly; `done_days_ago` is when it went well."""

    words: str
    who: tuple[str, ...] = ()
    sort: WhenSort = WhenSort.DAY
    in_days: int = 0
    at: time | None = None
    weekdays: tuple[int, ...] = field(default=())
    goal: str = ""
    done_days_ago: int | None = None
    picto: str = ""
    # Put on Kaat's own page, though it does not name her.
    for_kaat: bool = False


AGREEMENTS = (
    Agreed("Kaat ophalen aan school", ("Tante Betty",), at=time(15, 30), goal=GOALS[0].words, for_kaat=True),
    # For today, so that who looks around as Oma has something to say gelukt to.
    Agreed("Bellen met Kaat voor het slapen", ("Oma",), at=time(19, 0), picto="1F4DE", for_kaat=True),
    Agreed("Bellen naar het CLB", ("Jef",), in_days=2),
    Agreed("Praten met Kaat", ("Laura",), WhenSort.WEEKLY, weekdays=(4,), goal=GOALS[0].words),
    Agreed(
        "Taart bakken met Kaat",
        ("Oma",),
        WhenSort.WEEKLY,
        weekdays=(2,),
        goal=GOALS[2].words,
        picto="1F382",
        for_kaat=True,
    ),
    Agreed("De tafel dekken", ("Kaat", "Jef"), WhenSort.WEEKLY, at=time(12, 0), weekdays=EACH_DAY, picto="1F37D"),
    Agreed("Een boek kiezen", ("Kaat",), WhenSort.WEEKLY, at=time(20, 0), weekdays=EACH_DAY, picto="1F4D6"),
    Agreed("Samen pannenkoeken bakken", ("Sara", "Kaat"), in_days=-4, goal=GOALS[2].words, done_days_ago=4),
    Agreed("Een dag aan zee kiezen", sort=WhenSort.OPEN, goal=GOALS[2].words),
)
