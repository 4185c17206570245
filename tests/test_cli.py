"""The operator's commands: through click where that is enough, as processes of their own where a server runs."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import cli
from app.policy.actions import Action
from app.web.public import OPEN

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.usefixtures("data")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test, with nothing of the machine's own settings."""
    for name in [name for name in os.environ if name.startswith("ONSPLAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ONSPLAN_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


def run_json(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


# ---- looking ---------------------------------------------------------------------------------------------------------


def test_every_route_says_what_it_needs_or_why_it_is_open() -> None:
    routes = run_json("routes")
    assert len(routes) > 50
    for route in routes:
        assert (route["needs"] is None) != (route["open"] is None), route
        assert route["needs"] is None or Action[route["needs"]]
        assert route["methods"] in (["GET"], ["POST"])
    assert {route["endpoint"] for route in routes if route["open"]} <= set(OPEN)


def test_every_route_of_a_plan_has_a_guard() -> None:
    inside = [route for route in run_json("routes") if route["rule"].startswith("/p/")]
    assert inside
    assert all(route["needs"] for route in inside)


def test_routes_read_as_a_table_too() -> None:
    lines = run("routes").stdout.splitlines()
    assert any(re.match(r"GET +/gezond +open: health check", line) for line in lines)
    assert any(re.match(r"POST +/p/<uuid:plan>/doelen +PLAN_SEE", line) for line in lines)


def test_the_policy_reads_as_a_table() -> None:
    lines = run("matrix").stdout.splitlines()
    assert lines[0].startswith("| action | parent | meehelper | child | trusted | guest | link_holder | system |")
    rows = {line.split("|")[1].strip(): [cell.strip() for cell in line.split("|")[2:-1]] for line in lines[2:]}
    assert set(rows) == {action.name for action in Action}
    assert rows["GOAL_SEE"][:6] == ["sees it", "sees it", "no", "no", "sees it", "no"]
    assert rows["ERASE"][:7] == ["no", "no", "no", "no", "no", "no", "for a reason"]


def test_settings_say_where_they_come_from_and_never_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONSPLAN_SECRET_KEY", "a secret of thirty-two characters")
    monkeypatch.setenv("ONSPLAN_KEYS_URL", "postgresql://me:hidden@nowhere.example/keys")
    said = run("settings").stdout
    assert "ONSPLAN_ZONE = Europe/Brussels (default)" in said
    assert "ONSPLAN_SECRET_KEY = (set) (environment)" in said
    assert "hidden" not in said
    assert "a secret of" not in said


def test_settings_show_no_secret_of_a_bucket_that_is_not_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONSPLAN_FILES_URL", "s3://bucket?secret_access_key=verborgen")
    refused = run("settings")
    assert refused.exit_code == 2
    assert "verborgen" not in refused.output
    assert "ONSPLAN_FILES_URL is wrong" in refused.stderr
    monkeypatch.setenv("ONSPLAN_FILES_URL", "s3://bucket/plans?endpoint=https://s3.example")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "verborgen")
    said = run("settings").stdout
    assert "s3://bucket/plans?endpoint=https://s3.example (environment)" in said
    assert "verborgen" not in said


@pytest.mark.parametrize("command", ["migrate", "settings", "routes", "serve", "work", "demo", "tidy"])
def test_a_wrong_setting_stops_every_command_with_its_sentence(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("ONSPLAN_ZONE", "Brussel")
    result = run(command)
    assert result.exit_code == 2
    assert result.stderr.strip().startswith("ONSPLAN_ZONE is wrong: it expects")
    assert "Traceback" not in result.output


# ---- looking after ---------------------------------------------------------------------------------------------------


def test_the_demo_gives_everybody_a_way_in() -> None:
    ways = run_json("demo")
    members, guests = {"parent", "other_parent", "meehelper"}, {"guest", "guest_alone", "former_guest"}
    assert set(ways) == {"plan", *members, *guests, "child", "young_person", "link", "stranger", "host"}
    for who in ("parent", "other_parent", "meehelper", "stranger"):
        assert re.fullmatch(r"\d{4} \d{4} \d{4}", ways[who]["card"]["number"])
        assert len(ways[who]["card"]["words"].split()) == 3
    assert "/d/" in ways["link"]["link"]
    lines = run("demo").stdout.splitlines()
    named = [line.split()[0] for line in lines]
    assert named == ["Sara", "Jef", "Tante", "Kaat", "Mil", "Oma", "Lisa", "Bert", "Tom", "Lies", "host"]


def test_tidying_says_what_it_erased() -> None:
    run_json("demo")
    assert run("tidy").stderr.strip() == "Erased from the bin: 0."


def test_a_new_master_key_takes_the_place_of_the_old_one(data: Path) -> None:
    run_json("demo")
    file = data / "keys" / "master.key"
    old = file.read_text()
    said = run("keys", "rotate")
    assert said.exit_code == 0
    assert str(file) in said.stderr
    assert file.read_text() != old
    assert old not in said.output
    assert file.read_text() not in said.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run("demo").exit_code == 0


def test_a_master_key_from_the_environment_stays_the_operators_to_set(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("migrate")
    key = (data / "keys" / "master.key").read_text()
    monkeypatch.setenv("ONSPLAN_MASTER_KEY", key)
    run_json("demo")
    said = run("keys", "rotate").stderr
    assert "into ONSPLAN_MASTER_KEY" in said
    new = (data / "keys" / "master.key.next").read_text()
    assert new not in said
    monkeypatch.setenv("ONSPLAN_MASTER_KEY", new)
    assert run("demo").exit_code == 0


# ---- serving ---------------------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(data: Path, *words: str, port: int) -> Iterator[subprocess.Popen[str]]:
    """A server as `bin/run` starts it, in a process group as in a terminal; ended when a test leaves it running."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ONSPLAN_")}
    command = [sys.executable, "-P", "-m", "app.cli", "serve", "--port", str(port), "--data", str(data), *words]
    process = subprocess.Popen(
        command, env=environment | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stderr:
            process.stderr.close()


def wait_for(process: subprocess.Popen[str], address: str) -> str:
    """The answer of an address, once the server is there."""
    for _ in range(600):
        assert process.poll() is None, process.stderr and process.stderr.read()
        try:
            with urllib.request.urlopen(address) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError:
            time.sleep(0.05)
    raise AssertionError(f"nobody answers at {address}")


def stop(process: subprocess.Popen[str]) -> str:
    """Ctrl-C in a terminal: every process of the group hears it. What the server said."""
    os.killpg(process.pid, signal.SIGINT)
    _out, said = process.communicate(timeout=60)
    return said


def test_it_serves_on_this_machine_only_and_ctrl_c_stops_all_of_it(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path / "data", port=port) as process:
        assert wait_for(process, f"http://127.0.0.1:{port}/gezond") == "ok"
        assert "Eén plan. Van ons." in wait_for(process, f"http://127.0.0.1:{port}/")
        listening = _listening(port)
        said = stop(process)
    assert process.returncode == 0
    assert listening == {"127.0.0.1"}
    assert f"Ons Plan: http://localhost:{port}" in said
    assert "█" in said
    assert "Traceback" not in said
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_no_header_says_where_the_product_stands(tmp_path: Path) -> None:
    """A server's own habit: whoever sits on this machine, a proxy too, may say under which path it is."""
    port = free_port()
    with serving(tmp_path / "data", port=port) as process:
        plain = wait_for(process, f"http://127.0.0.1:{port}/sleutel")
        for header in ("SCRIPT_NAME", "PATH_INFO"):
            asked = urllib.request.Request(f"http://127.0.0.1:{port}/sleutel", headers={header: "/sleutel"})
            with urllib.request.urlopen(asked) as answer:
                told = answer.read().decode()
            assert _addresses(told) == _addresses(plain), header
        stop(process)


def _addresses(page: str) -> list[str]:
    return re.findall(r'(?:href|action)="([^"]*)"', page)


def test_a_phone_that_falls_silent_gives_its_thread_back(monkeypatch: pytest.MonkeyPatch) -> None:
    from app import serving as server

    monkeypatch.setattr(server, "SILENT_SECONDS", 1)
    monkeypatch.setattr(server, "UNREAD_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server._patient(SimpleNamespace(LISTENERS=[SimpleNamespace(sock=listener)]))
        with socket.create_connection(listener.getsockname()) as phone:
            taken, _address = listener.accept()
            with taken:
                phone.sendall(b"GET / HTTP")
                assert taken.recv(100) == b"GET / HTTP"
                with pytest.raises(BlockingIOError):
                    taken.recv(100)
                with pytest.raises(BlockingIOError):
                    taken.sendall(b"." * 50_000_000)


def jobs_of(server: subprocess.Popen[str]) -> set[int]:
    """The processes of the jobs that belong to a server, as Linux tells."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if words[-3:-1] == [b"--beside", str(server.pid).encode()]:
                found.add(int(folder.name))
    return found


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    for _ in range(1200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it never was so")


def test_the_jobs_are_done_beside_it_start_again_when_they_fall_and_stop_with_it(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path / "data", port=port) as process:
        until((tmp_path / "data" / "jobs.db").exists)
        [fallen] = jobs_of(process)
        os.kill(fallen, signal.SIGKILL)
        until(lambda: jobs_of(process) not in ({fallen}, set()))
        wait_for(process, f"http://127.0.0.1:{port}/gezond")
        said = stop(process)
        assert jobs_of(process) == set()
    assert process.returncode == 0
    assert "Traceback" not in said


def test_the_jobs_end_when_the_server_is_killed(tmp_path: Path) -> None:
    with serving(tmp_path / "data", port=free_port()) as process:
        until(lambda: len(jobs_of(process)) == 1)
        process.kill()
        until(lambda: jobs_of(process) == set())


def _listening(port: int) -> set[str]:
    """The addresses on which something listens at a port, as Linux tells."""
    found = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _number, local, _remote, state, *_rest = line.split()
        address, _colon, hexadecimal = local.partition(":")
        if state == "0A" and int(hexadecimal, 16) == port:
            found.add(socket.inet_ntoa(bytes.fromhex(address)[::-1]))
    return found


def test_lan_opens_it_to_the_network_with_a_warning_and_cookies_that_work(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path / "data", "--lan", port=port) as process:
        assert wait_for(process, f"http://127.0.0.1:{port}/gezond") == "ok"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/begin") as answer:
            cookie = answer.headers["Set-Cookie"]
        listening = _listening(port)
        said = stop(process)
    assert listening == {"0.0.0.0"}
    assert "Alleen om te proberen" in said
    assert re.search(rf"Ons Plan: http://[\d.]+:{port}\n", said)
    assert "localhost" not in said
    assert "Secure" not in cookie


def test_the_demo_family_is_made_once(tmp_path: Path) -> None:
    port, cards = free_port(), []
    for _ in range(2):
        with serving(tmp_path / "data", "--demo", port=port) as process:
            wait_for(process, f"http://127.0.0.1:{port}/gezond")
            card = re.search(r"Demo: open .*", stop(process))
            assert card
            cards.append(card[0])
    assert cards[0] == cards[1]
    assert stat.S_IMODE((tmp_path / "data" / "demo.json").stat().st_mode) == 0o600


def test_a_port_in_use_gives_one_clear_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(tmp_path / "data", port=port) as process:
            _out, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said.strip() == f"Port {port} is in use or not allowed; choose another one with --port."


def test_without_a_network_lan_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_arguments: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    result = run("serve", "--lan", "--port", str(free_port()))
    assert result.exit_code == 2
    assert result.stderr.strip() == "This machine has no network, so --lan has nobody to let in."
