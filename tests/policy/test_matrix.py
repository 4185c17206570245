"""The matrix: every route of a plan x everybody of the cast x own, other's, hidden and missing things.

Allowed is an answer of 2xx, 3xx or 422; everybody else gets the one 404 that says nothing, or, on a write without a
living session, the question for the key, the same for what is there and what is not. Nobody ever reads a canary that
was not meant for them, nobody who is refused writes a row, and reading writes to the ledgers only. Whoever comes in
from outside is in the ledger of looks, and nobody else. On both databases.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from uuid import uuid4

import pytest
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app.children.twice import grouped
from tests.cast import CHILDREN, ELSEWHERE, EVERYBODY, INSIDE, LINKS, Cast
from tests.policy.matrix import DOORS, OF_A_LINK, Case, cases
from tests.support import paper
from tests.support.full import FILE, keep
from tests.support.world import TYPED, World, Worlds

pytestmark = pytest.mark.both_databases

# Who comes in from outside a family now: guests and links that work.
OUTSIDE = frozenset({"lisa", "bert", "dirk", "oma", "els"})
LEDGERS = {"session", "seat", "look", "said_look", "layer_box", "attempt"}
# Who holds no seat in our plan that works, or only that of a child: all these are refused before anything is read.
APART = frozenset({*EVERYBODY} - {*INSIDE, "oma", "els"})
UNSTEADY = [
    re.compile(r'(name="csrf_token" value=")[^"]*'),
    re.compile(r'(name="(?:form_key|sent_key)" value=")[^"]*'),
    re.compile(r"()[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"),
]


def steady(answer: TestResponse, path: str) -> str:
    """A page without what differs from request to request."""
    text = answer.get_data(as_text=True).replace(path, "")
    for pattern in UNSTEADY:
        text = pattern.sub(r"\1", text)
    return text


def read(answer: TestResponse) -> str:
    """All words of an answer, also of a sheet of paper."""
    if answer.mimetype in {"image/webp", "audio/mp4", "video/mp4", "application/zip"}:
        return answer.get_data().decode("latin-1")
    return paper.text(answer.get_data()) if answer.mimetype == "application/pdf" else answer.get_data(as_text=True)


# ---- the matrix ------------------------------------------------------------------------------------------------------


def test_every_route_of_a_plan_is_in_the_matrix(worlds: Worlds, database_kind: str) -> None:
    rules = worlds(database_kind).app.url_map.iter_rules()
    assert {rule.endpoint for rule in rules if rule.rule.startswith("/p/")} == set(DOORS)


@pytest.mark.parametrize("endpoint", DOORS)
def test_who_comes_in(worlds: Worlds, database_kind: str, endpoint: str) -> None:
    """Who may is decided in Python: PostgreSQL is asked for a tenth of a route's things, in a full run for all."""
    whole = database_kind == "sqlite" or FILE
    faults = faults_of(worlds(database_kind), endpoint, 1 if whole else 10)
    assert not faults, "\n".join(faults)


def faults_of(world: World, endpoint: str, each: int = 1) -> list[str]:
    """What is wrong with one route, asked for by everybody, about the first of each so many things."""
    rule = next(rule for rule in world.app.url_map.iter_rules() if rule.endpoint == endpoint)
    method = "POST" if "POST" in (rule.methods or ()) else "GET"
    asked = cases(world.cast, DOORS[endpoint])
    comes_in = {who for case in asked for who in case.who}
    return [
        f"{who} {method} {endpoint} ({case.about}): {fault}"
        for number, case in enumerate(asked)
        for who in EVERYBODY
        if (number + EVERYBODY.index(who)) % _one_in(who, comes_in, each) == 0
        for fault in _faults(
            world, who, method, world.path(endpoint, case.values), case, _nothing(world, who, endpoint, case)
        )
    ]


def _one_in(who: str, comes_in: Collection[str], each: int) -> int:
    """Who is refused everywhere asks for one thing in four of a route, each for others; in a full run for all."""
    return 4 * each if who in APART and who not in comes_in and not FILE else each


# What is asked for to know how nothing looks: of a plan, and through a link.
NOTHING = {False: f"/p/{uuid4()}/doelen", True: f"/p/{uuid4()}/voor/{uuid4()}"}
# Who was a guest of the plan reads a farewell at every address of it.
GONE = ("away", "late")


def _nothing(world: World, who: str, endpoint: str, case: Case) -> str:
    """An address where there is nothing, in whose words this somebody is refused."""
    if who in GONE and case.values["plan"] == world.cast.plan:
        return f"/p/{world.cast.plan}/niets"
    return NOTHING[_page_of_link(endpoint, who, case.about)]


def _page_of_link(endpoint: str, who: str, about: str) -> bool:
    """Whether a refusal is worded as that of a link. Oma's own link works: what is not hers there is not there."""
    if endpoint == "children.link_told":
        return who not in {"oma", "els"} or about != f"share {who}"
    if endpoint.startswith("trusted."):
        return endpoint in OF_A_LINK and not (
            who == "wim" and endpoint in {"trusted.told_me", "trusted.reply", "trusted.file"}
        )
    return endpoint in OF_A_LINK and not (who == "oma" and endpoint not in {"sharing.shared", "sharing.print_own"})


def _faults(world: World, who: str, method: str, path: str, case: Case, of_nothing: str) -> Iterator[str]:
    answer = world.ask(who, method, path)
    wrote, text = set(world.wrote), read(answer)
    yield from (f"reads {name}" for name, canary in world.cast.canaries_not_for(who).items() if canary in text)
    # A report through a link shows nothing, and leads back to its page.
    if not (who in LINKS and method == "POST") and ("look" in wrote) is not (who in case.who & OUTSIDE):
        yield "a look at nothing" if "look" in wrote else "no look"
    if who in case.who:
        yield from _faults_of_allowed(answer, method, wrote)
        return
    if wrote - LEDGERS:
        yield f"refused, and wrote {sorted(wrote)}"
    yield from _faults_of_refused(world, answer, who, path, of_nothing)


def _faults_of_allowed(answer: TestResponse, method: str, wrote: set[str]) -> Iterator[str]:
    if not (200 <= answer.status_code < 400 or answer.status_code == 422):
        yield f"{answer.status_code} instead of an answer"
    if method == "GET" and wrote - LEDGERS:
        yield f"reading wrote {sorted(wrote - LEDGERS)}"


def _faults_of_refused(world: World, answer: TestResponse, who: str, path: str, of_nothing: str) -> Iterator[str]:
    if answer.status_code == 404:
        if steady(answer, path) != _answer(world, who, _asked(answer, who, of_nothing), of_nothing):
            yield "another 404 than of what is not there"
    elif answer.status_code == 401 and answer.request.method == "POST":
        if _has_living_seat(world.cast, who, path):
            yield "asked for a key, though this browser has one"
        elif steady(answer, path) != _answer(world, "nobody", "POST", of_nothing):
            yield "another question for the key than of what is not there"
    else:
        yield f"{answer.status_code} instead of 404"


def _asked(answer: TestResponse, who: str, of_nothing: str) -> str:
    """How to ask for nothing: a write of who was a guest gets what they typed back."""
    return answer.request.method if who in GONE and of_nothing.endswith("/niets") else "GET"


def _answer(world: World, who: str, method: str, of_nothing: str) -> str:
    """What this somebody reads of a plan that is not there."""
    if (who, method, of_nothing) not in world.known:
        world.known[who, method, of_nothing] = steady(world.ask(who, method, of_nothing), of_nothing)
    return world.known[who, method, of_nothing]


def _has_living_seat(cast: Cast, who: str, path: str) -> bool:
    ours, theirs = path.startswith(f"/p/{cast.plan}/"), path.startswith(f"/p/{cast.elsewhere}/")
    layers = {f"/p/{cast.layers['kaat']}/": {"wim"}}
    here = {who for root, sitting in layers.items() if path.startswith(root) for who in sitting}
    return (ours and who in {*INSIDE, *CHILDREN, "oma", "els"}) or (theirs and who in ELSEWHERE) or who in here


# ---- the matrix is worth its name ------------------------------------------------------------------------------------


def test_the_matrix_is_large(worlds: Worlds, database_kind: str) -> None:
    cast = worlds(database_kind).cast
    let_in = [who for door in DOORS.values() for case in cases(cast, door) for who in case.who]
    assert sum(len(cases(cast, door)) for door in DOORS.values()) * len(EVERYBODY) >= 2000
    assert all(let_in.count(who) >= (2 if who in LINKS else 7) for who in OUTSIDE)


FROM_ELSEWHERE = {
    "Origin": "https://elders.example",
    "Referer": "https://elders.example/",
    "Sec-Fetch-Site": "cross-site",
}


@pytest.mark.long
@pytest.mark.parametrize("sent", ["no token", "another's token", "no cookie", "another origin"])
def test_nobody_acts_for_you(worlds: Worlds, database_kind: str, sent: str) -> None:
    """A write without the token of that very browser, or from a page elsewhere, writes nothing: all forms there are."""
    world, faults, asked = worlds(database_kind), [], 0
    signer = URLSafeTimedSerializer(world.app.secret_key or "", salt="wtf-csrf-token")
    tokens = {"another's token": str(signer.dumps("of another browser")), "no cookie": world.token()}
    token = {"csrf_token": tokens[sent]} if sent in tokens else {}
    headers = FROM_ELSEWHERE if sent == "another origin" else {}
    for rule in world.app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        for path in _own_addresses(world, rule.endpoint, rule.arguments):
            asked += 1
            who = "bare" if sent == "no cookie" else "sara"
            world.ask(who, "POST", path, {"form_key": uuid4().hex, **TYPED, **token}, **headers)
            faults += [f"{rule.endpoint} wrote {sorted(set(world.wrote))}"] if world.wrote else []
    assert not faults, "\n".join(faults)
    keep("nobody acts for you", sent=sent, database=database_kind, writes=asked, accepted=0)


def _own_addresses(world: World, endpoint: str, arguments: set[str]) -> list[str]:
    if endpoint in DOORS:
        return [world.path(endpoint, case.values) for case in cases(world.cast, DOORS[endpoint]) if "sara" in case.who]
    token = next(iter(world.cast.tokens.values()))
    return [world.path(endpoint, dict.fromkeys(arguments, token))]


def test_open_pages_say_nothing_of_any_plan_and_use_nothing_up(worlds: Worlds, database_kind: str) -> None:
    """The same for every link and card, whether it works or not, and to whoever asks."""
    world, faults = worlds(database_kind), []
    tokens = [*world.cast.tokens.values(), "of-no-link"]
    for rule in world.app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.endpoint in DOORS or "GET" not in (rule.methods or ()):
            continue
        for who in ("sara", "oma", "lies", "nobody"):
            paths = [world.path(rule.endpoint, dict.fromkeys(rule.arguments, token)) for token in tokens]
            answers = {path: world.ask(who, "GET", path) for path in paths}
            # The number in a card's address stands in the form, as it would when typed; that of a child's code to read.
            said = {
                re.sub(rf'(value|data-copy)="[^"]*"|{re.escape(grouped(token[:40]))}', "", steady(answers[path], path))
                for token, path in zip(tokens, paths, strict=True)
            }
            words = [piece.canary for piece in world.cast.pieces.values() if piece.canary]
            faults += [f"{rule.endpoint} tells tokens apart to {who}"] if len(said) > 1 else []
            faults += [f"{rule.endpoint} says {word} to {who}" for word in words if any(word in text for text in said)]
            faults += [f"{rule.endpoint} wrote {world.wrote}"] if set(world.wrote) - LEDGERS else []
    assert not faults, "\n".join(faults)
