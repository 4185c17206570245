"""Settings: read from the environment, typed, and refused with a sentence when they are wrong.

Every setting has a default that works on one machine. `SETTINGS` is also what `docs/operate.md` and
`onsplan settings` list, so the three cannot drift.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.disk import sync_folder
from app.helplines import HelpLine, read_lines
from app.settings import SETTINGS, Setting, WrongSetting

__all__ = ["SETTINGS", "Bucket", "Config", "Mail", "Setting", "WrongSetting", "bucket_at", "kept_secret"]

KEY_BYTES = 32


@dataclass(frozen=True)
class Mail:
    """The server that sends mail. `sort` is `smtp`, `smtp+starttls` or `smtps`."""

    sort: str
    host: str
    port: int
    user: str
    password: str
    sender: str

    def __repr__(self) -> str:
        return f"Mail({self.sort}, {self.host})"


@dataclass(frozen=True)
class Bucket:
    """Storage that speaks S3. An empty `endpoint` is that of Amazon for the region."""

    name: str
    prefix: str
    endpoint: str
    region: str


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
    mail: Mail | None = None
    files: Bucket | None = None
    help_lines: tuple[HelpLine, ...] = ()

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
            data.mkdir(parents=True, exist_ok=True, mode=0o700)
            keys.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise WrongSetting("ONSPLAN_DATA", "a folder that this user may write in") from error
        database_url = _database("ONSPLAN_DATABASE_URL", env, data / "plan.db")
        keys_url = _database("ONSPLAN_KEYS_URL", env, keys / "keys.db")
        if _place(keys_url) == _place(database_url):
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
            mail=_mail(env),
            files=bucket_at(env.get("ONSPLAN_FILES_URL") or ""),
            help_lines=read_lines(env.get("ONSPLAN_HELP_LINES") or ""),
        )


def _database(name: str, env: Mapping[str, str], fallback: Path) -> str:
    url = env.get(name) or f"sqlite:///{fallback}"
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise WrongSetting(name, "an address that starts with sqlite:/// or postgresql://")
    try:
        database = make_url(url).database
    except (ArgumentError, ValueError) as error:
        raise WrongSetting(name, "an address that starts with sqlite:/// or postgresql://") from error
    if database in {None, "", ":memory:"}:
        raise WrongSetting(name, "an address with the name of a database, which outlives the server")
    # Migrations and pages look from different folders, so a path is made whole here.
    return f"sqlite:///{Path(database or '').resolve()}" if url.startswith("sqlite:///") else url


def _place(url: str) -> tuple[object, ...]:
    """What two addresses of one database have in common."""
    parts = make_url(url)
    if parts.drivername == "sqlite":
        return ("sqlite", Path(parts.database or "").resolve())
    return (parts.host or "localhost", parts.port or 5432, parts.database, parts.query.get("host"))


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """The text of a key file; made on first use, whole before others see it, readable by its owner only."""
    if not path.exists():
        new = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(new, path)
        new.unlink()
        sync_folder(path.parent)
    return path.read_text(encoding="ascii").strip()


def _master_key(env: Mapping[str, str], path: Path) -> bytes:
    text = env.get("ONSPLAN_MASTER_KEY") or kept_secret(
        path, lambda: base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")
    )
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise WrongSetting("ONSPLAN_MASTER_KEY", "32 bytes written in base64") from error
    if len(key) != KEY_BYTES:
        raise WrongSetting("ONSPLAN_MASTER_KEY", "32 bytes written in base64")
    return key


def _secret_key(env: Mapping[str, str], path: Path) -> str:
    key = env.get("ONSPLAN_SECRET_KEY") or kept_secret(path, lambda: secrets.token_urlsafe(KEY_BYTES))
    if len(key) < KEY_BYTES:
        raise WrongSetting("ONSPLAN_SECRET_KEY", "at least 32 characters")
    return key


def _address(env: Mapping[str, str]) -> str:
    address = (env.get("ONSPLAN_ADDRESS") or "http://localhost:8000").rstrip("/")
    if not _is_origin(address):
        raise WrongSetting("ONSPLAN_ADDRESS", "an address like https://plan.example, without a path")
    return address


def _is_origin(address: str) -> bool:
    """Whether an address is a scheme, a host and maybe a port, as browsers write an origin."""
    try:
        parts = urlsplit(address)
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:
        return False
    host = parts.hostname or ""
    named = f"[{host}]" if ":" in host else host
    plain = bool(host) and not any(letter.isspace() for letter in host)
    return plain and parts.scheme in {"http", "https"} and address.lower() == f"{parts.scheme}://{named}{port}"


def _zone(env: Mapping[str, str]) -> str:
    zone = env.get("ONSPLAN_ZONE") or "Europe/Brussels"
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WrongSetting("ONSPLAN_ZONE", "a time zone like Europe/Brussels") from error
    return zone


def _proxies(env: Mapping[str, str]) -> int:
    text = env.get("ONSPLAN_PROXIES") or "0"
    if text not in {"0", "1", "2", "3", "4", "5"}:
        raise WrongSetting("ONSPLAN_PROXIES", "a whole number from 0 to 5")
    return int(text)


MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def _mail(env: Mapping[str, str]) -> Mail | None:
    """Where mail is sent from; None when this server sends none."""
    url, sender = env.get("ONSPLAN_MAIL_URL") or "", env.get("ONSPLAN_MAIL_FROM") or ""
    if not url and not sender:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or MAIL_PORTS.get(parts.scheme, 0)
    except ValueError:
        parts, port = urlsplit(""), 0
    if not port or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise WrongSetting("ONSPLAN_MAIL_URL", "an address like smtps://name:password@mail.example:465")
    name, at, place = sender.rpartition("@")
    if not (name and at and place) or any(letter.isspace() or letter in "<>,;" for letter in sender):
        raise WrongSetting("ONSPLAN_MAIL_FROM", "an e-mail address like plan@mail.example")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(parts.scheme, parts.hostname, port, user, password, sender)


def _switch(name: str, env: Mapping[str, str]) -> bool:
    text = env.get(name) or "0"
    if text not in {"0", "1"}:
        raise WrongSetting(name, "0 or 1")
    return text == "1"


def bucket_at(url: str) -> Bucket | None:
    """The bucket that ONSPLAN_FILES_URL speaks of; None when it is empty, and files lie in a folder.

    Raises:
        WrongSetting: it is no such address, or holds something else, such as a key that everybody could read.
    """
    if not url:
        return None
    match = re.fullmatch(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9_-]+)*)/?(?:\?(.*))?", url)
    given = parse_qsl(match[3] or "", keep_blank_values=True) if match else []
    more = dict(given)
    endpoint, region = more.get("endpoint", ""), more.get("region", "us-east-1")
    known = len(more) == len(given) and more.keys() <= {"endpoint", "region"}
    fits = re.fullmatch(r"[a-z0-9-]+", region) and (not endpoint or _is_origin(endpoint))
    if match is None or not known or not fits:
        expects = "an address like s3://bucket/prefix?endpoint=https://s3.example&region=eu-central-1, without a key"
        raise WrongSetting("ONSPLAN_FILES_URL", expects)
    return Bucket(match[1], match[2].strip("/"), endpoint, region)
