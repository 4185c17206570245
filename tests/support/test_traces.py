"""A word that lies open is found, wherever it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import Cast
from tests.support import traces


@pytest.fixture
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "FOUND", [])
    monkeypatch.setattr(traces, "WORDS", {"Draaikolk"})


@pytest.mark.usefixtures("_alone")
def test_a_word_in_a_queue_or_a_stray_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "keys").mkdir()
    (tmp_path / "jobs.db-wal").write_bytes(b"ring Draaikolk")
    (tmp_path / "upload.tmp").write_bytes(b"\xffDraaikolk")
    (tmp_path / "plan.db").write_bytes(b"sealed")
    traces.look_into(tmp_path, "this test")
    assert sorted(traces.FOUND) == [
        "files of this test, upload.tmp: Draaikolk",
        "queues of this test, jobs.db-wal: Draaikolk",
    ]


@pytest.mark.usefixtures("_alone")
def test_a_word_in_a_mail_is_found() -> None:
    from flask import Flask
    from flask_mailman import EmailMessage, Mail

    app = Flask("mails")
    app.config["MAIL_BACKEND"] = "locmem"
    Mail(app)
    with app.app_context():
        EmailMessage("Je sleutel", "Van Draaikolk", "plan@mail.example", ["a@home.example"]).send()
    assert traces.FOUND == ["mails of a test: Draaikolk"]


def test_the_words_looked_for_are_those_of_the_cast(cast: Cast) -> None:
    assert {"Kramsvogel", "Goudplevier", cast.tokens["oma"]} <= traces.WORDS
