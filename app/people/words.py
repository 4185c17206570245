"""What the people of a plan say to people: sentences, names, roles, and the choices of a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.items import Thing
from app.people import store
from app.people.nouns import ContactBody, ContactSort, FamilyRole, Help, PersonBody, RoleBody, Since
from app.people.rules import MOST_DOMAINS, Reason
from app.people.store import RING_NUMBER, PeopleView, PersonView
from app.plan import domains
from app.plan.words import listed
from app.policy.actor import Actor, Ring
from app.policy.audience import is_private
from app.rooms import Face
from app.scope import Whole
from app.translations import gettext as _
from app.web.both import Side

if TYPE_CHECKING:
    from app.people.forms import PersonForm, RoleForm

HELP_ICONS = {Help.DO: "hands-on", Help.BE_THERE: "together", Help.ADVISE: "advice", Help.LISTEN: "ear"}
DOMAIN_ICON = "star"


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {
        Reason.IS_MEMBER: _("Deze persoon kan ons plan openen. Daarom blijft de naam hier."),
        Reason.UNKNOWN_PERSON: _("Die naam staat niet meer bij onze mensen. Kies iemand anders."),
        Reason.NO_NUMBER: _("Hier staat geen nummer. Schrijf het nummer met cijfers."),
        Reason.TOO_MANY_DOMAINS: _("Kies minder. Hier passen er %(number)s.", number=MOST_DOMAINS),
    }[reason]


def called(person: Thing[PersonBody], actor: Actor | None = None) -> str:
    """The name as the family says it; a word for somebody who has none yet."""
    if person.body.name:
        return person.body.name
    return _("Ik") if actor is not None and person.id == actor.person else _("Nog zonder naam")


def rings() -> dict[Ring, str]:
    """The three rings, from near to far."""
    return {Ring.WE: _("Wij"), Ring.CLOSE: _("Dicht bij ons"), Ring.SERVICES: _("Diensten en school")}


def helps() -> dict[Help, str]:
    """The kinds of help."""
    return {
        Help.DO: _("Iets doen"),
        Help.BE_THERE: _("Samen zijn"),
        Help.ADVISE: _("Raad geven"),
        Help.LISTEN: _("Luisteren"),
    }


def since() -> dict[Since, str]:
    """Whether somebody helps now."""
    return {Since.NOW: _("Helpt nu"), Since.WAITING: _("Wij wachten"), Since.STOPPED: _("Gestopt")}


def family_roles() -> dict[FamilyRole, str]:
    """What somebody of the family is."""
    return {FamilyRole.PARENT: _("Ouder"), FamilyRole.CHILD: _("Kind")}


def role_line(role: RoleBody) -> str:
    """What somebody is for us, and from where: "zorgjuf, school"."""
    return ", ".join(part for part in (role.relation, role.organisation) if part)


def line(person: PersonBody) -> str:
    """All they are for us: "poetshulp, Familiehulp · vertrouwenspersoon"; for the family, parent or child."""
    parts = [role_line(role) for role in person.roles]
    if person.ring is Ring.WE and person.family_role is not None:
        parts.insert(0, family_roles()[person.family_role])
    return " · ".join(dict.fromkeys(part for part in parts if part))


def help_line(roles: Iterable[RoleBody]) -> str:
    """The kinds of help: "Iets doen · Luisteren"."""
    given = {kind for role in roles for kind in role.helps}
    return " · ".join(word for kind, word in helps().items() if kind in given)


def state_line(person: PersonBody) -> str:
    """That the family waits for them, or that all of it stopped; nothing when somebody simply helps."""
    states = {role.since for role in person.roles}
    if states == {Since.STOPPED}:
        return since()[Since.STOPPED]
    return since()[Since.WAITING] if Since.WAITING in states and Since.NOW not in states else ""


def in_short(person: PersonView) -> str:
    """What they are for us in one line: "zorgjuf, school · Luisteren"."""
    body = person.thing.body
    return " · ".join(part for part in (line(body), help_line(person.helping), state_line(body)) if part)


def names(whole: Whole, people: Sequence[UUID]) -> str:
    """Names as people say them: "oma, Jef en Kaat"."""
    return listed([name for name in map(whole.name, people) if name])


def domain_names(keys: Iterable[str]) -> list[str]:
    """The words for parts of life."""
    return [domains.name(key) for key in keys]


def domain_icon(key: str) -> str:
    """The picture beside a part of life."""
    return domains.ICONS.get(key, DOMAIN_ICON)


def own_domains(person: PersonView) -> list[str]:
    """Parts of life the family named itself, for the forms of one person."""
    return store.people_in(person.whole).own_domains


def place(person: PersonBody) -> str:
    """Where somebody belongs: their ring; of the family also parent or child."""
    told = person.family_role if person.ring is Ring.WE else None
    return " · ".join((rings()[person.ring], *([family_roles()[told]] if told else [])))


def waiting(role: RoleBody) -> str:
    """That the family still waits for this help; nothing otherwise."""
    return since()[Since.WAITING] if role.since is Since.WAITING else ""


def only_me(contact: Thing[ContactBody]) -> bool:
    """Whether nobody but its writer sees it."""
    facts = contact.facts
    return is_private(facts) and not facts.audience.people


def face(person: Thing[PersonBody], actor: Actor | None = None) -> Face:
    """A person to draw or to choose."""
    return Face(
        person.id, called(person, actor), RING_NUMBER[person.body.ring], store.photo_of(person), store.picto_of(person)
    )


def faces(actor: Actor) -> list[Face]:
    """Everybody, to draw or to choose from."""
    return [face(person.thing, actor) for person in store.people(actor).people]


def family_faces(actor: Actor) -> list[Face]:
    """The family (ring 1), to draw or to choose from."""
    return [face(person.thing, actor) for person in store.people(actor).in_ring(Ring.WE)]


def options(people: Iterable[PersonView]) -> list[dict[str, Any]]:
    """People as tiles of a form."""
    shown = [face(person.thing, person.whole.actor) for person in people]
    return [{"value": one.id, "label": one.name, "ring": one.ring, "photo": one} for one in shown]


def for_whom_options(whole: Whole, but: UUID | None = None) -> list[dict[str, Any]]:
    """The family members somebody may be there for, without that person; more than the family when it is empty."""
    people = [person for person in store.people_in(whole).in_ring(Ring.WE) if person.thing.id != but]
    return options(people)


def ring_options() -> list[dict[str, Any]]:
    """The rings as tiles."""
    hints = {
        Ring.WE: _("Ons gezin"),
        Ring.CLOSE: _("Familie, vrienden, buren"),
        Ring.SERVICES: _("Begeleider, school, dokter"),
    }
    return [{"value": ring.value, "label": word, "hint": hints[ring]} for ring, word in rings().items()]


def family_role_options() -> list[dict[str, Any]]:
    """Parent, child, or not said."""
    told = [{"value": role.value, "label": word} for role, word in family_roles().items()]
    return [*told, _not_known()]


def help_options() -> list[dict[str, Any]]:
    """The kinds of help as tiles."""
    return [{"value": kind.value, "label": word, "icon": HELP_ICONS[kind]} for kind, word in helps().items()]


def since_options() -> list[dict[str, Any]]:
    """Whether they help now, as tiles."""
    return [*({"value": state.value, "label": word} for state, word in since().items()), _not_known()]


def domain_options(own: Sequence[str]) -> list[dict[str, Any]]:
    """The parts of life as tiles: the standard ones, then the family's own."""
    standard = [{"value": key, "label": word, "icon": domains.ICONS[key]} for key, word in domains.names().items()]
    return [*standard, *({"value": word, "label": word, "icon": DOMAIN_ICON} for word in own)]


def by_domain(board: PeopleView) -> list[tuple[str, list[tuple[PersonView, RoleBody]]]]:
    """Who is there for which part of life: each part somebody helps with, and each role that helps there."""
    keys = [*domains.KEYS, *board.own_domains]
    found = {key: [(one, role) for one in board.people for role in one.helping if key in role.domains] for key in keys}
    return [(key, pairs) for key, pairs in found.items() if pairs]


def open_domains(board: PeopleView) -> list[str]:
    """The standard parts of life where nobody helps yet: there is still a seat."""
    taken = {key for key, _pairs in by_domain(board)}
    return [key for key in domains.KEYS if key not in taken]


def without_domain(board: PeopleView) -> list[PersonView]:
    """Who helps, outside the family, while nobody said with which part of life."""
    return [
        one
        for one in board.people
        if one.thing.body.ring is not Ring.WE
        and (one.helping or not one.thing.body.roles)
        and not any(role.domains for role in one.helping)
    ]


def told_how(kinds: Sequence[Help] | None, state: Since | None) -> str:
    """How somebody helps, as it was chosen so far: "Luisteren · Helpt nu"."""
    now = [since()[state]] if state else []
    return " · ".join([*(helps()[kind] for kind in kinds or ()), *now])


def told_parts(keys: Sequence[str] | None, own: str | None) -> str:
    """The parts of life that were chosen so far: "Wonen · De hond"."""
    return " · ".join([*domain_names(keys or ()), *([own] if own else [])])


def person_in_form(form: PersonForm) -> list[Side]:
    """A person as a form has it, in words."""
    role = form.family_role.data
    return [
        Side(_("Naam"), form.name.data, ("name",)),
        Side(_("Waar hoort deze persoon bij?"), rings()[form.ring.data], ("ring",)),
        Side(_("Ouder of kind?"), family_roles()[role] if role else "", ("family_role",)),
        Side(_("Gsm-nummer"), form.phone.data, ("phone",)),
        Side(_("Adres"), form.address.data, ("address",)),
        Side(_("Kunnen wij vanavond bellen?"), _("Ja") if form.tonight.data else "", ("tonight",)),
    ]


def role_in_form(whole: Whole, form: RoleForm) -> list[Side]:
    """A role as a form has it, in words; one that is gone says nothing."""
    fields = (("relation", "organisation"), ("for_people",), ("domains", "own_domain"), ("helps",), ("since",))
    shown = zip(_role(whole, form.role()), fields, strict=True)
    return [Side(label, text, names) for (label, text), names in shown]


def told(whole: Whole, body: PersonBody, _state: str) -> list[tuple[str, str]]:
    """What history tells of a person."""
    roles = (" · ".join(text for _label, text in _role(whole, role) if text) for role in body.roles)
    return [
        (_("Naam"), body.name),
        (_("Waar hoort deze persoon bij?"), rings()[body.ring]),
        (_("Ouder of kind?"), family_roles()[body.family_role] if body.family_role else ""),
        (_("Wat is deze persoon voor ons?"), "\n".join(roles)),
        (_("Kunnen wij vanavond bellen?"), _("Ja") if body.tonight else ""),
    ]


def told_contact(_whole: Whole, body: ContactBody, _state: str) -> list[tuple[str, str]]:
    """What history tells of a phone number or an address."""
    return [(_("Gsm-nummer") if body.sort is ContactSort.PHONE else _("Adres"), body.value)]


def _not_known() -> dict[str, Any]:
    return {"value": "", "label": _("Ik weet het nog niet"), "icon": "question"}


def _role(whole: Whole, role: RoleBody) -> list[tuple[str, str]]:
    return [
        (_("Wat is deze persoon voor ons?"), role_line(role)),
        (_("Voor wie?"), names(whole, role.for_people)),
        (_("Waarbij?"), listed(domain_names(role.domains))),
        (_("Hoe?"), help_line([role])),
        (_("Helpt deze persoon nu?"), since()[role.since] if role.since else ""),
    ]
