"""Headers of every answer: nothing cached, nothing sent along, nothing loaded from elsewhere, no script in the page."""

from __future__ import annotations

from flask import Flask, g, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

STYLES = "style-src 'self'"
CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; script-src 'self'; {STYLES}; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}
SECURE = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
LARGEST_FORM = 200 * 1024
PLAYS, RECORDS = " media-src 'self';", " media-src 'self' blob:;"
MICROPHONE, CAMERA = "microphone=()", "camera=()"

csrf = CSRFProtect()


def allow_playing() -> None:
    """This page plays sounds or films of ours."""
    g.media_source = g.get("media_source") or PLAYS


def allow_recording(*, pictures: bool = False) -> None:
    """On this page somebody may record: what they recorded is heard before it is sent.

    Args:
        pictures: with the camera too.
    """
    g.media_source = RECORDS
    g.records = g.get("records", frozenset()) | {MICROPHONE} | ({CAMERA} if pictures else frozenset())


def install(app: Flask, secure: bool) -> None:
    """Guard every write with a token and every answer with headers."""
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
    )
    csrf.init_app(app)

    always = list({**HEADERS, **(SECURE if secure else {})}.items())

    @app.after_request
    def _headers(answer: Response) -> Response:
        # Only `web/sheet.py` puts a style in a page, and says which.
        if source := g.get("style_source"):
            answer.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(STYLES, f"{STYLES} {source}")
        # Sounds, films, the microphone: only on a page that said so while it was made.
        if source := g.get("media_source"):
            policy = answer.headers.get("Content-Security-Policy", CONTENT_SECURITY_POLICY)
            answer.headers["Content-Security-Policy"] = policy.replace(" connect-src", f"{source} connect-src")
        if asked := g.get("records"):
            policy = HEADERS["Permissions-Policy"]
            for feature in asked:
                policy = policy.replace(feature, feature.replace("()", "(self)"))
            answer.headers["Permissions-Policy"] = policy
        there = {name.lower() for name, _value in answer.headers}
        answer.headers.extend([header for header in always if header[0].lower() not in there])
        if request.endpoint != "static" or answer.status_code >= 400:
            answer.headers["Cache-Control"] = "no-store"
        return answer
