"""One account, two places in one plan: of one parent alone, and of both. No word goes astray.

Who gave the start card may be a guest of one parent already, whom the other does not know of. The yes of the other
makes a place like any other, so that nothing tells; its guest comes in there once the first place is over.
"""

import re
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.guests.pages import Invited, browser, guest_of, invite, person, root, tokens_off
from tests.support.pages import said

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]

TYPED = "Zullen we samen naar de zoo gaan"


def tom(cast: Cast) -> FlaskClient:
    """The browser of who gave the start card the family began with."""
    from app.accounts.commands import sign_in

    assert cast.app is not None
    client = browser(cast)
    with cast.app.test_request_context():
        account = cast.thing("greeting of tom", "jef").body.account
        assert account is not None
        signed = sign_in(None, account, "computer")
    with client.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = signed.token, True
    return client


def of_jef_alone(cast: Cast, client: FlaskClient) -> Invited:
    """Jef invites him for himself alone, and he comes."""
    invited = invite(cast, person(cast, "Tom", "jef"), "goals", "agreements", by="jef", alone="1")
    assert client.post(invited.link).location == f"{root(cast)}/"
    return invited


def welcomed(cast: Cast) -> UUID:
    """Sara says yes to who gave the start card."""
    question = f"{root(cast)}/gast/vraag/{cast.id('greeting of tom')}"
    answer = cast.client_of("sara").post(question, data={"what": ["goals", "agreements"], "length": "half"})
    assert answer.status_code == 303
    return UUID(str(answer.location).split("/")[4])


def seats_in(page: str) -> list[str]:
    """The seat that every form of a page is bound to."""
    main = page[page.index("<main") : page.index("</main>")]
    forms = re.findall(r'<form[^>]*method="post"[^>]*>.*?</form>', main, re.DOTALL)
    return [(re.findall(r'name="seat" value="([^"]+)"', form) or [""])[0] for form in forms]


def unsteady_out(page: str) -> str:
    page = re.sub(r'name="(csrf_token|form_key)" value="[^"]*"', "", page)
    return re.sub(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "", page)


def proposals(cast: Cast, who: str) -> str:
    """All that waits for somebody."""
    return cast.client_of(who).get(f"{root(cast)}/?alles=1").text


def test_who_gives_the_yes_sees_no_trace_of_the_other_place(cast: Cast) -> None:
    of_jef_alone(cast, tom(cast))
    share = welcomed(cast)
    sara = cast.client_of("sara")
    page = sara.get(f"{root(cast)}/wie-ziet-wat/{share}").text
    # As of any guest who came in: no link to give, no question whether they came.
    assert "Te gast tot" in said(page)
    renewed = sara.post(f"{root(cast)}/wie-ziet-wat/{share}/link", data={"form_key": uuid4().hex})
    assert str(renewed.location).removeprefix(root(cast)) in {f"/wie-ziet-wat/{share}", "/wie-ziet-wat"}
    assert page.count("Tom") == sara.get(f"{root(cast)}/wie-ziet-wat/{share}").text.count("Tom")


def test_the_second_place_waits_and_says_so(cast: Cast) -> None:
    guest = tom(cast)
    of_jef_alone(cast, guest)
    welcomed(cast)
    page = guest.get("/te-gast").text
    assert page.count("Familie Goudplevier</bdi>") == 2
    assert page.count(f'href="{root(cast)}/"') == 1
    assert "Dit is een tweede plaats in hetzelfde plan." in said(page)
    assert "Ze gaat open als je stopt op de eerste." in said(page)


def test_what_was_opened_through_one_place_is_never_written_through_the_other(cast: Cast) -> None:
    guest = tom(cast)
    invited = of_jef_alone(cast, guest)
    second = welcomed(cast)
    form = guest.get(f"{root(cast)}/overleg/nieuw").text
    assert set(seats_in(form)) == {str(invited.share)}
    # Jef stops him while he types: from now on this browser sits in the place of both parents.
    assert cast.client_of("jef").post(f"{root(cast)}/gasten/{invited.share}/stop").status_code == 303
    assert set(seats_in(guest.get(f"{root(cast)}/overleg/nieuw").text)) == {str(second)}
    typed = {"with": "CLB", "others": "CLB", "about": TYPED, "day": cast.day, "form_key": uuid4().hex}
    refused = guest.post(f"{root(cast)}/overleg", data={**typed, "seat": str(invited.share)})
    assert refused.status_code == 404
    assert TYPED in refused.text
    for who in ("sara", "jef"):
        assert TYPED not in cast.client_of(who).get(f"{root(cast)}/overleg").text
    assert guest.post(f"{root(cast)}/overleg", data={**typed, "seat": str(second)}).status_code == 303
    assert TYPED in cast.client_of("sara").get(f"{root(cast)}/overleg").text


def test_a_seat_that_is_none_is_refused_too(cast: Cast) -> None:
    _invited, guest = guest_of(cast, "goals")
    typed = {"words": TYPED, "form_key": uuid4().hex}
    for seat in ("", "x", str(uuid4())):
        assert guest.post(f"{root(cast)}/gast/stop", data={**typed, "seat": seat}).status_code == 404, seat
    assert guest.get(f"{root(cast)}/").status_code == 200


def test_every_form_of_a_guest_is_bound_to_their_seat(cast: Cast) -> None:
    from tests.policy.matrix import DOORS, cases

    assert cast.app is not None
    lisa, unbound, forms = cast.client_of("lisa"), [], 0
    for rule in cast.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint not in DOORS:
            continue
        for case in cases(cast, DOORS[rule.endpoint]):
            if "lisa" not in case.who:
                continue
            with cast.app.test_request_context():
                path = cast.app.url_map.bind("").build(rule.endpoint, dict(case.values))
            page = lisa.get(path)
            found = seats_in(page.text) if page.mimetype == "text/html" and "<main" in page.text else []
            forms += len(found)
            unbound += [f"{path}: {seat}" for seat in found if seat != str(cast.actors["lisa"].seat)]
    assert not unbound
    assert forms > 8
