"""`aiplus forecast`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from aiplus_cli.cli import clock, options, voice
from aiplus_cli.errors import Message, Problem, UsageProblem
from aiplus_cli.workspace.files import find_files
from aiplus_cli.workspace.loading import load_workspace, need_indicator


def forecast(
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", help="Its id.", autocompletion=options.complete_indicator)
    ],
    region: Annotated[
        str,
        typer.Option(
            metavar="REGION", help="A region by code or name; default CN.", autocompletion=options.complete_region
        ),
    ] = "CN",
    milestone: options.Milestones = None,
    level: Annotated[
        str, typer.Option(metavar="P", help="The probability of the interval, above 0 and below 1.")
    ] = "0.8",
    as_of: options.AsOf = None,
    today: options.Today = None,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table, json or csv.")] = "table",
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.status import need_choice, need_known
    from aiplus_cli.judge import outlook as core
    from aiplus_cli.ledger.vintages import current
    from aiplus_cli.plan.places import parse_region
    from aiplus_cli.render.formats import FORMATS, is_for_programs, renderer

    need_choice("--format", format, FORMATS["forecast"])
    share, code = _read_level(level), parse_region(region)
    as_of_day, today_day = clock.days(as_of, today)
    plan, ledger = load_workspace(find_files())
    need_known(plan, milestone=milestone)
    found = need_indicator(plan, indicator)
    if found.measure != "number":
        what = Message("{indicator} is a rating, and has no numbers to forecast from", indicator=found.id)
        raise UsageProblem(Problem("INDICATOR", what, Message("'aiplus show {id}' shows its ratings", id=found.id)))
    if found.range is None:
        what = Message(
            "{method} judges shares of a range, and {indicator} has none", method="calibrated", indicator=found.id
        )
        fix = Message("'aiplus status' shows its pace; give it a range in targets.yaml if it is a share")
        raise UsageProblem(Problem("INDICATOR", what, fix))
    figures = current(ledger.entries, as_of_day, wanted=(code,))
    question = core.OutlookQuestion(found, code, share, tuple(milestone or ()))
    result = core.forecast(plan, figures, question, as_of=as_of_day, today=today_day)
    text = renderer("forecast", format)(result, plan, voice.manner(lang))
    voice.write_output(text, output, utf8=is_for_programs(format))


def _read_level(text: str) -> Decimal:
    try:
        level = Decimal(text)
    except InvalidOperation:
        level = Decimal(0)
    if not Decimal("0.001") <= level <= Decimal("0.999"):
        what = Message("'{text}' is no probability", text=text)
        raise UsageProblem(Problem("--level", what, Message("write a share from 0.001 to 0.999, such as 0.8")))
    return level
