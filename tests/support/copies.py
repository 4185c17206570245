"""A copy of this process: what must be killed, or end, at a moment of a test's choosing."""

import os
from collections.abc import Callable
from contextlib import suppress


def begun(work: Callable[[], object]) -> int:
    """The number of a copy of this process that does this work and ends; nothing of the test goes on in it.

    It ends with 0 when the work was done, with 1 when that failed.
    """
    copy = os.fork()
    if copy:
        return copy
    ended = 1
    # Whatever happens there: a copy that went on would speak in the name of this test.
    with suppress(BaseException):
        work()
        ended = 0
    os._exit(ended)


def done(work: Callable[[], object]) -> int:
    """How a copy of this process ended that did this work, as `os.waitpid` says it."""
    return os.waitpid(begun(work), 0)[1]
