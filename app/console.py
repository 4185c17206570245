"""What every command of the operator needs: the settings, the product, and sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from flask import Flask

from app.config import Config, WrongSetting
from app.db import CannotUse, HalfRestored, refuse_half, upgrade
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
    _unless_half_restored(upgrade, config)


def read_whole_config() -> Config:
    """The settings, for a command that takes the databases as they are; half a restore stops it."""
    config = read_config()
    _unless_half_restored(refuse_half, config)
    return config


def _unless_half_restored(do: Callable[[Config], None], config: Config) -> None:
    try:
        do(config)
    except HalfRestored as half:
        raise Sentence(
            "A restore was interrupted here, so what was stopped since the backup may be open: restore once more."
        ) from half
    except CannotUse as error:
        raise Sentence(str(error)) from error


def ready_app() -> Flask:
    """The product over migrated databases, for a command that needs it."""
    config = read_config()
    up_to_date(config)
    return create_app(config)
