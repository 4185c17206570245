"""What is done to people: the right items, the right audience, nothing lost."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from app.change import BothChanged, NotPermitted, Refused
from app.people import commands, store
from app.people.commands import PersonInput, Reach
from app.people.nouns import ContactSort, RoleBody, Since
from app.people.rules import Reason
from app.people.store import PersonView
from app.policy.actor import Ring
from tests.cast import Cast

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def in_the_app(cast: Cast) -> Any:
    with cast.app.test_request_context():  # type: ignore[union-attr]
        yield


def added(cast: Cast, given: PersonInput, role: RoleBody | None = None, by: str = "sara") -> PersonView:
    actor = cast.actors[by]
    saved = commands.add(actor, store.people(actor), given, role or RoleBody(), uuid4().hex)
    return found(cast, saved.id, by)


def found(cast: Cast, person: Any, by: str = "sara") -> PersonView:
    view = store.person(cast.actors[by], person)
    assert view is not None
    return view


def test_a_person_needs_only_a_name(cast: Cast) -> None:
    person = added(cast, PersonInput("moeke"))
    assert (person.name, person.thing.body.ring, person.thing.body.roles) == ("moeke", Ring.CLOSE, ())
    assert person.phone is None
    assert person.number == ""


def test_a_new_person_comes_last(cast: Cast) -> None:
    added(cast, PersonInput("moeke"))
    assert store.people(cast.sara).people[-1].name == "moeke"


def test_two_people_may_have_the_same_name(cast: Cast) -> None:
    first, second = added(cast, PersonInput("Oma")), added(cast, PersonInput("Oma"))
    assert first.thing.id != second.thing.id
    assert [person.name for person in store.people(cast.sara).people].count("Oma") == 2


def test_the_phone_of_a_neighbour_is_for_both_parents_and_the_address_for_its_writer(cast: Cast) -> None:
    given = PersonInput("buurvrouw", phone=Reach("0470 12.34.56"), address=Reach("Kerkstraat 1"))
    person = added(cast, given)
    assert person.number == "0470123456"
    assert person.phone is not None
    assert person.phone.body.value == "0470 12.34.56"
    assert person.address is not None
    other = found(cast, person.thing.id, "jef")
    assert other.phone is not None
    assert other.address is None


def test_the_phone_of_somebody_of_the_family_is_for_its_writer(cast: Cast) -> None:
    person = added(cast, PersonInput("Kaat", Ring.WE, phone=Reach("0470 12 34 56")))
    assert person.phone is not None
    assert found(cast, person.thing.id, "jef").phone is None


def test_a_parent_never_meets_what_the_other_keeps_and_may_write_their_own(cast: Cast) -> None:
    person = added(cast, PersonInput("Kaat", Ring.WE, phone=Reach("0470 11 11 11")))
    theirs = found(cast, person.thing.id, "jef")
    commands.edit(cast.jef, theirs, PersonInput("Kaat", Ring.WE, phone=Reach("0470 22 22 22")), 1, uuid4().hex)
    assert found(cast, person.thing.id, "jef").number == "0470222222"
    assert found(cast, person.thing.id, "sara").number == "0470111111"


def test_moving_into_the_family_closes_the_phone_for_its_writer_only(cast: Cast) -> None:
    person = added(cast, PersonInput("nonkel", phone=Reach("0470 11 11 11")))
    phone = Reach("0470 11 11 11", was="0470 11 11 11")
    commands.edit(cast.jef, found(cast, person.thing.id, "jef"), PersonInput("nonkel", Ring.WE, phone=phone), 1, None)
    assert found(cast, person.thing.id, "jef").phone is not None
    commands.edit(cast.sara, found(cast, person.thing.id), PersonInput("nonkel", Ring.CLOSE, phone=phone), 2, None)
    commands.edit(cast.sara, found(cast, person.thing.id), PersonInput("nonkel", Ring.WE, phone=phone), 3, None)
    assert found(cast, person.thing.id, "jef").phone is None
    assert found(cast, person.thing.id).phone is not None


def test_an_empty_phone_takes_it_away_and_one_not_asked_for_stays(cast: Cast) -> None:
    person = added(cast, PersonInput("oma", phone=Reach("0470 12 34 56")))
    commands.edit(cast.sara, person, PersonInput("oma", Ring.SERVICES), 1, None)
    assert found(cast, person.thing.id).phone is not None
    commands.edit(
        cast.sara, found(cast, person.thing.id), PersonInput("oma", phone=Reach("", was="0470 12 34 56")), 2, None
    )
    assert found(cast, person.thing.id).phone is None


def test_a_phone_without_a_number_is_refused_and_saves_nothing(cast: Cast) -> None:
    before = len(store.people(cast.sara).people)
    with pytest.raises(Refused) as refused:
        added(cast, PersonInput("oma", phone=Reach("vraag het aan Jef")))
    assert refused.value.reason is Reason.NO_NUMBER
    assert len(store.people(cast.sara).people) == before


def test_a_role_for_somebody_of_another_family_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        added(cast, PersonInput("Fatma"), RoleBody(for_people=(cast.people["lies"],)))
    assert refused.value.reason is Reason.UNKNOWN_PERSON


def test_who_has_a_key_cannot_be_taken_away_not_even_by_who_wrote_them(cast: Cast) -> None:
    for name in ("sara", "jef", "nele"):
        with pytest.raises(Refused) as refused:
            commands.remove(cast.sara, found(cast, cast.people[name]))
        assert refused.value.reason is Reason.IS_MEMBER


def test_taking_a_person_away_twice_is_once(cast: Cast) -> None:
    person = added(cast, PersonInput("oma", phone=Reach("0470 12 34 56")))
    assert commands.remove(cast.sara, person).entry is not None
    gone = store.removed_too(cast.sara, person.thing.id)
    assert gone is not None
    assert commands.remove(cast.sara, gone).entry is None
    assert store.person(cast.sara, person.thing.id) is None


def test_a_meehelper_to_whom_people_are_not_open_adds_nobody(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        added(cast, PersonInput("moeke"), by="nele")


def test_a_meehelper_to_whom_people_are_open_adds_them_but_not_how_to_reach_them(cast: Cast) -> None:
    helper = replace(cast.nele, opened=frozenset({"person"}))
    board = store.people(helper)
    assert (board.may_add, board.may_reach) == (True, False)
    mine = commands.add(helper, board, PersonInput("moeke"), RoleBody(), None).id
    with pytest.raises(NotPermitted):
        commands.add(helper, board, PersonInput("bomma", phone=Reach("0470 12 34 56")), RoleBody(), None)
    own, theirs = store.person(helper, mine), store.person(helper, cast.people["oma"])
    assert own is not None
    assert theirs is not None
    assert (own.may_change, own.may_remove) == (True, True)
    assert (theirs.may_change, theirs.may_remove) == (True, False)
    with pytest.raises(NotPermitted):
        commands.remove(helper, theirs)


def test_two_people_change_other_things_of_one_person_and_both_stay(cast: Cast) -> None:
    person = added(cast, PersonInput("oma", phone=Reach("0470 12 34 56")))
    jef = found(cast, person.thing.id, "jef")
    commands.edit(cast.sara, person, PersonInput("moeke", phone=Reach("0470 12 34 56", "0470 12 34 56")), 1, None)
    commands.edit(
        cast.jef, jef, PersonInput("oma", Ring.SERVICES, phone=Reach("0471 00 00 00", "0470 12 34 56")), 1, None
    )
    now = found(cast, person.thing.id)
    assert (now.name, now.thing.body.ring, now.number) == ("moeke", Ring.SERVICES, "0471000000")


@pytest.mark.parametrize(
    "mine",
    [
        PersonInput("oma Rosa", phone=Reach("0470 12 34 56", "0470 12 34 56")),
        PersonInput("oma", phone=Reach("0470 99 99 99", "0470 12 34 56")),
        PersonInput("oma", phone=Reach("0470 99 99 99")),
        PersonInput("oma", phone=Reach("", "0470 12 34 56")),
    ],
)
def test_two_people_change_the_same_words_and_the_second_is_asked(cast: Cast, mine: PersonInput) -> None:
    person = added(cast, PersonInput("oma", phone=Reach("0470 12 34 56")))
    commands.edit(cast.jef, person, PersonInput("moeke", phone=Reach("0471 00 00 00", "0470 12 34 56")), 1, None)
    with pytest.raises(BothChanged):
        commands.edit(cast.sara, found(cast, person.thing.id), mine, 1, None)
    now = found(cast, person.thing.id)
    assert (now.name, now.number) == ("moeke", "0471000000")


def test_a_phone_left_as_it_was_gives_way_to_what_somebody_else_made_of_it(cast: Cast) -> None:
    person = added(cast, PersonInput("oma"))
    commands.edit(cast.jef, person, PersonInput("oma", phone=Reach("0471 00 00 00")), 1, None)
    commands.edit(cast.sara, found(cast, person.thing.id), PersonInput("moeke", phone=Reach("")), 1, None)
    now = found(cast, person.thing.id)
    assert (now.name, now.number) == ("moeke", "0471000000")


def test_a_phone_somebody_took_away_while_it_was_changed_is_asked_about(cast: Cast) -> None:
    person = added(cast, PersonInput("oma", phone=Reach("0470 12 34 56")))
    commands.edit(cast.jef, person, PersonInput("oma", phone=Reach("", "0470 12 34 56")), 1, None)
    mine = PersonInput("oma", phone=Reach("0470 99 99 99", "0470 12 34 56"))
    with pytest.raises(BothChanged):
        commands.edit(cast.sara, found(cast, person.thing.id), mine, 1, None)


def test_the_same_form_twice_changes_once_whatever_came_between(cast: Cast) -> None:
    person, key = added(cast, PersonInput("oma")), uuid4().hex
    commands.edit(cast.sara, person, PersonInput("moeke"), 1, key)
    commands.edit(cast.jef, found(cast, person.thing.id), PersonInput("bomma"), 2, None)
    assert commands.edit(cast.sara, found(cast, person.thing.id), PersonInput("moeke"), 1, key).repeated
    assert found(cast, person.thing.id).name == "bomma"


def with_roles(cast: Cast) -> PersonView:
    person = added(cast, PersonInput("Fatma", Ring.SERVICES), RoleBody(relation="poetshulp"))
    commands.add_role(cast.sara, person, RoleBody(relation="vertrouwenspersoon"), uuid4().hex)
    return found(cast, person.thing.id)


def role_of(cast: Cast, person: PersonView, place: int) -> store.RoleView:
    view = store.role_gone_too(cast.sara, person.thing.id, person.thing.body.roles[place].id)
    assert view is not None
    return view


def test_a_person_has_more_than_one_role_and_each_remembers_who_wrote_it(cast: Cast) -> None:
    roles = with_roles(cast).thing.body.roles
    assert [role.relation for role in roles] == ["poetshulp", "vertrouwenspersoon"]
    assert {role.writer for role in roles} == {cast.people["sara"]}


def test_a_role_that_says_nothing_is_not_kept(cast: Cast) -> None:
    person = added(cast, PersonInput("oma"))
    commands.add_role(cast.sara, person, RoleBody(), uuid4().hex)
    assert found(cast, person.thing.id).thing.body.roles == ()


def test_the_same_role_form_twice_is_once(cast: Cast) -> None:
    person, key = added(cast, PersonInput("oma")), uuid4().hex
    for _twice in range(2):
        commands.add_role(cast.sara, found(cast, person.thing.id), RoleBody(relation="oma"), key)
    assert len(found(cast, person.thing.id).thing.body.roles) == 1


def test_two_people_change_two_roles_and_both_stay(cast: Cast) -> None:
    person = with_roles(cast)
    first, second = role_of(cast, person, 0), role_of(cast, person, 1)
    commands.edit_role(cast.jef, first, RoleBody(relation="poetsvrouw"), first.version, None)
    again = role_of(cast, person, 1)
    commands.edit_role(cast.sara, again, RoleBody(relation="vriendin", since=Since.NOW), second.version, None)
    assert [role.relation for role in found(cast, person.thing.id).thing.body.roles] == ["poetsvrouw", "vriendin"]


def test_two_people_change_the_same_role_and_the_second_is_asked(cast: Cast) -> None:
    person = with_roles(cast)
    seen = role_of(cast, person, 0).version
    commands.edit_role(cast.jef, role_of(cast, person, 0), RoleBody(relation="poetsvrouw"), seen, None)
    with pytest.raises(BothChanged):
        commands.edit_role(cast.sara, role_of(cast, person, 0), RoleBody(relation="vriendin"), seen, None)


def test_a_role_somebody_took_away_is_asked_about_and_can_be_kept(cast: Cast) -> None:
    person = with_roles(cast)
    seen = role_of(cast, person, 0)
    commands.remove_role(cast.jef, seen)
    gone = store.role_gone_too(cast.sara, person.thing.id, seen.id)
    assert gone is not None
    assert gone.role is None
    assert commands.remove_role(cast.sara, gone).repeated
    with pytest.raises(BothChanged):
        commands.edit_role(cast.sara, gone, RoleBody(relation="poetsvrouw"), seen.version, None)
    commands.edit_role(cast.sara, gone, RoleBody(relation="poetsvrouw"), gone.version, None)
    roles = found(cast, person.thing.id).thing.body.roles
    assert [role.relation for role in roles] == ["vertrouwenspersoon", "poetsvrouw"]


def test_to_call_tonight_is_switched_on_and_off(cast: Cast) -> None:
    person = added(cast, PersonInput("tante Betty", phone=Reach("0470 12 34 56")))
    commands.tonight(cast.sara, person, True)
    assert [one.name for one in store.people(cast.jef).tonight] == ["tante Betty"]
    assert commands.tonight(cast.sara, found(cast, person.thing.id), True).entry is None
    commands.tonight(cast.sara, found(cast, person.thing.id), False)
    assert store.people(cast.jef).tonight == []


def test_roles_of_before_are_read_back_as_they_were(cast: Cast) -> None:
    person = with_roles(cast)
    body = person.thing.body
    assert person.thing.kind.decode(person.thing.kind.encode(body)) == body
    assert msgspec.structs.replace(body, roles=()).roles == ()


def test_who_sees_a_phone_is_who_the_cast_says(cast: Cast) -> None:
    for name in ("sara", "jef"):
        person = found(cast, cast.people["oma"], name)
        assert (person.contact(ContactSort.ADDRESS) is not None) == (name == "jef")
        assert person.phone is not None
