"""What an error repeats of what it was given: enough to know it by, and never all of something endless."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiplus_cli.errors import LONGEST_ECHO, InputProblem, Message, Problem
from conftest import LEDGER, PLAN, run_aiplus, write_workspace

LONG = "9" * 5000
SAID = 2 * LONGEST_ECHO + 400
"""A place, a value and a fix."""
COMMANDS = [
    "record gen {} --period 2026-09",
    "record {} 5 --period 2026-09",
    "record gen 5 --period {}",
    "record gen 50 --period 2026-09 --region {}",
    "record gen 50 --period 2026-09 --published {}",
    "record gen 50 --period 2026-09 --status {}",
    "record gen 50 --period 2026-09 --replaces {}",
    "withdraw {} --reason x",
    "status --region {}",
    "status {}",
    "status --as-of {}",
    "status --format {}",
    "status --method {}",
    "status --{}",
    "status --lang {}",
    "status --output /{}/x",
    "show {}",
    "log {}",
    "diff --from {}",
    "check --fail-on {}",
    "check --gate {}",
    "export figures --format {}",
    "export {}",
    "forecast gen --level {}",
    "schema {}",
    "import {}",
    "import t.csv --map {}",
    "import t.csv --range {}",
    "import t.csv --encoding {}",
    "import t.csv --sheet {}",
    "import t.csv --published {}",
    "init {}/x",
    "{}",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_5000_digits_are_not_repeated_whole(command: str, tmp_path: Path) -> None:
    """Wherever they stand on the command line, the error is as long as any other, and its code that of the user."""
    files = {"targets.yaml": PLAN, "progress.jsonl": LEDGER, "t.csv": "指标,时期,数值\ngen,2026-09,50\n"}
    done = run_aiplus(command.format(LONG).split(" "), write_workspace(tmp_path, files))

    assert done.code in (2, 3, 4), done.err[:500]
    assert 0 < max(map(len, done.err.splitlines())) <= SAID


@pytest.mark.parametrize(
    "row", [f"{LONG},2026-09,50", f"gen,{LONG},50", f"gen,2026-09,x{LONG}", f"gen,2026-09,50,{LONG}"]
)
def test_a_long_cell_is_not_repeated_whole(row: str, tmp_path: Path) -> None:
    """A label, a period, a value, a cell too many."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": f"指标,时期,数值\n{row}\n"})
    done = run_aiplus(["import", "t.csv"], folder)

    assert done.code == 3
    assert 0 < max(map(len, done.err.splitlines())) <= SAID


def test_a_long_note_of_a_table_is_shown_by_its_ends(tmp_path: Path) -> None:
    """The summary of an import is for people."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": f"指标,2025\ngen,45\n注：{'长' * 5000},\n"})
    done = run_aiplus(["import", "t.csv"], folder)

    assert done.code == 0, done.err
    assert "(5,000 characters)" in done.out
    assert max(map(len, done.out.splitlines())) <= SAID


def test_what_is_repeated_shows_start_end_and_length() -> None:
    """Enough to find it; a long list is counted; whatever is short stands as it is."""
    long = Problem("x", Message("{text}: {names}", text="a" * 200 + "b" * 100, names=[str(n) for n in range(60)]))

    assert str(long.what).startswith("a" * 120 + "…" + "b" * 40 + " (300 characters): 0, 1, ")
    assert str(long.what).endswith("48, 49, and 10 more")
    assert str(Problem("x", Message("{text}", text="c" * 200)).what) == "c" * 200
    assert str(InputProblem(Problem("d" * 300, Message("no")))).endswith("(300 characters): no")
