"""What every command of the operator needs: the settings, the product, and sentences."""

from __future__ import annotations

from typing import Any

import click
from flask import Flask

from app.config import Config, WrongSetting
from app.db import HalfRestored, upgrade
from app.main import create_app


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


def up_to_date(config: Config) -> None:
    """Bring both databases to the newest migration; a restore that was interrupted stops the command."""
    try:
        upgrade(config)
    except HalfRestored as half:
        raise Sentence(
            "A restore was interrupted here, so what was stopped since the backup may be open: restore once more."
        ) from half


def ready_app() -> Flask:
    """The product over migrated databases, for a command that needs it."""
    config = read_config()
    up_to_date(config)
    return create_app(config)
