"""Own keys through the screens: the lock of a device, a password, a mail for a lost key, a card somebody keeps."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts import commands as accounts
from app.accounts import store as account_store
from app.accounts.nouns import AccountBody
from app.config import Mail
from app.db import now
from app.entry import letters
from tests.cast import Cast
from tests.entry.reading import Form, form_to
from tests.support.authenticator import Authenticator
from tests.support.jobs import do_jobs, queued

GOOD = "de bal onder de tafel"
NEW_KEY = "Er is een nieuwe sleutel voor jou gemaakt."
NOT_THIS_PASSWORD = "Deze naam en dit wachtwoord passen niet bij elkaar. Probeer opnieuw."
NOT_THIS_LOCK = "Dit slot opent hier niets. Probeer opnieuw, of kies een andere sleutel."
NO_LONGER = "Deze link werkt niet meer."


def at(cast: Cast, path: str = "") -> str:
    return f"/p/{cast.plan}/{path}"


def token_of(client: FlaskClient) -> str:
    return form_to(client.get("/sleutel"), "/sleutel").value("csrf_token")


def begun(client: FlaskClient, path: str) -> Any:
    answer = client.post(path, data={"csrf_token": token_of(client)})
    assert answer.status_code == 200, answer.text
    return answer.json


def make_lock(client: FlaskClient, base: str, device: Authenticator) -> TestResponse:
    answer = device.make(begun(client, f"{base}/begin"))
    return client.post(base, data={"csrf_token": token_of(client), "answer": answer})


def open_lock(client: FlaskClient, device: Authenticator, answer: str = "") -> TestResponse:
    answer = answer or device.sign(begun(client, "/slot/begin"))
    return client.post("/slot", data={"csrf_token": token_of(client), "answer": answer})


def set_password(cast: Cast, client: FlaskClient, login: str = "sara", password: str = GOOD) -> TestResponse:
    form = form_to(client.get(at(cast, "sleutels/wachtwoord")), "/sleutels/wachtwoord")
    return form.send(client, login=login, password=password)


def sign_in(client: FlaskClient, login: str = "sara", password: str = GOOD) -> TestResponse:
    return form_to(client.get("/wachtwoord"), "/wachtwoord").send(client, login=login, password=password)


# ---- the lock of a device --------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_the_lock_of_a_device_opens_the_plan_on_it_without_a_name(cast: Cast, client: FlaskClient) -> None:
    device = Authenticator()
    assert make_lock(cast.client_of("sara"), at(cast, "sleutels/slot"), device).location == at(cast, "binnen")
    answer = open_lock(client, device)
    assert (answer.status_code, answer.location) == (303, at(cast))
    assert cast.canary("goal alone") in client.get(at(cast, "doelen")).text


@pytest.mark.both_databases
def test_an_answer_opens_once_and_only_where_it_was_asked(cast: Cast, app: Flask) -> None:
    device, one, other = Authenticator(counts=False), app.test_client(), app.test_client()
    make_lock(cast.client_of("sara"), at(cast, "sleutels/slot"), device)
    answer = device.sign(begun(one, "/slot/begin"))
    begun(other, "/slot/begin")
    elsewhere = open_lock(other, device, answer)
    assert elsewhere.status_code == 422
    assert NOT_THIS_LOCK in elsewhere.text
    assert open_lock(one, device, answer).status_code == 303
    assert open_lock(one, device, answer).status_code == 422


def test_unknown_stopped_and_nonsense_get_the_same_answer(cast: Cast, app: Flask) -> None:
    sara, device = cast.client_of("sara"), Authenticator()
    make_lock(sara, at(cast, "sleutels/slot"), device)
    page = sara.get(at(cast, "binnen"))
    stop = re.search(r'action="([^"]+/sleutels/slot/[^"]+/stop)"', page.text)
    assert stop
    assert form_to(page, stop[1]).send(sara).status_code == 303
    answers = [
        open_lock(app.test_client(), device),
        open_lock(app.test_client(), Authenticator(handle=device.handle)),
        open_lock(app.test_client(), device, "{}"),
        app.test_client().post("/slot", data={"csrf_token": ""}),
    ]
    assert [answer.status_code for answer in answers[:3]] == [422] * 3
    assert all(NOT_THIS_LOCK in answer.text for answer in answers[:3])


def test_another_parent_on_the_same_phone_does_not_use_what_the_first_was_asked(cast: Cast) -> None:
    phone, device = cast.client_of("sara"), Authenticator()
    path = at(cast, "sleutels/slot")
    asked = begun(phone, f"{path}/begin")
    with phone.session_transaction() as kept, cast.client_of("jef").session_transaction() as his:
        kept["_user_id"] = his["_user_id"]
    answer = phone.post(path, data={"csrf_token": token_of(phone), "answer": device.make(asked)})
    assert answer.status_code == 422
    assert "Het slot is niet bewaard." in answer.text


def test_a_new_lock_is_told_on_the_other_devices_and_not_where_it_was_made(cast: Cast) -> None:
    first, second = cast.client_of("sara"), cast.client_of("sara")
    make_lock(second, at(cast, "sleutels/slot"), Authenticator())
    assert NEW_KEY in first.get(at(cast)).text
    assert NEW_KEY not in second.get(at(cast)).text
    page = first.get(at(cast, "binnen"))
    assert "Dit slot is nieuw." in page.text
    path = re.search(r'action="([^"]+/van-mij)"', page.text[page.text.index("Dit slot is nieuw.") :])
    assert path
    second.post(path[1], data={"csrf_token": token_of(second)})
    assert NEW_KEY in first.get(at(cast)).text
    form_to(page, path[1]).send(first)
    assert NEW_KEY not in first.get(at(cast)).text


def test_nobody_meets_the_keys_of_somebody_else(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    set_password(cast, sara)
    make_lock(sara, at(cast, "sleutels/slot"), Authenticator())
    page = jef.get(at(cast, "binnen")).text
    assert "Stop je wachtwoord" not in page
    assert "Het slot van een toestel" not in page


def test_the_page_without_a_script_offers_other_keys(cast: Cast) -> None:
    text = cast.client_of("sara").get(at(cast, "sleutels/slot")).text
    assert "Dat lukt niet op dit toestel. Kies een andere sleutel." in text
    assert re.search(r"<button[^>]+data-lock[^>]+ hidden>", text)


# ---- a password ------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_a_password_opens_the_plan_on_another_phone_with_a_new_session(cast: Cast, client: FlaskClient) -> None:
    assert set_password(cast, cast.client_of("sara")).location == at(cast, "binnen")
    client.get("/wachtwoord")
    before = client.get_cookie("onsplan")
    answer = sign_in(client, "SARA")
    assert (answer.status_code, answer.location) == (303, at(cast))
    after = client.get_cookie("onsplan")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    client.set_cookie("onsplan", before.value)
    assert client.get(at(cast)).status_code == 404


def test_the_fields_are_those_that_password_managers_know(cast: Cast, client: FlaskClient) -> None:
    new = cast.client_of("sara").get(at(cast, "sleutels/wachtwoord")).text
    own = client.get("/wachtwoord").text
    assert 'autocomplete="username"' in new
    assert 'autocomplete="new-password"' in new
    assert 'autocomplete="username"' in own
    assert 'autocomplete="current-password"' in own
    assert "onpaste" not in new + own


def test_known_and_unknown_names_get_the_same_answer(cast: Cast, app: Flask) -> None:
    set_password(cast, cast.client_of("sara"))
    pages = [sign_in(app.test_client(), name, "iets anders") for name in ("sara", "niemand")]
    texts = []
    for page, name in zip(pages, ("sara", "niemand"), strict=True):
        text = page.text.replace(f'value="{name}"', "")
        texts.append(re.sub(r'name="(csrf_token|form_key)" value="[^"]+"', "", text))
        assert page.status_code == 422
        assert NOT_THIS_PASSWORD in text
        assert "iets anders" not in text
    assert texts[0] == texts[1]


def test_a_name_that_somebody_has_is_taken_without_a_word(cast: Cast) -> None:
    set_password(cast, cast.client_of("sara"), "mama")
    answer = set_password(cast, cast.client_of("jef"), "mama", "vierzeesterren")
    assert answer.location == at(cast, "binnen")


def test_a_password_is_on_no_page_and_in_no_log(
    cast: Cast, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    sara = cast.client_of("sara")
    refused = set_password(cast, sara, "sara", "welkom2026")
    assert "Dit wachtwoord is te makkelijk." in refused.text
    set_password(cast, sara)
    sign_in(client)
    for word in ("welkom2026", GOOD):
        assert word not in refused.text + client.get(at(cast, "binnen")).text + caplog.text


def test_a_stopped_password_opens_nothing(cast: Cast, client: FlaskClient) -> None:
    sara = cast.client_of("sara")
    set_password(cast, sara)
    form_to(sara.get(at(cast, "binnen")), "/sleutels/wachtwoord/stop").send(sara)
    assert sign_in(client).status_code == 422
    assert sara.get(at(cast)).status_code == 200


def test_what_was_typed_is_kept_by_who_signs_in_with_a_password(cast: Cast, app: Flask) -> None:
    sara = cast.client_of("sara")
    set_password(cast, sara)
    form = form_to(sara.get(at(cast, "doelen/nieuw")), "/doelen")
    with app.test_request_context():
        for device in account_store.devices(cast.sara):
            accounts.end_seat(device.id)
    refused = form.send(sara, words="Samen naar het bos")
    assert refused.status_code == 401
    again = form_to(refused, "/sleutel").send(sara, login="sara", password=GOOD)
    assert form_to(again, "/doelen").send(sara).status_code == 303
    assert "Samen naar het bos" in sara.get(at(cast, "doelen")).text


def test_a_password_sent_without_a_session_does_not_stand_on_the_page(cast: Cast, app: Flask) -> None:
    sara = cast.client_of("sara")
    form = form_to(sara.get(at(cast, "sleutels/wachtwoord")), "/sleutels/wachtwoord")
    with app.test_request_context():
        for device in account_store.devices(cast.sara):
            accounts.end_seat(device.id)
    refused = form.send(sara, login="sara", password=GOOD)
    assert refused.status_code == 401
    assert GOOD not in refused.text


def test_a_card_adds_no_key_to_an_account_that_opens_more_than_it_does(
    cast: Cast, app: Flask, client: FlaskClient
) -> None:
    sara = cast.client_of("sara")
    set_password(cast, sara)
    assert cast.sara.seat is not None
    assert cast.lies.seat is not None
    with app.test_request_context():
        account = account_store.account_at(cast.sara.seat)
        assert account is not None
        accounts.give_place(account, cast.elsewhere, "member", cast.lies.seat)
        card = accounts.make_card(cast.sara, "a form")
    typed = {"card_number": card.number, "card_words": " ".join(card.words)}
    form_to(client.get("/sleutel"), "/sleutel").send(client, **typed)
    assert client.get(at(cast)).status_code == 200
    page = client.get(at(cast, "sleutels/wachtwoord"))
    assert "Jouw sleutels openen meer dan dit plan." in page.text
    data = {"csrf_token": token_of(client), "login": "sara", "password": "vierzeesterren"}
    assert client.post(at(cast, "sleutels/wachtwoord"), data=data).status_code == 422
    assert client.post(at(cast, "sleutels/slot/begin"), data=data).status_code == 404
    assert sign_in(app.test_client(), "sara", "vierzeesterren").status_code == 422
    assert sign_in(app.test_client()).location == "/"


def test_the_pages_of_an_account_are_there_for_who_signed_in_with_one(cast: Cast, client: FlaskClient) -> None:
    sara = cast.client_of("sara")
    for path in ("", "/slot", "/wachtwoord", "/adres"):
        assert sara.get(f"/jij/sleutels{path}").status_code == 404
    set_password(cast, sara)
    for path in ("", "/slot", "/eerst", "/wachtwoord", "/adres"):
        # Where a password is there, these two ask for it first.
        wanted = 303 if path in {"/wachtwoord", "/adres"} else 200
        assert sara.get(f"/jij/sleutels{path}").status_code == wanted, path
        assert client.get(f"/jij/sleutels{path}").status_code == 404
    assert cast.canary("plan") not in sara.get("/jij/sleutels").text
    assert make_lock(sara, "/jij/sleutels/slot", Authenticator()).location == "/jij/sleutels"


def test_leaving_a_device_leaves_nothing_of_the_account_there(cast: Cast) -> None:
    sara = cast.client_of("sara")
    set_password(cast, sara)
    form_to(sara.get(at(cast, "dit-toestel")), "/dit-toestel").send(sara)
    assert sara.get("/jij/sleutels").status_code == 404
    assert sara.get(at(cast)).status_code == 404
    assert sara.get_cookie("onsplan-device") is None


# ---- a lost key ------------------------------------------------------------------------------------------------------

ADDRESS = "sara@home.example"


@pytest.fixture
def outbox(app: Flask) -> list[Any]:
    config = app.extensions["onsplan.config"]
    mail = Mail("smtp", "mail.example", 25, "", "", "plan@mail.example")
    app.extensions["onsplan.config"] = replace(config, mail=mail)
    app.config["MAIL_BACKEND"] = "locmem"
    letters.install(app, app.extensions["onsplan.config"])
    app.extensions["mailman"].outbox = []
    found: list[Any] = app.extensions["mailman"].outbox
    return found


def keep_address(cast: Cast, client: FlaskClient) -> None:
    form = form_to(client.get(at(cast, "sleutels/adres")), "/sleutels/adres")
    assert form.send(client, email=ADDRESS).status_code == 303


def ask_mail(client: FlaskClient, address: str = ADDRESS) -> TestResponse:
    return form_to(client.get("/kwijt"), "/kwijt").send(client, email=address)


def link_in(text: str) -> str:
    found = re.search(r"http://localhost:8000(/nieuwe-sleutel/[\w-]{43})\b", text)
    assert found
    return found[1]


def press(client: FlaskClient, link: str) -> TestResponse:
    return form_to(client.get(link), link).send(client)


@pytest.mark.both_databases
def test_a_lost_key_is_replaced_by_mail_after_a_day(
    cast: Cast, app: Flask, client: FlaskClient, outbox: list[Any]
) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        sara = cast.client_of("sara")
        keep_address(cast, sara)
        assert "Kijk in je mail" in ask_mail(client).text
        assert not outbox
        do_jobs(app)
        [mail] = outbox
        link = link_in(mail.body)
        early = press(client, link)
        assert early.status_code == 404
        assert "Deze link werkt nog niet." in early.text
        clock.shift(timedelta(hours=24))
        form = form_to(press(client, link), f"{link}/wachtwoord")
        assert client.get(at(cast)).status_code == 404
        answer = form.send(client, login="sara", password=GOOD)
        assert (answer.status_code, answer.location) == (303, at(cast))
        assert client.get(at(cast)).status_code == 200
        assert sara.get(at(cast)).status_code == 200
        again = form.send(app.test_client(), login="sara", password="vierzeesterren")
        assert again.status_code in {403, 404}
        assert NO_LONGER in press(app.test_client(), link).text
        assert sign_in(app.test_client()).status_code == 303


def test_the_link_of_a_mail_makes_a_lock_too(cast: Cast, app: Flask, client: FlaskClient, outbox: list[Any]) -> None:
    device = Authenticator()
    with time_machine.travel(now(), tick=False) as clock:
        sara = cast.client_of("sara")
        keep_address(cast, sara)
        ask_mail(client)
        do_jobs(app)
        link = link_in(outbox[0].body)
        early = client.post(f"{link}/slot/begin", data={"csrf_token": token_of(client)})
        assert early.status_code == 404
        clock.shift(timedelta(hours=24))
        assert make_lock(client, f"{link}/slot", device).location == at(cast)
        assert NEW_KEY in sara.get(at(cast)).text
        assert open_lock(app.test_client(), device).status_code == 303


@pytest.mark.both_databases
def test_the_mail_names_nobody_and_nothing_of_the_plan(
    cast: Cast, app: Flask, client: FlaskClient, outbox: list[Any]
) -> None:
    keep_address(cast, cast.client_of("sara"))
    client.post(
        "/kwijt", data={"csrf_token": token_of(client), "email": ADDRESS}, headers={"X-Forwarded-Host": "evil.example"}
    )
    do_jobs(app)
    [mail] = outbox
    text = f"{mail.subject}\n{mail.body}"
    assert mail.to == [ADDRESS]
    assert mail.from_email == "plan@mail.example"
    assert "24 uur" in text or "vanaf" in text
    for word in (
        "Sara",
        "Jef",
        "Kaat",
        "gezin",
        "Ons plan",
        "evil",
        str(cast.plan),
        *cast.canaries_for("sara").values(),
    ):
        assert word.lower() not in text.lower()


def test_the_answer_and_the_queue_are_the_same_for_an_address_that_is_nobodys(
    cast: Cast, app: Flask, outbox: list[Any]
) -> None:
    keep_address(cast, cast.client_of("sara"))
    answers = [ask_mail(app.test_client(), address) for address in (ADDRESS, "niemand@home.example")]
    texts = {re.sub(r'name="(csrf_token|form_key)" value="[^"]+"', "", answer.text) for answer in answers}
    assert len(texts) == 1
    assert ADDRESS.encode() not in b"".join(queued(app))
    assert len(queued(app)) == 2
    do_jobs(app)
    assert len(outbox) == 1


@pytest.mark.both_databases
def test_any_other_device_stops_it_in_one_tap(cast: Cast, app: Flask, client: FlaskClient, outbox: list[Any]) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        sara = cast.client_of("sara")
        keep_address(cast, sara)
        ask_mail(client)
        do_jobs(app)
        home = sara.get(at(cast))
        assert "Iemand vroeg met een mail een nieuwe sleutel voor jou." in home.text
        assert "nieuwe sleutel voor jou" not in cast.client_of("jef").get(at(cast)).text
        stop = re.search(r'action="([^"]+/sleutels/kwijt/[^"]+/stop)"', home.text)
        assert stop
        assert form_to(home, stop[1]).send(sara).status_code == 303
        clock.shift(timedelta(hours=24))
        assert NO_LONGER in press(client, link_in(outbox[0].body)).text


def test_a_server_without_mail_says_so_and_offers_none(cast: Cast, client: FlaskClient) -> None:
    assert "Deze server stuurt geen mail." in client.get("/kwijt").text
    data = {"csrf_token": token_of(client), "email": ADDRESS}
    assert client.post("/kwijt", data=data).status_code == 404
    sara = cast.client_of("sara")
    assert "E-mail" not in sara.get(at(cast, "sleutels")).text
    assert sara.post(at(cast, "sleutels/adres"), data={**data, "csrf_token": token_of(sara)}).status_code == 422


def test_an_address_is_taken_away_by_leaving_it_empty(cast: Cast, outbox: list[Any]) -> None:
    sara = cast.client_of("sara")
    keep_address(cast, sara)
    form = form_to(sara.get(at(cast, "sleutels/adres")), "/sleutels/adres")
    assert form.value("email") == ADDRESS
    assert form.send(sara, email="").status_code == 303
    assert form_to(sara.get(at(cast, "sleutels/adres")), "/sleutels/adres").value("email") == ""
    assert not outbox


# ---- a card with somebody trusted ------------------------------------------------------------------------------------


def test_a_card_with_somebody_trusted_is_listed_apart_and_stopped_alone(cast: Cast, client: FlaskClient) -> None:
    sara = cast.client_of("sara")
    form: Form = form_to(sara.get(at(cast, "sleutelkaart")), "/sleutelkaart")
    assert form.send(sara, keeper="Tante Nele").status_code == 303
    card = sara.get(at(cast, "sleutelkaart"))
    number = re.search(r"\d{4} \d{4} \d{4}", card.text)
    words = re.findall(r"<li>([a-z]+)</li>", card.text)[:3]
    assert number
    page = sara.get(at(cast, "binnen"))
    assert "Bij iemand die je vertrouwt" in page.text
    assert "Bewaard bij Tante Nele" in page.text
    assert "Tante Nele bewaart" not in cast.client_of("jef").get(at(cast, "binnen")).text
    typed = {"card_number": number[0], "card_words": " ".join(words)}
    assert form_to(client.get("/sleutel"), "/sleutel").send(client, **typed).status_code == 303
    stop = re.search(r'action="([^"]+/sleutelkaarten/[^"]+/stop)"', page.text[page.text.index("Bewaard bij") :])
    assert stop
    form_to(page, stop[1]).send(sara)
    assert "Bewaard bij" not in sara.get(at(cast, "binnen")).text


# ---- Snel weg --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("with_a_key", [True, False])
def test_snel_weg_closes_here_only_for_who_has_a_key_to_come_back_with(cast: Cast, with_a_key: bool) -> None:
    sara = cast.client_of("sara")
    if with_a_key:
        set_password(cast, sara)
    form_to(sara.get(at(cast)), "/weg").send(sara)
    assert sara.get(at(cast)).status_code == (404 if with_a_key else 200)


@pytest.mark.parametrize("with_a_key", [True, False])
def test_snel_weg_leaves_a_guest_without_a_key_inside(cast: Cast, app: Flask, with_a_key: bool) -> None:
    """An account alone lets nobody in again: only a passkey or a password of it does."""
    lisa = app.test_client()
    assert cast.lisa.seat is not None
    with app.test_request_context():
        account = accounts.make_account(AccountBody(name="Lisa"))
        accounts.give_place(account, cast.plan, "guest", cast.lisa.seat)
        token = accounts.sign_in(None, account, "gsm").token
    with lisa.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = token, True
    assert "Alleen dit toestel opent nu deze bladzijde." in lisa.get("/te-gast").text
    if with_a_key:
        form = form_to(lisa.get("/jij/sleutels/wachtwoord"), "/jij/sleutels/wachtwoord")
        assert form.send(lisa, login="lisa", password=GOOD).location == "/jij/sleutels"
        assert "Alleen dit toestel" not in lisa.get("/te-gast").text
    form_to(lisa.get("/te-gast"), "/weg").send(lisa)
    assert lisa.get(at(cast)).status_code == (404 if with_a_key else 200)
    if with_a_key:
        assert sign_in(lisa, "lisa").location == "/te-gast"
