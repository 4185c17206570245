"""The product as a server's worker makes it, with two empty pages to compare with.

`/leeg` is a page of the product without anything in it: its headers and sessions, no words. `/kaal` is what a Flask app
of one line answers on the same server, beside the product.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from app import serving
from app.main import served

EMPTY, BARE = "/leeg", "/kaal"


def worker() -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """The WSGI app of a worker."""
    product = served()
    product.add_url_rule(EMPTY, "empty", lambda: "")
    bare = Flask("bare")
    bare.add_url_rule(BARE, "bare", lambda: "")

    def either(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        app = bare if environ["PATH_INFO"] == BARE else product
        return app(environ, start_response)

    return either


if __name__ == "__main__":
    serving.run("127.0.0.1", int(sys.argv[1]), "bench.wsgi:worker")
