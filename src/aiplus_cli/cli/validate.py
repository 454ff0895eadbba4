"""`aiplus validate` and `aiplus schema`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import clock, options, voice
from aiplus_cli.errors import InputProblem
from aiplus_cli.workspace.files import TARGETS, find_files
from aiplus_cli.workspace.loading import read_workspace


def validate(lang: options.Lang = None) -> None:
    from aiplus_cli.ledger.lines import id_of
    from aiplus_cli.ledger.soundness import ledger_problems, waiver_problems

    del lang
    plan, ledger, problems = read_workspace(find_files())
    problems += waiver_problems(plan, TARGETS, clock.days(None, None)[1]) if plan else []
    problems += ledger_problems(ledger.name, ledger.entries, ledger.lines, id_of)
    if problems:
        raise InputProblem(*problems)


def schema(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="targets, status, forecast, backtest, check, diff, due or run.")
    ],
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.status import need_choice
    from aiplus_cli.contract.schemas import NAMES, schema_text

    del lang
    need_choice("NAME", name, NAMES)
    voice.write_output(schema_text(name), output, utf8=True)
