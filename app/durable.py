"""Whether a database server keeps what it says that it keeps."""

from __future__ import annotations

from sqlalchemy import NullPool, create_engine

from app.config import Config
from app.db import CannotUse

# PostgreSQL: off, and a power cut eats what was acknowledged or leaves half pages.
SAFE = ("fsync", "full_page_writes")


def refuse_forgetful(config: Config) -> None:
    """Find out before anything is served.

    Raises:
        CannotUse: a PostgreSQL server answers that something is saved before it is on its disk.
    """
    for store, url in (("content", config.database_url), ("keys", config.keys_url)):
        if url.startswith("sqlite"):
            continue
        engine = create_engine(url, poolclass=NullPool)
        with engine.connect() as connection:
            off = [name for name in SAFE if connection.exec_driver_sql(f"SHOW {name}").scalar() == "off"]
        if off:
            sentence = f"The PostgreSQL server of the {store} database loses what it saved when the power fails: "
            raise CannotUse(f"{sentence}set {' and '.join(off)} to on.")
