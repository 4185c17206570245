"""Reads a page as a browser without JavaScript would: its forms, and what they send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Pairs = list[tuple[str, str]]


@dataclass
class Form:
    """One form of a page: where it goes and what it sends untouched."""

    action: str
    fields: Pairs = field(default_factory=list)

    def send(self, client: FlaskClient, **typed: str) -> TestResponse:
        """Sends it, with these fields filled in."""
        data: dict[str, list[str]] = {}
        for name, value in self.fields:
            if name not in typed:
                data.setdefault(name, []).append(value)
        return client.post(self.action, data=data | {name: [value] for name, value in typed.items()})

    def value(self, name: str) -> str:
        """What one field sends."""
        return dict(self.fields)[name]


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attrs)
        if tag == "form":
            self.forms.append(Form(given["action"]))
        elif tag == "textarea":
            self.area = given["name"]
            self.forms[-1].fields.append((self.area, ""))
        elif tag == "input" and (given.get("type") not in {"radio", "checkbox"} or "checked" in given):
            self.forms[-1].fields.append((given["name"], given.get("value") or ""))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            name, before = self.forms[-1].fields.pop()
            self.forms[-1].fields.append((name, before + data))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = None


def forms(answer: TestResponse) -> list[Form]:
    """Every form of a page, in order."""
    reader = _Forms()
    reader.feed(answer.text)
    return reader.forms


def form_to(answer: TestResponse, ending: str) -> Form:
    """The form of a page whose address ends like this."""
    found = [form for form in forms(answer) if form.action.endswith(ending)]
    assert found, f"no form to {ending} among {[form.action for form in forms(answer)]}"
    return found[0]
