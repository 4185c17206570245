"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.accounts import keys, owners, recovery, sessions
from app.accounts.commands import end_card
from app.accounts.models import CARD
from app.accounts.owners import erase_with
from app.config import Config
from app.endings import bring_ending
from app.keystore import Ended
from app.rooms import bring_erasing, bring_kind, bring_staying
from app.standing import bring_standing


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds and routes, and how keys, seats and accounts end again after a restore."""
    bring_kind(CARD)
    bring_staying("card")
    bring_erasing(erase_with)
    bring_standing(owners.STANDING, owners.stand_again)
    bring_ending(Ended.CARD, end_card)
    bring_ending(Ended.SEAT, sessions.end_seat)
    bring_ending(Ended.ACCOUNT, owners.end_account)
    bring_ending(Ended.PASSKEY, keys.end_passkey)
    bring_ending(Ended.RECOVERY, recovery.end)
