"""Start cards: an account makes and stops them; a family begins its own plan with one, and answers only then."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from pdfminer.high_level import extract_text

from tests.cast import Cast
from tests.guests.pages import browser, guest_of, root, tokens_off
from tests.sharing.test_links import without_its_token
from tests.support.pages import said

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]


def known(cast: Cast, name: str = "Lisa Peeters", organisation: str = "CKG") -> FlaskClient:
    """A begeleider with an account, and no family yet."""
    client = browser(cast)
    assert "Wie ben je?" in client.get("/te-gast/kaarten").text
    answer = client.post("/te-gast/ik", data={"name": name, "organisation": organisation})
    assert answer.location == "/te-gast/kaarten", answer.text
    return client


def card_of(client: FlaskClient) -> tuple[str, str]:
    """A new card: where its page is, and the path of its QR."""
    page = str(client.post("/te-gast/kaarten").location)
    found = re.search(r"localhost:8000/kom/([a-z2-7-]+)", client.get(page).text)
    assert found
    return page, f"/kom/{found[1]}"


def begun(cast: Cast, path: str) -> tuple[FlaskClient, str]:
    """A family that begins with a card; and the address of its plan."""
    assert cast.app is not None
    family = browser(cast)
    assert family.get(path).status_code == 200
    assert family.post(path).location == "/begin"
    form = {"names": "Ama en Kofi", "form_key": uuid4().hex}
    family.get("/begin")
    with family.session_transaction() as kept:
        kept["csrf_token"] = "x" * 40
    cast.app.config["WTF_CSRF_ENABLED"] = True
    token = re.search(r'name="csrf_token" value="([^"]+)"', family.get("/begin").text)
    assert token
    answer = family.post("/begin", data={**form, "csrf_token": token[1]})
    cast.app.config["WTF_CSRF_ENABLED"] = False
    assert str(answer.location).endswith("/begin/wie"), answer.text
    return family, str(answer.location).removesuffix("/begin/wie")


def test_who_has_no_account_makes_one_with_a_name(cast: Cast) -> None:
    assert "Schrijf hoe je heet." in browser(cast).post("/te-gast/ik", data={"name": ""}).text
    lisa = known(cast)
    assert "Je hebt nog geen kaart." in said(lisa.get("/te-gast/kaarten").text)


def test_a_guest_has_cards_with_the_same_account(cast: Cast) -> None:
    _invited, guest = guest_of(cast, "goals", name="Mieke")
    card_of(guest)
    assert "Kaart van" in said(guest.get("/te-gast/kaarten").text)


def test_the_paper_says_where_to_begin_and_names_no_family(cast: Cast) -> None:
    _invited, guest = guest_of(cast, "goals", name="Mieke")
    page, path = card_of(guest)
    sheet = guest.get(f"{page}/afdruk")
    assert sheet.mimetype == "application/pdf"
    text = extract_text(BytesIO(sheet.data))
    assert "Begin jullie eigen plan" in text
    # Between a q and a j there is so much room that who reads it back takes it for a space.
    assert f"localhost:8000{path}" in "".join(text.split())
    assert "Mieke" in text
    assert "Goudplevier" not in text


def test_a_card_is_of_one_account(cast: Cast) -> None:
    page, path = card_of(known(cast))
    for other in (known(cast, "Tom"), browser(cast), cast.client_of("sara")):
        for address in (page, f"{page}/afdruk"):
            assert other.get(address).status_code == 404
        assert other.post(f"{page}/stop").status_code == 404
    assert browser(cast).post(path).status_code == 303


def test_the_page_behind_a_card_is_the_same_for_every_token(cast: Cast) -> None:
    lisa = known(cast)
    page, path = card_of(lisa)
    _other, stopped = card_of(lisa)
    lisa.post(f"{_other}/stop")
    tokens = (path.removeprefix("/kom/"), stopped.removeprefix("/kom/"), "a" * 26, "kort9")
    pages = {without_its_token(browser(cast).get(f"/kom/{token}").text.replace(token, "")) for token in tokens}
    assert len(pages) == 1
    words = said(pages.pop())
    assert words.startswith("Begin jullie eigen plan")
    assert "Lisa" not in words
    assert lisa.get(page).status_code == 200


def test_a_stopped_card_says_so_and_the_family_begins_anyway(cast: Cast) -> None:
    lisa = known(cast)
    page, path = card_of(lisa)
    lisa.post(f"{page}/stop")
    assert lisa.get(page).status_code == 404
    assert "Kaart van" not in said(lisa.get("/te-gast/kaarten").text)
    answer = browser(cast).post(path)
    assert answer.status_code == 404
    assert said(answer.text).startswith("Deze link werkt niet meer. Jullie kunnen toch beginnen.")
    assert 'href="/begin"' in answer.text


def test_only_the_plan_that_began_with_it_is_asked_and_only_when_it_is_there(cast: Cast) -> None:
    family, plan = begun(cast, card_of(known(cast))[1])
    assert "Lisa" not in family.get(f"{plan}/begin/wie").text
    page = said(family.get(f"{plan}/?alles=1").text)
    assert "Lisa Peeters wil graag te gast zijn CKG Nu ziet Lisa Peeters niets van jullie plan. Ja Nee" in page
    assert "Lisa" not in family.get(f"{plan}/mensen").text


def test_yes_makes_a_guest_with_the_defaults(cast: Cast) -> None:
    lisa = known(cast)
    family, plan = begun(cast, card_of(lisa)[1])
    assert "Nog geen gezin" in said(lisa.get("/te-gast").text)
    assert lisa.get(f"{plan}/").status_code == 404
    question = re.search(r"/gast/vraag/[0-9a-f-]{36}", family.get(f"{plan}/?alles=1").text)
    assert question
    asked = family.get(plan + question[0])
    assert "Wat mag Lisa Peeters zien?" in said(asked.text)
    answer = family.post(plan + question[0], data={"what": ["agreements", "goals"], "length": "half"})
    assert "/wie-ziet-wat/" in str(answer.location)
    assert "Te gast tot" in said(family.get(str(answer.location)).text)
    assert "Ama en Kofi" in said(lisa.get("/te-gast").text)
    assert lisa.get(f"{plan}/").status_code == 200
    assert "Lisa Peeters wil graag" not in family.get(f"{plan}/?alles=1").text
    assert "Lisa Peeters" in family.get(f"{plan}/mensen?toon=lijst").text
    # Sent again it is the same guest.
    family.post(plan + question[0], data={"what": ["agreements", "goals"], "length": "half"})
    assert said(lisa.get("/te-gast").text).count("Ama en Kofi") == 1


def test_a_day_that_is_over_asks_again(cast: Cast) -> None:
    family, plan = begun(cast, card_of(known(cast))[1])
    question = re.search(r"/gast/vraag/[0-9a-f-]{36}", family.get(f"{plan}/?alles=1").text)
    assert question
    answer = family.post(plan + question[0], data={"length": "own", "day": "2020-01-01"})
    assert answer.status_code == 422
    assert "Die dag is voorbij." in said(answer.text)


def test_no_ends_it_and_it_is_never_asked_again(cast: Cast) -> None:
    lisa = known(cast)
    path = card_of(lisa)[1]
    family, plan = begun(cast, path)
    question = re.search(r"/gast/vraag/[0-9a-f-]{36}", family.get(f"{plan}/?alles=1").text)
    assert question
    family.post(f"{plan}{question[0]}/nee")
    assert "Lisa Peeters wil graag" not in family.get(f"{plan}/?alles=1").text
    family.post(path)
    assert "Lisa Peeters wil graag" not in family.get(f"{plan}/?alles=1").text
    family.post(plan + question[0], data={"length": "half"})
    assert "Iemand van jullie gaf al een antwoord." in said(family.get(f"{plan}/?alles=1").text)
    assert "Nog geen gezin" in said(lisa.get("/te-gast").text)


def test_an_account_that_ended_comes_in_nowhere(cast: Cast) -> None:
    from app.accounts.commands import account_of, end_account
    from app.accounts.store import visitor

    assert cast.app is not None
    lisa = known(cast)
    path = card_of(lisa)[1]
    family, plan = begun(cast, path)
    with lisa.session_transaction() as kept:
        token = kept["_user_id"]
    with cast.app.test_request_context():
        account = account_of(visitor(token))
        assert account is not None
        end_account(account)
    question = re.search(r"/gast/vraag/[0-9a-f-]{36}", family.get(f"{plan}/?alles=1").text)
    assert question
    family.post(plan + question[0], data={"length": "half"})
    assert "Dat account is er niet meer." in said(family.get(f"{plan}/?alles=1").text)
    assert "Lisa Peeters" not in family.get(f"{plan}/mensen?toon=lijst").text
    assert browser(cast).post(path).status_code == 404


def test_there_are_enough_cards_at_some_point(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.guests import rules

    monkeypatch.setattr(rules, "MOST_CARDS", 1)
    lisa = known(cast)
    card_of(lisa)
    assert lisa.post("/te-gast/kaarten").location == "/te-gast/kaarten"
    assert "Je hebt al veel kaarten." in said(lisa.get("/te-gast/kaarten").text)


def test_who_asked_all_parents_is_no_guest_of_one_of_them_alone(cast: Cast) -> None:
    """The other parent reads the answer: a share they do not see would tell by not being there."""
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    question = f"{root(cast)}/gast/vraag/{cast.id('greeting of tom')}"
    answer = sara.post(question, data={"what": ["goals"], "alone": "1", "length": "half"})
    assert answer.status_code == 303
    assert str(answer.location).removeprefix(root(cast)) in jef.get(f"{root(cast)}/wie-ziet-wat").text
