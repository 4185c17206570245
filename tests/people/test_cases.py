"""The people of real families, entered whole through the pages: first names, rings, roles, parts of life, homes.

The families are those of published descriptions of the method; nothing of theirs may need a note or a workaround.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.people import store
from app.people.nouns import Help, Since
from app.people.store import PersonView
from app.people.words import by_domain, line
from app.policy.actor import Actor, Ring
from tests.cast import seated, signed_in

pytestmark = pytest.mark.both_databases


@dataclass(frozen=True)
class Person:
    """Somebody of a case; every role is what the page of a role asks."""

    name: str
    ring: Ring
    roles: tuple[dict[str, Any], ...] = ()
    more: dict[str, Any] = field(default_factory=dict)


WE, CLOSE, SERVICES = Ring.WE, Ring.CLOSE, Ring.SERVICES

KAAT = (
    ("Sara", "Jef", "Kaat"),
    (
        Person("Laura", SERVICES, ({"relation": "zorgjuf", "for": ("Kaat",), "domains": ["school"]},)),
        Person("mevrouw Knapen", SERVICES, ({"relation": "juf Nederlands", "for": ("Kaat",), "domains": ["school"]},)),
        Person("tante Betty", CLOSE, more={"phone": "0470 00 00 01", "tonight": "1"}),
        Person("oma", CLOSE, ({"relation": "oma langs mama", "for": ("Kaat",)},)),
        Person("moeke", CLOSE, ({"relation": "oma langs papa", "for": ("Kaat",)},)),
        Person("CLB", SERVICES, ({"relation": "meldde ons aan"},)),
    ),
)

MALIKA = (
    ("Malika", "Yasmina", "Bilal", "Ilyas", "Sofia", "Adam", "Noor"),
    (
        Person(
            "Stijn",
            SERVICES,
            (
                {
                    "relation": "begeleider leefgroep",
                    "organisation": "school van Yasmina",
                    "for": ("Yasmina",),
                    "domains": ["school", "together"],
                },
            ),
        ),
        Person("Els", SERVICES, ({"relation": "contextbegeleider", "for": ("Yasmina",), "domains": ["together"]},)),
        Person("Pleegzorg", SERVICES, ({"relation": "kijkt mee", "for": ("Bilal",), "domains": ["living"]},)),
        Person("OCMW", SERVICES, ({"relation": "geld", "domains": ["money"], "helps": ["do", "advise"]},)),
        Person(
            "Fatma",
            SERVICES,
            (
                {"relation": "poetshulp", "organisation": "gezinszorg", "domains": ["living"], "helps": ["do"]},
                {"relation": "vertrouwenspersoon", "domains": ["health"], "helps": ["listen", "be_there"]},
            ),
            {"phone": "0470 00 00 02", "tonight": "1"},
        ),
        Person("buurvrouw", CLOSE, ({"relation": "buurvrouw", "helps": ["be_there"]},), {"phone": "0470 00 00 03"}),
        Person("oma", CLOSE, ({"relation": "grootmoeder", "for": ("Ilyas", "Sofia", "Adam")},)),
        Person(
            "Amira",
            CLOSE,
            (
                {
                    "relation": "meisje uit de buurt",
                    "for": ("Ilyas", "Sofia", "Adam"),
                    "own_domain": "Huiswerk",
                    "domains": ["school"],
                    "helps": ["do"],
                    "since": "now",
                },
            ),
        ),
        Person("Thuisbegeleiding", SERVICES, ({"since": "waiting", "domains": ["together"]},)),
    ),
)

ANNA = (
    ("Anna", "Lotte", "Wout"),
    (
        Person("papa van Lotte en Wout", CLOSE, ({"relation": "papa", "for": ("Lotte", "Wout")},)),
        Person("buren", CLOSE, ({"relation": "buren", "helps": ["do"], "domains": ["together"]},)),
        Person(
            "zus", CLOSE, ({"relation": "zus", "helps": ["listen"], "domains": ["health"]},), {"phone": "011223344"}
        ),
        Person("ziekenhuis", SERVICES, ({"relation": "opname", "domains": ["health"], "since": "stopped"},)),
        Person("Greet", SERVICES, ({"relation": "leert mij koken", "domains": ["living"], "own_domain": "Koken"},)),
    ),
)


@dataclass
class Family:
    """A family at its own phone."""

    client: FlaskClient
    actor: Actor
    app: Flask

    @property
    def root(self) -> str:
        return f"/p/{self.actor.plan}"

    def ids(self, names: tuple[str, ...]) -> list[str]:
        with self.app.test_request_context():
            found = {person.name: str(person.thing.id) for person in store.people(self.actor).people}
        return [found[name] for name in names]

    def people(self) -> list[PersonView]:
        return store.people(self.actor).people

    def enter(self, person: Person) -> None:
        first, *others = person.roles or ({},)
        form = {"name": person.name, "ring": person.ring.value, **person.more, **self._role(first)}
        saved = self.client.post(f"{self.root}/mensen", data={**form, "form_key": uuid4().hex})
        assert saved.status_code == 303, saved.text
        for role in others:
            more = self.client.post(f"{saved.location}/rollen", data={**self._role(role), "form_key": uuid4().hex})
            assert more.status_code == 303, more.text

    def _role(self, role: dict[str, Any]) -> dict[str, Any]:
        asked = {name: value for name, value in role.items() if name != "for"}
        return {**asked, "for_people": self.ids(role.get("for", ()))}


@pytest.fixture
def entered(app: Flask) -> Any:
    """Starts a family with the names of its members, and enters its people through the pages."""
    app.config["WTF_CSRF_ENABLED"] = False

    def enter(case: tuple[tuple[str, ...], tuple[Person, ...]]) -> Family:
        from app.home.commands import start

        members, people = case
        with app.app_context():
            started = start(members, "Europe/Brussels")
            actor = seated(started.plan, "member", started.member)
        family = Family(signed_in(app, actor), actor, app)
        for person in people:
            family.enter(person)
        return family

    return enter


@pytest.mark.parametrize("case", [KAAT, MALIKA, ANNA], ids=["Kaat", "Malika", "Anna"])
def test_everybody_of_a_case_is_kept_as_told(entered: Any, app: Flask, case: Any) -> None:
    family = entered(case)
    members, told = case
    with app.test_request_context():
        kept = family.people()
        assert [person.name for person in kept] == [*members, *(person.name for person in told)]
        names = {person.thing.id: person.name for person in kept}
        for person, view in zip(told, kept[len(members) :], strict=True):
            assert view.thing.body.ring is person.ring
            assert [_as_told(role, names) for role in view.thing.body.roles] == [_told(role) for role in person.roles]
            assert (view.number != "") == ("phone" in person.more)
            assert view.thing.body.tonight == ("tonight" in person.more)


def _told(role: dict[str, Any]) -> dict[str, Any]:
    own = [role["own_domain"]] if "own_domain" in role else []
    return {
        "relation": role.get("relation", ""),
        "organisation": role.get("organisation", ""),
        "for": set(role.get("for", ())),
        "domains": [*role.get("domains", ()), *own],
        "helps": {Help(kind) for kind in role.get("helps", ())},
        "since": Since(role["since"]) if "since" in role else None,
    }


def _as_told(role: Any, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "relation": role.relation,
        "organisation": role.organisation,
        "for": {names[person] for person in role.for_people},
        "domains": list(role.domains),
        "helps": set(role.helps),
        "since": role.since,
    }


def test_kaat_keeps_her_two_grandmothers_apart_the_way_she_says_it(entered: Any) -> None:
    family = entered(KAAT)
    page = family.client.get(f"{family.root}/mensen?toon=groepen").text
    assert page.count(">oma<") == 1
    assert page.count(">moeke<") == 1
    assert page.index("oma langs mama") < page.index("oma langs papa")


def test_malika_sees_which_helper_is_there_for_which_part_of_life(entered: Any, app: Flask) -> None:
    family = entered(MALIKA)
    with app.test_request_context():
        board = store.people(family.actor)
        parts = {part: {person.name for person, _role in pairs} for part, pairs in by_domain(board)}
        lines = {person.name: line(person.thing.body) for person in board.people}
    assert parts["living"] == {"Pleegzorg", "Fatma"}
    assert parts["health"] == {"Fatma"}
    assert parts["school"] == {"Stijn", "Amira"}
    assert parts["Huiswerk"] == {"Amira"}
    assert lines["Fatma"] == "poetshulp, gezinszorg · vertrouwenspersoon"
    page = family.client.get(f"{family.root}/mensen/waarvoor").text
    assert page.count(">Fatma<") == 2
    assert "Hier is nog plaats" in page


def test_anna_does_not_see_who_stopped_where_help_is_now_and_names_two_homes(entered: Any) -> None:
    family = entered(ANNA)
    assert ">ziekenhuis<" not in family.client.get(f"{family.root}/mensen/waarvoor").text
    for name in ("bij mama", "bij papa"):
        sleepers = family.ids(("Lotte", "Wout"))
        form = {"name": name, "sleepers": sleepers, "form_key": uuid4().hex}
        assert family.client.post(f"{family.root}/huizen", data=form).status_code == 303
    page = family.client.get(f"{family.root}/huizen").text
    assert page.count("Lotte en Wout slapen hier.") == 2
    assert page.index("bij mama") < page.index("bij papa")
