"""Templates, quick to fill in: a full page calls hundreds of macros, looks up texts and addresses, and draws.

Jinja asks at every call, import and include what may differ from page to page. Here that does not differ: all globals
are set when the app starts, every template is HTML, and what a drawing shows depends on nothing but what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from functools import wraps
from types import FunctionType, MethodType
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, g, request
from flask.sansio.app import App
from flask.templating import Environment
from flask_wtf.csrf import generate_csrf
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import Template, TemplateModule
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from app.items import Picture
from app.keystore import key_of
from app.memory import Opened, opened_with
from app.policy.actor import ActorKind
from app.rooms import Face, Panel, panels
from app.translations import in_markup, language, many_in_markup
from app.web.picto import tell_whose

MOST_DRAWINGS = 2000
# In what was drawn before, it tells of a pictogram that stands on this page too.
OF_A_PICTO = "/static/picto/"
SIGNS = re.compile("[&<>'\"]")
OF_PYTHON = (FunctionType, MethodType)
PLAIN = frozenset({Markup, Face, Picture, bool, int, float})
Drawn = Callable[..., Any]


class _Page(Context):
    """What a template sees while it is filled in."""

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Any],
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - known to all templates as it is
    ) -> None:
        super().__init__(environment, parent, name, blocks)

    def call(self, given: Any, /, *args: Any, **named: Any) -> Any:
        """Call what a template names; macros and functions without asking first in which ways they could be called."""
        is_macro = type(given) is Macro
        if not is_macro and (type(given) not in OF_PYTHON or hasattr(given, "jinja_pass_arg")):
            return super().call(given, *args, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return given(self.eval_ctx, *args, **named) if is_macro else given(*args, **named)


def _shown(value: Any) -> Any:
    """What stands in the page for a value: escaped when one of the five signs is in it."""
    if type(value) is Markup or (type(value) is str and SIGNS.search(value) is None):
        return value
    return escape(value)


class _Writer(CodeGenerator):
    """Turns a template into Python, where what needs no escaping is not wrapped as if it did."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


class _Sheet(Template):
    """A template; what it lends to others is made once."""

    def _get_default_module(self, _page: Context | None = None) -> TemplateModule:
        return super()._get_default_module() if self._module is None else self._module


class Templates(Environment):
    """Jinja, with globals that are the same for all templates."""

    context_class = _Page
    template_class = _Sheet
    code_generator_class = _Writer
    shown = staticmethod(_shown)

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **{**options, "autoescape": True})
        self._loaded: dict[str, Template] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals themselves, in place of a view on them for each template."""
        return super().make_globals(d) if d else self.globals

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        """A template, found at once when it was asked for before."""
        if self.auto_reload or globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = super().get_template(name, parent)
        return found


def install(app: Flask, **given: Any) -> None:
    """Give every template its words, a key for each form, and these.

    To be done before anything else of the app touches its templates.
    """
    app.jinja_env.globals.update(
        {"_": in_markup, "gettext": in_markup, "ngettext": many_in_markup},
        form_key=lambda: uuid4().hex,
        remembered=_remembered,
        kept=_kept,
        csrf_token=_token,
        panels_at=_panels_at,
        **given,
    )


def _remembered(drawing: Drawn) -> Drawn:
    """A macro that draws the same for the same, drawn once for each. It is given no words of a family."""
    drawn: dict[Any, Any] = {}

    @wraps(drawing)
    def draw(*args: Any, **named: Any) -> Any:
        key = (language(), *map(_fixed, args), *((name, _fixed(value)) for name, value in named.items()))
        if key not in drawn:
            if len(drawn) >= MOST_DRAWINGS:
                drawn.clear()
            drawn[key] = drawing(*args, **named)
        return drawn[key]

    return draw


def _kept(drawing: Drawn) -> Drawn:
    """A macro that draws words of a family, drawn once for the same words while the plan is in memory.

    All that it draws from is given to it as texts, numbers and ids, or else named by `key`: whatever differs is drawn
    anew. Who may see those words was decided before it was called. It lies with what was opened of the plan, under the
    same key (`app/memory.py`). No form can be kept: it holds tokens.
    """

    @wraps(drawing)
    def draw(*args: Any, key: tuple[Any, ...] | None = None, **named: Any) -> Any:
        shelf = _shelf()
        if shelf is None:
            return drawing(*args, **named)
        opened, root = shelf
        plain = key if key is not None else (*args, *named.items())
        full = (drawing, language(), root, *map(_exact, plain))
        found = opened.drawn.get(full)
        if found is None:
            found = drawing(*args, **named)
            if "<form" in found:
                raise ValueError("a form is not kept")
            opened.keep_drawn(full, found)
        if OF_A_PICTO in found:
            tell_whose()
        return found

    return draw


def _shelf() -> tuple[Opened, str] | None:
    """Where drawings of the reader's plan lie, looked up once a request, and what its addresses begin with."""
    actor = g.get("actor")
    if actor is None or actor.plan is None:
        return None
    known: dict[UUID, tuple[Opened, str]] = g.setdefault("shelves", {})
    if actor.plan not in known:
        # Who looks through a link finds pictures at addresses of its own.
        through = f" {actor.seat}" if actor.kind is ActorKind.LINK_HOLDER else ""
        known[actor.plan] = (opened_with(key_of(actor.plan)), request.root_path + through)
    return known[actor.plan]


def _panels_at(place: str, thing: Any) -> list[Panel]:
    """What other rooms say to this reader beside a thing in the middle of a page."""
    return panels(place, g.actor, thing)


def _token() -> str:
    """The token of all forms of a page, made once."""
    return str(g.get("csrf_token") or generate_csrf())


def _exact(value: Any) -> Any:
    """A value as part of a key. To Python 1 and True are the same, and text and markup; they are drawn differently."""
    if type(value) is str or type(value) is UUID:
        return value
    if type(value) in {tuple, list}:
        return tuple(map(_exact, value))
    if value is None or type(value) in PLAIN:
        return (type(value), value)
    raise TypeError(f"{type(value).__name__}: not a value to keep something by")


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
