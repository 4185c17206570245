"""Overleg over ons through the pages: a guest tells, the parents answer, the guest writes what was said."""

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from tests.cast import EVERYBODY, Cast
from tests.support.pages import said

pytestmark = pytest.mark.both_databases
OPEN = "Hier zeiden jullie nog geen ja op"
ANSWERS = {"coming": "Wij komen", "not_without": "Niet zonder ons", "fine": "Dat is goed"}


@pytest.fixture(autouse=True)
def tokens_off(app: object) -> None:
    """What the token guards has its own tests (tests/armour)."""
    app.config["WTF_CSRF_ENABLED"] = False  # type: ignore[attr-defined]


def at(cast: Cast, path: str = "") -> str:
    return f"/p/{cast.plan}/{path}"


def in_days(cast: Cast, days: int) -> str:
    return (date.fromisoformat(cast.day) + timedelta(days=days)).isoformat()


def tell(cast: Cast, who: str = "lisa", **more: object) -> str:
    """A guest says beforehand who will talk; the address of that talk."""
    data = {"others": "huisarts", "day": in_days(cast, 3), "about": "Over de school", "form_key": uuid4().hex, **more}
    answer = cast.client_of(who).post(at(cast, "overleg"), data=data)
    assert answer.status_code == 303, said(answer.text)
    return str(answer.location)


def answer(client: FlaskClient, talk: str, word: str, asked: str = "1") -> str:
    """What the page says after an answer of a parent."""
    found = client.post(f"{talk}/antwoord", data={"answer": word, "asked": asked})
    assert found.status_code == 303
    return said(client.get(str(found.location)).text)


def later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """So many days go by."""
    from app.db import now
    from app.sharing import seats
    from app.talks import commands, store

    for module in (store, commands, seats):
        monkeypatch.setattr(module, "now", lambda: now() + timedelta(days=days))


# ---- a guest tells ---------------------------------------------------------------------------------------------------


def test_both_parents_read_what_a_guest_tells(cast: Cast) -> None:
    talk = tell(cast, at="10.30")
    for parent in ("sara", "jef"):
        page = said(cast.client_of(parent).get(talk).text)
        assert "Lisa Bosuil praat over ons met huisarts." in page
        assert "om 10.30 u" in page.replace("\xa0", " ")
        assert "Over de school" in page
        assert OPEN in page
        home = said(cast.client_of(parent).get(at(cast) + "?alles=1").text)
        assert "Over de school" in home or "Toon alles" in home


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("others", "", "Met wie praat je?"),
        ("day", "", "Kies een dag."),
        ("day", "2020-01-01", "Die dag is voorbij."),
        ("day", "2999-01-01", "Kies een dag binnen een jaar."),
        ("day", "morgen", "Schrijf de dag zo"),
        ("at", "straks", "Schrijf het uur zo"),
        ("about", " ", "Waarover gaat het?"),
        ("about", "x" * 2001, "Maak dit korter."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_lost(
    cast: Cast, field: str, value: str, sentence: str
) -> None:
    data = {"others": "huisarts", "day": in_days(cast, 1), "about": "Over de school", field: value}
    answer = cast.client_of("lisa").post(at(cast, "overleg"), data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "huisarts" in answer.text or field == "others"
    assert "Over de school" in answer.text or field == "about"


def test_a_guest_names_only_who_they_see(cast: Cast) -> None:
    page = cast.client_of("lisa").get(at(cast, "overleg/nieuw")).text
    assert 'name="people"' not in page
    data = {"people": str(cast.people["oma"]), "day": in_days(cast, 1), "about": "Over oma"}
    answer = cast.client_of("lisa").post(at(cast, "overleg"), data=data)
    assert answer.status_code == 422
    assert "Die naam staat niet meer bij onze mensen." in answer.text
    # With whom the family lets Lisa talk, Lisa may name.
    let(cast, people=[str(cast.people["oma"])])
    assert cast.canary("person oma") in cast.client_of("lisa").get(at(cast, "overleg/nieuw")).text
    talk = cast.client_of("lisa").post(at(cast, "overleg"), data=data).location
    assert OPEN not in cast.client_of("jef").get(talk).text


def test_the_same_form_sent_twice_is_one_talk(cast: Cast) -> None:
    assert tell(cast, form_key="a") == tell(cast, form_key="a")
    assert cast.client_of("sara").get(at(cast, "overleg")).text.count("Over de school") == 1


@pytest.mark.parametrize("guest", ["lisa", "bert"])
def test_it_is_there_for_whom_the_seat_is_there(cast: Cast, guest: str) -> None:
    talk = tell(cast, guest, about="De Wespendief")
    reads = {"sara", guest} | ({"jef"} if guest == "lisa" else set())
    for who in EVERYBODY:
        client = cast.client_of(who)
        assert (client.get(talk).status_code == 200) is (who in reads), who
        for path in ("", "overleg", "meer", "veranderd", "nieuws", f"mensen/{cast.people[guest]}"):
            assert "Wespendief" not in client.get(at(cast, path)).text or who in reads, (who, path)


# ---- the family answers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "text"), ANSWERS.items())
def test_an_answer_is_one_tap_from_our_plan_and_its_guest_reads_it(cast: Cast, word: str, text: str) -> None:
    talk = tell(cast, day=in_days(cast, 0))
    jef = cast.client_of("jef")
    home = jef.get(at(cast) + "?alles=1").text
    assert f'action="{talk}/antwoord"' in home
    assert f"Jef: {text}" in answer(jef, talk, word)
    assert text in said(cast.client_of("lisa").get(talk).text)
    assert f'action="{talk}/antwoord"' not in jef.get(at(cast) + "?alles=1").text
    # The other parent is asked too.
    assert f'action="{talk}/antwoord"' in cast.client_of("sara").get(at(cast) + "?alles=1").text


def test_both_answers_stay_and_not_without_us_by_either_counts(cast: Cast) -> None:
    talk = tell(cast)
    answer(cast.client_of("sara"), talk, "fine")
    page = answer(cast.client_of("jef"), talk, "not_without")
    assert "Sara: Dat is goed" in page
    assert "Jef: Niet zonder ons" in page
    assert "Niet zonder ons" in said(cast.client_of("lisa").get(talk).text)
    # A guest reads what the family says, not who of them said so.
    assert "Jef: " not in cast.client_of("lisa").get(talk).text


def test_an_answer_can_be_changed_and_twice_is_once(cast: Cast) -> None:
    talk, sara = tell(cast), cast.client_of("sara")
    answer(sara, talk, "fine")
    answer(sara, talk, "coming")
    page = answer(sara, talk, "coming")
    assert page.count("Sara: Wij komen") == 1
    assert "Sara: Dat is goed" not in page


def test_two_parents_who_answer_at_once_both_count(cast: Cast) -> None:
    """Each read the talk before the other answered."""
    from app.talks import commands, store
    from app.talks.nouns import Word

    talk = tell(cast).rpartition("/")[2]
    assert cast.app is not None
    with cast.app.app_context():
        seen = {who: store.talk(cast.actors[who], UUID(talk)) for who in ("sara", "jef")}
        for who, word in (("sara", Word.FINE), ("jef", Word.COMING)):
            view = seen[who]
            assert view is not None
            commands.answer(cast.actors[who], view, word, 1)
        found = store.talk(cast.sara, UUID(talk))
        assert found is not None
        assert found.verdict == (Word.COMING, Word.FINE)


@pytest.mark.parametrize("word", ["", "maybe", "COMING"])
def test_another_answer_is_asked_again(cast: Cast, word: str) -> None:
    assert "Kies een antwoord." in answer(cast.client_of("sara"), tell(cast), word)


def test_after_the_day_no_answer_changes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    talk, sara = tell(cast), cast.client_of("sara")
    answer(sara, talk, "not_without")
    later(monkeypatch, 4)
    assert "Die dag is voorbij." in answer(sara, talk, "fine")
    assert "Sara: Niet zonder ons" in said(sara.get(talk).text)


# ---- a guest changes it, or calls it off -----------------------------------------------------------------------------


def test_a_change_asks_anew(cast: Cast) -> None:
    talk, lisa, sara = tell(cast), cast.client_of("lisa"), cast.client_of("sara")
    answer(sara, talk, "fine")
    data = {"others": "huisarts, politie", "day": in_days(cast, 3), "about": "Over de school"}
    assert lisa.post(f"{talk}/verander", data={**data, "form_key": uuid4().hex}).status_code == 303
    page = said(sara.get(talk).text)
    assert "huisarts en politie" in page
    assert "Sara: Dat is goed" not in page
    assert "Hier zei het gezin nog geen ja op" in lisa.get(talk).text
    # Who still has the old page open answers nothing that they did not read.
    assert "Dit veranderde net." in answer(sara, talk, "fine", asked="1")
    assert "Sara: Dat is goed" in answer(sara, talk, "fine", asked="2")
    # The same words again ask nothing.
    assert lisa.post(f"{talk}/verander", data={**data, "form_key": uuid4().hex}).status_code == 303
    assert "Sara: Dat is goed" in said(sara.get(talk).text)


def test_a_talk_called_off_is_so_for_all(cast: Cast) -> None:
    talk, lisa = tell(cast), cast.client_of("lisa")
    for _time in range(2):
        assert lisa.post(f"{talk}/gaat-niet-door").status_code == 303
    for who in ("lisa", "sara", "jef"):
        page = said(cast.client_of(who).get(talk).text)
        assert "Gaat niet door" in page
        assert OPEN not in page
    assert "Dit overleg gaat niet door." in answer(cast.client_of("sara"), talk, "fine")
    assert lisa.post(f"{talk}/gezegd", data={"said": "Niets"}).status_code == 422


@pytest.mark.parametrize("path", ["verander", "gaat-niet-door", "gezegd"])
def test_only_its_guest_writes_in_a_talk(cast: Cast, path: str) -> None:
    talk = tell(cast)
    data = {"others": "politie", "day": in_days(cast, 3), "about": "Iets", "said": "Iets"}
    for who in EVERYBODY:
        if who != "lisa":
            assert cast.client_of(who).post(f"{talk}/{path}", data=data).status_code in {401, 404}, who
    assert "politie" not in cast.client_of("sara").get(talk).text


# ---- afterwards ------------------------------------------------------------------------------------------------------


def test_what_was_said_is_told_after_the_day_and_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    talk, lisa = tell(cast), cast.client_of("lisa")
    assert "Dit overleg komt nog." in lisa.post(f"{talk}/gezegd", data={"said": "Alles goed"}).text
    later(monkeypatch, 4)
    home = said(lisa.get(at(cast) + "?alles=1").text)
    assert "Vertel nog wat er gezegd is" in home
    assert "te laat" not in home.lower()
    assert lisa.post(f"{talk}/gezegd", data={"said": " "}).status_code == 422
    assert lisa.post(f"{talk}/gezegd", data={"said": "De Zwarte Ooievaar helpt"}).status_code == 303
    assert "Vertel nog wat er gezegd is" not in said(lisa.get(at(cast) + "?alles=1").text)
    for parent in ("sara", "jef"):
        assert "De Zwarte Ooievaar helpt" in cast.client_of(parent).get(talk).text


def test_after_the_guest_left_what_was_said_stays_with_the_family(cast: Cast) -> None:
    """The guest whom the family let go told of a talk before."""
    for parent in ("sara", "jef"):
        client = cast.client_of(parent)
        assert cast.canary("talk away") in client.get(at(cast, "overleg")).text
        assert cast.canary("talk away") in client.get(at(cast, f"overleg/{cast.id('talk away')}")).text
    assert cast.client_of("away").get(at(cast, f"overleg/{cast.id('talk away')}")).status_code == 404


# ---- met wie? --------------------------------------------------------------------------------------------------------


def let(cast: Cast, who: str = "sara", share: str = "lisa", **data: object) -> None:
    """A parent says with whom a guest may talk."""
    address = at(cast, f"overleg/met-wie/{cast.id(f'share {share}')}")
    client = cast.client_of(who)
    version = re.findall(r'name="version" value="(\d+)"', client.get(address).text)[0]
    answer = client.post(address, data={"version": version, "form_key": uuid4().hex, **data})
    assert answer.status_code == 303, said(answer.text)


def test_nobody_without_us_is_how_it_begins(cast: Cast) -> None:
    let(cast, others="", words="")
    page = said(cast.client_of("jef").get(at(cast, "overleg")).text)
    assert "Lisa Bosuil Niemand zonder ons" in page
    assert "Niemand zonder ons" in cast.client_of("lisa").get(at(cast, "overleg")).text


def test_a_guest_reads_with_whom_they_may_talk_and_a_talk_with_them_needs_no_yes(cast: Cast) -> None:
    let(cast, others="Huisarts", words="Alleen over slapen")
    page = cast.client_of("lisa").get(at(cast, "overleg")).text
    assert "Huisarts" in page
    assert "Alleen over slapen" in page
    assert OPEN not in cast.client_of("sara").get(tell(cast)).text
    assert "Nog geen antwoord" in cast.client_of("lisa").get(tell(cast)).text
    both = tell(cast, others="huisarts, politie")
    assert OPEN in cast.client_of("sara").get(both).text
    assert "Hier zei het gezin nog geen ja op" in cast.client_of("lisa").get(both).text
    # Once a parent answered, that answer is what counts.
    assert OPEN not in answer(cast.client_of("jef"), both, "fine")


def test_what_was_chosen_before_stays_to_read(cast: Cast) -> None:
    let(cast, others="Huisarts", words="Alleen over slapen")
    let(cast, who="jef", others="Politie", words="Niets over oma")
    page = said(cast.client_of("sara").get(at(cast, f"overleg/met-wie/{cast.id('share lisa')}")).text)
    assert "Zo was het eerder" in page
    assert page.index("Huisarts") < page.index(cast.canary("with lisa"))


def test_two_parents_who_choose_at_once_keep_both_texts(cast: Cast) -> None:
    address = at(cast, f"overleg/met-wie/{cast.id('share lisa')}")
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    old = re.findall(r'name="version" value="(\d+)"', jef.get(address).text)[0]
    let(cast, others="Huisarts", words="Alleen over slapen")
    was = {"was_others": f"Juf {cast.canary('with lisa')}", "was_words": "Alleen over school"}
    answer = jef.post(address, data={**was, "others": "Politie", "words": "Over alles", "version": old})
    assert answer.status_code == 422
    for text in ("Huisarts", "Politie", "Alleen over slapen", "Over alles"):
        assert text in answer.text
    assert "Huisarts" in sara.get(at(cast, "overleg")).text


def test_only_people_of_ours_are_offered_and_chosen(cast: Cast) -> None:
    address = at(cast, f"overleg/met-wie/{cast.id('share lisa')}")
    page = cast.client_of("sara").get(address).text
    assert cast.canary("person oma") in page
    # Els is kept by Sara: naming her to Lisa would tell Jef of her.
    assert cast.canary("person els") not in page
    for person in ("els", "lies"):
        answer = cast.client_of("sara").post(address, data={"people": str(cast.people[person])})
        assert answer.status_code == 422, person
    # A guest whom Sara hosts alone may talk with whom only she knows.
    hers = cast.client_of("sara").get(at(cast, f"overleg/met-wie/{cast.id('share bert')}")).text
    assert cast.canary("person els") in hers


def test_a_typed_name_that_is_too_many_is_refused(cast: Cast) -> None:
    address = at(cast, f"overleg/met-wie/{cast.id('share lisa')}")
    answer = cast.client_of("sara").post(address, data={"words": "x" * 2001})
    assert answer.status_code == 422
    assert "Maak dit korter." in answer.text


def test_on_a_lent_phone_talks_are_out_of_sight(cast: Cast) -> None:
    sara = cast.client_of("sara")
    sara.post(at(cast, "samen-invullen"), data={"who": str(cast.people["lisa"])})
    assert "Overleg over ons" not in said(sara.get(at(cast) + "?alles=1").text)
    assert "Geef de gsm even terug" in sara.get(at(cast, "overleg")).text
    assert "Geef de gsm even terug" in sara.get(at(cast, f"overleg/{cast.id('talk lisa')}")).text


def test_who_is_no_guest_any_more_is_told_no_answer(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    talk = tell(cast)
    places = (at(cast, "?alles=1"), at(cast, "overleg"), talk)
    assert all(f"{talk}/antwoord" in sara.get(place).text for place in places[1:])
    assert jef.post(at(cast, f"gasten/{cast.id('share lisa')}/stop")).status_code == 303
    assert not any(f"{talk}/antwoord" in sara.get(place).text for place in places)
    page = said(sara.get(talk).text)
    assert "Over de school" in page
    assert "Een antwoord hoeft niet." in page
