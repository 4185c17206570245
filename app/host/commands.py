"""What a host does for the whole server: tidy, and replace the master key. Neither reads what is in a plan."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask import Flask

from app.accounts.tidy import forget_ended
from app.config import Config, kept_secret
from app.db import db, empty_log, now
from app.erase import erase_bin
from app.history.rules import KEPT_FOR
from app.keystore import forget_gone, opens, rewrap, scrub
from app.policy.actor import system
from app.rooms import TIDIES
from app.vault import new_secret

FIRST_AFTER = timedelta(minutes=5)
EVERY = timedelta(hours=1)
# So long may a worker still hold words of a plan that another one deleted; it shows them to nobody.
FORGETS_WITHIN = timedelta(seconds=20)


def tidy() -> int:
    """Erase what lay in the bin for 30 days and forget sessions that ended as long ago; how many items that were."""
    before = now() - KEPT_FOR
    erased = erase_bin(system("30 days in the bin"), before)
    forget_ended(system("sessions that ended"), before)
    for room, forget in TIDIES.items():
        forget(system(f"what {room} keeps for a while"), now())
    scrub(later=True)
    empty_log(db.engine)
    return erased


def tidy_every_hour(app: Flask) -> threading.Thread:
    """Tidy beside the server, quietly: a failure is told in one line, and the next hour tries again."""
    return _again_and_again(app, "Tidying", tidy, FIRST_AFTER, lambda: EVERY)


def forget_gone_plans(app: Flask) -> threading.Thread:
    """Beside each worker: what it opened of a plan that another worker deletes is forgotten, also when nobody asks."""
    return _again_and_again(app, "Forgetting", forget_gone, FORGETS_WITHIN, lambda: FORGETS_WITHIN)


def _again_and_again(
    app: Flask, name: str, do: Callable[[], object], first: timedelta, every: Callable[[], timedelta]
) -> threading.Thread:
    def work() -> None:
        wait, stop = first, threading.Event()
        while not stop.wait(wait.total_seconds()):
            wait = every()
            try:
                with app.app_context():
                    do()
            except Exception as error:  # noqa: BLE001 - whatever it is, the server goes on
                app.logger.warning("%s failed: %s", name, type(error).__name__)

    thread = threading.Thread(target=work, name=name, daemon=True)
    thread.start()
    return thread


def rotate_master_key(config: Config, keep_at: Path) -> Path:
    """Wrap all keys with a new master key.

    The new key is on disk before anything is wrapped with it, so that a power cut loses nothing: run again, this goes
    on where it stopped.

    Args:
        config: with the master key until now.
        keep_at: the file that master key is in; `<file>.next` is made beside it.

    Returns:
        The file with the new key.
    """
    new_file = keep_at.with_name(f"{keep_at.name}.next")
    new = base64.b64decode(kept_secret(new_file, lambda: base64.b64encode(new_secret()).decode("ascii")), validate=True)
    if not opens(new):
        rewrap(config.master_key, new)
    return new_file
