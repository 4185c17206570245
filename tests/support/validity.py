"""Whether a page is valid HTML: html-validate, run by the node that Playwright brings along. No network, no Java."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

VALIDATOR = Path(__file__).with_name("validate.mjs")


class Validator:
    """One node process for a whole worker; pages go in as lines and come back as lists of faults."""

    def __init__(self) -> None:
        from playwright._impl._driver import compute_driver_executable

        node = compute_driver_executable()[0]
        self._process = subprocess.Popen(
            [node, str(VALIDATOR)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def faults(self, html: str) -> list[str]:
        """Every fault of a whole page, with its line and rule; empty when it is valid."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin
        assert stdout
        stdin.write(json.dumps(html) + "\n")
        stdin.flush()
        return [str(fault) for fault in json.loads(stdout.readline())]

    def close(self) -> None:
        """Ends the process and waits for it."""
        self._process.communicate()


@pytest.fixture(scope="session")
def html_validator() -> Iterator[Validator]:
    """The process itself; most tests want `valid_html`."""
    validator = Validator()
    yield validator
    validator.close()


@pytest.fixture
def valid_html(html_validator: Validator) -> Callable[[str], None]:
    """`valid_html(text)` fails with every fault of that page."""

    def check(html: str) -> None:
        faults = html_validator.faults(html)
        assert not faults, "invalid HTML:\n" + "\n".join(faults)

    return check
