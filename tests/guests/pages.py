"""Helpers for tests of guests through the pages: invite as a parent, come in with another browser."""

import re
from dataclasses import dataclass
from uuid import UUID, uuid4

from flask.testing import FlaskClient

from tests.cast import Cast
from tests.sharing.pages import person, root, tokens_off

__all__ = ["person", "root", "tokens_off"]


@dataclass
class Invited:
    """An invitation as its maker knows it."""

    share: UUID
    token: str

    @property
    def link(self) -> str:
        """The path of its link."""
        return f"/gast/{self.token}"


def invite(cast: Cast, whom: UUID, *what: str, by: str = "sara", **more: object) -> Invited:
    """Invites somebody the family knows, through the form."""
    client = cast.client_of(by)
    form = {"what": list(what), "length": "half", "form_key": uuid4().hex, **more}
    answer = client.post(f"{root(cast)}/nodig-uit/{whom}", data=form)
    assert answer.status_code == 303, answer.text
    page = client.get(str(answer.location)).text
    found = re.search(r'<p class="link-address">http://localhost:8000/gast/([^<]+)</p>', page)
    assert found, page
    return Invited(UUID(str(answer.location).split("/")[4]), found[1])


def browser(cast: Cast) -> FlaskClient:
    """Somebody's browser that knows nothing yet."""
    assert cast.app is not None
    return cast.app.test_client()


def come_in(invited: Invited, client: FlaskClient, name: str = "Lisa Peeters", organisation: str = "CKG") -> None:
    """Opens an invitation and says who one is."""
    assert "Wie ben je?" in client.post(invited.link).text
    answer = client.post(f"{invited.link}/ik", data={"name": name, "organisation": organisation})
    assert (answer.status_code, answer.location) == (303, "/te-gast"), answer.text


def guest_of(
    cast: Cast, *what: str, name: str = "Mieke", by: str = "sara", **more: object
) -> tuple[Invited, FlaskClient]:
    """Somebody new who was invited and came in."""
    invited = invite(cast, person(cast, name, by), *what, by=by, **more)
    client = browser(cast)
    come_in(invited, client, name)
    return invited, client
