"""`aiplus status`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from aiplus_cli.cli import clock, options, voice
from aiplus_cli.errors import InputProblem, Message, Problem, UsageProblem
from aiplus_cli.workspace.files import find_files
from aiplus_cli.workspace.loading import load_workspace

if TYPE_CHECKING:
    from aiplus_cli.judge.assess import Selection
    from aiplus_cli.judge.records import Report
    from aiplus_cli.ledger.jsonl import Ledger
    from aiplus_cli.plan.records import Plan


def status(
    milestone: options.Milestones = None,
    area: options.Areas = None,
    region: options.Regions = None,
    indicator: options.Indicators = None,
    as_of: options.AsOf = None,
    today: options.Today = None,
    method: options.MethodOption = "default",
    compare: options.Compare = False,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table, json, csv or markdown.")] = "table",
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.contract.status import status_document
    from aiplus_cli.judge.assess import Selection
    from aiplus_cli.render.formats import FORMATS, is_for_programs, renderer

    need_choice("--format", format, FORMATS["status"])
    need_method(method)
    as_of_day, today_day = clock.days(as_of, today)
    plan, ledger = load_workspace(find_files())
    need_known(plan, milestone=milestone, area=area, indicator=indicator)
    selection = Selection(read_regions(region), tuple(milestone or ()), tuple(area or ()), tuple(indicator or ()))
    report = assessed(plan, ledger, as_of=as_of_day, today=today_day, method=method, selection=selection)
    text = renderer("status", format)(status_document(report), plan, voice.manner(lang, compare=compare))
    voice.write_output(text, output, utf8=is_for_programs(format))


def need_choice(option: str, value: str, choices: object) -> None:
    """Raise UsageProblem unless the value is one of the choices."""
    names = list(choices)  # type: ignore[call-overload]
    if value not in names:
        raise UsageProblem(
            Problem(
                option,
                Message("'{text}' is not known", text=value),
                Message("use one of: {allowed}", allowed=list(names)),
            )
        )


def need_method(name: str, *, where: str = "--method") -> None:
    """Raise UsageProblem unless there is such a method."""
    from aiplus_cli.judge.methods import DEFAULT, METHODS

    need_choice(where, name, [DEFAULT, *METHODS])


def assessed(plan: Plan, ledger: Ledger, *, as_of: date, today: date, method: str, selection: Selection) -> Report:
    """The report; raises UsageProblem for every selected indicator that the method cannot judge."""
    from aiplus_cli.judge.assess import assess_plan
    from aiplus_cli.ledger.vintages import current

    need_served(plan, method, selection)
    figures = current(ledger.entries, as_of, wanted=selection.regions)
    return assess_plan(plan, figures, as_of=as_of, today=today, method=method, selection=selection)


def need_served(plan: Plan, method: str, selection: Selection) -> None:
    """Raise UsageProblem for every selected indicator that a method asked for by name cannot judge."""
    from aiplus_cli.judge.assess import unserved

    problems = [
        Problem(
            "--method",
            Message("{method} judges shares of a range, and {indicator} has none", method=method, indicator=one.id),
            Message("use another method for it, give it a range in targets.yaml, or select others with --indicator"),
        )
        for one in unserved(plan, method, selection)
    ]
    if problems:
        raise UsageProblem(*problems)


def read_regions(texts: list[str] | None) -> tuple[str, ...] | None:
    """Codes of the regions asked for: the nation by default, None for `all`."""
    from aiplus_cli.plan.places import parse_region
    from aiplus_cli.plan.records import NATION

    if texts and any(text.casefold() in ("all", "全部") for text in texts):
        return None
    return tuple(dict.fromkeys(parse_region(text) for text in texts or [NATION]))


def need_known(plan: Plan, **asked: list[str] | None) -> None:
    """Raise InputProblem for every id asked for that is not in targets.yaml, with the nearest ones."""
    from difflib import get_close_matches

    ids = {
        "milestone": [item.id for item in plan.milestones],
        "area": ["all", *(item.id for item in plan.areas)],
        "indicator": [item.id for item in plan.indicators],
    }
    problems = []
    for option, names in asked.items():
        for name in names or []:
            if name not in ids[option]:
                known = ids[option]
                near = known if len(known) <= 8 else get_close_matches(name, known, n=3, cutoff=0.4)
                fix = Message("did you mean {near}?", near=list(near)) if near else Message("'aiplus plan' lists them")
                problems.append(Problem(f"--{option}", Message("'{text}' is not in targets.yaml", text=name), fix))
    if problems:
        raise InputProblem(*problems)
