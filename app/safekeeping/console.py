"""The operator's commands for backups. None migrates what it backs up: a backup comes before an update."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy.exc import OperationalError

from app.console import Sentence, read_config, say
from app.main import create_app
from app.safekeeping import content, keys
from app.safekeeping.drill import drill as drill_now
from app.safekeeping.nouns import Trouble, told
from app.safekeeping.restore import Restored, close, secret_of
from app.safekeeping.restore import restore as restore_now

PLACE = click.Path(file_okay=False, path_type=Path, resolve_path=True)
GIVEN = click.Path(file_okay=False, exists=True, path_type=Path, resolve_path=True)


@contextmanager
def _in_sentences() -> Iterator[None]:
    try:
        yield
    except Trouble as trouble:
        raise Sentence(str(trouble)) from trouble
    except OSError as error:
        raise Sentence(f"A folder or file cannot be used: {os.strerror(error.errno or errno.EIO)}.") from error
    except OperationalError as error:
        raise Sentence(f"A database cannot be used: {str(error.orig).partition(chr(10))[0]}.") from error


@click.command()
@click.argument("place", metavar="DIR", type=PLACE)
def backup(place: Path) -> None:
    """Back up the content in DIR, sealed, while people go on writing. The keys are not in it: see backup-keys."""
    config = read_config()
    app = create_app(config)
    with _in_sentences():
        try:
            with app.app_context():
                made = content.make(config, place, secret_of(make=True))
        finally:
            close(app)
    say(f"Backup {made.moment}: {_rows(made.counts)} and {made.photos} photo files, in {place}.")
    if made.lost:
        raise Sentence(f"{made.lost} photo files are not on the server, so they are not in the backup either.")


@click.command("backup-keys")
@click.argument("place", metavar="KEYS_DIR", type=PLACE)
def backup_keys(place: Path) -> None:
    """Back up the key store in KEYS_DIR, sealed with the master key; copies older than 35 days are removed."""
    with _in_sentences():
        made = keys.make(read_config(), place)
    say(f"Backup of keys {made.moment}: {sum(made.counts.values())} rows, in {place}.")
    say(f"Older than 35 days, and removed: {made.gone}.")
    say("The master key is not in it: keep that in a third place.")


@click.command()
@click.argument("place", metavar="DIR", type=GIVEN)
@click.argument("moment", required=False)
@click.option("--keys", "keys_place", type=GIVEN, help="Bring the key store back too, from the newest backup here.")
def restore(place: Path, moment: str | None, keys_place: Path | None) -> None:
    """Restore the newest backup in DIR, or that of MOMENT, into an empty database. Stop the server first."""
    with _in_sentences():
        restored = restore_now(read_config(), place, moment, keys_place)
    say(_told(restored))
    say("The server may start again.")


@click.command()
@click.argument("place", metavar="DIR", type=GIVEN)
@click.argument("keys_place", metavar="KEYS_DIR", type=GIVEN)
def drill(place: Path, keys_place: Path) -> None:
    """Try whether the newest backups bring everything back: restored aside, all of it opened, and thrown away."""
    with _in_sentences():
        drilled = drill_now(read_config(), place, keys_place)
    say(_told(drilled.restored))
    say(f"Opened: {drilled.opened} sealed rows and photo files. Nothing of this drill is left.")
    faults = [f"{count} of {table} do not open" for table, count in sorted(drilled.closed.items())]
    faults += [f"the backup of {of} is older than a week" for of in drilled.old]
    faults += [f"{drilled.restored.keyless} plans have no key"] if drilled.restored.keyless else []
    if faults:
        raise Sentence(f"This is not good: {'; '.join(faults)}.")
    say("The drill went well.")


def _told(restored: Restored) -> str:
    said = f"Restored the backup of {told(restored.moment)}"
    if restored.keys is not None:
        said += f" with the keys of {told(restored.keys)}"
    said += f": {_rows(restored.counts)} and {restored.photos} photo files."
    said += f" Stops and deletions repeated: {restored.ended}."
    said += f" Closed or taken away, and kept so: {restored.stood}."
    if restored.keyless:
        said += f" {restored.keyless} plans began after those keys were backed up: nobody can open them."
    return said


def _rows(counts: dict[str, int]) -> str:
    return f"{counts.get('plan', 0)} plans, {sum(counts.values())} rows"
