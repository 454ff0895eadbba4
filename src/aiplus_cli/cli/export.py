"""`aiplus export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aiplus_cli.cli import clock, options, voice
from aiplus_cli.disk import write_file, write_folder
from aiplus_cli.errors import Message, Problem, UsageProblem
from aiplus_cli.workspace.files import find_files
from aiplus_cli.workspace.loading import load_workspace

if TYPE_CHECKING:
    from aiplus_cli.contract.status import StatusDocument
    from aiplus_cli.judge.records import Report
    from aiplus_cli.ledger.jsonl import Ledger
    from aiplus_cli.plan.records import Plan
    from aiplus_cli.render.export import Exported


def export(
    what: Annotated[
        str, typer.Option(metavar="WHAT", help="figures (the whole ledger), status or targets.")
    ] = "figures",
    format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="csv, xlsx, json, jsonl, sdmx-csv or datapackage; default by the name of the output, or csv.",
        ),
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for Excel.")] = False,
    region: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REGION",
            help="For the status: code or name, or all; default CN.",
            autocompletion=options.complete_region,
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="For the status: only figures published on or before this date."),
    ] = None,
    today: options.Today = None,
    method: Annotated[
        str | None, typer.Option(metavar="NAME", help="For the status: judge all by this method.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="Write to this file, for datapackage this folder; default standard output.",
        ),
    ] = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.status import need_choice
    from aiplus_cli.contract.status import status_document
    from aiplus_cli.render.export import WHAT, Content, render_export, shows_status

    need_choice("--what", what, WHAT)
    chosen = choose_format(what, format, output)
    given: dict[str, object] = {"--region": region, "--as-of": as_of, "--today": today, "--method": method}
    _refuse_unused({} if shows_status(what, chosen) else given, bom=bom, format_name=chosen)
    plan, ledger = load_workspace(find_files())

    def assess() -> StatusDocument:
        return status_document(_report(plan, ledger, region, as_of, today, method or "default"))

    exported = render_export(what, chosen, Content(plan, ledger.entries, assess), voice.manner(lang))
    _write(exported, output, bom=bom)


def choose_format(what: str, asked: str | None, output: Path | None) -> str:
    """The format asked for, else the one that the output's name asks for, else csv; raises UsageProblem."""
    from aiplus_cli.cli.status import need_choice
    from aiplus_cli.render.export import NEED_A_NAME, SUFFIXES, WHAT, formats_of

    possible = formats_of(what)
    if asked is None and output is not None and output.suffix.lower() not in SUFFIXES:
        raise UsageProblem(
            Problem(
                "--output",
                Message("the name '{name}' does not tell the format", name=str(output)),
                Message("add --format, one of: {allowed}", allowed=list(possible)),
            )
        )
    chosen = asked or (SUFFIXES[output.suffix.lower()] if output else "csv")
    need_choice("--format", chosen, dict.fromkeys(name for each in WHAT for name in formats_of(each)))
    if chosen not in possible:
        what_said = Message("{what} is not written as {format}", what=what, format=chosen)
        raise UsageProblem(Problem("--format", what_said, Message("use one of: {allowed}", allowed=list(possible))))
    if output is None and chosen in NEED_A_NAME:
        raise UsageProblem(
            Problem(
                "--output",
                Message("{format} is not written to standard output", format=chosen),
                Message("add --output {name}", name=NEED_A_NAME[chosen]),
            )
        )
    return chosen


def _refuse_unused(options: dict[str, object], *, bom: bool, format_name: str) -> None:
    """Raise UsageProblem for options that would change nothing: silence would look like obedience."""
    problems = [
        Problem(
            option,
            Message("only a status depends on it"),
            Message("add --what status, or leave it out: the whole ledger or plan is exported"),
        )
        for option, value in options.items()
        if value
    ]
    if bom and format_name != "csv":
        problems.append(
            Problem("--bom", Message("only CSV can begin with it"), Message("add --format csv, or leave it out"))
        )
    if problems:
        raise UsageProblem(*problems)


def _report(
    plan: Plan, ledger: Ledger, region: list[str] | None, as_of: str | None, today: str | None, method: str
) -> Report:
    from aiplus_cli.cli.status import assessed, need_method, read_regions
    from aiplus_cli.judge.assess import Selection

    need_method(method)
    as_of_day, today_day = clock.days(as_of, today)
    selection = Selection(read_regions(region))
    return assessed(plan, ledger, as_of=as_of_day, today=today_day, method=method, selection=selection)


def _write(exported: Exported, output: Path | None, *, bom: bool) -> None:
    """Text to standard output or a file, bytes to a file, several files to a folder."""
    if isinstance(exported, dict):
        from aiplus_cli.render.export.package import DESCRIPTOR

        write_folder(_named(output), exported, mark=DESCRIPTOR)
    elif isinstance(exported, bytes):
        write_file(_named(output), exported)
    else:
        voice.write_output("\ufeff" * bom + exported, output, utf8=True)


def _named(output: Path | None) -> Path:
    if output is None:
        message = "choose_format asks for a name"
        raise ValueError(message)
    return output
