"""What `validate` calls an error, no command judges on, records upon or hands on."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from aiplus_cli.cli.app import COMMANDS
from aiplus_cli.ledger.lines import decode, encode, with_id
from conftest import LEDGER, PLAN, run_aiplus, write_workspace

WORDS = {
    "status": "", "check": "", "show": "head", "log": "", "forecast": "gen", "export": "", "diff": "--from 2026-01-01",
    "due": "", "snapshot": "", "validate": "", "record": "users 7 --period 2026-06 --source x",
    "withdraw": "c16ab5b8bcaadc3a --reason x", "import": "x.csv",
}  # fmt: skip
"""Every command that reads the ledger, with what it asks for."""
OTHERS = {"methods", "backtest", "plan", "init", "schema"}
FIRST, *_ = LEDGER.splitlines()


def again(**changes: object) -> str:
    """The first figure with other facts, and the id that they give."""
    return encode(with_id(msgspec.structs.replace(decode(FIRST.encode()), **changes))).decode()


FAULTS = {
    "an edited figure": LEDGER.replace("16.4", "71.0"),
    "a copied line with the old id": LEDGER + FIRST.replace("2024-06", "2024-12") + "\n",
    "two values for one key": LEDGER + again(value=Decimal(17)),
    "a second correction": LEDGER + "".join(again(value=Decimal(v), replaces="c16ab5b8bcaadc3a") for v in (17, 18)),
    "a malformed id": LEDGER.replace("c16ab5b8bcaadc3a", "C16AB"),
    "unseen characters in a source": LEDGER + again(source="CN\u200bNIC"),
}

MENDED = ("two values for one key", "a second correction")
"""What `withdraw` is there to mend, and therefore does."""


def test_every_command_is_tried_or_reads_no_ledger() -> None:
    """A new command is covered too."""
    assert set(COMMANDS) == {*WORDS, *OTHERS}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_command_uses_an_unsound_ledger(fault: str, tmp_path: Path) -> None:
    """Each ends with 3, names the line, and leaves the ledger as it was."""
    table = "indicator,period,value,source\nusers,2026-06,7,x\n"
    write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": FAULTS[fault], "x.csv": table})
    tried = {command: words for command, words in WORDS.items() if command != "withdraw" or fault not in MENDED}
    for command, words in tried.items():
        done = run_aiplus([command, *words.split()], tmp_path)

        assert (command, done.code) == (command, 3), done.err
        assert "error: progress.jsonl:" in done.err
    assert (tmp_path / "progress.jsonl").read_text(encoding="utf-8") == FAULTS[fault]
    assert not (tmp_path / "runs").exists()
