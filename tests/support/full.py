"""How long the long proofs run: a fiftieth in `bin/test`, whole in `bin/test --full`, which keeps what they found.

A proof says what it measured by `keep(row, **figures)`; each worker appends lines to the file that ONSPLAN_FULL names,
and `python tests/support/full.py` puts them together under `bench/results/`.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
FILE = os.environ.get("ONSPLAN_FULL", "")


def size(small: int, whole: int) -> int:
    """How many times: few in every run, all of them in the full one."""
    return whole if FILE else small


def keep(row: str, **figures: Any) -> None:
    """Keep what a proof of the bar measured, in a full run."""
    if FILE:
        with Path(FILE).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"row": row, **figures}) + "\n")


def result(lines: list[str], failed: bool) -> dict[str, Any]:
    """What a full run found: when, on what kind of machine, and each row with its figures."""
    commit = subprocess.check_output(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, text=True)
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return {
        "when": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "commit": commit.strip(),
        "machine": f"{system}, Python {platform.python_version()}",
        "held": not failed,
        "rows": sorted((json.loads(line) for line in lines), key=lambda row: str(sorted(row.items()))),
    }


def main() -> None:
    """Write the result of a run: `full.py LINES held|failed`."""
    path, outcome = sys.argv[1:]
    found = result(Path(path).read_text(encoding="utf-8").splitlines(), outcome != "held")
    target = ROOT / "bench" / "results" / f"full-{found['when'][:10]}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{target.relative_to(ROOT)}: {len(found['rows'])} rows, {outcome}\n")


if __name__ == "__main__":
    main()
