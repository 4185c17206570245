"""The sheet that dresses a page: linked, or in the page itself for a browser that holds nothing of ours yet.

A first visit on a slow line then shows its words one round trip sooner. The policy of that answer allows this very
text by its hash, and no other style; see docs/decisions/0012.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from flask import Flask, g, request
from markupsafe import Markup

SHEET = "css/app.css"


def install(app: Flask, folder: Path) -> None:
    """Give templates `sheet_inside()`."""
    text = (folder / SHEET).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    inside = Markup("<style>{}</style>").format(Markup(text))  # noqa: S704 # nosec B704 - the product's own file

    def sheet_inside() -> Markup:
        """The sheet as part of the page when this is a first visit; else nothing, and the page links it."""
        if request.cookies.get(app.config["SESSION_COOKIE_NAME"]):
            return Markup()
        g.style_source = f"'sha256-{digest}'"
        return inside

    app.jinja_env.globals["sheet_inside"] = sheet_inside
