"""Damages the pure rooms in small ways, one at a time, and asks whether a test notices: `make mutants`.

mutmut makes the mutants and runs for each the tests that call its function, until the first fails. Here stands the
judgement: the score of each module, and whether every survivor is listed with a reason in tests/pure/survivors.toml.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "mutants"
PACKAGE = "src/aiplus_cli"
SURVIVORS = ROOT / "tests" / "pure" / "survivors.toml"
LEAST = 0.9
"""The share of mutants that must be killed."""
SURVIVED, UNTESTED = 0, 33
"""mutmut's codes for a mutant that all its tests passed, and for one whose function no test calls."""


class Mutant(NamedTuple):
    """One change and what became of it; `change` is how survivors.toml names it, whatever the line numbers."""

    module: str
    change: str
    killed: bool


def main(room: str) -> int:
    """Run the mutants of a room, or of all; 1 where too few were killed or a survivor is not listed."""
    pattern = f"aiplus_cli.{room.replace('/', '.')}*"
    run(pattern)
    return report(list(results(pattern)), reasons())


def run(pattern: str) -> None:
    """Let mutmut run the mutants whose names fit."""
    (RESULTS / "mutmut-stats.json").unlink(missing_ok=True)  # it would keep what tests called before they changed
    processes = os.environ.get("PROCESSES", "1")
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", processes, pattern]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "HYPOTHESIS_PROFILE": "mutants"}, check=True)  # noqa: S603


def results(pattern: str) -> Iterator[Mutant]:
    """What became of the mutants whose names fit."""
    for path in sorted(RESULTS.glob(f"{PACKAGE}/**/*.meta")):
        codes: dict[str, int | None] = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        module = path.relative_to(RESULTS / PACKAGE).as_posix().removesuffix(".py.meta")
        for name, code in codes.items():
            if code is not None and name.startswith(pattern.rstrip("*")):
                yield Mutant(module, change_of(module, name), code not in (SURVIVED, UNTESTED))


def change_of(module: str, name: str) -> str:
    """`judge/series build_series: the line before -> the line after`."""
    lines = get_diff_for_mutant(name).splitlines()
    function, owner = orig_function_and_class_names_from_key(name)
    before, after = (_joined(lines, mark) for mark in "-+")
    return f"{module} {owner + '.' if owner else ''}{function}: {before} -> {after}"


def _joined(lines: list[str], mark: str) -> str:
    changed = (line[1:].strip() for line in lines if line.startswith(mark) and not line.startswith(mark * 3))
    return " ".join(changed)


def reasons() -> dict[str, str]:
    """Why each of the listed mutants may survive."""
    groups = tomllib.loads(SURVIVORS.read_text(encoding="utf-8")).get("survivors", [])
    return {change: group["reason"] for group in groups for change in group["mutants"]}


def report(mutants: list[Mutant], listed: dict[str, str]) -> int:
    """Print the score of each module and of all, and what does not fit the list."""
    total, killed = Counter(m.module for m in mutants), Counter(m.module for m in mutants if m.killed)
    for module in sorted(total):
        print(f"{module:30} {killed[module]:5} of {total[module]:5} killed, {killed[module] / total[module]:6.1%}")
    score = killed.total() / total.total()
    print(f"{'all of these':30} {killed.total():5} of {total.total():5} killed, {score:6.1%}")
    survivors = {mutant.change for mutant in mutants if not mutant.killed}
    unlisted = sorted(survivors - listed.keys())
    modules = set(total)
    gone = sorted(change for change in listed if change.partition(" ")[0] in modules and change not in survivors)
    for title, changes in (("survives and is not listed", unlisted), ("is listed and does not survive", gone)):
        for change in changes:
            print(f"{title}: {change}")
    return int(score < LEAST or bool(unlisted))


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
