"""The operator's commands. What they make goes to stdout, what they say to stderr; none shows what is in a plan."""

from __future__ import annotations

import json
import os
import subprocess  # nosec B404 - our own command
import sys
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask
from sqlalchemy import make_url

from app import jobs, serving
from app.beside import end_with, working_beside
from app.config import SETTINGS, Config, WrongSetting, bucket_at
from app.console import Sentence, read_config, read_whole_config, ready_app, say, up_to_date
from app.db import CannotUse, db
from app.demo import commands as demo_commands
from app.disk import sync_folder
from app.durable import refuse_forgetful
from app.host.commands import rotate_master_key
from app.host.commands import tidy as tidy_now
from app.keystore import look_up_hash
from app.main import create_app
from app.policy.actions import Action
from app.policy.actor import ActorKind
from app.policy.table import TABLE
from app.safekeeping import console as safekeeping
from app.vault import NotOpened
from app.web import qr
from app.web.public import OPEN

THIS = [sys.executable, "-P", "-m", "app.cli"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(file_okay=False), help="Folder for databases and keys (ONSPLAN_DATA).")
def cli(data: str | None) -> None:
    """Ons Plan: run it, and look after it."""
    _use_data(data)


def _use_data(data: str | None) -> None:
    if data is not None:
        os.environ["ONSPLAN_DATA"] = str(Path(data).resolve())


# ---- serving ---------------------------------------------------------------------------------------------------------


@cli.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--data", type=click.Path(file_okay=False), help="Folder for databases and keys (ONSPLAN_DATA).")
@click.option("--demo", is_flag=True, help="Make a family to look around with, once.")
@click.option("--lan", is_flag=True, help="Let phones on this network in. Alleen om te proberen.")
def serve(port: int, data: str | None, demo: bool, lan: bool) -> None:
    """Bring the databases up to date and serve the product until Ctrl-C."""
    _use_data(data)
    host = serving.EVERYWHERE if lan else serving.LOOPBACK
    try:
        if lan:
            os.environ["ONSPLAN_ADDRESS"] = f"http://{serving.lan_address()}:{port}"
        serving.refuse_busy_port(host, port)
    except serving.CannotServe as error:
        raise Sentence(str(error)) from error
    os.environ.setdefault("ONSPLAN_ADDRESS", f"http://localhost:{port}")
    config = _prepare(demo=demo)
    say(f"Ons Plan: {config.address}")
    click.echo(qr.terminal(config.address), nl=False, err=True)
    if lan:
        say("Alleen om te proberen: everyone on this network can reach it, and nothing is encrypted on the way.")
    say("Ctrl-C stops it.")
    with working_beside():
        serving.run(host, port)


@cli.command()
@click.option("--beside", type=int, help="Stop when the process with this number does: how `serve` starts it.")
def work(beside: int | None) -> None:
    """Do the jobs (sheets of paper) until Ctrl-C; `serve` starts this itself, beside another server start it too."""
    if beside is not None:
        end_with(beside)
    jobs.work(create_app(read_whole_config()))


def _prepare(*, demo: bool) -> Config:
    """Bring the stores up to date in a process of their own, so that the server starts with nothing open."""
    app = ready_app()
    config: Config = app.extensions["onsplan.config"]
    try:
        refuse_forgetful(config)
    except CannotUse as error:
        raise Sentence(str(error)) from error
    with app.app_context():
        look_up_hash("start", "")
        if demo:
            _demo_once(config)
    _close(app)
    return config


def _close(app: Flask) -> None:
    """Leave no connection open: the server's workers are copies of this process."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def _demo_once(config: Config) -> None:
    """The family of the demo, the first time; what opens it stays in the data folder, for its owner only."""
    kept = config.data / "demo.json"
    if not kept.exists():
        # In a process of its own: the threads that put photos in a bucket are not there in the server's workers.
        made = subprocess.check_output([*THIS, "demo", "--json"], text=True)  # noqa: S603 # nosec B603
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(made)
    card = json.loads(kept.read_text(encoding="utf-8"))["parent"]["card"]
    say(f"Demo: open {config.address}/sleutel with number {card['number']} and words {card['words']}")
    say(f"      everybody's way in: {kept}")


# ---- looking ---------------------------------------------------------------------------------------------------------


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def routes(as_json: bool) -> None:
    """Print every route: its methods, and the action it needs or why it is open."""
    listed = _routes(ready_app())
    if as_json:
        click.echo(json.dumps(listed, indent=2))
        return
    for route in listed:
        click.echo(f"{','.join(route['methods']):5} {route['rule']:60} {route['needs'] or 'open: ' + route['open']}")


def _routes(app: Flask) -> list[dict[str, Any]]:

    listed = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        needs = getattr(app.view_functions[rule.endpoint], "needs", None)
        listed.append(
            {
                "rule": rule.rule,
                "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
                "endpoint": rule.endpoint,
                "needs": None if needs is None else needs.name,
                "open": OPEN.get(rule.endpoint),
            }
        )
    return listed


@cli.command()
def matrix() -> None:
    """Print the policy: for every action, what each kind of actor must answer yes to."""
    kinds = [kind for kind in ActorKind if any(kind in row for row in TABLE.values())]
    click.echo("| action | " + " | ".join(kind.value for kind in kinds) + " | meaning |")
    click.echo("|---" * (len(kinds) + 2) + "|")
    for action in Action:
        row = TABLE.get(action, {})
        cells = [_cell(row[kind]) if kind in row else "no" for kind in kinds]
        click.echo(f"| {action.name} | " + " | ".join(cells) + f" | {action.value} |")


def _cell(questions: tuple[Any, ...]) -> str:
    return " and ".join(question.__name__.replace("_", " ") for question in questions) or "yes"


@cli.command()
def settings() -> None:
    """Print every setting, where its value comes from and what it means; never a secret."""
    for setting in SETTINGS:
        given = os.environ.get(setting.name)
        value = setting.default if given is None else _shown(setting.name, given)
        click.echo(f"{setting.name} = {value} ({'default' if given is None else 'environment'})")
        click.echo(f"    {setting.meaning}")
    read_config()


def _shown(name: str, value: str) -> str:
    if name.endswith("_KEY"):
        return "(set)"
    if name == "ONSPLAN_FILES_URL":
        return _shown_bucket(value)
    if name.endswith("_URL"):
        return make_url(value).render_as_string(hide_password=True)
    return value


def _shown_bucket(value: str) -> str:
    """What is understood of it holds no secret; in anything else there may be one."""
    try:
        bucket_at(value)
    except WrongSetting:
        return "(not understood)"
    return value


# ---- looking after ---------------------------------------------------------------------------------------------------


@cli.command()
def migrate() -> None:
    """Bring both databases to the newest migration."""
    up_to_date(read_config())
    say("The databases are up to date.")


@cli.command()
def tidy() -> None:
    """Erase what lay in the bin for 30 days, with its history; the server does it itself every hour."""
    with ready_app().app_context():
        say(f"Erased from the bin: {tidy_now()}.")


@cli.group()
def keys() -> None:
    """The keys that plans are sealed with."""


@keys.command()
def rotate() -> None:
    """Wrap the key of every plan with a new master key. Stop the server first."""
    app = ready_app()
    config: Config = app.extensions["onsplan.config"]
    file = config.data / "keys" / "master.key"
    try:
        with app.app_context():
            made = rotate_master_key(config, file)
    except NotOpened as error:
        raise Sentence("The key store is wrapped with another master key than the one given here.") from error
    if os.environ.get("ONSPLAN_MASTER_KEY"):
        say(f"Put what is in {made} into ONSPLAN_MASTER_KEY, remove that file, and start the server again.")
        return
    made.replace(file)
    sync_folder(file.parent)
    say(f"The new master key is in {file}. Back it up apart from the databases, and start the server again.")


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def demo(as_json: bool) -> None:
    """Make a family to look around with, and print a way in for everybody in it."""
    with ready_app().app_context():
        made = demo_commands.make()
    if as_json:
        click.echo(json.dumps(made, indent=2))
        return
    for way in made.values():
        if isinstance(way, dict):
            card = way.get("card")
            opens = way.get("link") or (f"{card['number']}, {card['words']}" if card else way.get("command", ""))
            click.echo(f"{way['who']:12} {way['address']}  {opens}")


for command in (safekeeping.backup, safekeeping.backup_keys, safekeeping.restore, safekeeping.drill):
    cli.add_command(command)


def main() -> NoReturn:
    """Run a command."""
    cli(prog_name="onsplan")
    raise SystemExit(0)


if __name__ == "__main__":
    main()
