"""Measures, prints and keeps: `bin/bench [quick] [pages] [load] [paint] [lighthouse] [paper] [servers]`."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from bench.figures import Figure, table, verdicts
from bench.world import commit, machine, world

RESULTS = Path(__file__).parent / "results"
PARTS = {
    "pages": "Bytes, requests, elements, queries",
    "load": "The server: each page beside an empty one",
    "paint": "Slow 3G: 400 kbit/s, 400 ms round trip, processor 4 x slower; seconds",
    "lighthouse": "Lighthouse, mobile",
    "paper": "PDF and QR",
    "servers": "Servers beside each other, on Ons plan",
}
QUICK = ("pages", "load", "paint", "paper")


def chosen(words: list[str]) -> tuple[list[str], bool]:
    """Which parts were asked for, in their order, and whether it must be quick.

    Raises:
        SystemExit: there is no such part.
    """
    unknown = [word for word in words if word not in {*PARTS, "quick"}]
    if unknown:
        raise SystemExit(f"bin/bench knows no {unknown[0]!r}; there is: quick {' '.join(PARTS)}")
    quick = "quick" in words
    parts = [part for part in PARTS if part in words] or list(QUICK if quick else PARTS)
    return parts, quick


def report(head: str, found: dict[str, list[Figure]]) -> str:
    """All of it in markdown."""
    figures = [figure for part in found.values() for figure in part]
    lines = [head, "", "## The bar", ""]
    lines += [f"- {verdict.sentence}" for verdict in verdicts(figures)]
    for part, its in found.items():
        lines += ["", f"## {PARTS[part]}", "", table(its)]
    return "\n".join([*lines, "", "`(!)`: over its limit.", ""])


def nested(found: dict[str, list[Figure]]) -> dict[str, dict[str, dict[str, float]]]:
    """The figures by part, by what they are of, by name."""
    kept: dict[str, dict[str, dict[str, float]]] = {part: {} for part in found}
    for part, its in found.items():
        for one in its:
            kept[part].setdefault(one.of, {})[one.name] = one.value
    return kept


def main(words: list[str]) -> None:
    """Measure, print, and keep what was not done in a hurry."""
    parts, quick = chosen(words)
    at, here, measured = datetime.now(UTC), machine(), commit()
    found: dict[str, list[Figure]] = {}
    with world(quick=quick) as made:
        for part in parts:
            begin = time.monotonic()
            sys.stderr.write(f"{part} ...\n")
            found[part] = import_module(f"bench.{part}").measure(made)
            sys.stderr.write(f"{part}: {time.monotonic() - begin:.0f} s\n")
    text = report(f"# bin/bench {' '.join(words)}\n\n{at:%Y-%m-%d %H:%M} UTC, commit {measured}, {here}.", found)
    sys.stdout.write(text)
    if quick:
        return
    RESULTS.mkdir(exist_ok=True)
    name = f"{at:%Y-%m-%d}-{'-'.join(words) or 'all'}"
    kept = {"at": f"{at:%Y-%m-%dT%H:%M}Z", "commit": measured, "machine": here, "figures": nested(found)}
    (RESULTS / f"{name}.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (RESULTS / f"{name}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
