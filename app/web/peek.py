"""A page as somebody else gets it: made by the very same view, to look at and to touch nothing.

Meanwhile the request is that somebody's, without any seat or session of theirs: no look is noted, and what their page
would keep in the browser is dropped. Its addresses lead to the same page seen in the same way, its buttons rest, and no
address of it takes a POST.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import abort, current_app, g, make_response, request, session
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from app.policy.actor import Actor

ADDRESS = re.compile(r'\b([\w-]+)="(/[^"]*)"')
BUTTON = re.compile(r"<button class=")
# Where a page begins: the line that is read aloud.
ABOVE = re.compile(r'<p id="live"[^>]*></p>')
OK, PICTURE = 200, "image/webp"


def peeked(actor: Actor, page: str, inside: str, bar: str) -> Response:
    """One of their pages, or a picture on it; a 404 when they have no such page.

    Args:
        actor: who they are.
        page: what stands in the address of the page after their plan.
        inside: the address at which their plan begins here.
        bar: what stands above the page, and tells that it is theirs.
    """
    root = f"/p/{actor.plan}/"
    with _as_if(actor):
        made = make_response(_view_of(root + page))
    if made.status_code != OK or made.mimetype not in {"text/html", PICTURE}:
        abort(404)
    if made.mimetype == PICTURE:
        return made
    resting = _rested(made.get_data(as_text=True), request.root_path + root, inside)
    made.set_data(ABOVE.sub(lambda found: found[0] + bar, resting, count=1))
    return made


def _view_of(path: str) -> Response | str:
    try:
        endpoint, values = current_app.url_map.bind("", script_name="").match(path, method="GET")
    except (NotFound, MethodNotAllowed, RequestRedirect):
        abort(404)
    view: Any = current_app.view_functions[endpoint]
    if not hasattr(view, "needs") or view.through is not None:
        abort(404)
    shown: Response | str = view(**values)
    return shown


@contextmanager
def _as_if(actor: Actor) -> Iterator[None]:
    """The request as it would be theirs; afterwards everything of the one who looks is as it was."""
    generate_csrf()
    kept, changed, me = dict(session), session.modified, g.actor
    for mine in ("_flashes", "look"):
        session.pop(mine, None)
    g.peek, g.actor = True, actor
    g.actors = {**g.get("actors", {}), actor.plan: actor}
    try:
        yield
    finally:
        session.clear()
        session.update(kept)
        session.modified = changed
        g.actors[actor.plan], g.actor = me, me
        g.pop("peek")
        g.pop("let_in", None)


def _rested(page: str, root: str, inside: str) -> str:
    """The same page, whose addresses stay inside and whose buttons rest."""

    def led(found: re.Match[str]) -> str:
        attribute, address = found[1], found[2]
        if address.startswith(root):
            rest = address.removeprefix(root)
            plain = not rest or rest[0] in "?#"
            return f'{attribute}="{inside}{"" if plain else "/"}{rest}"'
        return f'{attribute}="{inside}"' if attribute == "href" and not _is_ours(address) else found[0]

    return BUTTON.sub("<button disabled class=", ADDRESS.sub(led, page))


def _is_ours(address: str) -> bool:
    """A file of the product."""
    return "/static/" in address
