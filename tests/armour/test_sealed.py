"""What a family writes lies in no file: every word is sealed in both databases, their journals and a dump."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import LargeBinary, inspect

from app.db import Base, db
from app.keystore import KeysBase
from tests.cast import Cast

pytestmark = pytest.mark.both_databases

# Columns that may hold text in the clear, and what stands in them: short words of the product, never of a family.
CLEAR_TEXT = {
    "history_entry.action",
    "history_entry.actor_kind",
    "history_entry.reason",
    "history_line.act",
    "history_line.kind",
    "seat.kind",
    "place.kind",
    "account.password_hash",
    "sheet.sort",
    "card.words_hash",
    "medium.sort",
    "medium.small",
    "medium.large",
    "ending.kind",
    "named_key.name",
}
# Bytes that are not sealed: keyed hashes.
HASHES = {
    "token_hash", "number_hash", "subject", "login_hash", "recovery_hash", "credential_hash", "address_hash",
    "code_hash", "given_hash",
}  # fmt: skip
SHORTEST = 4
NAMES = ["Sara", "Jef", "Kaat", "Tante Nele", "Oma Rosa", "Buurman", "Nonkel", "Peter", "Lies", "Familie", "moeke van"]


def words_of(cast: Cast) -> list[str]:
    """Every canary, every name, and every secret of a link; a shorter one turns up in a megabyte of noise by chance."""
    canaries = [piece.canary for piece in cast.pieces.values() if piece.canary]
    return [word for word in (*canaries, *NAMES, *cast.tokens.values()) if len(word) >= SHORTEST]


def found_in(data: bytes, words: list[str]) -> list[str]:
    """The words that stand in these bytes: as they are, in capitals or small, as hex, UTF-16 or base64."""
    hexed = data.lower()
    return [
        word
        for word in words
        if word.encode() in data
        or word.lower().encode() in data
        or word.encode("utf-16-le") in data
        or word.encode().hex().encode() in hexed
    ]


def dump(app: Flask) -> Iterator[bytes]:
    """Every row of every table of both stores, as COPY writes them."""
    import psycopg

    with app.app_context():
        for name, engine in db.engines.items():
            url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
            with psycopg.connect(url) as connection, connection.cursor() as cursor:
                for table in inspect(engine).get_table_names():
                    with cursor.copy(f'COPY "{table}" TO STDOUT'.encode()) as copied:
                        yield f"{name} {table}\n".encode() + b"".join(bytes(chunk) for chunk in copied)


def stored(app: Flask, database_kind: str) -> bytes:
    """All that lies in the databases of this product: every file in its folder, or a dump."""
    if database_kind == "postgresql":
        return b"".join(dump(app))
    folder: Path = app.extensions["onsplan.config"].data
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_no_word_of_the_cast_lies_in_the_databases(cast: Cast, app: Flask, database_kind: str) -> None:
    data = stored(app, database_kind)
    assert len(data) > 20_000
    assert found_in(data, words_of(cast)) == []


def test_no_word_lies_there_after_the_pages_were_used(cast: Cast, app: Flask, database_kind: str) -> None:
    """Sessions, looks, form keys and the write-ahead log too."""
    for who in ("sara", "jef", "nele"):
        client = cast.client_of(who)
        page = client.get(f"/p/{cast.plan}/doelen/nieuw").get_data(as_text=True)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token
        sent = {"csrf_token": token[1], "form_key": f"key of {who}", "words": "Een Purperreiger zien", "whose": ""}
        assert client.post(f"/p/{cast.plan}/doelen", data=sent).status_code in {303, 422}
        client.get(f"/p/{cast.plan}/")
    cast.client_of("oma").get(f"/p/{cast.plan}/voor/{cast.oma.seat}")
    data = stored(app, database_kind)
    assert found_in(data, [*words_of(cast), "Purperreiger", "key of sara"]) == []


def test_a_word_in_the_clear_would_be_found(cast: Cast, app: Flask, database_kind: str) -> None:
    from sqlalchemy import update

    from app.goals.models import GoalRow

    with app.app_context():
        db.session.execute(update(GoalRow).where(GoalRow.id == cast.id("goal of us")).values(sealed=b"De Kramsvogel"))
        db.session.commit()
    assert found_in(stored(app, database_kind), words_of(cast)) == ["Kramsvogel"]


def test_what_is_sealed_cannot_be_told_from_noise(cast: Cast, app: Flask) -> None:
    """Two goals of the same words have nothing in common, and what is sealed does not shrink."""
    from sqlalchemy import select

    from app.goals.models import GoalRow

    with app.app_context():
        sealed = [bytes(value) for value in db.session.scalars(select(GoalRow.sealed))]
    together = b"".join(value[3:] for value in sealed)
    assert len(zlib.compress(together, 9)) > len(together) * 0.98
    assert len({value[3:15] for value in sealed}) == len(sealed)
    assert cast.plan


def test_columns_that_are_not_sealed_hold_no_words_of_people(cast: Cast) -> None:
    assert cast.plan
    tables = [*Base.metadata.sorted_tables, *KeysBase.metadata.sorted_tables]
    texts = {
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if isinstance(column.type.python_type, type) and column.type.python_type is str and column.name != "state"
    }
    assert texts == CLEAR_TEXT
    for table in tables:
        for column in table.columns:
            if isinstance(column.type, LargeBinary):
                assert column.name in {"sealed", "wrapped", *HASHES}, f"{table.name}.{column.name}"
