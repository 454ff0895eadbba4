"""`aiplus show`, `aiplus log` and `aiplus plan`."""

from __future__ import annotations

from typing import Annotated

import typer

from aiplus_cli.cli import clock, options, voice
from aiplus_cli.workspace.files import find_files
from aiplus_cli.workspace.loading import load_workspace, need_indicator


def show(
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", help="Its id.", autocompletion=options.complete_indicator)
    ],
    region: Annotated[
        list[str] | None,
        typer.Option(metavar="REGION", help="Code or name; default CN.", autocompletion=options.complete_region),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Print the arithmetic with the numbers put in.")] = False,
    as_of: options.AsOf = None,
    today: options.Today = None,
    method: options.MethodOption = "default",
    compare: options.Compare = False,
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.status import assessed, need_method, read_regions
    from aiplus_cli.judge.assess import Selection
    from aiplus_cli.render.show import render_show

    need_method(method)
    as_of_day, today_day = clock.days(as_of, today)
    plan, ledger = load_workspace(find_files())
    found = need_indicator(plan, indicator)
    regions = read_regions(region)
    selection = Selection(regions=regions, indicators=(found.id,))
    report = assessed(plan, ledger, as_of=as_of_day, today=today_day, method=method, selection=selection)
    entries = [entry for entry in ledger.entries if regions is None or getattr(entry, "region", regions[0]) in regions]
    text = render_show(report, found, entries, voice.manner(lang, compare=compare), explain=explain)
    voice.write_output(text, output)


def log(
    indicator: Annotated[
        str | None,
        typer.Argument(metavar="[INDICATOR]", help="Only this indicator.", autocompletion=options.complete_indicator),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only entries recorded on or after this date.")
    ] = None,
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.plan.periods import parse_date
    from aiplus_cli.render.log import render_log

    day = parse_date(since, where="--since") if since else None
    plan, ledger = load_workspace(find_files())
    wanted = need_indicator(plan, indicator).id if indicator else None
    voice.write_output(render_log(plan, ledger.entries, wanted, day, voice.manner(lang)), output)


def plan(output: options.Output = None, lang: options.Lang = None) -> None:
    from aiplus_cli.plan import load as targets
    from aiplus_cli.render.plan import render_plan

    found = targets.load(find_files().targets)
    voice.write_output(render_plan(found, voice.manner(lang)), output)
