"""Arguments and options, of every command: which exit code is theirs when they are wrong, and where outputs go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aiplus_cli.cli.app import COMMANDS, load_command
from aiplus_cli.cli.usage import name_of
from conftest import LEDGER, PLAN, run_aiplus, write_workspace

CALLS: dict[str, list[str]] = {
    "show": ["gen"],
    "record": ["gen", "52%", "--period", "2026-06", "--published", "2026-11-01"],
    "withdraw": ["c16ab5b8", "--reason", "typing error"],
    "import": ["figures.csv", "--dry-run"],
    "forecast": ["gen"],
    "backtest": ["past.csv"],
    "export": ["--what", "status"],
    "schema": ["status"],
    "init": ["elsewhere"],
}
"""What a command is called with where nothing is wrong."""
WRONG = {
    "DATE": "soon", "DATE|RUN": "soon", "DAYS": "soon", "REGION": "Atlantis", "ID": "nothing", "INDICATOR": "nothing",
    "NAME": "nothing", "FORMAT": "pdf", "WHAT": "nothing", "WORDS": "nothing", "LANG": "fr", "P": "much", "K": "many",
    "CELLS": "nothing", "GRAIN": "decade", "VALUE": "much", "PERIOD": "soon", "CODE": "X",
}  # fmt: skip
"""What an option or argument of that kind cannot be."""
FREE = {"FILE", "PATH", "DIR", "OUT", "TEXT", "URL"}
"""Kinds that any text can be; whether a file can be read is for the environment to say."""
FACTS = {
    "record": {"INDICATOR", "VALUE", "PERIOD", "REGION", "DATE", "CODE", "ID"},
    "withdraw": {"ID", "DATE"},
    "import": {"DATE"},
}
"""What an entry says, which is input at these doors as it is in a file."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with a table to import and past series."""
    years = "".join(f"{name},{year},{5 + 8 * (year - 2000)}\n" for name in "abc" for year in range(2000, 2012))
    files = {"figures.csv": "indicator,period,value\ngen,2026-09,53%\n", "past.csv": f"series,year,value\n{years}"}
    return write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER, **files})


def kind_of(param: Any) -> str:
    """What an option or argument takes, in the words of the help."""
    return str(param.metavar).strip("[]")


PARAMETERS = [
    pytest.param(command, param, id=f"{command} {name_of(param)}")
    for command in COMMANDS
    for param in load_command(command).params
    if not getattr(param, "is_flag", False) and kind_of(param) not in FREE
]
"""Every option and argument, of every command, that can be wrong."""
WRITERS = [command for command in COMMANDS if any("-o" in param.opts for param in load_command(command).params)]


@pytest.mark.parametrize(("command", "param"), PARAMETERS)
def test_what_is_asked_for_wrongly_is_usage_and_what_an_entry_says_is_input(
    command: str, param: Any, folder: Path
) -> None:
    """Code 2 for whatever cannot be asked, 3 for an entry that cannot be; the option or argument is named."""
    kind, args = kind_of(param), list(CALLS.get(command, []))
    if param.param_type_name == "argument":
        place = 1 if kind == "VALUE" else 0
        args[place : place + 1] = [WRONG[kind]]
    else:
        args += [name_of(param), WRONG[kind]]
    done = run_aiplus([command, *args], folder)

    assert done.code == (3 if kind in FACTS.get(command, ()) else 2), done.err
    assert f"error: {name_of(param)}: " in done.err
    assert done.out == ""


@pytest.mark.parametrize("command", WRITERS)
def test_a_dash_is_standard_output(command: str, folder: Path) -> None:
    """`-o -` prints what the command prints without it, and makes no file of that name."""
    args = [command, *CALLS.get(command, [])]
    plain, dashed = (run_aiplus([*args, *more], folder) for more in ([], ["-o", "-"]))

    assert dashed == plain
    assert plain.code in (0, 10)
    assert not (folder / "-").exists()
