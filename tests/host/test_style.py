import pytest
from flask.testing import FlaskClient

from app.config import Config
from app.main import create_app


def test_families_find_no_page_of_components(client: FlaskClient) -> None:
    assert client.get("/stijl").status_code == 404


def test_developers_see_every_component_on_one_valid_page(
    environment: dict[str, str], valid_html: "pytest.FixtureRequest"
) -> None:
    app = create_app(Config.from_env(environment | {"ONSPLAN_DEVELOPMENT": "1"}))
    answer = app.test_client().get("/stijl")
    assert answer.status_code == 200
    valid_html(answer.text)  # type: ignore[operator]
