"""Settings: what is wrong is refused with a sentence that names the setting and says what it expects."""

import base64
import stat
import threading
from pathlib import Path

import pytest

from app.config import SETTINGS, Bucket, Config, WrongSetting

GOOD_KEY = base64.b64encode(b"k" * 32).decode()

WRONG = [
    ("ONSPLAN_DATA", "{file}/data", "a folder that this user may write in"),
    ("ONSPLAN_DATA", "{file}", "a folder that this user may write in"),
    ("ONSPLAN_DATABASE_URL", "mysql://localhost/plan", "an address that starts with sqlite:/// or postgresql://"),
    ("ONSPLAN_DATABASE_URL", "plan.db", "an address that starts with sqlite:/// or postgresql://"),
    ("ONSPLAN_DATABASE_URL", "sqlite://", "an address that starts with sqlite:/// or postgresql://"),
    ("ONSPLAN_DATABASE_URL", "postgresql://host:port/plan", "an address that starts with sqlite:/// or postgresql://"),
    ("ONSPLAN_DATABASE_URL", "sqlite:///", "an address with the name of a database, which outlives the server"),
    ("ONSPLAN_DATABASE_URL", "sqlite:///:memory:", "an address with the name of a database, which outlives the server"),
    ("ONSPLAN_DATABASE_URL", "postgresql://host/", "an address with the name of a database, which outlives the server"),
    ("ONSPLAN_KEYS_URL", "keys", "an address that starts with sqlite:/// or postgresql://"),
    ("ONSPLAN_KEYS_URL", "sqlite:///{data}/plan.db", "another database than ONSPLAN_DATABASE_URL"),
    ("ONSPLAN_KEYS_URL", "sqlite:///{data}/keys/../plan.db", "another database than ONSPLAN_DATABASE_URL"),
    ("ONSPLAN_MASTER_KEY", "short", "32 bytes written in base64"),
    ("ONSPLAN_MASTER_KEY", "not base64 at all é", "32 bytes written in base64"),
    ("ONSPLAN_MASTER_KEY", base64.b64encode(b"k" * 31).decode(), "32 bytes written in base64"),
    ("ONSPLAN_SECRET_KEY", "too short", "at least 32 characters"),
    *[
        ("ONSPLAN_ADDRESS", address, "an address like https://plan.example, without a path")
        for address in (
            "plan.example",
            "ftp://plan.example",
            "https://",
            "https://plan.example/plan",
            "https://plan.example?x=1",
            "https://plan.example#x",
            "https://me:word@plan.example",
            "https://plan.example:port",
            "https://plan.example:99999",
            "https://[plan",
            "https://plan example",
        )
    ],
    *[
        ("ONSPLAN_ZONE", zone, "a time zone like Europe/Brussels")
        for zone in ("Mars/Phobos", "Europe", "/etc/passwd", "../Brussels", "zone.tab", "Europe/Brussels\0")
    ],
    ("ONSPLAN_PROXIES", "6", "a whole number from 0 to 5"),
    ("ONSPLAN_PROXIES", "-1", "a whole number from 0 to 5"),
    ("ONSPLAN_PROXIES", "one", "a whole number from 0 to 5"),
    ("ONSPLAN_DEVELOPMENT", "yes", "0 or 1"),
    *[
        (
            "ONSPLAN_FILES_URL",
            url,
            "an address like s3://bucket/prefix?endpoint=https://s3.example&region=eu-central-1, without a key",
        )
        for url in (
            "bucket",
            "/srv/files",
            "https://s3.example/bucket",
            "s3://",
            "s3:///prefix",
            "s3://Bucket",
            "s3://key:secret@bucket/prefix",
            "s3://bucket/../prefix",
            "s3://bucket//prefix",
            "s3://bucket?endpoint=s3.example",
            "s3://bucket?endpoint=https://s3.example/path",
            "s3://bucket?endpoint=https://key:secret@s3.example",
            "s3://bucket?region=eu central",
            "s3://bucket?secret_access_key=secret",
            "s3://bucket?region=a&region=b",
            "s3://bucket#x",
        )
    ],
    *[
        ("ONSPLAN_MAIL_URL", url, "an address like smtps://name:password@mail.example:465")
        for url in (
            "mail.example",
            "https://mail.example",
            "smtp://",
            "smtps://mail.example:port",
            "smtps://mail.example/inbox",
            "smtp://mail.example?tls=1",
        )
    ],
]


@pytest.mark.parametrize(("name", "value", "expects"), WRONG, ids=[f"{name}={value}" for name, value, _ in WRONG])
def test_a_wrong_setting_is_named_and_says_what_it_expects(name: str, value: str, expects: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    given = value.replace("{file}", str(tmp_path / "file")).replace("{data}", str(tmp_path / "data"))
    with pytest.raises(WrongSetting) as wrong:
        Config.from_env({"ONSPLAN_DATA": str(tmp_path / "data"), name: given})
    assert wrong.value.name == name
    assert str(wrong.value) == f"{name} is wrong: it expects {expects}."


def test_a_sender_without_a_mail_server_asks_for_the_server(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="ONSPLAN_MAIL_URL is wrong"):
        Config.from_env({"ONSPLAN_DATA": str(tmp_path / "data"), "ONSPLAN_MAIL_FROM": "plan@mail.example"})


def test_two_addresses_of_one_database_are_seen_through(tmp_path: Path) -> None:
    same = {
        "ONSPLAN_DATABASE_URL": "postgresql://one@localhost/plan",
        "ONSPLAN_KEYS_URL": "postgresql://two@localhost:5432/plan",
    }
    with pytest.raises(WrongSetting):
        Config.from_env({"ONSPLAN_DATA": str(tmp_path), **same})


def test_every_setting_has_a_default_that_works(tmp_path: Path) -> None:
    config = Config.from_env({"ONSPLAN_DATA": str(tmp_path)})
    assert config.database_url == f"sqlite:///{tmp_path}/plan.db"
    assert config.keys_url == f"sqlite:///{tmp_path}/keys/keys.db"
    assert (config.address, config.zone, config.proxies) == ("http://localhost:8000", "Europe/Brussels", 0)
    assert not config.secure
    assert not config.development


def test_every_setting_that_is_read_is_told(tmp_path: Path) -> None:
    class Asked(dict[str, str]):
        seen: set[str] = set()

        def get(self, name: str, default: object = None) -> object:  # type: ignore[override]
            self.seen.add(name)
            return super().get(name, default)  # type: ignore[arg-type]

    asked = Asked(ONSPLAN_DATA=str(tmp_path))
    Config.from_env(asked)
    assert asked.seen == {setting.name for setting in SETTINGS}


def test_keys_made_on_first_use_stay_and_are_for_their_owner_only(tmp_path: Path) -> None:
    first, second = (Config.from_env({"ONSPLAN_DATA": str(tmp_path)}) for _ in range(2))
    assert (first.master_key, first.secret_key) == (second.master_key, second.secret_key)
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == ["master.key", "secret.key"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()} == {0o600}
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_workers_that_start_at_once_have_the_same_keys(tmp_path: Path) -> None:
    made: list[Config] = []
    ready = threading.Barrier(8, timeout=60)

    def start() -> None:
        ready.wait()
        made.append(Config.from_env({"ONSPLAN_DATA": str(tmp_path)}))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len({config.master_key for config in made}) == 1
    assert len({config.secret_key for config in made}) == 1


def test_a_key_file_that_lost_its_key_is_refused(tmp_path: Path) -> None:
    Config.from_env({"ONSPLAN_DATA": str(tmp_path)})
    (tmp_path / "keys" / "master.key").write_text("")
    with pytest.raises(WrongSetting, match="ONSPLAN_MASTER_KEY"):
        Config.from_env({"ONSPLAN_DATA": str(tmp_path)})


@pytest.mark.parametrize(
    ("address", "kept", "secure"),
    [
        ("https://plan.example/", "https://plan.example", True),
        ("http://localhost:8000", "http://localhost:8000", False),
        ("https://[::1]:8443", "https://[::1]:8443", True),
        ("https://Plan.Example", "https://Plan.Example", True),
    ],
)
def test_the_address_is_an_origin(address: str, kept: str, secure: bool, tmp_path: Path) -> None:
    config = Config.from_env({"ONSPLAN_DATA": str(tmp_path), "ONSPLAN_ADDRESS": address})
    assert (config.address, config.secure) == (kept, secure)


def test_a_path_of_a_database_is_made_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Migrations and pages look from different folders."""
    monkeypatch.chdir(tmp_path)
    config = Config.from_env({"ONSPLAN_DATA": "data", "ONSPLAN_DATABASE_URL": "sqlite:///here.db"})
    assert config.database_url == f"sqlite:///{tmp_path}/here.db"
    assert config.keys_url == f"sqlite:///{tmp_path}/data/keys/keys.db"


def test_other_good_values_are_taken(tmp_path: Path) -> None:
    config = Config.from_env(
        {
            "ONSPLAN_DATA": str(tmp_path),
            "ONSPLAN_DATABASE_URL": "postgresql://plan@db/plan",
            "ONSPLAN_MASTER_KEY": GOOD_KEY,
            "ONSPLAN_SECRET_KEY": "s" * 32,
            "ONSPLAN_ZONE": "Africa/Kinshasa",
            "ONSPLAN_PROXIES": "2",
            "ONSPLAN_DEVELOPMENT": "1",
        }
    )
    assert config.database_url == "postgresql+psycopg://plan@db/plan"
    assert config.master_key == b"k" * 32
    assert (config.zone, config.proxies, config.development) == ("Africa/Kinshasa", 2, True)
    assert not list((tmp_path / "keys").iterdir())


def test_the_folder_of_the_data_is_for_its_owner_only(tmp_path: Path) -> None:
    Config.from_env({"ONSPLAN_DATA": str(tmp_path / "new" / "data")})
    for folder in ("new/data", "new/data/keys"):
        assert (tmp_path / folder).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("", None),
        ("s3://bucket", Bucket("bucket", "", "", "us-east-1")),
        ("s3://my.bucket/", Bucket("my.bucket", "", "", "us-east-1")),
        (
            "s3://bucket/plans/files?endpoint=https://s3.example:9000&region=eu-central-1",
            Bucket("bucket", "plans/files", "https://s3.example:9000", "eu-central-1"),
        ),
    ],
)
def test_files_lie_in_a_folder_or_in_the_bucket_that_is_named(url: str, found: Bucket | None, tmp_path: Path) -> None:
    env = {"ONSPLAN_DATA": str(tmp_path / "data")} | ({"ONSPLAN_FILES_URL": url} if url else {})
    assert Config.from_env(env).files == found
