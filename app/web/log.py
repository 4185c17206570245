"""What the product says to its operator: what failed and where.

Never what anybody wrote, nor an address: the message of an error may hold words of a family, and an address holds ids
and the tokens of links.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import structlog
from flask import Flask, has_request_context, request

ROOT = Path(__file__).parent.parent.parent

Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def install(app: Flask) -> None:
    """Say errors as one line of JSON on the standard log, in place of Flask's own traceback."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    # Engines name the values of a failed statement at this level and below.
    logging.getLogger("sqlalchemy").setLevel(logging.CRITICAL)
    app.log_exception = failed  # type: ignore[method-assign, assignment]


def failed(caught: Caught, **more: str) -> None:
    """One line about an error; `more` holds words of ours only."""
    error = caught[1]
    structlog.get_logger("onsplan").error(
        "failed",
        endpoint=request.endpoint if has_request_context() else None,
        method=request.method if has_request_context() else None,
        errors=[] if error is None else list(_names(error)),
        at=[] if error is None else _places(error),
        **more,
    )


def _names(error: BaseException | None) -> Iterator[str]:
    """What sort of error it was, and what sort caused that."""
    while error is not None:
        yield type(error).__qualname__
        error = error.__cause__ or error.__context__


def _places(error: BaseException) -> list[str]:
    """Where in the product's own code it went through, outermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT / "app")]
    return [f"{Path(frame.filename).relative_to(ROOT)}:{frame.lineno} {frame.name}" for frame in own or frames[-1:]]
