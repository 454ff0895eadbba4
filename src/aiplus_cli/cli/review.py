"""`aiplus diff`, `aiplus due` and `aiplus snapshot`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aiplus_cli.cli import clock, options, voice
from aiplus_cli.disk import write_file
from aiplus_cli.errors import EnvironmentProblem, InputProblem, Message, Problem, UsageProblem, unwritable
from aiplus_cli.workspace.files import LEDGER, TARGETS, Files, find_files
from aiplus_cli.workspace.loading import load_workspace

if TYPE_CHECKING:
    from datetime import date

    from aiplus_cli.cli.judging import LastRuns
    from aiplus_cli.ledger.jsonl import Ledger
    from aiplus_cli.plan.records import Plan
    from aiplus_cli.workspace.runs import Run


def diff(
    since: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE|RUN",
            help="The earlier date or run (runs/2026-10.json); default the last month's run, else its end.",
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="The later date; default AIPLUS_TODAY, else now.")
    ] = None,
    from_targets: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The targets.yaml of the earlier date, as from git show.")
    ] = None,
    method: options.MethodOption = "default",
    from_method: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The method on the earlier date; default the run's, else --method."),
    ] = None,
    milestone: options.Milestones = None,
    area: options.Areas = None,
    region: options.Regions = None,
    indicator: options.Indicators = None,
    folder: options.Runs = None,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table, json or markdown.")] = "table",
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.status import need_choice, need_known, need_method, need_served, read_regions
    from aiplus_cli.contract.diff import diff_document
    from aiplus_cli.judge.assess import Selection
    from aiplus_cli.plan import load as targets
    from aiplus_cli.render.formats import FORMATS, renderer
    from aiplus_cli.review.diff import review
    from aiplus_cli.review.records import Moment

    need_choice("--format", format, FORMATS["diff"])
    need_method(method)
    workspace = find_files()
    first, last, run = read_span(since, until, folder or workspace.runs, lang)
    old_method = from_method or (run.method if run else method)
    need_method(old_method, where="--from-method")
    plan, ledger = load_workspace(workspace)
    need_known(plan, milestone=milestone, area=area, indicator=indicator)
    old_plan = targets.load(from_targets) if from_targets else plan
    selection = Selection(read_regions(region), tuple(milestone or ()), tuple(area or ()), tuple(indicator or ()))
    need_served(old_plan, old_method, selection)
    need_served(plan, method, selection)
    recorded = recorded_by(run, workspace, ledger, from_targets, lang) if run else None
    old = Moment(old_plan, first, old_method)
    found = review(old, Moment(plan, last, method), ledger.entries, selection=selection, recorded=recorded)
    document = diff_document(found, same_targets=from_targets is None)
    text = renderer("diff", format)(document, plan, voice.manner(lang), old_plan)
    voice.write_output(text, output, utf8=format == "json")


def read_span(since: str | None, until: str | None, folder: Path, lang: str | None) -> tuple[date, date, Run | None]:
    """The dates of a diff, and the run that the earlier one is from, if it is.

    Without a date and without a run of an earlier month it is the end of the month before, which is said.
    Raises InputProblem for what is no date or no run, UsageProblem where the two do not make a span.
    """
    from aiplus_cli.workspace.runs import last_run, month_of, read_run

    run = read_run(Path(since)) if since and since.endswith(".json") else None
    first, last = _read_dates(None if run else since, until)
    last = last or clock.days(None, None)[1]
    if run is None and first is None:
        run = last_run(folder, before=month_of(last))
    first = first or (run.as_of if run else _end_of_last_month(last))
    if since is None and run is None:
        what = Message(
            "no run of an earlier month is recorded in {folder}: compared with {day}",
            folder=voice.shown(folder),
            day=first,
        )
        voice.say(what, lang)
    if first > last:
        what = Message("{first} is later than {last}", first=first, last=last)
        raise UsageProblem(Problem("--from", what, Message("give the earlier date first")))
    return first, last, run


def _read_dates(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    from aiplus_cli.plan.periods import parse_date

    problems: list[Problem] = []

    def read(text: str | None, where: str) -> date | None:
        try:
            return parse_date(text, where=where) if text is not None else None
        except InputProblem as error:
            problems.extend(error.problems)
            return None

    dates = read(since, "--from"), read(until, "--to")
    if problems:
        raise InputProblem(*problems)
    return dates


def _end_of_last_month(day: date) -> date:
    from datetime import date, timedelta

    return max(day.replace(day=1), date(1, 1, 2)) - timedelta(days=1)


def recorded_by(
    run: Run, workspace: Files, ledger: Ledger, from_targets: Path | None, lang: str | None
) -> set[str] | None:
    """The ids that the ledger held when the run was recorded; None, which is said, where that cannot be told."""
    from aiplus_cli.workspace.runs import fingerprint, lines_then

    if fingerprint(from_targets or workspace.targets) != run.input(TARGETS):
        what = Message(
            "targets.yaml is not the one of {path}; --from-targets FILE compares with the earlier one", path=run.path
        )
        voice.say(what, lang, kind="warning")
    count = lines_then(workspace.ledger, run.input(LEDGER))
    if count is None:
        what = Message(
            "the ledger no longer begins with the lines of {path}; its entries are told apart by date alone",
            path=run.path,
        )
        voice.say(what, lang, kind="warning")
        return None
    return {entry.id for entry, line in zip(ledger.entries, ledger.lines, strict=True) if line <= count}


def due(
    owner: Annotated[str | None, typer.Option(metavar="NAME", help="Only indicators of this owner.")] = None,
    within: Annotated[
        str | None, typer.Option(metavar="DAYS", help="Only what is overdue or due in so many days, as 30d.")
    ] = None,
    region: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REGION", help="A region by code or name; default all.", autocompletion=options.complete_region
        ),
    ] = None,
    as_of: options.AsOf = None,
    today: options.Today = None,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table, json, csv or markdown.")] = "table",
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.status import need_choice, read_regions
    from aiplus_cli.contract.due import due_document
    from aiplus_cli.ledger.vintages import current
    from aiplus_cli.plan.periods import parse_days
    from aiplus_cli.plan.records import NATION
    from aiplus_cli.render.formats import FORMATS, renderer
    from aiplus_cli.review.due import awaited

    need_choice("--format", format, FORMATS["due"])
    days = parse_days(within, where="--within") if within is not None else None
    as_of_day, today_day = clock.days(as_of, today)
    plan, ledger = load_workspace(find_files())
    need_owner(plan, owner)
    regions = read_regions(region or ["all"])
    figures = current(ledger.entries, as_of_day, wanted=regions)
    of_nation = regions is None or NATION in regions
    rows = awaited(plan, figures, today=today_day, within=days, owner=owner, with_missing=of_nation)
    text = renderer("due", format)(due_document(plan, rows, today_day), plan, voice.manner(lang))
    voice.write_output(text, output, utf8=format in ("json", "csv"))


def need_owner(plan: Plan, owner: str | None) -> None:
    """Raise InputProblem for an owner that no indicator has."""
    owners = sorted({item.owner for item in plan.indicators if item.owner})
    if owner is not None and owner not in owners:
        what = Message("'{text}' owns no indicator in targets.yaml", text=owner)
        fix = (
            Message("owners: {names}", names=list(owners))
            if owners
            else Message("give indicators an 'owner' in targets.yaml")
        )
        raise InputProblem(Problem("--owner", what, fix))


def snapshot(
    folder: options.Runs = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write the month's run anew if its inputs changed.")
    ] = False,
    as_of: options.AsOf = None,
    today: options.Today = None,
    method: options.MethodOption = "default",
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.status import need_method
    from aiplus_cli.render.data import encode_json
    from aiplus_cli.workspace.runs import differences, read_run, run_path

    need_method(method)
    as_of_day, today_day = clock.days(as_of, today)
    if as_of_day > today_day:
        what = Message("{first} is later than {last}", first=as_of_day, last=f"--today {today_day}")
        raise UsageProblem(Problem("--as-of", what, Message("nobody knows then what is published later")))
    workspace = find_files()
    runs = folder or workspace.runs
    document = take_run(workspace, runs, as_of_day, today_day, method)
    path = run_path(runs, today_day)
    text, name = encode_json(document), voice.shown(path)
    changed = differences(read_run(path), document) if path.exists() else None
    if changed is None or (replace and path.read_bytes() != text.encode()):
        make_folder(path.parent)
        write_file(path, text)
        voice.say(Message("wrote {path}", path=name), lang)
    elif changed:
        kept = Message(
            "{path} is kept; since then changed: {names}; --replace writes it anew", path=name, names=list(changed)
        )
        voice.say(kept, lang, kind="warning")
    else:
        voice.say(Message("{path} is already there, from the same inputs; nothing was written", path=name), lang)
    voice.write_output(f"{name}\n")


def take_run(workspace: Files, runs: Path, as_of: date, today: date, method: str) -> dict[str, Any]:
    """The run on the files as they are; raises EnvironmentProblem if they keep changing while they are read."""
    from aiplus_cli.cli.judging import Asked, Vintages, judge
    from aiplus_cli.judge.assess import Selection
    from aiplus_cli.render.run import run_document
    from aiplus_cli.workspace.runs import fingerprint

    def fingerprints() -> dict[str, Any]:
        return {path.name: fingerprint(path) for path in (workspace.targets, workspace.ledger)}

    for _ in range(5):
        before = fingerprints()
        plan, ledger = load_workspace(workspace)
        if fingerprints() != before:
            continue
        vintages = Vintages(plan, ledger.entries, method)
        checked = judge(vintages, Asked(), as_of, today, lambda: earlier_runs(runs, today))
        return run_document(vintages.report(as_of, today, Selection(regions=None)), checked, before)
    raise EnvironmentProblem(
        Problem(
            str(workspace.folder),
            Message("the files changed while they were read"),
            Message("wait until it has finished, then run the command again"),
        )
    )


def earlier_runs(folder: Path, today: date) -> LastRuns:
    """The run of the last month before: a month that is recorded anew gives the same run."""
    from aiplus_cli.cli.judging import LastRuns
    from aiplus_cli.workspace.runs import last_run, month_of

    run = last_run(folder, before=month_of(today))
    return LastRuns(run, run)


def make_folder(folder: Path) -> None:
    """Make a folder and its parents; raises EnvironmentProblem."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from None
