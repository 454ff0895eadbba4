"""A forecast: from whose figures, for which days, what is said where there is none, and when the target is reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import ABOUT, WORDS, figure, goal_of, series_of

from aiplus_cli.judge.methods import calibrated
from aiplus_cli.judge.outlook import Fan, Forecast, Outlook, OutlookQuestion, forecast, known_period
from aiplus_cli.ledger.entries import Figure
from aiplus_cli.plan.periods import year_position
from aiplus_cli.plan.records import Plan

GOALS = [{"milestone": "2027", "op": ">", "value": 70}, {"milestone": "2030", "op": ">", "value": 90}]
SHARE = {"name": WORDS, "area": "all", "measure": "number", "frequency": "annual", "range": [0, 100]}
HEAD = {**SHARE, "id": "head", "direction": "increase", "targets": GOALS}
PROXY = {**SHARE, "id": "proxy", "direction": "increase", "basis": "proxy", "proxy_for": "head"}
UP = (("2024", "40"), ("2025", "50"))


def asked(*known: Figure, today: str = "2026-06-01", head: dict[str, Any] | None = None, **question: Any) -> Forecast:
    """The forecast of the first indicator of a plan with milestones in 2027, 2030 and, for Hunan, 2035."""
    stages = [{"id": y, "due": f"{y}-12-31", "statement": WORDS} for y in ("2030", "2027")]
    own = {"id": "2035", "due": "2035-12-31", "statement": WORDS, "region": "CN-HN"}
    plan = Plan.model_validate(
        {
            "schema": "aiplus.targets/1",
            "plan": ABOUT,
            "milestones": [*stages, own],
            "indicators": [{**HEAD, **(head or {})}, PROXY],
        }
    )
    current: dict[tuple[str, str], dict[str, Any]] = {}
    for each in known:
        current.setdefault((each.indicator, each.region), {})[each.period] = each
    day = date.fromisoformat(today)
    return forecast(plan, current, OutlookQuestion(plan.indicators[0], **question), as_of=day, today=day)


def of(name: str, *values: tuple[str, str], **changes: Any) -> list[Figure]:
    return [figure(value, period, indicator=name, **changes) for period, value in values]


def ends(each: Outlook | Fan) -> tuple[Decimal, Decimal]:
    """Both ends of an interval."""
    assert each.low is not None
    assert each.high is not None
    return each.low, each.high


LITTLE = "the latest figure says only how little was reached at most"
FALLING = {"direction": "decrease", "targets": [{"milestone": "2027", "op": "<", "value": 30}]}


@pytest.mark.parametrize(
    ("known", "how", "reason"),
    [
        ([], {}, "no figure is known for CN on 2026-06-01"),
        ([], {"region": "CN-HN"}, "no figure is known for CN-HN on 2026-06-01"),
        (of("head", ("2025", "50")), {}, "one figure shows no pace"),
        (of("head", *UP, bound="<"), {}, LITTLE),
        (of("head", *UP, bound=">"), {"head": FALLING}, LITTLE),
        (of("head", *UP), {"today": "2031-01-01"}, "no milestone lies ahead"),
        (of("head", ("2029", "40"), ("2030", "50")), {"today": "2030-12-31"}, "no milestone lies ahead"),
        (of("head", *UP), {"milestones": ("2035",)}, "no target of a milestone asked for lies ahead"),
    ],
)  # fmt: skip
def test_without_a_pace_or_a_day_ahead_the_reason_is_said(
    known: list[Figure], how: dict[str, Any], reason: str
) -> None:
    """And everything else of the answer is empty."""
    found = asked(*known, **how)
    assert str(found.reason) == reason
    assert (found.observed, found.outlooks, found.fan, found.corners) == (None, (), (), ())
    assert (found.indicator.id, found.lead.id, found.region) == ("head", "head", how.get("region", "CN"))
    assert (found.series is None) == (not known)


@pytest.mark.parametrize(("bound", "head"), [(">", {}), ("<", FALLING), ("~", {})])
def test_a_latest_figure_that_says_how_much_was_reached_at_least_has_an_outlook(
    bound: Any, head: dict[str, Any]
) -> None:
    """A floor of what is to rise, a ceiling of what is to fall."""
    latest = figure("50", "2025", indicator="head", bound=bound)
    assert asked(figure("40", "2024", indicator="head"), latest, head=head).outlooks


def test_the_figures_are_those_of_the_first_that_has_some() -> None:
    """The indicator itself, or a proxy, in the region asked for."""
    own, proxys = of("head", *UP), of("proxy", ("2024", "20"), ("2025", "30"))
    assert asked(*own, *proxys).lead.id == "head"
    assert asked(*proxys).lead.id == "proxy"
    assert asked(*own, *of("proxy", *UP, region="CN-HN"), region="CN-HN").lead.id == "proxy"


@pytest.mark.parametrize(
    ("how", "days"),
    [
        ({}, ["2027", "2030"]),
        ({"milestones": ("2030",)}, ["2030"]),
        ({"today": "2027-12-31"}, ["2027", "2030"]),
        ({"today": "2028-01-01"}, ["2030"]),
        ({"head": {"targets": []}}, ["2027", "2030"]),
        ({"head": {"targets": []}, "region": "CN-HN"}, ["2027", "2030", "2035"]),
        ({"head": {"targets": GOALS[1:]}}, ["2030"]),
    ],
)
def test_it_looks_at_the_days_with_a_number_to_reach_or_else_at_those_of_the_plan(
    how: dict[str, Any], days: list[str]
) -> None:
    """By their dates; of the plan's those of the nation and of the region asked for."""
    region = how.get("region", "CN")
    assert [each.milestone.id for each in asked(*of("head", *UP, region=region), **how).outlooks] == days


def test_a_day_without_a_number_has_a_value_and_nothing_else() -> None:
    """Neither chance, verdict, pace nor arrival; and the path has no corners."""
    found = asked(*of("head", *UP), head={"targets": []})
    (first, _) = found.outlooks
    assert (first.target, first.probability, first.verdict, first.required, first.arrival) == (None,) * 5
    assert 0 < ends(first)[0] < first.central < ends(first)[1] < 100
    assert found.corners == ()
    assert found.observed == 10


def test_each_day_is_judged_as_calibrated_judges_it() -> None:
    """Its median and interval, its chance and verdict, and the pace that it asks for."""
    found = asked(*of("head", *UP), level=Decimal("0.9"))
    first, second = found.outlooks
    assert [str(each.target.value) for each in found.outlooks if each.target] == ["70", "90"]
    assert (first.verdict, second.verdict) == ("off_track", "off_track")
    assert first.probability is not None
    assert 0 < first.probability < 1
    assert first.required == pytest.approx(Decimal(10), abs=Decimal("0.01"))
    assert second.required == pytest.approx(Decimal(8), abs=Decimal("0.01"))
    wider = asked(*of("head", *UP), level=Decimal("0.95")).outlooks[0]
    assert ends(wider)[0] < ends(first)[0] < first.central < ends(first)[1] < ends(wider)[1]
    assert wider.central == first.central
    assert first.probability_bound == ""
    assert asked(*of("head", *UP[:1]), *of("head", *UP[1:], bound=">")).outlooks[0].probability_bound == ">"


def test_the_fan_opens_from_the_latest_figure_to_the_last_day() -> None:
    """Four steps a year; its end is the outlook of that day."""
    found = asked(*of("head", *UP))
    start, last, end = found.fan[0], found.fan[-1], found.outlooks[-1]
    assert (start.at, start.low, start.central, start.high) == (year_position(date(2025, 12, 31)), *[Decimal(50)] * 3)
    assert (last.at, last.low, last.central, last.high) == (
        year_position(date(2030, 12, 31)),
        end.low,
        end.central,
        end.high,
    )
    widths = [ends(each)[1] - ends(each)[0] for each in found.fan[:12]]
    assert widths == sorted(set(widths))
    assert all(ends(each)[0] <= each.central <= ends(each)[1] for each in found.fan)


def test_within_the_interval_there_is_that_of_one_half() -> None:
    """Unless what is asked for is no wider."""
    found = asked(*of("head", *UP))
    for each in found.fan[1:]:
        assert each.inner_low is not None
        assert each.inner_high is not None
        assert ends(each)[0] < each.inner_low < each.central < each.inner_high < ends(each)[1]
    assert {each.inner_low for each in asked(*of("head", *UP), level=Decimal("0.5")).fan} == {None}


def test_the_path_runs_from_the_baseline_through_the_targets_ahead() -> None:
    """One that the baseline has reached already is no corner of it."""
    start = (year_position(date(2024, 12, 31)), Decimal(40))
    due = [year_position(date(year, 12, 31)) for year in (2027, 2030)]
    assert asked(*of("head", *UP)).corners == (start, (due[0], Decimal(70)), (due[1], Decimal(90)))
    low = [{"milestone": "2027", "op": ">", "value": 40}, GOALS[1]]
    assert asked(*of("head", *UP), head={"targets": low}).corners == (start, (due[1], Decimal(90)))
    assert asked(*of("head", *UP), head={"targets": low[:1]}).corners == ()


def test_what_is_reached_arrived_with_its_figure() -> None:
    """It is met, and no pace is asked for."""
    met, open_ = asked(*of("head", ("2024", "60"), ("2025", "71"))).outlooks
    assert met.arrival is not None
    assert {met.arrival.earliest, met.arrival.central, met.arrival.latest} == {date(2025, 12, 31)}
    assert (met.verdict, met.required) == ("met", None)
    assert open_.verdict != "met"
    assert open_.required is not None


def test_the_days_of_arrival_stand_in_their_order_and_none_is_past() -> None:
    """The day of the median is the one on which the chance is a half; one too far off is none."""
    soon = asked(*of("head", ("2024", "60"), ("2025", "67"))).outlooks[0].arrival
    assert soon is not None
    assert soon.earliest == date(2026, 6, 1)
    assert soon.latest is not None
    assert soon.latest > soon.earliest
    fair = asked(*of("head", *UP)).outlooks[0].arrival
    assert fair is not None
    assert fair.earliest is not None
    assert fair.central is not None
    assert fair.earliest < fair.central
    series = series_of(*UP)
    goal = replace(goal_of(series, "70", bounds=("0", "100")), at=year_position(fair.central))
    assert calibrated.judge(goal, series).probability == pytest.approx(Decimal("0.5"), abs=Decimal("0.01"))
    still = asked(*of("head", ("2024", "50"), ("2025", "50.01")), head={"targets": [{**GOALS[1], "value": 99}]})
    assert still.outlooks[0].arrival is not None
    assert still.outlooks[0].arrival.latest is None


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2026-06-30", "2026-Q2"),
        ("2027-01-01", "2027-Q1"),
        ("2028-12-31", "2028-Q4"),
        ("2029-06-30", "2029-Q2"),
        ("2029-07-01", "2029"),
        ("2043-08-05", "2043"),
    ],
)
def test_a_day_of_arrival_is_known_to_the_quarter_for_three_years_and_then_to_the_year(day: str, known: str) -> None:
    """Counted from the figure that it was reckoned from, here of mid-2026."""
    assert known_period(date.fromisoformat(day), date(2026, 6, 30)) == known
