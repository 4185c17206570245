"""The photo on a thing, through its pages: put there, seen, told of, taken away; and by whom."""

import re
from uuid import uuid4

import pytest
from flask import Flask, url_for

from app.moments import taking
from tests.cast import Cast
from tests.moments.album import ON, SOURCE, drawn_here, jpeg, page_of, picture, put, send, there
from tests.policy.test_no_trace import counted
from tests.sharing.pages import tokens_off

__all__ = ["drawn_here", "tokens_off"]
pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize("word", ON)
def test_a_photo_is_on_a_thing_and_its_page_shows_it(cast: Cast, word: str) -> None:
    sara, name = cast.client_of("sara"), ON[word]
    answer = send(sara, page_of(cast, name), jpeg(width=1600, height=1200), alt="Een winterkoning")
    assert answer.status_code == 303
    shown = sara.get(answer.location)
    assert "Bewaard." in shown.text
    found = next(one for one in SOURCE.finditer(shown.text) if str(cast.id(name)) in one[1])
    assert 'alt="Een winterkoning"' in found[0]
    assert re.search(r'width="\d+" height="\d+"', found[0])
    assert 'loading="lazy"' in found[0]
    got = sara.get(found[1])
    assert (got.status_code, got.mimetype) == (200, "image/webp")
    assert got.data[8:12] == b"WEBP"


def test_a_picture_is_kept_nowhere_and_runs_nothing(cast: Cast) -> None:
    got = cast.client_of("sara").get(picture(cast, "goal of us", put(cast, "goal of us")))
    assert got.headers["Cache-Control"] == "no-store"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Disposition"] == "inline"


@pytest.mark.parametrize("who", ["jef", "nele", "lisa"])
def test_who_sees_a_thing_sees_its_photo(cast: Cast, who: str) -> None:
    photo = put(cast, "goal of us", alt="Een winterkoning")
    page = cast.client_of(who).get(f"/p/{cast.plan}/doelen/{cast.id('goal of us')}").text
    assert 'alt="Een winterkoning"' in page
    assert cast.client_of(who).get(picture(cast, "goal of us", photo)).status_code == 200


@pytest.mark.parametrize("who", ["jef", "nele", "oma", "lisa", "lies", "nobody"])
def test_who_does_not_see_a_thing_gets_no_picture_of_it(cast: Cast, who: str) -> None:
    photo = put(cast, "goal alone")
    assert cast.client_of(who).get(picture(cast, "goal alone", photo)).status_code == 404


def test_only_the_photo_that_is_there_now_is_shown(cast: Cast) -> None:
    first = put(cast, "goal of us")
    second = put(cast, "goal of us", colour="gold")
    sara = cast.client_of("sara")
    assert sara.get(picture(cast, "goal of us", first)).status_code == 404
    assert sara.get(picture(cast, "goal of us", second)).status_code == 200
    assert sara.get(picture(cast, "goal with oma", second)).status_code == 404
    assert sara.get(picture(cast, "goal of us", second, "origineel")).status_code == 404
    assert sara.get(picture(cast, "goal of us", second).replace("/doel/", "/iemand/")).status_code == 404
    assert sara.get(f"/p/{cast.plan}/foto/gsm/{cast.id('home')}").status_code == 404


def test_a_thing_in_the_bin_shows_no_picture(cast: Cast) -> None:
    sara, photo = cast.client_of("sara"), put(cast, "goal of us")
    sara.post(f"/p/{cast.plan}/doelen/{cast.id('goal of us')}/weg", data={})
    assert sara.get(picture(cast, "goal of us", photo)).status_code == 404
    assert str(photo.id) not in sara.get(f"/p/{cast.plan}/weggehaald").text


def test_a_meehelper_puts_a_photo_where_things_were_opened_to_them(cast: Cast) -> None:
    put(cast, "goal of us", who="nele")
    assert send(cast.client_of("nele"), page_of(cast, "plan"), jpeg()).status_code == 404
    assert send(cast.client_of("lisa"), page_of(cast, "goal of us"), jpeg()).status_code == 404


# ---- what is not a photo ---------------------------------------------------------------------------------------------


def test_a_file_that_is_no_photo_is_said_beside_it_and_the_words_stay(cast: Cast) -> None:
    page = page_of(cast, "goal closed")
    answer = send(cast.client_of("sara"), page, b"%PDF-1.7", "foto.jpg", alt="Een winterkoning")
    assert answer.status_code == 422
    assert "Dit bestand is geen foto." in answer.text
    assert 'value="Een winterkoning"' in answer.text
    assert there(cast, "goal closed") is None


def test_without_a_file_it_is_asked_for(cast: Cast) -> None:
    answer = send(cast.client_of("sara"), page_of(cast, "goal of us"), None, alt="Een winterkoning")
    assert answer.status_code == 422
    assert "Kies eerst een foto." in answer.text
    assert 'value="Een winterkoning"' in answer.text


def test_a_refused_file_changes_nothing_of_the_photo_that_is_there(cast: Cast) -> None:
    photo = put(cast, "goal of us", alt="Een winterkoning")
    assert send(cast.client_of("sara"), page_of(cast, "goal of us"), b"GIF89a").status_code == 422
    assert there(cast, "goal of us") == photo


def test_words_too_long_are_kept_and_said(cast: Cast) -> None:
    answer = send(cast.client_of("sara"), page_of(cast, "goal closed"), jpeg(), alt="vogel " * 60)
    assert answer.status_code == 422
    assert "Maak dit korter." in answer.text
    assert there(cast, "goal closed") is None


def test_with_no_room_to_keep_it_the_form_says_that_it_is_us(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(taking, "take", full)
    answer = send(cast.client_of("sara"), page_of(cast, "goal of us"), jpeg(), alt="Een winterkoning")
    assert answer.status_code == 503
    assert "Het ligt aan ons, niet aan jou." in answer.text
    assert 'value="Een winterkoning"' in answer.text


# ---- words, and taking away ------------------------------------------------------------------------------------------


def test_what_is_on_it_changes_by_itself(cast: Cast) -> None:
    photo, sara = put(cast, "goal of us", alt="Een koolmees"), cast.client_of("sara")
    page = sara.get(page_of(cast, "goal of us")).text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    form = {"alt": "Een winterkoning", "version": version[1], "form_key": uuid4().hex}
    assert sara.post(page_of(cast, "goal of us"), data=form).status_code == 303
    now = there(cast, "goal of us")
    assert now is not None
    assert (now.id, now.alt) == (photo.id, "Een winterkoning")


def test_a_photo_is_taken_away_and_comes_back(cast: Cast) -> None:
    photo, sara = put(cast, "person oma", alt="Een winterkoning"), cast.client_of("sara")
    answer = sara.post(page_of(cast, "person oma") + "/weg", data={"form_key": uuid4().hex})
    page = sara.get(answer.location).text
    assert "De foto is weg." in page
    assert there(cast, "person oma") is None
    back = re.search(r'action="(/p/[^"]+/toch-niet)"', page)
    assert back
    assert sara.post(back[1], data={"back": "1"}).status_code == 303
    assert there(cast, "person oma") == photo
    assert sara.get(picture(cast, "person oma", photo)).status_code == 200


def test_history_tells_of_photos_in_words_and_shows_the_one_that_is_there(cast: Cast) -> None:
    first = put(cast, "goal of us", alt="Een winterkoning")
    second = put(cast, "goal of us", colour="gold")
    page = cast.client_of("jef").get(f"/p/{cast.plan}/veranderd").text
    assert "Sara veranderde een foto, opname of filmpje." in page
    assert "Een winterkoning" in page
    assert str(second.id) in page
    assert str(first.id) not in page


def test_the_words_of_a_thing_change_and_its_photo_stays(cast: Cast) -> None:
    photo, sara = put(cast, "goal of us"), cast.client_of("sara")
    goal = f"/p/{cast.plan}/doelen/{cast.id('goal of us')}/verander"
    assert sara.post(goal, data={"words": "Elke zondag naar de duinen"}).status_code == 303
    assert there(cast, "goal of us") == photo


def test_a_yes_to_other_words_of_a_guest_leaves_the_photo(cast: Cast, app: Flask) -> None:
    from app.proposals import commands, store
    from app.proposals.commands import LineInput
    from app.proposals.nouns import Act, Said, Target

    before = there(cast, "goal of us")
    assert before is not None
    line = LineInput(Act.CHANGED, Target.GOAL, Said(what="Elke zondag naar de duinen"), target=cast.id("goal of us"))
    with app.test_request_context():
        sent = commands.send(cast.lisa, store.board(cast.lisa), [line], None)
        question = store.question(cast.sara, sent.ids[1])
        assert question is not None
        commands.say_yes(cast.sara, question.line, None)
        goal = cast.thing("goal of us", "sara").body
    assert (goal.words, goal.photo) == ("Elke zondag naar de duinen", before)


def test_the_same_form_twice_puts_one_photo_and_another_file_in_it_another(cast: Cast) -> None:
    sara, page, key = cast.client_of("sara"), page_of(cast, "goal of us"), uuid4().hex
    send(sara, page, jpeg(), form_key=key)
    first = there(cast, "goal of us")
    send(sara, page, jpeg(), form_key=key)
    assert there(cast, "goal of us") == first
    send(sara, page, jpeg("gold"), form_key=key)
    assert there(cast, "goal of us") != first


# ---- two at once -----------------------------------------------------------------------------------------------------


def seen(page: str) -> dict[str, str]:
    """What the form of a page sends along of what its reader saw."""
    found = re.findall(r'<input type="hidden" name="(version|waiting|alt)" value="([^"]*)"', page)
    return dict(found)


def test_two_photos_at_once_are_both_kept_until_the_later_one_chose(cast: Cast) -> None:
    sara, jef, page = cast.client_of("sara"), cast.client_of("jef"), page_of(cast, "goal of us")
    looked = seen(jef.get(page).text)
    of_sara = put(cast, "goal of us")
    answer = send(jef, page, jpeg("gold"), alt="Een winterkoning", **looked)
    assert answer.status_code == 422
    assert "Iemand veranderde dit net ook." in answer.text
    assert str(of_sara.id) in answer.text
    assert there(cast, "goal of us") == of_sara
    given = seen(answer.text)
    assert sara.post(page, data={**given, "form_key": uuid4().hex}).status_code == 422
    assert there(cast, "goal of us") == of_sara, "what waits is its sender's alone"
    other = page_of(cast, "goal closed")
    assert jef.post(other, data={"waiting": given["waiting"], "form_key": uuid4().hex}).status_code == 422
    assert there(cast, "goal closed") is None
    version = seen(jef.get(page).text)["version"]
    assert jef.post(page, data={**given, "version": version, "form_key": uuid4().hex}).status_code == 303
    now = there(cast, "goal of us")
    assert now is not None
    assert (now.alt, now.width) == ("Een winterkoning", 64)
    assert now != of_sara
    assert jef.get(picture(cast, "goal of us", now)).status_code == 200


def test_words_for_a_photo_that_gave_way_are_put_on_no_other(cast: Cast) -> None:
    put(cast, "goal of us")
    jef, page = cast.client_of("jef"), page_of(cast, "goal of us")
    looked = seen(jef.get(page).text)
    now = put(cast, "goal of us", colour="gold")
    answer = jef.post(page, data={**looked, "alt": "Een winterkoning", "form_key": uuid4().hex})
    assert answer.status_code == 422
    assert 'value="Een winterkoning"' in answer.text
    away = jef.post(page + "/weg", data={"version": looked["version"], "form_key": uuid4().hex})
    assert away.status_code == 422
    assert there(cast, "goal of us") == now


# ---- from outside ----------------------------------------------------------------------------------------------------


def looks(cast: Cast, who: str) -> set[str]:
    """At which parts somebody from outside looked."""
    from app.db import now
    from app.local import local_day
    from app.sharing import ledger, store

    assert cast.app is not None
    with cast.app.app_context():
        board, today = store.board(cast.sara), local_day(now(), "Europe/Brussels")
        found = ledger.looks(
            [one for one in board.working if one.thing.id == cast.id(f"share {who}")],
            today,
            today.replace(year=today.year + 1),
        )
    return {part.value for _day, seen in found for one in seen for part in one.parts}


def test_a_link_shows_photos_at_addresses_of_its_own(cast: Cast) -> None:
    photo, oma = put(cast, "goal with oma", alt="Een winterkoning"), cast.client_of("oma")
    address = picture(cast, "goal with oma", photo, through="share oma")
    assert address in oma.get(f"/p/{cast.plan}/voor/{cast.id('share oma')}").text
    assert oma.get(address).mimetype == "image/webp"
    assert oma.get(picture(cast, "goal with oma", photo)).status_code == 404
    assert oma.get(picture(cast, "goal with oma", photo, through="share els")).status_code == 404
    assert cast.client_of("els").get(address).status_code == 404


@pytest.mark.parametrize(("who", "name"), [("oma", "goal with oma"), ("lisa", "goal of us")])
def test_a_look_at_a_picture_alone_is_noted_as_what_it_is_on(cast: Cast, who: str, name: str) -> None:
    photo = put(cast, name)
    assert looks(cast, who) == set()
    cast.client_of(who).get(picture(cast, name, photo, through="share oma" if who == "oma" else ""))
    assert looks(cast, who) == {"goals"}


@pytest.mark.parametrize(("who", "name"), [("oma", "goal with oma"), ("lisa", "goal of us")])
def test_stop_means_stop_for_pictures(cast: Cast, app: Flask, who: str, name: str) -> None:
    photo, reader = put(cast, name), cast.client_of(who)
    address = picture(cast, name, photo, through="share oma" if who == "oma" else "")
    assert reader.get(address).status_code == 200
    with app.test_request_context():
        stop = url_for("sharing.stop" if who == "oma" else "guests.stop", plan=cast.plan, share=cast.id(f"share {who}"))
    assert cast.client_of("sara").post(stop, data={}).status_code == 303
    assert reader.get(address).status_code == 404


@pytest.mark.parametrize(("who", "name"), [("sara", "goal of us"), ("lisa", "goal of us"), ("oma", "goal with oma")])
def test_a_picture_costs_few_questions(cast: Cast, who: str, name: str) -> None:
    photo = there(cast, name)
    assert photo is not None
    address = picture(cast, name, photo, through="share oma" if who == "oma" else "")
    reader = cast.client_of(who)
    reader.get(address)
    with counted() as statements:
        assert reader.get(address).status_code == 200
    assert len(statements) <= 8, "\n".join(statements)


def test_a_host_sees_the_photos_that_a_guest_sees(cast: Cast, app: Flask) -> None:
    put(cast, "goal of us", alt="Een winterkoning")
    sara = cast.client_of("sara")
    with app.test_request_context():
        address = url_for("sharing.peek", plan=cast.plan, share=cast.id("share lisa"), page="doelen")
    found = SOURCE.search(sara.get(address).text)
    assert found
    assert sara.get(found[1]).mimetype == "image/webp"
    hidden = put(cast, "goal alone")
    inside = found[1].partition("/foto/")[0]
    assert sara.get(f"{inside}/foto/doel/{cast.id('goal alone')}/{hidden.id}/klein").status_code == 404
    assert looks(cast, "lisa") == set()


def test_a_face_is_a_photo_for_who_sees_the_person(cast: Cast) -> None:
    photo = put(cast, "person oma")
    address = picture(cast, "person oma", photo)
    for path in ("mensen?toon=kringen", "mensen?toon=groepen", "mensen?toon=lijst", "afspraken", "afspraken/nieuw"):
        assert address in cast.client_of("jef").get(f"/p/{cast.plan}/{path}").text, path
    rings = cast.client_of("jef").get(f"/p/{cast.plan}/mensen?toon=kringen").text
    drawn = next(one for one in re.findall("<image[^>]*>", rings) if address in one)
    assert "xMidYMin slice" in drawn, "a head is above"
    # Lisa reads the name of oma at an agreement, and does not see the person.
    assert str(photo.id) not in cast.client_of("lisa").get(f"/p/{cast.plan}/afspraken").text


def test_the_photo_a_plan_began_with_stays_where_the_family_looks_back(cast: Cast) -> None:
    first, second = put(cast, "plan", alt="Ons eerste nest"), put(cast, "plan", alt="Ons nest van nu", colour="gold")
    third = put(cast, "plan", alt="Ons derde nest", colour="red")
    sara, back = cast.client_of("sara"), f"/p/{cast.plan}/terugblik"
    shown = sara.get(back).text
    assert "Ons eerste nest" in shown
    assert "Ons nest van nu" not in shown
    assert sara.get(picture(cast, "plan", first)).status_code == 200
    assert sara.get(picture(cast, "plan", second)).status_code == 404
    taken = sara.post(f"{page_of(cast, 'plan')}/eerste/weg", data={"form_key": uuid4().hex}, follow_redirects=True)
    assert "De foto is weg." in taken.text
    assert sara.get(picture(cast, "plan", first)).status_code == 404
    assert sara.get(picture(cast, "plan", third)).status_code == 200
    assert sara.post(f"{page_of(cast, 'plan')}/eerste/weg", data={"form_key": uuid4().hex}).status_code == 404


def test_only_a_parent_takes_the_first_photo_away(cast: Cast) -> None:
    first, _now = put(cast, "plan"), put(cast, "plan", colour="gold")
    for who in ("nele", "lisa", "oma", "lies", "nobody"):
        answer = cast.client_of(who).post(f"{page_of(cast, 'plan')}/eerste/weg", data={"form_key": uuid4().hex})
        assert answer.status_code in {401, 404}, who
    assert cast.client_of("jef").get(picture(cast, "plan", first)).status_code == 200


def test_the_photo_of_the_plan_is_not_said_to_be_seen_by_guests_who_do_not_get_it(cast: Cast) -> None:
    photo = put(cast, "plan")
    page = cast.client_of("jef").get(page_of(cast, "plan")).text
    assert "Ook Tante Nele ziet dit" in page
    assert cast.client_of("nele").get(picture(cast, "plan", photo)).status_code == 200
    assert cast.client_of("lisa").get(picture(cast, "plan", photo)).status_code == 404
