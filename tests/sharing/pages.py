"""Helpers for tests of sharing through the pages: make a share as a parent, open its link in another browser."""

import re
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast


@pytest.fixture(autouse=True)
def tokens_off(app: object) -> None:
    """What the token guards has its own tests (tests/armour)."""
    app.config["WTF_CSRF_ENABLED"] = False  # type: ignore[attr-defined]


@dataclass
class Shared:
    """A share as its maker knows it: where its page of links is, and the path of the link."""

    page: str
    link: str

    @property
    def id(self) -> UUID:
        """The share."""
        return UUID(self.page.split("/")[4])

    @property
    def show(self) -> str:
        """The page about it."""
        return self.page.removesuffix("/link")


def root(cast: Cast) -> str:
    return f"/p/{cast.plan}"


def person(cast: Cast, name: str, by: str = "sara") -> UUID:
    """Somebody new, written down by a parent."""
    answer = cast.client_of(by).post(f"{root(cast)}/delen", data={"name": name, "form_key": uuid4().hex})
    assert answer.status_code == 303
    return UUID(str(answer.location).split("/")[4])


def share(cast: Cast, whom: UUID, *what: str, by: FlaskClient | None = None, **more: object) -> Shared:
    """Shares with somebody, through the form."""
    client = by or cast.client_of("sara")
    form = {"what": list(what), "length": "season", "form_key": uuid4().hex, **more}
    answer = client.post(f"{root(cast)}/delen/{whom}", data=form)
    assert answer.status_code == 303, answer.text
    assert str(answer.location).endswith("/link"), answer.location
    return Shared(str(answer.location), link_on(client.get(str(answer.location)).text))


def link_on(page: str) -> str:
    """The path of the link on its page."""
    found = re.search(r'<p class="link-address">http://localhost:8000(/d/[^<]+)</p>', page)
    assert found, page
    return found[1]


def opened(cast: Cast, link: str, browser: FlaskClient | None = None) -> tuple[FlaskClient, str]:
    """Another browser that opens a link; and where it leads."""
    assert cast.app is not None
    browser = browser or cast.app.test_client()
    assert browser.get(link).status_code == 200
    answer = browser.post(link)
    assert answer.status_code == 303, answer.text
    return browser, str(answer.location)


def main(page: str) -> str:
    """What stands on the page, without its frame."""
    return page[page.index("<main") : page.index("</main>")]
