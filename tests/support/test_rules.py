"""The wall around rule tests, tried from inside: this file is named like one."""

import pytest
from sqlalchemy import create_engine

from tests.support.guards import Refused


def test_a_rule_test_cannot_open_a_database() -> None:
    with pytest.raises(Refused):
        create_engine("sqlite://").connect()
