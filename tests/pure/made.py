"""Figures, ratings, series and goals for the tests of the pure rooms: what matters is given, the rest is filled in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from aiplus_cli.judge.assess import Selection, assess_plan
from aiplus_cli.judge.records import Assessment, Course, Evidence, Goal, Outcome, Ruling, Series
from aiplus_cli.judge.series import build_series
from aiplus_cli.ledger.entries import Bound, Figure, Rating, Withdrawal
from aiplus_cli.ledger.lines import with_id
from aiplus_cli.plan.periods import year_position
from aiplus_cli.plan.records import Freshness, Indicator, Milestone, Op, Plan, Target, Verdict

RECORDED = datetime(2026, 1, 2, tzinfo=UTC)
WHEN: dict[str, Any] = {"published": date(2026, 1, 1), "recorded_at": RECORDED, "recorded_by": "tester"}


def figure(value: str = "40", period: str = "2025-12", **changes: Any) -> Figure:
    """A figure with the id of its content, unless an id is given."""
    fields = {"id": "", "indicator": "share", "region": "CN", "period": period, "source": "office", **WHEN, **changes}
    made = Figure(value=Decimal(value), **fields)
    return made if made.id else with_id(made)


def rating(value: str, period: str = "2025", **changes: Any) -> Rating:
    """A rating with the id of its content, unless an id is given."""
    fields = {"id": "", "indicator": "role", "region": "CN", "period": period, "source": "analyst", **WHEN, **changes}
    made = Rating(value=value, **fields)  # type: ignore[arg-type]
    return made if made.id else with_id(made)


def withdrawal(withdraws: str, **changes: Any) -> Withdrawal:
    """A withdrawal with the id of its content, unless an id is given."""
    made = Withdrawal(**{"id": "", "withdraws": withdraws, "reason": "wrong", **WHEN, **changes})
    return made if made.id else with_id(made)


def indicator(unit: Any = "%", **changes: Any) -> Indicator:
    """An indicator measured by a number."""
    fields = {"id": "share", "name": {"zh": "某", "en": "X"}, "area": "all", "measure": "number", "unit": unit}
    return Indicator.model_validate({**fields, "direction": "increase", "frequency": "annual", **changes})


def series_of(*values: tuple[str, str]) -> Series:
    """The series of (period, value) pairs."""
    made = build_series([figure(value, period) for period, value in values])
    assert made is not None
    return made


def goal_of(
    series: Series, target: str | None, op: Op = ">", due: str = "2027-12-31", bounds: tuple[str, str] | None = None
) -> Goal:
    """A goal whose baseline is the first figure of the series; the operator tells the direction."""
    value = None if target is None else Decimal(target)
    limits = None if bounds is None else (Decimal(bounds[0]), Decimal(bounds[1]))
    at = year_position(date.fromisoformat(due))
    return Goal(op, value, at, "decrease" if op.startswith("<") else "increase", limits, series.points[0])


WORDS = {"zh": "话", "en": "words"}
ABOUT = {"id": "p", "title": WORDS, "issuer": WORDS, "document": "1", "issued": "2025-08-21"}


def assessed(
    today: str, *known: Figure | Rating, method: str = "default", number: int = 0, **changes: Any
) -> Assessment:
    """A result for the figures of one series of the plan's year, 2025, and later; `changes` are the indicator's."""
    share = {"area": "all", "range": [0, 100], "frequency": "annual", "publication_lag": 90, "name": WORDS}
    share |= {"id": known[0].indicator, "measure": "number", "direction": "increase"}
    plan = Plan.model_validate(
        {
            "schema": "aiplus.targets/1",
            "plan": ABOUT,
            "milestones": [{"id": y, "due": f"{y}-12-31", "statement": WORDS} for y in ("2027", "2030")],
            "indicators": [share | changes],
        }
    )
    day = date.fromisoformat(today)
    current = {(known[0].indicator, "CN"): {entry.period: entry for entry in known}}
    return assess_plan(plan, current, as_of=day, today=day, selection=Selection(), method=method).results[number]


OUT = date(2026, 2, 1)
THEN, NOW = figure("50", "2024"), figure("60", "2025", published=OUT)
DUE = Milestone.model_validate({"id": "2027", "due": "2027-12-31", "statement": WORDS})
AIM = Target.model_validate({"milestone": "2027", "op": ">", "value": 70, "@line": 30})


def result(
    verdict: Verdict = "at_risk",
    latest: Figure = NOW,
    freshness: Freshness = "fresh",
    chance: str | None = None,
    chance_bound: Bound = "",
    **changes: Any,
) -> Assessment:
    """A result with a figure, judged by `linear`; a chance where one is given; `changes` are the indicator's."""
    series = build_series([THEN, latest])
    assert series is not None
    outcome = Outcome(verdict, "ratio", None, probability=chance and Decimal(chance), bound=chance_bound)  # type: ignore[arg-type]
    course = Course(series, goal_of(series, "70"), None, None, None)
    newest = Evidence(latest, freshness, date(2026, 5, 1), date(2026, 6, 30))
    item = indicator(**{"@line": 20, **changes})
    return Assessment(item, "CN", DUE, AIM, "official", verdict, None, newest, course, ruling=Ruling("linear", outcome))
