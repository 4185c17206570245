"""Where headless Chromium is, and how it is started. Run as a script, it says whether it starts at all."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

# Without these, Chromium talks to its maker in the background: in a closed network that is many failed connections, and
# "no third-party request" could not be told apart from them.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    # Another origin is not even looked up; a page that asks one is told on by tests/support/browsers.py.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    "--no-first-run",
]


def executable() -> str | None:
    """The machine's own headless Chromium; None lets Playwright take the one it brought itself."""
    named = os.environ.get("ONSPLAN_TEST_CHROMIUM")
    if named:
        return named
    return shutil.which("chromium-headless-shell") or None


def launch(playwright: Playwright) -> Browser:
    """Starts it."""
    return playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)


if __name__ == "__main__":
    with sync_playwright() as started:
        own = executable() or started.chromium.executable_path
        if not Path(own).exists():
            sys.exit(f"no headless Chromium at {own}")
        launch(started).close()
