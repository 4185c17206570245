"""Storage that speaks S3, on this machine: `bucket_url` is a setting for a bucket of this test's own."""

from collections.abc import Iterator
from itertools import count
from urllib.request import Request, urlopen

import pytest

_numbers = count(1)


@pytest.fixture(scope="session")
def storage() -> Iterator[str]:
    """The address of a server that speaks S3, made when first asked for."""
    import logging

    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys where they are looked for."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "ours")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a key of storage")


@pytest.fixture
def bucket_url(request: pytest.FixtureRequest, storage: str) -> str:
    """ONSPLAN_FILES_URL for an empty bucket."""
    request.getfixturevalue("bucket_keys")
    name = f"bucket-{next(_numbers)}"
    with urlopen(Request(f"{storage}/{name}", method="PUT")) as answer:
        assert answer.status == 200
    return f"s3://{name}/plan/files?endpoint={storage}&region=us-east-1"
