"""`aiplus status`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aiplus_cli.cli import common
from aiplus_cli.errors import InputProblem, Message, Problem, UsageProblem

if TYPE_CHECKING:
    from aiplus_cli.model import Plan


def status(
    milestone: Annotated[
        list[str] | None, typer.Option(help="Only this milestone.", autocompletion=common.complete_milestone)
    ] = None,
    area: Annotated[list[str] | None, typer.Option(help="Only this area.", autocompletion=common.complete_area)] = None,
    region: Annotated[
        list[str] | None,
        typer.Option(help="A region by code or name, or all; default CN.", autocompletion=common.complete_region),
    ] = None,
    indicator: Annotated[
        list[str] | None,
        typer.Option(help="Only this indicator and its proxies.", autocompletion=common.complete_indicator),
    ] = None,
    as_of: common.AsOf = None,
    today: common.Today = None,
    method: Annotated[str, typer.Option(help="The method that judges the pace.")] = "linear",
    format: Annotated[str, typer.Option(help="table, json, csv or markdown.")] = "table",
    output: common.Output = None,
    lang: common.Lang = None,
) -> None:
    from aiplus_cli.assess import Selection, assess_plan
    from aiplus_cli.render import FORMATS, MACHINE_FORMATS, render_report
    from aiplus_cli.series import current

    need_choice("--format", format, FORMATS)
    need_method(method)
    as_of_day, today_day = common.clock(as_of, today)
    plan, ledger = common.load_workspace(common.find_workspace())
    need_known(plan, milestone=milestone, area=area, indicator=indicator)
    selection = Selection(read_regions(region), tuple(milestone or ()), tuple(area or ()), tuple(indicator or ()))
    figures = current(ledger.entries, as_of_day, wanted=selection.regions)
    report = assess_plan(plan, figures, as_of=as_of_day, today=today_day, method=method, selection=selection)
    text = render_report(format, report, common.options(lang))
    common.write_output(text, output, utf8=format in MACHINE_FORMATS)


def need_choice(option: str, value: str, choices: object) -> None:
    """Raise UsageProblem unless the value is one of the choices."""
    names = list(choices)  # type: ignore[call-overload]
    if value not in names:
        raise UsageProblem(
            Problem(
                option,
                Message("'{text}' is not known", text=value),
                Message("use one of: {allowed}", allowed=", ".join(names)),
            )
        )


def need_method(name: str) -> None:
    """Raise UsageProblem unless there is such a method."""
    from aiplus_cli.methods import METHODS

    need_choice("--method", name, METHODS)


def read_regions(texts: list[str] | None) -> tuple[str, ...] | None:
    """Codes of the regions asked for: the nation by default, None for `all`."""
    from aiplus_cli.model import NATION
    from aiplus_cli.regions import parse_region

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
                near = get_close_matches(name, ids[option], n=3, cutoff=0.4) or ids[option]
                what = Message("'{text}' is not in targets.yaml", text=name)
                problems.append(Problem(f"--{option}", what, Message("did you mean {near}?", near=", ".join(near))))
    if problems:
        raise InputProblem(*problems)
