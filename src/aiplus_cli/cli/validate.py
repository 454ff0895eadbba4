"""`aiplus validate` and `aiplus schema`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import common
from aiplus_cli.errors import InputProblem


def validate(lang: common.Lang = None) -> None:
    from aiplus_cli.ledger.lines import id_of
    from aiplus_cli.ledger.soundness import ledger_problems, waiver_problems

    del lang
    plan, ledger, problems = common.read_workspace(common.find_workspace())
    problems += waiver_problems(plan, common.TARGETS, common.clock(None, None)[1]) if plan else []
    problems += ledger_problems(ledger.name, ledger.entries, ledger.lines, id_of)
    if problems:
        raise InputProblem(*problems)


def schema(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="targets, status, forecast, backtest, check, diff, due or run.")
    ],
    output: common.Output = None,
    lang: common.Lang = None,
) -> None:
    from aiplus_cli.cli.status import need_choice
    from aiplus_cli.contract.schemas import NAMES, schema_text

    del lang
    need_choice("NAME", name, NAMES)
    common.write_output(schema_text(name), output, utf8=True)
