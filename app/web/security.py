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

csrf = CSRFProtect()


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
        there = {name.lower() for name, _value in answer.headers}
        answer.headers.extend([header for header in always if header[0].lower() not in there])
        if request.endpoint != "static" or answer.status_code >= 400:
            answer.headers["Cache-Control"] = "no-store"
        return answer
