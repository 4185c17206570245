"""A drawing, a photo, a voice: in the child's own layer, shown to whom it chose until it takes that back."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from werkzeug.datastructures import FileStorage

from tests.cast import Cast
from tests.moments.album import drawn_here, jpeg
from tests.sharing.pages import tokens_off

if TYPE_CHECKING:
    from flask.testing import FlaskClient

__all__ = ["drawn_here", "tokens_off"]
pytestmark = pytest.mark.usefixtures("tokens_off")
PICTURE = re.compile(r'src="([^"]+/(?:klein|groot))"')


def mij(cast: Cast) -> str:
    return f"/p/{cast.plan}/mij"


def sends(client: FlaskClient, address: str, field: str = "photo", data: bytes = b"", **more: str) -> Any:
    file = FileStorage(io.BytesIO(data or jpeg()), "tekening.png")
    form = {"form_key": uuid4().hex, **more, field: file}
    return client.post(address, data=form, content_type="multipart/form-data")


def drawn(cast: Cast) -> tuple[FlaskClient, str]:
    """Kaat draws something; where she chooses who may see it."""
    kaat = cast.client_of("kaat")
    answer = sends(kaat, f"{mij(cast)}/maak?met=teken")
    assert answer.status_code == 303, answer.text
    return kaat, str(answer.location)


def test_a_drawing_alone_is_enough_and_is_the_childs_alone(cast: Cast) -> None:
    kaat, who = drawn(cast)
    (picture,) = set(PICTURE.findall(kaat.get(who.removesuffix("/wie")).text))
    assert kaat.get(picture).mimetype == "image/webp"
    said = who.split("/")[-2]
    assert said in picture
    told = picture.replace("/mij/zeg/", "/verteld/")
    for reader in ("sara", "jef", "nele", "lisa", "mil"):
        assert cast.client_of(reader).get(picture).status_code == 404
        assert cast.client_of(reader).get(told).status_code == 404


def test_whom_the_child_chose_sees_it_until_the_child_takes_it_back(cast: Cast) -> None:
    kaat, who = drawn(cast)
    kaat.post(f"{who}/{cast.people['jef']}/ja")
    jef, address = cast.client_of("jef"), who.removesuffix("/wie").replace("/mij/zeg/", "/verteld/")
    (picture,) = set(PICTURE.findall(jef.get(address).text))
    assert jef.get(picture).mimetype == "image/webp"
    assert cast.client_of("sara").get(picture).status_code == 404
    kaat.post(f"{who}/{cast.people['jef']}/nee")
    assert jef.get(picture).status_code == 404


def test_the_picture_itself_is_a_look_too(cast: Cast) -> None:
    kaat, who = drawn(cast)
    kaat.post(f"{who}/{cast.people['jef']}/ja")
    (picture,) = set(PICTURE.findall(kaat.get(who.removesuffix("/wie")).text))
    assert cast.client_of("jef").get(picture.replace("/mij/zeg/", "/verteld/")).status_code == 200
    assert "Jef:" in kaat.get(who.removesuffix("/wie")).text


def test_a_file_that_is_none_says_so_and_keeps_nothing(cast: Cast) -> None:
    kaat = cast.client_of("kaat")
    before = kaat.get(f"{mij(cast)}/doos").text.count("own-card")
    answer = sends(kaat, f"{mij(cast)}/maak?met=foto", data=b"no photo at all")
    assert answer.status_code == 422
    assert "geen foto" in answer.text
    assert kaat.get(f"{mij(cast)}/doos").text.count("own-card") == before


def test_somebody_may_answer_with_a_picture(cast: Cast) -> None:
    said = cast.id("said kaat to lisa")
    assert sends(cast.client_of("lisa"), f"/p/{cast.plan}/verteld/{said}/antwoord").status_code == 303
    kaat = cast.client_of("kaat")
    (picture,) = set(PICTURE.findall(kaat.get(f"{mij(cast)}/zeg/{said}").text))
    assert kaat.get(picture).status_code == 200
    kaat.post(f"{mij(cast)}/zeg/{said}/wie/{cast.people['jef']}/ja")
    assert cast.client_of("jef").get(picture.replace("/mij/zeg/", "/verteld/")).status_code == 404


def test_all_of_it_goes_along_in_one_file(cast: Cast) -> None:
    kaat, who = drawn(cast)
    assert kaat.get(f"{mij(cast)}/neem-mee").status_code == 200
    answer = kaat.get(f"{mij(cast)}/neem-mee/van-mij.zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="van-mij.zip"'
    with ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        page = archive.read("index.html").decode()
        assert "Ekster" in page
        assert "Alpenkraai" in page
        names = re.findall(r'src="(beeld-\d+\.webp)"', page)
        assert set(names) & set(archive.namelist())
        assert "Veldleeuwerik" not in page
    assert who


def test_what_was_taken_back_while_an_answer_was_on_its_way_is_not_answered(cast: Cast) -> None:
    """A voice is made anew for seconds: the child may take back what it told meanwhile."""
    from app.change import NotPermitted
    from app.children import told_commands, told_store

    said = cast.id("said kaat to sara")
    assert cast.app is not None
    with cast.app.test_request_context():
        view = told_store.told_one(cast.sara, said)
        assert view is not None
    cast.client_of("kaat").post(f"{mij(cast)}/zeg/{said}/niemand")
    with cast.app.test_request_context(), pytest.raises(NotPermitted):
        told_commands.reply(view, told_commands.ReplyInput(words="Te laat"), None)
