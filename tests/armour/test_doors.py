"""One door for writing, few places that read: who commits, who writes rows, who selects (design: house, choice 4)."""

import ast
from pathlib import Path

APP = Path(__file__).parent.parent.parent / "app"

# The door, the job that empties the bin, the key store, and the ledgers that write beside the door: sessions, attempts
# and looks.
WRITERS = {
    "change.py",
    "erase.py",
    "keystore.py",
    "accounts/commands.py",
    "accounts/tidy.py",
    "sharing/ledger.py",
}
# The scope, and what the door itself reads.
READERS = WRITERS | {"scope.py", "lines.py"}
WRITING, READING = {"insert", "update", "delete"}, {"select", "union_all", "text"}


def _trees() -> dict[str, ast.Module]:
    return {str(path.relative_to(APP)): ast.parse(path.read_text()) for path in sorted(APP.rglob("*.py"))}


def _taken_from_sqlalchemy(tree: ast.Module) -> set[str]:
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {name.name for node in imports if (node.module or "").startswith("sqlalchemy") for name in node.names}


def _called(tree: ast.Module) -> set[str]:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {call.attr for call in calls if isinstance(call, ast.Attribute)}


def test_only_the_door_and_the_ledgers_commit() -> None:
    found = {name for name, tree in _trees().items() if "commit" in _called(tree)}
    assert found <= WRITERS
    assert "change.py" in found


def test_only_they_write_rows() -> None:
    found = {name for name, tree in _trees().items() if WRITING & _taken_from_sqlalchemy(tree)}
    assert found == WRITERS
    unit_of_work = {"add_all", "bulk_save_objects", "bulk_insert_mappings", "merge"}
    assert {name for name, tree in _trees().items() if unit_of_work & _called(tree)} == set()


def test_only_stores_select() -> None:
    found = {name for name, tree in _trees().items() if READING & _taken_from_sqlalchemy(tree)}
    assert {name for name in found if not name.endswith("/store.py")} <= READERS
