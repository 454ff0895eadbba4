"""`aiplus check`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aiplus_cli.cli import clock, options, voice
from aiplus_cli.cli.judging import Asked, Vintages, judge
from aiplus_cli.cli.status import need_choice, need_known, need_method
from aiplus_cli.errors import ExitCode, Message, Problem, UsageProblem, reason_of
from aiplus_cli.workspace.files import Files, find_files
from aiplus_cli.workspace.loading import load_workspace

if TYPE_CHECKING:
    from datetime import date

    from aiplus_cli.check.records import CheckReport
    from aiplus_cli.cli.judging import LastRuns
    from aiplus_cli.plan.records import Word
    from aiplus_cli.render.ci import JobOutput

Destination = tuple[str, Path | None]
"""A format, and the file it goes to; None is standard output."""


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
            help="Verdicts and evidence that fail, instead of the policy's: lagging,stale.",
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
    from aiplus_cli.plan.periods import parse_days
    from aiplus_cli.render.ci import JobOutput
    from aiplus_cli.render.ci.words import summary_of

    destinations = _read_destinations(format, output, needs_list=list_gates or explain_waivers)
    need_method(method)
    fail_words, warn_words = _read_words(fail_on, warn_on)
    gap = parse_days(max_gap, where="--max-gap") if max_gap is not None else None
    as_of_day, today_day = clock.days(as_of, today)
    workspace = find_files()
    plan, ledger = load_workspace(workspace)
    need_known(plan, milestone=milestone, area=area, indicator=indicator)
    asked = Asked(
        tuple(milestone or ()),
        tuple(area or ()),
        tuple(indicator or ()),
        region or (),
        fail_words,
        warn_words,
        strict,
        since_last,
        gap,
        list_gates,
    )
    vintages = Vintages(plan, ledger.entries, method)
    runs = folder or workspace.runs
    found = judge(vintages, asked, as_of_day, today_day, lambda: _last_runs(workspace, runs, today_day))
    code = ExitCode.OK if exit_zero else found.exit_code
    page = JobOutput(voice.manner(lang), _shown_path(workspace.targets), code, list_gates, explain_waivers)
    _write(found, page, destinations, lang)
    voice.say(summary_of(found), lang)
    raise typer.Exit(code)


def _last_runs(workspace: Files, folder: Path, today: date) -> LastRuns:
    """The last run, and the last one from other files than those of now: a run of these files is this one."""
    from aiplus_cli.cli.judging import LastRuns
    from aiplus_cli.workspace.runs import fingerprint, runs_until

    now = {path.name: fingerprint(path) for path in (workspace.targets, workspace.ledger)}
    runs = runs_until(folder, today)
    latest = next(runs, None)
    if latest is None or any(latest.input(name) != found for name, found in now.items()):
        return LastRuns(latest, latest)
    return LastRuns(latest, next(runs, latest))


# --- options ----------------------------------------------------------------------------------------------------


def _read_destinations(format: str, outputs: list[str] | None, *, needs_list: bool) -> list[Destination]:
    """What is written where: the format asked for to standard output or a plain FILE, FORMAT=FILE besides it."""
    from aiplus_cli.render.formats import FORMATS

    need_choice("--format", format, FORMATS["check"])
    if needs_list and format not in ("text", "json"):
        raise UsageProblem(
            Problem(
                "--format",
                Message("--list and --explain-waivers cannot be written as {format}", format=format),
                Message("use one of: {allowed}", allowed=["text", "json"]),
            )
        )
    found: list[Destination] = []
    own: list[Destination] = []
    for text in outputs or []:
        name, mark, file = text.partition("=")
        if mark:
            need_choice("--output", name, FORMATS["check"])
            found.append((name, _file(file, text)))
        else:
            own.append((format, _file(text, text)))
    all_of_them = [*(own or [(format, None)]), *found]
    _need_different([path for _, path in all_of_them if path], own)
    return all_of_them


def _need_different(paths: list[Path], own: list[Destination]) -> None:
    """Raise UsageProblem where one output would take the place of another."""
    twice = [path for path in dict.fromkeys(paths) if paths.count(path) > 1]
    twice += [path for _, path in own[1:] if path and path not in twice]
    if twice:
        what = [Message("'{text}' is one output too many", text=path) for path in twice]
        fix = Message("write each format to a file of its own: --output junit=report.xml")
        raise UsageProblem(*(Problem("--output", each, fix) for each in what))


def _file(name: str, text: str) -> Path:
    if not name:
        raise UsageProblem(
            Problem("--output", Message("'{text}' names no file", text=text), Message("write FORMAT=FILE, or FILE"))
        )
    return Path(name)


def _read_words(
    fail_on: list[str] | None, warn_on: list[str] | None
) -> tuple[tuple[Word, ...] | None, tuple[Word, ...] | None]:
    """The words of both options, which may be separated by commas; each word in one of them only."""
    fail, warn = _words("--fail-on", fail_on), _words("--warn-on", warn_on)
    both = [word for word in fail or () if word in (warn or ())]
    if both:
        raise UsageProblem(
            *(
                Problem(
                    "--warn-on",
                    Message("'{word}' stands in --fail-on too", word=word),
                    Message("keep it in one of them"),
                )
                for word in both
            )
        )
    return fail, warn


def _words(option: str, texts: list[str] | None) -> tuple[Word, ...] | None:
    from aiplus_cli.check import PLAIN_WORDS

    if texts is None:
        return None
    names = [name.strip() for text in texts for name in text.split(",") if name.strip()]
    problems: list[Problem] = []
    for name in names:
        try:
            need_choice(option, name, PLAIN_WORDS)
        except UsageProblem as error:
            problems += error.problems
    if problems:
        raise UsageProblem(*problems)
    return tuple(word for word in PLAIN_WORDS if word in names)


# --- the ways out -----------------------------------------------------------------------------------------------


def _shown_path(path: Path) -> str:
    """targets.yaml from the top of the CI job's checkout, else from here, else its bare name."""
    bases = [os.environ.get("GITHUB_WORKSPACE"), os.environ.get("CI_PROJECT_DIR"), str(Path.cwd())]
    for base in bases:
        if base and path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return path.name


def _write(found: CheckReport, page: JobOutput, destinations: list[Destination], lang: str | None) -> None:
    """Files first, so that a closed pipe leaves none of them out."""
    from aiplus_cli.render.ci import render_check
    from aiplus_cli.render.formats import is_for_programs

    rendered = [(name, path, render_check(name, found, page)) for name, path in destinations]
    for name, path, text in sorted(rendered, key=lambda each: each[1] is None):
        voice.write_output(text, path, utf8=is_for_programs(name))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and any(name == "github" for name, _ in destinations):
        _write_step_summary(found, page, Path(summary), lang)


def _write_step_summary(found: CheckReport, page: JobOutput, path: Path, lang: str | None) -> None:
    """Add to what the step has written already; a summary that cannot be written changes no verdict."""
    from aiplus_cli.render.ci.markdown import LARGEST_SUMMARY, render_summary

    try:
        size = path.stat().st_size if path.exists() else 0
        with path.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(render_summary(found, page, LARGEST_SUMMARY - size))
    except OSError as error:
        why = reason_of(error)
        voice.say(Message("the step summary cannot be written: {why}", why=why), lang, kind="warning")
