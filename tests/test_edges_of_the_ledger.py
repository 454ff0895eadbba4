"""Edges of what is read: long lists of problems, corrections of corrections, and a ledger with a byte order mark."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import LEDGER, PLAN, run_aiplus, write_workspace

BAD_LINES = LEDGER + "".join(f'{{"line": {number}}}\n' for number in range(30))
BAD_PLAN = PLAN.replace(
    "schema: aiplus.targets/1\n", "schema: aiplus.targets/1\n" + "".join(f"k{n}: 1\n" for n in range(30))
)
BAD_ROWS = "indicator,period,value,source\n" + "".join(f"nothing{n},2026-06,7,x\n" for n in range(30))
BAD_MAPPING = "".join(f"k{number}: 1\n" for number in range(30))
MANY = {
    "validate of a ledger": ("validate", {"progress.jsonl": BAD_LINES}),
    "status of a ledger": ("status", {"progress.jsonl": BAD_LINES}),
    "validate of a plan": ("validate", {"targets.yaml": BAD_PLAN}),
    "plan": ("plan", {"targets.yaml": BAD_PLAN}),
    "import of rows": ("import x.csv", {"x.csv": BAD_ROWS}),
    "import by a mapping": ("import x.csv --map m.yaml", {"x.csv": BAD_ROWS, "m.yaml": BAD_MAPPING}),
    "record upon a ledger": ("record users 7 --period 2026-06 --source x", {"progress.jsonl": BAD_LINES}),
}


@pytest.mark.parametrize("case", MANY)
def test_twenty_problems_are_shown_and_the_others_counted(case: str, tmp_path: Path) -> None:
    """Whoever has 30 wrong lines reads 20 of them, and that there are 10 more."""
    command, files = MANY[case]
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER, **files})
    done = run_aiplus(command.split(), folder)
    shown = [line for line in done.err.splitlines() if line.startswith("error: ")]

    assert (done.code, len(shown)) == (3, 20)
    assert ("rejected values not shown: 10" if case == "import of rows" else "and 10 more problems") in done.err


def test_a_correction_is_corrected_and_each_holds_from_its_day(tmp_path: Path) -> None:
    """45 instead of 42.8, then 46 instead of 45: the first never comes back, and an earlier day knows what it knew."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})

    def corrected(value: str, published: str, replaces: str) -> str:
        words = ["--period", "2025-12", "--source", "CNNIC", "--published", published, "--replaces", replaces]
        done = run_aiplus(["record", "gen", value, *words], folder)
        assert done.code == 0, done.err
        return done.out.strip()

    def known(day: str) -> Decimal:
        done = run_aiplus(["status", "--indicator", "gen", "--as-of", day, "--format", "json"], folder)
        return Decimal(json.loads(done.out, parse_float=Decimal)["results"][0]["value"])

    second = corrected("45", "2026-03-01", "2ebb662de2b18d43")
    corrected("46", "2026-04-01", second)
    assert [known(day) for day in ("2026-02-28", "2026-03-31", "2026-04-30")] == [Decimal("42.8"), 45, 46]

    again = run_aiplus(["record", "gen", "47", "--period", "2025-12", "--source", "x", "--replaces", second], folder)
    assert again.code == 3
    assert run_aiplus(["validate"], folder).code == 0


def test_an_import_that_would_leave_an_unsound_ledger_is_refused_at_its_cells(tmp_path: Path) -> None:
    """Two corrections of one entry are refused in a file as they are in the ledger, and nothing is written."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    exported = run_aiplus(["export", "--format", "csv"], folder).out
    first, *_ = csv.DictReader(io.StringIO(exported))
    with (folder / "x.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, first)
        table.writeheader()
        table.writerows({**first, "id": "", "value": value, "replaces": first["id"]} for value in (17, 18))
    done = run_aiplus(["import", "x.csv"], folder)

    assert done.code == 3
    assert "error: x.csv:3" in done.err
    assert (folder / "progress.jsonl").read_text(encoding="utf-8") == LEDGER


def test_a_ledger_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    """It is read, appended to and valid, the mark stays where it is, and nothing before the new line changes."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    plain = run_aiplus(["status", "--format", "json"], folder).out
    ledger = folder / "progress.jsonl"
    marked = b"\xef\xbb\xbf" + LEDGER.encode()
    ledger.write_bytes(marked)

    assert run_aiplus(["status", "--format", "json"], folder).out == plain
    assert run_aiplus(["record", "users", "7", "--period", "2026-06", "--source", "x"], folder).code == 0
    assert ledger.read_bytes().startswith(marked)
    assert ledger.read_bytes().count(b"\xef\xbb\xbf") == 1
    assert run_aiplus(["validate"], folder).code == 0
    assert "2026-06" in run_aiplus(["log", "users"], folder).out


def test_a_mark_alone_is_an_empty_ledger(tmp_path: Path) -> None:
    """An editor that saves an empty file with a mark has recorded nothing."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": ""})
    (folder / "progress.jsonl").write_bytes(b"\xef\xbb\xbf")

    assert run_aiplus(["validate"], folder).code == 0
    assert run_aiplus(["record", "users", "7", "--period", "2026-06", "--source", "x"], folder).code == 0
    assert run_aiplus(["validate"], folder).code == 0
