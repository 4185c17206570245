"""The operator's commands. What they make goes to stdout, what they say to stderr; none shows what is in a plan."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from sqlalchemy import make_url

from app.config import SETTINGS, Config, WrongSetting
from app.db import db, upgrade
from app.keystore import look_up_hash
from app.main import create_app, served
from app.policy.actions import Action
from app.policy.actor import ActorKind
from app.policy.table import TABLE
from app.web import qr
from app.web.public import OPEN

LOOPBACK, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104 - only with --lan, which says so
THREADS = 64


class Sentence(click.ClickException):
    """Something that stops a command, said in one sentence."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Say it, without a word before it."""
        click.echo(self.message, err=True)


def say(sentence: str) -> None:
    """Tell the operator, on stderr."""
    click.echo(sentence, err=True)


def read_config() -> Config:
    """The settings; a wrong one stops the command with the sentence that names it."""
    try:
        return Config.from_env()
    except WrongSetting as wrong:
        raise Sentence(str(wrong)) from wrong


def ready_app() -> Flask:
    """The product over migrated databases, for a command that needs it."""
    config = read_config()
    upgrade(config)
    return create_app(config)


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
    if lan:
        os.environ["ONSPLAN_ADDRESS"] = f"http://{_lan_address()}:{port}"
    os.environ.setdefault("ONSPLAN_ADDRESS", f"http://localhost:{port}")
    host = EVERYWHERE if lan else LOOPBACK
    _refuse_busy_port(host, port)
    config = _prepare(demo=demo)
    say(f"Ons Plan: {config.address}")
    click.echo(qr.terminal(config.address), nl=False, err=True)
    if lan:
        say("Alleen om te proberen: everyone on this network can reach it, and nothing is encrypted on the way.")
    say("Ctrl-C stops it.")
    _serve(host, port)


def _prepare(*, demo: bool) -> Config:
    """Bring the stores up to date in a process of their own, so that the server starts with nothing open."""
    app = ready_app()
    config: Config = app.extensions["onsplan.config"]
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
    say(f"demo: not yet in {config.data}")


def _serve(host: str, port: int) -> None:

    Server(
        "app.cli:worker",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        blocking_threads=THREADS,
        backpressure=4 * THREADS,
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=5,
    ).serve()


def worker() -> Any:
    """The app in the server's worker, which also tidies once an hour."""
    return served()


def _refuse_busy_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Sentence(f"Port {port} is in use or not allowed; choose another one with --port.") from error


def _lan_address() -> str:
    """This machine's address on its network, asked of the routing table; no packet leaves for that."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            address: str = probe.getsockname()[0]
        except OSError as error:
            raise Sentence("This machine has no network, so --lan has nobody to let in.") from error
    return address


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
    if name.endswith("_URL"):
        return make_url(value).render_as_string(hide_password=True)
    return value


# ---- looking after ---------------------------------------------------------------------------------------------------


@cli.command()
def migrate() -> None:
    """Bring both databases to the newest migration."""
    upgrade(read_config())
    say("The databases are up to date.")


def main() -> NoReturn:
    """Run a command."""
    cli(prog_name="onsplan")
    raise SystemExit(0)


if __name__ == "__main__":
    main()
