"""The settings there are, each with its default and meaning, and how one that is wrong is refused."""

from __future__ import annotations

from dataclasses import dataclass


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
        "ONSPLAN_FILES_URL",
        "folder ONSPLAN_DATA/files",
        "Where photos lie, when in storage that speaks S3: s3://bucket/prefix?endpoint=https://s3.example&region=...;"
        " never with a key, which is read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
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
    Setting(
        "ONSPLAN_MAIL_URL",
        "none",
        "Sends mail for a lost key: smtps://name:password@mail.example:465, smtp+starttls:// or smtp://.",
    ),
    Setting("ONSPLAN_MAIL_FROM", "none", "The address that mail comes from; needed with ONSPLAN_MAIL_URL."),
    Setting(
        "ONSPLAN_HELP_LINES",
        "Awel 102, 1712, Tele-Onthaal 106 and 112",
        "A file (TOML) with the help lines that children see, and when each is open.",
    ),
    Setting("ONSPLAN_DEVELOPMENT", "0", "1 shows the page of components at /stijl; leave 0 for families."),
)
