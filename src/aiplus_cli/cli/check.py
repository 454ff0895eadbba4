"""`aiplus check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aiplus_cli.cli import options, voice
from aiplus_cli.cli.checkout import shown_path
from aiplus_cli.errors import ExitCode

if TYPE_CHECKING:
    from aiplus_cli.contract.check import CheckDocument
    from aiplus_cli.plan.records import Plan
    from aiplus_cli.render.ci import JobOutput
    from aiplus_cli.render.ci.destinations import Destination
    from aiplus_cli.workspace.api import Workspace


def check(
    milestone: options.Milestones = None,
    area: options.Areas = None,
    region: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REGION",
            help="A region by code or name, or all; default CN and the regions of the policy.",
            autocompletion=options.complete_region,
        ),
    ] = None,
    indicator: options.Indicators = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            metavar="WORDS",
            help="Verdicts, positions and evidence that fail, not the policy's: off_track,behind,stale.",
        ),
    ] = None,
    warn_on: Annotated[
        list[str] | None,
        typer.Option("--warn-on", metavar="WORDS", help="The same for warnings, which leave the exit code at 0."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Every warning fails.")] = False,
    since_last: Annotated[
        bool, typer.Option("--since-last", help="Also fail on what fell back or worsened since the last recorded run.")
    ] = False,
    max_gap: Annotated[
        str | None,
        typer.Option(metavar="DAYS", help="Also fail when the last recorded run is older than so many days, as 40d."),
    ] = None,
    folder: options.Runs = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Report only: 0 whatever the gates find.")] = False,
    list_gates: Annotated[bool, typer.Option("--list", help="Every gate, what it judges, and its slack.")] = False,
    explain_waivers: Annotated[
        bool, typer.Option("--explain-waivers", help="Every waiver and what became of it.")
    ] = False,
    as_of: options.AsOf = None,
    today: options.Today = None,
    method: options.MethodOption = "default",
    format: Annotated[
        str, typer.Option(metavar="FORMAT", help="text, json, junit, sarif, github, gitlab or markdown.")
    ] = "text",
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="FILE, or FORMAT=FILE for one more format; may be repeated."
        ),
    ] = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.render.ci.destinations import read_destinations

    destinations = read_destinations(format, output, needs_list=list_gates or explain_waivers)
    house = _enter(lang, destinations, folder)
    targets = shown_path(house.files.targets)
    found = house.check(
        milestones=milestone, areas=area, regions=region, indicators=indicator, fail_on=fail_on, warn_on=warn_on,
        strict=strict, since_last=since_last, max_gap=max_gap, runs=folder, with_slack=list_gates,
        as_of=as_of, today=today, method=method, shown_as=targets,
    )  # fmt: skip
    code = ExitCode.OK if exit_zero else ExitCode(found.exit_code)
    page = _page(targets, code, lang, gates=list_gates, waivers=explain_waivers)
    _write(found, house.plan, page, destinations, lang)
    raise typer.Exit(code)


def _enter(lang: str | None, destinations: list[Destination], runs: Path | None) -> Workspace:
    """The workspace; raises UsageProblem, before anything is judged, for an output in the place of one of its files."""
    from aiplus_cli.cli.door import enter

    house = enter(lang)
    voice.need_free([path for _, path in destinations], house.files.kept(runs))
    return house


def _page(targets: str, code: ExitCode, lang: str | None, *, gates: bool, waivers: bool) -> JobOutput:
    from aiplus_cli.render.ci import JobOutput

    return JobOutput(voice.manner(lang), targets, code, gates, waivers)


def _write(
    found: CheckDocument, plan: Plan, page: JobOutput, destinations: list[Destination], lang: str | None
) -> None:
    """Every output that can be written, then the summary to standard error; raises for those that cannot."""
    from aiplus_cli.cli.reports import add_summary
    from aiplus_cli.contract.check import said_of
    from aiplus_cli.render.ci import render_check
    from aiplus_cli.render.ci.markdown import render_summary
    from aiplus_cli.render.formats import is_for_programs

    outputs = [
        voice.Outgoing(render_check(name, found, plan, page), path, utf8=is_for_programs(name))
        for name, path in destinations
    ]
    try:
        voice.write_outputs(outputs)
    finally:
        add_summary({name for name, _ in destinations}, lambda room: render_summary(found, plan, page, room), lang)
        voice.say(said_of(found.summary), lang)
