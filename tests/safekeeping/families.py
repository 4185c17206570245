"""Many families quickly: one is written as families write, the others are copies of it, with own keys and ids."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from flask import Flask

AN_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
AT_ONCE = 20
# A small photo and a large one, as sealed bytes: what is in them makes no difference here.
SIZES = {"small": 300, "large": 3000}

Rows = dict[str, list[dict[str, Any]]]


def make(app: Flask, families: int, photos: int) -> list[UUID]:
    """Make so many families with so many photos in all; their plans."""
    from bench.plan import Maker

    with app.test_request_context():
        maker = Maker(1)
        for part in (maker.bring_people, maker.want, maker.agree, maker.share):
            part()
        first = _rows_of(maker.plan)
    plans = [maker.plan]
    with app.app_context():
        while len(plans) < families:
            plans += _copies(maker.plan, first, min(AT_ONCE, families - len(plans)))
        _photos(app, plans, photos)
    return plans


def _rows_of(plan: UUID) -> Rows:
    from sqlalchemy import select

    from app.db import Base, db

    found: Rows = {}
    for table in Base.metadata.sorted_tables:
        column = table.columns.get("plan_id", table.columns["id"] if table.name == "plan" else None)
        if column is not None:
            found[table.name] = [dict(row._mapping) for row in db.session.execute(select(table).where(column == plan))]
    return found


def _copies(plan: UUID, rows: Rows, count: int) -> list[UUID]:
    from sqlalchemy import insert

    from app.db import Base, db
    from app.keystore import key_of, make_key
    from app.rooms import KINDS
    from app.vault import unseal

    # A layer lies in the table of plans too; what is copied here is a plan.
    names = {kind.table.__tablename__: kind.name for kind in KINDS.values()} | {"plan": "plan"}
    opened = [
        (
            table,
            row,
            unseal(key_of(plan), names.get(table, table), row["id"], row["sealed"]) if "sealed" in row else b"",
        )
        for table, found in rows.items()
        for row in found
    ]
    made, new = [], {}
    for _ in range(count):
        ids = {row["id"]: uuid4() for _table, row, _text in opened}
        key = make_key(ids[plan])
        for table, row, text in opened:
            new.setdefault(table, []).append(_again(row, text, ids, key, names.get(table, table)))
        made.append(ids[plan])
    for table in Base.metadata.sorted_tables:
        if new.get(table.name):
            db.session.execute(insert(table), new[table.name])
    db.session.commit()
    return made


def _again(row: dict[str, Any], text: bytes, ids: dict[UUID, UUID], key: Any, name: str) -> dict[str, Any]:
    from app.vault import seal

    again = {
        column: os.urandom(len(value)) if column.endswith("_hash") else ids.get(value, value)
        for column, value in row.items()
        if column != "sealed"
    }
    if "sealed" in row:
        turned = AN_ID.sub(lambda found: str(ids.get(UUID(found[0].decode()), found[0].decode())).encode(), text)
        again["sealed"] = seal(key, name, again["id"], turned)
    return again


def _photos(app: Flask, plans: list[UUID], count: int) -> None:
    from sqlalchemy import insert

    from app.db import db
    from app.media.models import MediumRow

    rows = [photo(app, plans[number % len(plans)], sync=False) for number in range(count)]
    for first in range(0, len(rows), 500):
        db.session.execute(insert(MediumRow), rows[first : first + 500])
    db.session.commit()


def photo(app: Flask, plan: UUID, *, sync: bool) -> dict[str, Any]:
    """Lay the files of a photo away; its row.

    Args:
        app: whose.
        plan: of which family.
        sync: as the product does it; thousands before a proof begins need not outlive a power cut.
    """
    from app.db import now
    from app.keystore import key_of
    from app.media.shelf import new_name, shelf_of
    from app.vault import seal

    config = app.extensions["onsplan.config"]
    row: dict[str, Any] = {"id": uuid4(), "plan_id": plan, "created_at": now(), "sort": "photo", "size": 1000}
    for size, weight in SIZES.items():
        name = row[size] = new_name()
        sealed = seal(key_of(plan), f"photo/{size}", row["id"], os.urandom(weight))
        if sync:
            shelf_of(config).put(name, sealed)
            continue
        path: Path = config.data / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(sealed)
    return row


def files_of(data: Path) -> Iterator[tuple[str, bytes]]:
    """Every photo file of a product that keeps them in a folder."""
    for path in sorted((data / "files").glob("*/*")):
        yield f"{path.parent.name}/{path.name}", path.read_bytes()
