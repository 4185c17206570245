import gzip
import re

import pytest
from flask.testing import FlaskClient


def addresses(client: FlaskClient, folder: str) -> list[str]:
    found = re.findall(rf'/static/{folder}/[^"]+', client.get("/").text)
    assert found
    return found


@pytest.mark.parametrize("folder", ["css", "js"])
def test_sheets_and_scripts_go_out_compressed(client: FlaskClient, folder: str) -> None:
    for address in addresses(client, folder):
        with client.get(address, headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert len(gzip.decompress(answer.data)) > 2 * len(answer.data)


def test_pages_go_out_compressed(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data).startswith(b"<!doctype html>")


def test_fonts_are_small_already_and_go_out_as_they_are(client: FlaskClient) -> None:
    with client.get(addresses(client, "fonts")[0], headers={"Accept-Encoding": "br, gzip"}) as answer:
        assert "Content-Encoding" not in answer.headers
