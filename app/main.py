"""create_app(): the one place where the parts are joined."""

from __future__ import annotations

import gc
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask, g
from flask_babel import Babel, get_locale
from flask_compress import Compress
from htmx_flask import Htmx
from werkzeug.middleware.proxy_fix import ProxyFix

from app import db as database
from app.accounts import commands as accounts
from app.config import Config
from app.web import (
    addresses,
    assets,
    errors,
    lent,
    log,
    picto,
    room,
    scribe,
    security,
    session,
    sheet,
    templates,
    uploads,
)

ROOT = Path(__file__).parent.parent
GARBAGE = 20_000
# In this order: what hangs on another kind comes after it.
ROOMS = (
    "accounts",
    "history",
    "media",
    "plan",
    "people",
    "goals",
    "agreements",
    "moments",
    "picking",
    "overview",
    "sharing",
    "proposals",
    "talks",
    "guests",
    "days",
    "wishes",
    "children",
    "trusted",
    "together",
    "entry",
    "home",
    "childpages",
    "lookback",
    "news",
    "export",
    "leaving",
    "host",
)


def create_app(config: Config | None = None) -> Flask:
    """The product as a WSGI app. Databases must be at the newest migration (`app.db.upgrade`)."""
    config = config or Config.from_env()
    app = Flask("onsplan", root_path=str(ROOT / "app"), template_folder=str(ROOT / "templates"), static_folder=None)
    app.jinja_environment = templates.Templates
    app.extensions["onsplan.config"] = config
    app.config["SECRET_KEY"] = config.secret_key
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    database.install(app, config)
    session.install(app, accounts.still_here, config.secure)
    lent.install(app)
    security.install(app, config.secure)
    scribe.install(app)
    errors.install(app)
    log.install(app)
    assets.install(app, ROOT / "static")
    sheet.install(app, ROOT / "static")
    Htmx(app)
    uploads.install(app)
    _compress(app)
    Babel(app, default_locale="nl_BE", default_translation_directories=str(ROOT / "app" / "translations"))
    templates.install(app, static=assets.address, bound_seat=room.bound_seat)
    addresses.install(app)
    picto.install(app)
    _around_every_page(app)
    _join_rooms(app, config)
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies)  # type: ignore[method-assign]
    return app


def served() -> Any:
    """The app for a server's worker; what is there at the start is never looked through for garbage again.

    A page makes some ten thousand objects and leaves hardly any: Python's own threshold of 700 would look dozens of
    times a page.
    """
    app = create_app()
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 20, 20)
    return app


def _compress(app: Flask) -> None:
    """Send text small; why that is safe beside a token stands in docs/decisions/0011."""
    app.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIMETYPES=["text/html", "text/css", "text/javascript", "image/svg+xml"],
        COMPRESS_BR_LEVEL=4,
    )
    Compress(app)


def _join_rooms(app: Flask, config: Config) -> None:
    for name in ROOMS:
        import_module(f"app.{name}.register").register(app, config)


def _around_every_page(app: Flask) -> None:
    @app.context_processor
    def _who_and_how() -> dict[str, Any]:
        locale = get_locale()
        return {
            "actor": g.get("actor"),
            "lang": "nl-BE" if locale is None else str(locale).replace("_", "-"),
            "dir": "ltr" if locale is None else locale.text_direction,
        }
