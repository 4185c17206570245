"""The walls around all tests, tried."""

import socket

import pytest

from tests.support.guards import Refused


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "2001:db8::1"])
def test_no_test_reaches_the_network(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as own, pytest.raises(Refused):
        own.connect((host, 443))


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as own:
        assert own.getpeername() == server.getsockname()
