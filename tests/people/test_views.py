"""People through the pages, as everybody of the cast."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from app.rooms import PANELS, Panel
from tests.cast import Cast

OUTSIDERS = ("oma", "els", "stopped", "expired", "lies", "nobody")
pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def tokens_off(app: Any) -> None:
    """What the token guards has its own tests (tests/armour)."""
    app.config["WTF_CSRF_ENABLED"] = False


def people(cast: Cast) -> str:
    return f"/p/{cast.plan}/mensen"


def person(cast: Cast, name: str) -> str:
    return f"{people(cast)}/{cast.people[name]}"


def add(client: FlaskClient, cast: Cast, name: str, **more: Any) -> str:
    """Adds somebody; the address of their page."""
    answer = client.post(people(cast), data={"name": name, "form_key": uuid4().hex, **more})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def seen(page: str) -> dict[str, Any]:
    """What the form sends along of what its writer saw."""
    sent: dict[str, Any] = {}
    for name, value in re.findall(r'type="hidden" name="(version|was_\w+)" value="([^"]*)"', page):
        sent.setdefault(name, []).append(value)
    assert "version" in sent
    return sent


def test_everybody_is_listed_by_ring_with_a_round_button_to_call(cast: Cast) -> None:
    sara = cast.client_of("sara")
    add(sara, cast, "Laura", ring="services", relation="zorgjuf", organisation="school", helps=["advise", "listen"])
    page = sara.get(f"{people(cast)}?toon=groepen").text
    assert "Wie is belangrijk voor ons?" in page
    assert page.index(">Wij<") < page.index(">Dicht bij ons<") < page.index(">Diensten en school<")
    assert "zorgjuf, school" in page
    assert "Raad geven · Luisteren" in page
    page = sara.get(f"{people(cast)}?toon=lijst").text
    assert 'href="tel:0470123456"' in page
    assert f'aria-label="Bel Oma Rosa {cast.canary("person oma")}"' in page


def test_a_plan_with_only_the_family_asks_for_one_name(cast: Cast) -> None:
    lies = cast.client_of("lies")
    lies.post(f"/p/{cast.elsewhere}/mensen/{cast.people['dirk']}/weg")
    page = lies.get(f"/p/{cast.elsewhere}/mensen").text
    assert "Wie zie jij graag? Wie kan je bellen als het moeilijk is? Begin met één naam." in page
    assert "Waarvoor is wie er?" not in page


def test_a_name_is_enough_and_close_to_us_stands_chosen(cast: Cast) -> None:
    sara = cast.client_of("sara")
    form = sara.get(f"{people(cast)}/nieuw").text
    assert re.search(r'name="ring" value="close"[^>]* checked', form)
    assert "moeke" in sara.get(add(sara, cast, "moeke")).text


def test_a_link_from_a_part_of_life_starts_the_form_there(cast: Cast) -> None:
    form = cast.client_of("sara").get(f"{people(cast)}/nieuw?ring=services&over=work").text
    assert re.search(r'name="ring" value="services"[^>]* checked', form)
    assert re.search(r'name="domains" value="work"[^>]* checked', form)
    strange = cast.client_of("sara").get(f"{people(cast)}/nieuw?ring=moon&over=<b>").text
    assert re.search(r'name="ring" value="close"[^>]* checked', strange)
    assert "<b>" not in strange


def test_without_a_name_the_form_stays_with_what_was_typed(cast: Cast) -> None:
    answer = cast.client_of("sara").post(people(cast), data={"name": " ", "phone": "0470", "relation": "zorgjuf"})
    assert answer.status_code == 422
    assert "Schrijf een naam. Zoals jullie het zeggen." in answer.text
    assert 'value="0470"' in answer.text
    assert 'value="zorgjuf"' in answer.text
    assert answer.text.count("<details") - answer.text.count('<details class="fold" open') == 2


def test_a_phone_without_digits_is_asked_again(cast: Cast) -> None:
    answer = cast.client_of("sara").post(people(cast), data={"name": "oma", "phone": "vraag Jef"})
    assert answer.status_code == 422
    assert "Hier staat geen nummer. Schrijf het nummer met cijfers." in answer.text
    assert 'value="vraag Jef"' in answer.text


def test_somebody_of_another_family_cannot_be_chosen(cast: Cast) -> None:
    form = {"name": "Fatma", "for_people": str(cast.people["lies"])}
    answer = cast.client_of("sara").post(people(cast), data=form)
    assert answer.status_code == 422
    assert "Die naam staat niet meer bij onze mensen." in answer.text


def test_forged_choices_are_refused_and_break_nothing(cast: Cast) -> None:
    forged = {"name": "Fatma", "helps": "x", "since": "x", "for_people": "x", "family_role": "x", "ring": "x"}
    assert cast.client_of("sara").post(people(cast), data=forged).status_code == 422


def test_the_same_form_twice_adds_one_person(cast: Cast) -> None:
    sara, form = cast.client_of("sara"), {"name": "moeke", "phone": "0470 11 22 33", "form_key": uuid4().hex}
    first, second = (sara.post(people(cast), data=form) for _ in range(2))
    assert first.location == second.location
    assert sara.get(f"{people(cast)}?toon=lijst").text.count(">moeke<") == 1


def test_what_a_family_types_is_shown_as_words(cast: Cast) -> None:
    sara, bad = cast.client_of("sara"), '<img src=x onerror="1">'
    page = sara.get(add(sara, cast, bad, relation=bad, own_domain=bad, phone=f"{bad} 0470 11 22 33")).text
    assert "<img src=x" not in page
    assert "<img src=x" not in sara.get(people(cast)).text
    assert "<img src=x" not in sara.get(f"{people(cast)}/waarvoor").text


def test_a_page_of_a_person_calls_tells_and_names_nobody_in_its_title(cast: Cast) -> None:
    sara = cast.client_of("sara")
    more = {"phone": "+32 (0)470 11 22 33", "relation": "zorgjuf", "domains": ["school"], "own_domain": "Moed houden"}
    page = sara.get(add(sara, cast, "Laura", for_people=[str(cast.people["kaat"])], since="waiting", **more)).text
    assert "Bel Laura" in page
    assert 'href="tel:+32470112233"' in page
    assert "+32 (0)470 11 22 33" in page
    for words in ("Voor Kaat", "School en opvang", "Moed houden", "Wij wachten"):
        assert words in page
    assert "<title>Iemand van onze mensen</title>" in page


def test_other_rooms_say_their_part_on_a_person_s_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def panel(actor: Any, thing: Any) -> Panel | None:
        seen.append((actor.person, thing.id))
        return None

    monkeypatch.setitem(PANELS, "person", {"agreements": panel})
    assert cast.client_of("sara").get(person(cast, "oma")).status_code == 200
    assert seen == [(cast.people["sara"], cast.people["oma"])]


def test_a_person_with_a_phone_may_be_put_among_those_to_call_tonight(cast: Cast) -> None:
    sara = cast.client_of("sara")
    home = add(sara, cast, "tante Betty", phone="0470 11 22 33")
    assert "Kunnen wij tante Betty vanavond bellen?" in sara.get(home).text
    fragment = sara.post(f"{home}/vanavond", headers={"HX-Request": "true"}).text
    assert fragment.lstrip().startswith('<div class="stack" id="tonight">')
    assert "Wij kunnen tante Betty vanavond bellen." in fragment
    assert "Wij kunnen tante Betty vanavond bellen." in sara.get(home).text
    assert sara.post(f"{home}/vanavond/terug").status_code == 303
    assert "Kunnen wij tante Betty vanavond bellen?" in sara.get(home).text


def test_nobody_is_asked_to_call_somebody_without_a_number(cast: Cast) -> None:
    sara = cast.client_of("sara")
    assert "vanavond bellen?" not in sara.get(add(sara, cast, "moeke")).text
    page = sara.get(add(sara, cast, "bomma", tonight="1")).text
    assert "Schrijf het nummer erbij" in page


def test_a_person_changes_ring_name_and_phone_in_one_form(cast: Cast) -> None:
    sara = cast.client_of("sara")
    home = add(sara, cast, "oma", phone="0470 11 22 33", relation="oma langs mama")
    form = sara.get(f"{home}/verander").text
    assert 'value="0470 11 22 33"' in form
    sent = {"name": "moeke", "ring": "services", "phone": "0471 44 55 66", "address": "Kerkstraat 1", **seen(form)}
    assert sara.post(f"{home}/verander", data=sent).status_code == 303
    page = sara.get(home).text
    for words in ("moeke", "Diensten en school", "0471 44 55 66", "Kerkstraat 1", "oma langs mama"):
        assert words in page
    assert "0470 11 22 33" not in page
    assert "Alleen jij ziet dit" in page


def test_parent_or_child_is_asked_in_the_family_only_and_may_stay_open(cast: Cast) -> None:
    sara = cast.client_of("sara")
    assert "Ouder of kind?" not in sara.get(f"{person(cast, 'oma')}/verander").text
    form = sara.get(f"{person(cast, 'kaat')}/verander").text
    assert "Ouder of kind?" in form
    sent = {"name": "Kaat", "ring": "we", "family_role": "child", **seen(form)}
    assert sara.post(f"{person(cast, 'kaat')}/verander", data=sent).status_code == 303
    assert "Wij · Kind" in sara.get(person(cast, "kaat")).text


def test_when_two_write_both_texts_are_shown_and_either_can_be_kept(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    home = add(sara, cast, "oma", phone="0470 11 22 33")
    before = seen(sara.get(f"{home}/verander").text)
    jef.post(f"{home}/verander", data={"name": "bomma", "ring": "close", "phone": "0471 00 00 00", **before})
    mine = {"name": "moeke", "ring": "close", "phone": "0472 99 99 99"}
    answer = sara.post(f"{home}/verander", data={**mine, **before})
    assert answer.status_code == 422
    assert "Iemand veranderde dit net ook. Kies wat jullie houden." in answer.text
    for words in ("bomma", "0471 00 00 00", 'value="moeke"', 'value="0472 99 99 99"', "Houd wat er nu staat"):
        assert words in answer.text
    assert "bomma" in sara.get(home).text
    assert sara.post(f"{home}/verander", data={**mine, **seen(answer.text)}).status_code == 303
    page = sara.get(home).text
    assert "moeke" in page
    assert "0472 99 99 99" in page


def test_when_two_write_what_one_left_alone_becomes_what_the_other_made_of_it(cast: Cast) -> None:
    sara = cast.client_of("sara")
    home = add(sara, cast, "oma", phone="0470 11 22 33", address="Kerkstraat 1")
    before = seen(sara.get(f"{home}/verander").text)
    theirs = {"name": "bomma", "ring": "services", "phone": "0471 00 00 00", "tonight": "1", **before}
    cast.client_of("jef").post(f"{home}/verander", data=theirs)
    mine = {"name": "moeke", "ring": "close", "phone": "0470 11 22 33", "address": "Kerkstraat 2"}
    answer = sara.post(f"{home}/verander", data={**mine, **before})
    assert answer.status_code == 422
    for kept in ("moeke", "Kerkstraat 2"):
        assert f'value="{kept}"' in answer.text
    assert re.search(r'type="tel"[^>]* value="0471 00 00 00"', answer.text)
    for chosen in (r'name="ring" value="services"', r'name="tonight" value="1"'):
        assert re.search(rf"{chosen}[^>]* checked", answer.text)


def test_a_mistake_keeps_the_versions_that_were_looked_at(cast: Cast) -> None:
    sara = cast.client_of("sara")
    home = add(sara, cast, "oma", phone="0470 11 22 33")
    before = seen(sara.get(f"{home}/verander").text)
    changed = {"name": "bomma", "ring": "close", "phone": "0471 00 00 00", **before}
    cast.client_of("jef").post(f"{home}/verander", data=changed)
    answer = sara.post(f"{home}/verander", data={"name": "", "ring": "close", "phone": "0472 99 99 99", **before})
    assert answer.status_code == 422
    assert seen(answer.text) == before


def test_who_can_open_the_plan_stays_and_the_page_says_so(cast: Cast) -> None:
    sara = cast.client_of("sara")
    form = sara.get(f"{person(cast, 'jef')}/verander").text
    assert "Deze persoon kan ons plan openen. Daarom blijft de naam hier." in form
    assert "Haal weg" not in form
    answer = sara.post(f"{person(cast, 'jef')}/weg")
    assert answer.status_code == 422
    assert "Deze persoon kan ons plan openen." in answer.text
    assert sara.get(person(cast, "jef")).status_code == 200


def test_a_person_is_taken_away_in_one_tap_and_twice_is_once(cast: Cast) -> None:
    sara = cast.client_of("sara")
    home = add(sara, cast, "bomma")
    for _twice in range(2):
        assert sara.post(f"{home}/weg").location == people(cast)
    assert sara.get(home).status_code == 404
    assert "bomma" not in sara.get(people(cast)).text


def test_a_second_role_stands_beside_the_first_and_can_go_again(cast: Cast) -> None:
    sara = cast.client_of("sara")
    home = add(sara, cast, "Fatma", ring="services", relation="poetshulp", domains=["living"])
    sent = {"relation": "vertrouwenspersoon", "domains": ["health"], "form_key": uuid4().hex}
    assert sara.get(f"{home}/rollen/nieuw").status_code == 200
    for _twice in range(2):
        assert sara.post(f"{home}/rollen", data=sent).location == home
    page = sara.get(home).text
    first, second = re.findall(rf'href="({home}/rollen/[^"]+)" aria-label', page)
    assert page.count("vertrouwenspersoon</h3>") == 1
    form = sara.get(second).text
    changed = {"relation": "vriendin", "version": hidden(form, "version")}
    assert sara.post(second, data=changed).location == home
    assert "vriendin" in sara.get(home).text
    for _twice in range(2):
        assert sara.post(f"{first}/weg").location == home
    assert "poetshulp" not in sara.get(home).text
    assert sara.get(first).status_code == 404


def test_a_role_comes_back_in_its_form_as_it_was_told(cast: Cast) -> None:
    sara, kaat = cast.client_of("sara"), str(cast.people["kaat"])
    told = {"relation": "zorgjuf", "organisation": "school", "domains": ["school"], "own_domain": "Moed houden"}
    home = add(sara, cast, "Laura", for_people=[kaat], helps=["listen"], since="now", **told)
    (role,) = re.findall(rf'href="({home}/rollen/[^"]+)" aria-label', sara.get(home).text)
    form = sara.get(role).text
    for value in (kaat, "school", "Moed houden", "listen", "now"):
        assert re.search(rf'value="{value}"[^>]* checked', form), value
    assert 'value="zorgjuf"' in form


def test_a_role_somebody_else_changed_shows_both(cast: Cast) -> None:
    sara = cast.client_of("sara")
    home = add(sara, cast, "Fatma", relation="poetshulp")
    (role,) = re.findall(rf'href="({home}/rollen/[^"]+)" aria-label', sara.get(home).text)
    before = seen(sara.get(role).text)
    cast.client_of("jef").post(role, data={"relation": "poetsvrouw", "helps": ["do"], **before})
    answer = sara.post(role, data={"relation": "vriendin", "organisation": "gezinszorg", **before})
    assert answer.status_code == 422
    assert "poetsvrouw" in answer.text
    assert 'value="vriendin"' in answer.text
    assert re.search(r'name="helps" value="do"[^>]* checked', answer.text)
    assert sara.post(role, data={"relation": "vriendin", **seen(answer.text)}).location == home
    assert "vriendin" in sara.get(home).text


def test_too_many_parts_of_life_are_refused_kindly(cast: Cast) -> None:
    home = person(cast, "oma")
    answer = cast.client_of("sara").post(f"{home}/rollen", data={"domains": [f"deel {n}" for n in range(30)]})
    assert answer.status_code == 422
    assert re.search(r'id="domains-error">Kies minder\.', answer.text)


def test_every_page_of_people_is_valid_html(cast: Cast, valid_html: Callable[[str], None]) -> None:
    sara = cast.client_of("sara")
    home = add(sara, cast, "Fatma", relation="poetshulp", phone="0470 11 22 33", domains=["living"])
    (role,) = re.findall(rf'href="({home}/rollen/[^"]+)" aria-label', sara.get(home).text)
    for address in (people(cast), f"{people(cast)}/nieuw?ring=we", f"{people(cast)}/waarvoor", home, role):
        valid_html(sara.get(address).text)
    for address in (f"{home}/verander", f"{home}/rollen/nieuw", f"{person(cast, 'jef')}/verander"):
        valid_html(sara.get(address).text)
    valid_html(sara.post(people(cast), data={"name": "", "phone": "x"}).text)
    sara.post(f"{home}/verander", data={"name": "moeke", "ring": "close", "version": "1"})
    valid_html(sara.post(f"{home}/verander", data={"name": "bomma", "ring": "close", "version": "1"}).text)


def test_people_stand_by_part_of_life_once_for_each_role_there(cast: Cast) -> None:
    sara = cast.client_of("sara")
    home = add(sara, cast, "Fatma", relation="poetshulp", domains=["living"])
    sara.post(f"{home}/rollen", data={"relation": "vertrouwenspersoon", "own_domain": "wonen", "domains": ["health"]})
    add(sara, cast, "Stijn", relation="vroeger", domains=["work"], since="stopped")
    page = sara.get(f"{people(cast)}/waarvoor").text
    living, health = page.index(">Wonen<"), page.index(">Gezond zijn<")
    assert page.count(">Fatma<") == 3
    assert page[living:health].count(">Fatma<") == 2
    assert "Stijn" not in page
    assert "Nog niet gekozen" in page
    assert "Hier is nog plaats" in page
    assert "over=work" in page
    assert "over=living" not in page


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_from_outside_meets_a_person_or_learns_that_one_is_there(cast: Cast, who: str) -> None:
    client, gone = cast.client_of(who), uuid4()
    for name in ("oma", "jef"):
        for path in ("", "/verander", "/rollen/nieuw"):
            assert client.get(f"{person(cast, name)}{path}").status_code == 404
    assert client.get(f"{people(cast)}/{gone}").status_code == 404
    assert client.get(people(cast)).status_code == 404
    assert client.get(f"{people(cast)}/waarvoor").status_code == 404


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_from_outside_writes(cast: Cast, who: str) -> None:
    client, oma = cast.client_of(who), person(cast, "oma")
    before = cast.client_of("sara").get(oma).text
    for address in (people(cast), f"{oma}/verander", f"{oma}/weg", f"{oma}/vanavond", f"{oma}/rollen"):
        assert client.post(address, data={"name": "Ha", "relation": "Ha"}).status_code in {401, 404}
    assert cast.client_of("sara").get(oma).text.count("Ha<") == before.count("Ha<")


def test_what_one_parent_keeps_is_not_there_for_the_other(cast: Cast) -> None:
    page = cast.client_of("jef").get(people(cast)).text
    for name, canary in cast.canaries_not_for("jef").items():
        assert canary not in page, name
    assert cast.client_of("jef").get(person(cast, "els")).status_code == 404
    assert cast.client_of("jef").post(f"{person(cast, 'els')}/weg").status_code == 404
    sara = cast.client_of("jef").get(person(cast, "sara")).text
    assert cast.canary("contact phone of sara") not in sara


def test_a_meehelper_to_whom_people_are_not_open_meets_none_and_is_offered_nothing(cast: Cast) -> None:
    nele = cast.client_of("nele")
    page = nele.get(people(cast)).text
    assert cast.canary("person oma") not in page
    assert "Nog iemand" not in page
    assert nele.get(f"{people(cast)}/nieuw").status_code == 404
    assert nele.post(people(cast), data={"name": "moeke"}).status_code == 404


def test_an_id_of_a_role_opens_nothing_of_another_person(cast: Cast) -> None:
    sara = cast.client_of("sara")
    home = add(sara, cast, "Fatma", relation="poetshulp")
    (role,) = re.findall(rf"{home}/rollen/([0-9a-f-]{{36}})", sara.get(home).text)
    assert sara.get(f"{person(cast, 'oma')}/rollen/{role}").status_code == 404
    assert sara.get(f"{home}/rollen/{UUID(int=0)}").status_code == 404
