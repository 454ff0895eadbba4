"""What `check` and `snapshot` share: the workspace's gates put to its figures, and the last recorded run."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from aiplus_cli.cli.status import need_served, read_regions
from aiplus_cli.errors import InputProblem
from aiplus_cli.workspace.files import TARGETS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiplus_cli.check.records import CheckReport, Earlier, ResultKey
    from aiplus_cli.judge.assess import Selection
    from aiplus_cli.judge.records import Report
    from aiplus_cli.ledger.entries import Entry, Figure
    from aiplus_cli.plan.records import Gate, Plan, Word
    from aiplus_cli.workspace.runs import Run

_WILD = re.compile(r"[*?]")


@dataclass(frozen=True)
class Asked:
    """The filters and overrides of a run."""

    milestones: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    region: Sequence[str] = ()
    fail_words: tuple[Word, ...] | None = None
    warn_words: tuple[Word, ...] | None = None
    strict: bool = False
    since_last: bool = False
    max_gap: int | None = None
    with_slack: bool = False


@dataclass(frozen=True)
class LastRuns:
    """The last recorded run, whose age counts, and the one to compare with; None: there is none."""

    latest: Run | None
    compared: Run | None


@dataclass(frozen=True)
class Vintages:
    """The plan and the ledger, to be assessed on one day after another."""

    plan: Plan
    entries: Sequence[Entry]
    method: str

    def report(self, as_of: date, today: date, selection: Selection) -> Report:
        from aiplus_cli.judge.assess import assess_plan
        from aiplus_cli.ledger.vintages import current

        figures = current(self.entries, as_of, wanted=selection.regions)
        return assess_plan(self.plan, figures, as_of=as_of, today=today, method=self.method, selection=selection)


def judge(vintages: Vintages, asked: Asked, as_of: date, today: date, last_runs: Callable[[], LastRuns]) -> CheckReport:
    """The gates on the report of a day; recorded runs are read where something compares with them.

    Raises InputProblem for waivers that last too long, UsageProblem for what the method cannot judge.
    """
    from aiplus_cli.check import SINCE_LAST, Question, check_report, findings_of, override
    from aiplus_cli.judge.assess import Selection
    from aiplus_cli.judge.enough import since, slack
    from aiplus_cli.plan.records import NATION

    plan = vintages.plan
    _need_short_waivers(plan, today)
    gates = override(plan.gates, asked.fail_words, asked.warn_words)
    overridden = gates != plan.gates
    gates = (*gates, SINCE_LAST) if asked.since_last else gates
    regions = _regions(gates, asked.region)
    need_served(plan, vintages.method, Selection(regions, asked.milestones, asked.areas, asked.indicators))
    selection = Selection(regions)
    report = vintages.report(as_of, today, selection)
    compares = any(gate.since_last for gate in gates)
    runs = last_runs() if compares or asked.max_gap is not None else LastRuns(None, None)
    run = runs.compared if compares else None
    days = {gate.since for gate in gates if gate.since is not None and gate.since <= as_of}
    question = Question(
        gates,
        asked.milestones,
        asked.areas,
        asked.indicators,
        only_regions=regions if asked.region else None,
        default_regions=None if asked.region else (NATION,),
        overridden=overridden,
        strict=asked.strict,
        best=_best(vintages, gates, as_of),
        earlier={day: findings_of(vintages.report(day, day, selection)) for day in days},
        previous=run.past if run else None,
        known=run.found if run else None,
        before=(run.as_of, run.past) if run else _month_before(vintages, report, regions),
        max_gap=asked.max_gap,
        gap=(today - runs.latest.today).days if runs.latest else None,
        slack=partial(slack, today=today) if asked.with_slack else None,
        verdict_since=since,
    )
    return check_report(report, question)


def _need_short_waivers(plan: Plan, today: date) -> None:
    from aiplus_cli.ledger.soundness import waiver_problems

    problems = waiver_problems(plan, TARGETS, today)
    if problems:
        raise InputProblem(*problems)


def _regions(gates: Sequence[Gate], asked: Sequence[str]) -> tuple[str, ...] | None:
    """The regions to assess: those asked for, else the nation and what the gates name; None for all."""
    from aiplus_cli.plan.records import NATION

    if asked:
        return read_regions(list(asked))
    named = [region for gate in gates for region in gate.regions]
    if any(_WILD.search(region) for region in named):
        return None
    return tuple(dict.fromkeys((NATION, *named)))


def _best(vintages: Vintages, gates: Sequence[Gate], as_of: date) -> Mapping[tuple[str, str], Figure]:
    from aiplus_cli.ledger.vintages import best_figures

    if not any(gate.ratchet for gate in gates):
        return {}
    return best_figures(vintages.entries, as_of, {item.id: item.direction for item in vintages.plan.indicators})


def _month_before(
    vintages: Vintages, report: Report, regions: tuple[str, ...] | None
) -> tuple[date, Mapping[ResultKey, Earlier]]:
    """What was found a month earlier of the indicators that have met a target now."""
    from aiplus_cli.check import findings_of
    from aiplus_cli.judge.assess import Selection
    from aiplus_cli.plan.periods import add_months

    day = add_months(report.as_of, -1)
    met = tuple(dict.fromkeys(result.indicator.id for result in report.results if result.verdict == "met"))
    if not met:
        return day, {}
    return day, findings_of(vintages.report(day, day, Selection(regions, indicators=met)))
