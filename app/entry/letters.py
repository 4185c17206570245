"""The mail for a lost key, sent by the job beside the server: no page is slower for an address that is known."""

from __future__ import annotations

from uuid import UUID

from flask import Flask, current_app
from flask_mailman import EmailMessage
from flask_mailman import Mail as Mailer

from app.accounts import recovery
from app.config import Config
from app.entry import words

LONGEST_WAIT = 20


def install(app: Flask, config: Config) -> None:
    """Join the mail server to the app, when there is one."""
    if config.mail is None:
        return
    app.config.update(
        MAIL_SERVER=config.mail.host,
        MAIL_PORT=config.mail.port,
        MAIL_USERNAME=config.mail.user or None,
        MAIL_PASSWORD=config.mail.password or None,
        MAIL_USE_TLS=config.mail.sort == "smtp+starttls",
        MAIL_USE_SSL=config.mail.sort == "smtps",
        MAIL_DEFAULT_SENDER=config.mail.sender,
        MAIL_TIMEOUT=LONGEST_WAIT,
    )
    Mailer(app)


def send(question: UUID) -> None:
    """Send what one question for a new key asks for; nothing when its address is nobody's."""
    config: Config = current_app.extensions["onsplan.config"]
    if config.mail is None:
        return
    for letter in recovery.letters(question):
        path = current_app.url_map.bind("").build("entry.new_key", {"token": letter.token})
        subject, text = words.mail(config.address + path, words.hour(letter.ready_at, config.zone))
        EmailMessage(subject, text, to=[letter.address]).send()
        recovery.sent(letter)
