"""Takes the pictures of the README, in a real browser, of the made-up family; nothing of it stays."""

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

HERE = Path(__file__).parent
# The test helpers are no installed package; how to start Chromium is told in one of them.
sys.path.insert(0, str(HERE.parent.parent / "tests" / "support"))

from chromium import launch  # noqa: E402

PORT = 8765
ADDRESS = f"http://localhost:{PORT}"
PHONE, DESK = (390, 844), (1280, 860)


def family(data: str) -> dict[str, dict[str, dict[str, str]]]:
    """The demo family and the ways in, as an operator gets them."""
    command = [sys.executable, "-m", "app.cli", "demo", "--json"]
    environment = os.environ | {"ONSPLAN_DATA": data, "ONSPLAN_ADDRESS": ADDRESS}
    made = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found: dict[str, dict[str, dict[str, str]]] = json.loads(made.stdout)
    return found


def serve(data: str) -> None:
    """Serves that family in a thread."""
    from app.config import Config
    from app.main import create_app

    app = create_app(Config.from_env({"ONSPLAN_DATA": data, "ONSPLAN_ADDRESS": ADDRESS}))
    threading.Thread(target=make_server("localhost", PORT, app, threaded=True).serve_forever, daemon=True).start()


def picture(browser: Browser, name: str, address: str, cookie: dict[str, str] | None, **look: object) -> str:
    """One picture; the page's text comes back."""
    width, height = look.pop("size", PHONE)  # type: ignore[misc]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-BE", **look)  # type: ignore[arg-type]
    if cookie:
        context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": ADDRESS}])
    page = context.new_page()
    # Photos come when they are in sight, after the page itself.
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=HERE / f"{name}.png")
    text = page.content()
    context.close()
    return text


def main() -> None:
    """Takes them all."""
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        ways = family(data)
        serve(data)
        browser = launch(playwright)
        sara, oma, plan = ways["parent"]["cookie"], ways["link"], str(ways["plan"])
        picture(browser, "landing", ADDRESS, None)
        home = picture(browser, "plan", plan, sara)
        picture(browser, "plan-wide", plan, sara, size=DESK)
        goal = re.search(r'href="(/p/[^"]+/doelen/[0-9a-f-]{36})"', home)
        if goal:
            picture(browser, "goal", ADDRESS + goal[1], sara)
        picture(browser, "people", plan + "mensen", sara)
        picture(browser, "agreements", plan + "afspraken", sara)
        picture(browser, "people-wide", plan + "mensen", sara, size=DESK)
        picture(browser, "people-dark", plan + "mensen", sara, color_scheme="dark")
        picture(browser, "lookback-wide", plan + "terugblik", sara, size=DESK)
        picture(browser, "photos", plan + "fotos", sara)
        picture(browser, "oma", str(oma["address"]), oma["cookie"])
        lisa = ways["guest"]["cookie"]
        picture(browser, "guest", plan, lisa)
        picture(browser, "who-sees", plan + "wie-ziet-wat", sara)
        kaat = ways["child"]["cookie"]
        picture(browser, "child-today", plan + "mij", kaat)
        picture(browser, "child-week", plan + "mij/week", kaat, size=DESK)
        waiting = picture(browser, "proposal", plan + "voorstellen", sara)
        one = re.search(r'href="(/p/[^"]+/voorstellen/[0-9a-f-]{36})"', waiting)
        if one:
            picture(browser, "proposal", ADDRESS + one[1], sara)
        browser.close()


main()
