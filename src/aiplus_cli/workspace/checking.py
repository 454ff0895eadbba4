"""The plan's gates put to the figures of a day, and the recorded runs that they compare with."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from aiplus_cli.check import SINCE_LAST, Question, check_report, findings_of, override
from aiplus_cli.check.records import CheckReport, Earlier
from aiplus_cli.errors import InputProblem
from aiplus_cli.judge.assess import Selection
from aiplus_cli.judge.enough import since, slack
from aiplus_cli.judge.records import Report, ResultKey
from aiplus_cli.ledger.entries import Figure
from aiplus_cli.ledger.soundness import waiver_problems
from aiplus_cli.ledger.vintages import best_figures
from aiplus_cli.plan.periods import add_months
from aiplus_cli.plan.records import NATION, Gate, Plan, Word
from aiplus_cli.workspace.asking import need_served, read_regions
from aiplus_cli.workspace.files import TARGETS
from aiplus_cli.workspace.judging import Vintages
from aiplus_cli.workspace.runs import Run, last_run, month_of, runs_until

_WILD = re.compile(r"[*?]")


@dataclass(frozen=True)
class Asked:
    """The filters and overrides of a run."""

    wanted: Selection = field(default_factory=Selection)
    """Which results the gates are put to; its regions do not count here."""
    regions: tuple[str, ...] = ()
    """As they were asked for; none asks for the nation and what the gates name."""
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


def judge(vintages: Vintages, asked: Asked, as_of: date, today: date, runs: Callable[[], LastRuns]) -> CheckReport:
    """The gates on the report of a day; recorded runs are read where something compares with them.

    Raises InputProblem for waivers that last too long, UsageProblem for what the method cannot judge.
    """
    plan = vintages.plan
    _need_short_waivers(plan, today)
    gates = override(plan.gates, asked.fail_words, asked.warn_words)
    question = _asked_of(asked, gates, today, overridden=gates != plan.gates)
    regions = _regions(question.gates, asked.regions)
    need_served(plan, vintages.method, replace(asked.wanted, regions=regions))
    report = vintages.report(as_of, today, Selection(regions))
    question = _with_days(question, vintages, as_of, regions)
    question = _with_runs(question, runs, today)
    before = question.before or _month_before(vintages, report, regions)
    return check_report(report, replace(question, before=before))


def _asked_of(asked: Asked, gates: tuple[Gate, ...], today: date, *, overridden: bool) -> Question:
    """What is asked, before anything is known of figures and runs."""
    return Question(
        (*gates, SINCE_LAST) if asked.since_last else gates,
        asked.wanted.milestones,
        asked.wanted.areas,
        asked.wanted.indicators,
        only_regions=read_regions(asked.regions) if asked.regions else None,
        default_regions=None if asked.regions else (NATION,),
        overridden=overridden,
        strict=asked.strict,
        max_gap=asked.max_gap,
        slack=partial(slack, today=today) if asked.with_slack else None,
        verdict_since=since,
    )


def _with_days(question: Question, vintages: Vintages, as_of: date, regions: tuple[str, ...] | None) -> Question:
    """With the best figures, and what was found on the days that gates name."""
    days = {gate.since for gate in question.gates if gate.since is not None and gate.since <= as_of}
    earlier = {day: findings_of(vintages.report(day, day, Selection(regions))) for day in days}
    return replace(question, best=_best(vintages, question.gates, as_of), earlier=earlier)


def _with_runs(question: Question, runs: Callable[[], LastRuns], today: date) -> Question:
    """With what the last recorded runs found; they are read where something compares with them, or asks their age."""
    compares = any(gate.since_last for gate in question.gates)
    if not compares and question.max_gap is None:
        return question
    last = runs()
    gap = (today - last.latest.today).days if last.latest else None
    run = last.compared if compares else None
    if run is None:
        return replace(question, gap=gap)
    return replace(question, gap=gap, previous=run.past, known=run.found, before=(run.as_of, run.past))


def _need_short_waivers(plan: Plan, today: date) -> None:
    problems = waiver_problems(plan, TARGETS, today)
    if problems:
        raise InputProblem(*problems)


def _regions(gates: Sequence[Gate], asked: Sequence[str]) -> tuple[str, ...] | None:
    """The regions to assess: those asked for, else the nation and what the gates name; None for all."""
    if asked:
        return read_regions(asked)
    named = [region for gate in gates for region in gate.regions]
    if any(_WILD.search(region) for region in named):
        return None
    return tuple(dict.fromkeys((NATION, *named)))


def _best(vintages: Vintages, gates: Sequence[Gate], as_of: date) -> Mapping[tuple[str, str], Figure]:
    if not any(gate.ratchet for gate in gates):
        return {}
    return best_figures(vintages.entries, as_of, {item.id: item.direction for item in vintages.plan.indicators})


def _month_before(
    vintages: Vintages, report: Report, regions: tuple[str, ...] | None
) -> tuple[date, Mapping[ResultKey, Earlier]]:
    """What was found a month earlier of the indicators that have met a target now."""
    day = add_months(report.as_of, -1)
    met = tuple(dict.fromkeys(result.indicator.id for result in report.results if result.verdict == "met"))
    if not met:
        return day, {}
    return day, findings_of(vintages.report(day, day, Selection(regions, indicators=met)))


# --- recorded runs ----------------------------------------------------------------------------------------------


def last_runs(folder: Path, today: date) -> LastRuns:
    """The last run, whose age counts, and the one of the last month before, to compare with.

    A run of this month is this run, whatever has been added to the files since: to compare with it would forget a fall
    as soon as it is recorded.
    """
    runs = list(itertools.islice(runs_until(folder, today), 2))
    return LastRuns(next(iter(runs), None), next((run for run in runs if run.month < month_of(today)), None))


def earlier_runs(folder: Path, today: date) -> LastRuns:
    """The run of the last month before: a month that is recorded anew gives the same run."""
    run = last_run(folder, before=month_of(today))
    return LastRuns(run, run)
