"""Settings: read from the environment, typed, and refused with a sentence when they are wrong.

Every setting has a default that works on one machine. `SETTINGS` is also what `docs/operate.md` and
`onsplan settings` list, so the three cannot drift.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

KEY_BYTES = 32


class WrongSetting(Exception):
    """A setting that cannot be used. The message names it and says what it expects."""

    def __init__(self, name: str, expects: str) -> None:
        super().__init__(f"{name} is wrong: it expects {expects}.")
        self.name = name


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("ONSPLAN_DATA", "data", "Folder for the embedded databases and keys; made when missing."),
    Setting("ONSPLAN_DATABASE_URL", "sqlite in ONSPLAN_DATA/plan.db", "Where plans lie: sqlite:/// or postgresql://."),
    Setting(
        "ONSPLAN_KEYS_URL", "sqlite in ONSPLAN_DATA/keys/keys.db", "Where wrapped keys lie; never the same database."
    ),
    Setting(
        "ONSPLAN_MASTER_KEY", "file ONSPLAN_DATA/keys/master.key", "32 bytes in base64; wraps the key of every plan."
    ),
    Setting("ONSPLAN_SECRET_KEY", "file ONSPLAN_DATA/keys/secret.key", "At least 32 characters; signs cookies."),
    Setting(
        "ONSPLAN_ADDRESS", "http://localhost:8000", "The address people use; links and QR codes are built from it."
    ),
    Setting("ONSPLAN_ZONE", "Europe/Brussels", "Time zone of new plans (IANA name)."),
    Setting("ONSPLAN_PROXIES", "0", "How many trusted proxies stand in front (0 to 5)."),
    Setting("ONSPLAN_DEVELOPMENT", "0", "1 shows the page of components at /stijl; leave 0 for families."),
)


@dataclass(frozen=True)
class Config:
    """All settings of one running product. Build it with `Config.from_env`."""

    data: Path
    database_url: str
    keys_url: str
    master_key: bytes
    secret_key: str
    address: str
    zone: str
    proxies: int
    development: bool

    @property
    def secure(self) -> bool:
        """Whether people reach the product over https, so that cookies may be bound to it."""
        return self.address.startswith("https://")

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Config:
        """Read and check every setting.

        Raises:
            WrongSetting: names the first setting that cannot be used, and what it expects.
        """
        env = os.environ if env is None else env
        data = Path(env.get("ONSPLAN_DATA") or "data").resolve()
        keys = data / "keys"
        try:
            keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise WrongSetting("ONSPLAN_DATA", "a folder that this user may write in") from error
        database_url = _database("ONSPLAN_DATABASE_URL", env, data / "plan.db")
        keys_url = _database("ONSPLAN_KEYS_URL", env, keys / "keys.db")
        if keys_url == database_url:
            raise WrongSetting("ONSPLAN_KEYS_URL", "another database than ONSPLAN_DATABASE_URL")
        return cls(
            data=data,
            database_url=database_url,
            keys_url=keys_url,
            master_key=_master_key(env, keys / "master.key"),
            secret_key=_secret_key(env, keys / "secret.key"),
            address=_address(env),
            zone=_zone(env),
            proxies=_proxies(env),
            development=_switch("ONSPLAN_DEVELOPMENT", env),
        )


def _database(name: str, env: Mapping[str, str], fallback: Path) -> str:
    url = env.get(name) or f"sqlite:///{fallback}"
    if url.startswith("postgresql://"):
        return "postgresql+psycopg://" + url.removeprefix("postgresql://")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise WrongSetting(name, "an address that starts with sqlite:/// or postgresql://")
    return url


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The text of a key file; made on first use, readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        text = make()
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return text


def _master_key(env: Mapping[str, str], path: Path) -> bytes:
    text = env.get("ONSPLAN_MASTER_KEY") or _kept(
        path, lambda: base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")
    )
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise WrongSetting("ONSPLAN_MASTER_KEY", "32 bytes written in base64") from error
    if len(key) != KEY_BYTES:
        raise WrongSetting("ONSPLAN_MASTER_KEY", "32 bytes written in base64")
    return key


def _secret_key(env: Mapping[str, str], path: Path) -> str:
    key = env.get("ONSPLAN_SECRET_KEY") or _kept(path, lambda: secrets.token_urlsafe(KEY_BYTES))
    if len(key) < KEY_BYTES:
        raise WrongSetting("ONSPLAN_SECRET_KEY", "at least 32 characters")
    return key


def _address(env: Mapping[str, str]) -> str:
    address = (env.get("ONSPLAN_ADDRESS") or "http://localhost:8000").rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise WrongSetting("ONSPLAN_ADDRESS", "an address like https://plan.example, without a path")
    return address


def _zone(env: Mapping[str, str]) -> str:
    zone = env.get("ONSPLAN_ZONE") or "Europe/Brussels"
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise WrongSetting("ONSPLAN_ZONE", "a time zone like Europe/Brussels") from error
    return zone


def _proxies(env: Mapping[str, str]) -> int:
    text = env.get("ONSPLAN_PROXIES") or "0"
    if text not in {"0", "1", "2", "3", "4", "5"}:
        raise WrongSetting("ONSPLAN_PROXIES", "a whole number from 0 to 5")
    return int(text)


def _switch(name: str, env: Mapping[str, str]) -> bool:
    text = env.get(name) or "0"
    if text not in {"0", "1"}:
        raise WrongSetting(name, "0 or 1")
    return text == "1"
