"""Kaat's family: who they are, what they want and what was agreed. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time

from app.agreements.nouns import WhenSort
from app.goals.nouns import Reins, Stitch, Thread
from app.people.nouns import Help
from app.policy.actor import Ring

FAMILY = "Sara, Jef en Kaat"
SIGNED_UP_BY = "CLB"
SIGNED_UP_QUESTION = "Hoe kan het in de ochtend rustiger voor Kaat?"
SIGNED_UP_DAYS_AGO = 12
STRANGER = "Lies"


@dataclass(frozen=True)
class Somebody:
    """A person beside the family itself."""

    name: str
    ring: Ring
    relation: str
    organisation: str = ""
    phone: str = ""
    domains: tuple[str, ...] = ()
    helps: tuple[Help, ...] = ()
    for_kaat: bool = True
    tonight: bool = False


PEOPLE = (
    Somebody(
        "Tante Betty", Ring.CLOSE, "tante", phone="0470 00 00 01", helps=(Help.DO, Help.LISTEN), domains=("school",),
        tonight=True,
    ),
    Somebody("Oma", Ring.CLOSE, "mama van Sara", phone="0470 00 00 02", helps=(Help.BE_THERE,), tonight=True),
    Somebody("Moeke", Ring.CLOSE, "mama van Jef", phone="0470 00 00 03", helps=(Help.BE_THERE, Help.LISTEN)),
    Somebody("Laura", Ring.SERVICES, "zorgjuf", "school", domains=("school",), helps=(Help.LISTEN, Help.ADVISE)),
    Somebody("Mevrouw Knapen", Ring.SERVICES, "lerares Nederlands", "school", domains=("school",)),
)  # fmt: skip
GRANDMOTHER, AUNT = "Oma", "Tante Betty"


@dataclass(frozen=True)
class Wanted:
    """A goal with its small steps; `done` of them are done."""

    words: str
    domain: str
    thread: Thread
    stitch: Stitch
    reins: Reins
    steps: tuple[tuple[str, tuple[str, ...]], ...] = ()
    done: int = 0


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
        done=3,
    ),
    Wanted(
        "Rust in huis na school", "together", Thread.WORTEL, Stitch.ZIGZAG, Reins.WE,
        (("Een hoekje om te lezen", ("Jef",)), ("Eerst eten, dan huiswerk", ("Sara", "Kaat"))),
        done=1,
    ),
    Wanted("Samen iets leuks doen", "friends", Thread.KOOL, Stitch.KETTING, Reins.WE),
)  # fmt: skip


@dataclass(frozen=True)
class Agreed:
    """An agreement. `in_days` counts from today; `weekdays` makes it weekly."""

    words: str
    who: tuple[str, ...] = ()
    sort: WhenSort = WhenSort.DAY
    in_days: int = 0
    at: time | None = None
    weekdays: tuple[int, ...] = field(default=())
    goal: str = ""


AGREEMENTS = (
    Agreed("Kaat ophalen aan school", ("Tante Betty",), at=time(15, 30), goal=GOALS[0].words),
    # For today, so that who looks around as Oma has something to say gelukt to.
    Agreed("Bellen met Kaat voor het slapen", ("Oma",), at=time(19, 0)),
    Agreed("Bellen naar het CLB", ("Jef",), in_days=2),
    Agreed("Praten met Kaat", ("Laura",), WhenSort.WEEKLY, weekdays=(4,), goal=GOALS[0].words),
    Agreed("Taart bakken met Kaat", ("Oma",), WhenSort.WEEKLY, weekdays=(2,), goal=GOALS[2].words),
    Agreed("Een dag aan zee kiezen", sort=WhenSort.OPEN, goal=GOALS[2].words),
)
