"""Once the day of a milestone has passed, the figure of the period that ended on it decides, and is awaited first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import figure, goal_of, rating, series_of

from aiplus_cli.judge.assess import Selection, assess_plan
from aiplus_cli.judge.deciding import decided, deciding_end, last_day, usual_month
from aiplus_cli.judge.records import Assessment
from aiplus_cli.ledger.entries import Bound, Figure, Rating
from aiplus_cli.plan.periods import months_between
from aiplus_cli.plan.records import Indicator, Milestone, Plan

WORDS = {"zh": "话", "en": "words"}
SHARE = {
    "id": "share",
    "name": WORDS,
    "area": "all",
    "measure": "number",
    "direction": "increase",
    "range": [0, 100],
    "publication_lag": 90,
    "targets": [{"milestone": "2027", "op": ">", "value": 70}],
}
ROLE = {
    "id": "role",
    "name": WORDS,
    "area": "all",
    "measure": "rating",
    "publication_lag": 30,
    "targets": [{"milestone": "2027", "clause": "强"}],
}


def judged(today: str, *known: Figure | Rating, frequency: str = "semiannual") -> Assessment:
    """The first result for the figures of one series, on a day."""
    indicators = [{**each, "frequency": frequency} for each in (SHARE, ROLE) if each["id"] == known[0].indicator]
    plan = Plan.model_validate(
        {
            "schema": "aiplus.targets/1",
            "plan": {"id": "p", "title": WORDS, "issuer": WORDS, "document": "1", "issued": "2025-08-21"},
            "milestones": [{"id": "2027", "due": "2027-12-31", "statement": WORDS}],
            "indicators": indicators,
        }
    )
    day = date.fromisoformat(today)
    current = {(known[0].indicator, "CN"): {entry.period: entry for entry in known}}
    return assess_plan(plan, current, as_of=day, today=day, selection=Selection()).results[0]


EARLIER = (figure("60", "2026-12"), figure("68", "2027-06"))


@pytest.mark.parametrize(
    ("today", "known", "verdict"),
    [
        ("2027-12-31", EARLIER, "on_track"),
        ("2028-01-01", EARLIER, "awaiting"),
        ("2028-04-29", EARLIER, "awaiting"),
        ("2028-04-30", EARLIER, "insufficient_data"),
        ("2035-01-01", EARLIER, "insufficient_data"),
        ("2028-04-01", (*EARLIER, figure("71", "2027-12")), "met"),
        ("2028-04-01", (*EARLIER, figure("70", "2027")), "missed"),
        ("2028-04-01", (*EARLIER, figure("69", "2027-H2")), "missed"),
        ("2028-04-01", (*EARLIER, figure("69", "2027-12", bound=">")), "insufficient_data"),
        ("2028-04-01", (*EARLIER, figure("70", "2027-12", bound=">")), "met"),
        ("2028-04-01", (*EARLIER, figure("70", "2027-12", bound="<")), "missed"),
        ("2028-04-01", (*EARLIER, figure("75", "2027-12", bound="~")), "insufficient_data"),
        ("2028-01-01", (figure("75", "2027-06"),), "awaiting"),
        ("2029-01-01", (figure("75", "2027-06"),), "insufficient_data"),
        ("2028-02-01", (figure("75", "2028-01"),), "awaiting"),
        ("2029-02-01", (figure("75", "2028-01"),), "no_data"),
    ],
)
def test_the_figure_of_the_period_that_ends_on_the_day_decides(
    today: str, known: tuple[Figure, ...], verdict: str
) -> None:
    """68 % for mid-2027 is no miss on New Year's Day of 2028: the year's end decides, awaited until 29 April."""
    assert judged(today, *known).verdict == verdict


@pytest.mark.parametrize(
    ("today", "said"),
    [("2028-01-01", "it should be out by 2028-04-29"), ("2028-05-01", "it was due by 2028-04-29")],
)
def test_what_is_awaited_or_missing_is_said_with_the_day(today: str, said: str) -> None:
    """Whoever reads `awaiting` knows for what, and until when."""
    start = "the figure of the period that ended on 2027-12-31 decides"

    assert str(judged(today, *EARLIER).reason) == f"{start}; {said}; the latest is of 2027-06"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("A", None),
        ("P", "provisional: the figure of 2027-12 is not final"),
        ("E", "provisional: the figure of 2027-12 is an estimate"),
    ],
)
@pytest.mark.parametrize("value", ["69", "71"])
def test_an_estimate_decides_provisionally(value: str, status: Any, said: str | None) -> None:
    """The verdict is that of the figure, and the reason says that it may still change."""
    result = judged("2028-04-01", *EARLIER, figure(value, "2027-12", status=status))
    assert (result.verdict, result.reason and str(result.reason)) == ("met" if value == "71" else "missed", said)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2027-10", "judged on 2027-10, which ended 2 months before the due date"),
        ("2027-11", "judged on 2027-11, which ended 1 month before the due date"),
        ("2027-12-30", "judged on 2027-12-30, which ended 1 day before the due date"),
        ("2027-12-29", "judged on 2027-12-29, which ended 2 days before the due date"),
    ],
)
def test_a_figure_that_ended_before_the_day_is_named_and_so_is_one_that_may_change(period: str, said: str) -> None:
    """The one after the other, where both are so."""
    series = series_of(("2026-12", "60"), (period, "75"))
    milestone = Milestone.model_validate({"id": "2027", "due": "2027-12-31", "statement": WORDS})
    draft = replace(series.latest, figure=figure("75", period, status="P"))
    found = [decided(milestone, goal_of(series, "70"), each) for each in (series.latest, draft)]
    assert [(verdict, str(why)) for verdict, why in found] == [
        ("met", said),
        ("met", f"provisional: the figure of {period} is not final; {said}"),
    ]


def test_a_rating_of_an_earlier_year_is_named_while_the_last_one_is_awaited() -> None:
    """As an earlier figure is."""
    said = "the figure of the period that ended on 2027-12-31 decides; it should be out by 2028-02-29"
    found = judged("2028-01-15", rating("at_risk", "2026"), frequency="annual")
    assert (found.verdict, str(found.reason)) == ("awaiting", f"{said}; the latest is of 2026")


@pytest.mark.parametrize(
    ("frequency", "ends", "decides"),
    [
        ("annual", [], "2027-12-31"),
        ("annual", ["2027-06-30"], "2027-12-31"),
        ("annual", ["2025-06-30", "2026-06-30"], "2027-06-30"),
        ("annual", ["2025-12-31", "2026-06-30", "2027-06-30"], "2027-12-31"),
        ("semiannual", ["2026-06-30", "2026-12-31"], "2027-12-31"),
        ("semiannual", ["2026-02-28", "2026-08-31"], "2027-08-31"),
        ("quarterly", ["2027-10-31"], "2027-12-31"),
        ("monthly", ["2027-10-31"], "2027-12-31"),
    ],
)
def test_the_usual_cycle_tells_which_period_decides(frequency: str, ends: list[str], decides: str) -> None:
    """A series whose year ends in June is decided by June; one figure off the calendar makes no cycle."""
    watched = Indicator.model_validate({**SHARE, "frequency": frequency})
    assert str(deciding_end(watched, date(2027, 12, 31), map(date.fromisoformat, ends))) == decides


def test_what_decides_before_the_day_says_how_long_before() -> None:
    """A series whose year ends in June is judged on June, and the page says so."""
    result = judged("2028-01-01", figure("60", "2026-06"), figure("69", "2027-06"), frequency="annual")
    said = "judged on 2027-06, which ended 6 months before the due date"
    assert (result.verdict, str(result.reason), result.months_before_due) == ("missed", said, 6)


def test_the_figure_of_the_day_itself_is_no_months_early() -> None:
    """Nothing has to be said of it; before the day there is nothing to say yet."""
    decided = judged("2028-04-01", *EARLIER, figure("69", "2027-12"))
    assert (decided.reason, decided.months_before_due) == (None, 0)
    assert judged("2027-12-31", figure("75", "2027-06")).months_before_due is None


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2027-06-30", "2027-12-31", 6),
        ("2027-11-30", "2027-12-31", 1),
        ("2027-11-29", "2027-12-29", 1),
        ("2027-11-30", "2027-12-15", 0),
        ("2026-12-31", "2027-12-31", 12),
        ("2027-12-31", "2027-12-31", 0),
        ("2028-01-31", "2027-12-31", 0),
    ],
)
def test_months_are_counted_whole(start: str, end: str, months: int) -> None:
    """From the last day of a month to the last of another; a month that is not over does not count."""
    assert months_between(date.fromisoformat(start), date.fromisoformat(end)) == months


@pytest.mark.parametrize(
    ("today", "known", "until"),
    [
        ("2027-12-31", EARLIER, None),
        ("2028-01-01", EARLIER, date(2028, 4, 29)),
        ("2028-04-30", EARLIER, None),
        ("2028-01-01", (rating("at_risk", "2027-H1", indicator="role"),), date(2028, 2, 29)),
        ("2028-02-01", (figure("75", "2028-01"),), date(2028, 4, 29)),
    ],
)
def test_an_awaited_verdict_has_its_day(today: str, known: tuple[Figure, ...], until: date | None) -> None:
    """Until when it is awaited, and for no other verdict."""
    assert judged(today, *known).awaited_until == until


@pytest.mark.parametrize("status", ["A", "B", "E", "P"])
@pytest.mark.parametrize(("today", "period"), [("2027-11-01", "2027-06"), ("2028-04-01", "2027-12")])
def test_what_rests_on_an_estimate_is_provisional(status: Any, today: str, period: str) -> None:
    """Before the day and after it: a final figure may overturn it."""
    found = judged(today, figure("60", "2026-12"), figure("71", period, status=status))
    assert found.is_provisional == (status in ("E", "P"))


def test_one_day_before_is_said_as_one_day() -> None:
    """A figure of the day before the due date decides where the cycle says so."""
    milestone = Milestone.model_validate({"id": "2027", "due": "2027-07-01", "statement": WORDS})
    series = series_of(("2026-06", "60"), ("2027-06", "69"))
    verdict, reason = decided(milestone, goal_of(series, "70", due="2027-07-01"), series.latest)
    assert (verdict, str(reason)) == ("missed", "judged on 2027-06, which ended 1 day before the due date")


@pytest.mark.parametrize("bound", ["~", ">"])
def test_a_bound_that_decides_nothing_is_quoted(bound: Bound) -> None:
    """`>69` for the year's end leaves open whether 70 was passed."""
    result = judged("2028-04-01", *EARLIER, figure("69", "2027-12", bound=bound))
    said = f"{bound}69 proves neither that the target is reached nor that it is not"
    assert (result.verdict, str(result.reason)) == ("insufficient_data", said)


@pytest.mark.parametrize("status", ["A", "P", "E"])
@pytest.mark.parametrize(
    ("frequency", "earlier", "deciding"),
    [
        ("annual", "2026", "2027"),
        ("semiannual", "2027-H1", "2027-H2"),
        ("quarterly", "2027-Q3", "2027-Q4"),
        ("monthly", "2027-11", "2027-12"),
    ],
)
def test_the_days_of_awaiting_are_the_same_for_every_frequency(
    frequency: str, earlier: str, deciding: str, status: Any
) -> None:
    """From the day after the due date to the last of lag and grace, whatever the status of an earlier figure."""
    known = [figure("60", "2025", status=status), figure("68", earlier, status=status)]
    days = {
        day: judged(day, *known, frequency=frequency)
        for day in ("2027-12-31", "2028-01-01", "2028-04-29", "2028-04-30")
    }
    verdicts = [found.verdict for found in days.values()]

    assert verdicts[0] not in ("awaiting", "missed")
    assert verdicts[1:] == ["awaiting", "awaiting", "insufficient_data"]
    assert [str(found.awaited_until) for found in days.values()] == ["None", "2028-04-29", "2028-04-29", "None"]
    assert not any(found.is_provisional for day, found in days.items() if day > "2027-12-31")

    out = figure("71", deciding, status=status)
    decided_on = [judged(day, *known, out, frequency=frequency) for day in ("2028-01-01", "2028-04-30")]
    assert [(found.verdict, found.is_provisional) for found in decided_on] == [("met", status != "A")] * 2


@pytest.mark.parametrize(("until", "day"), [(None, "2028-04-29"), ("2028-06-01", "2028-06-01"), ("2028-02-01", None)])
def test_a_figure_is_awaited_for_the_lag_and_the_grace_and_as_long_as_the_plan_says(
    until: str | None, day: str | None
) -> None:
    """90 days after the year's end and 30 of grace; a later `no_data_until` counts instead, an earlier one does not."""
    said = {"no_data_until": {"date": until, "reason": "holidays"}} if until else {}
    watched = Indicator.model_validate({**SHARE, "frequency": "annual", **said})
    assert str(last_day(watched, date(2027, 12, 31))) == (day or "2028-04-29")


def test_without_figures_the_calendar_is_the_cycle() -> None:
    """Years end in December, quarters in March, June, September and December."""
    assert usual_month([], 3) == 0


@pytest.mark.parametrize(
    ("today", "known", "verdict"),
    [
        ("2027-12-31", rating("at_risk", "2027-H1", indicator="role"), "at_risk"),
        ("2028-01-01", rating("at_risk", "2027-H1", indicator="role"), "awaiting"),
        ("2028-03-01", rating("at_risk", "2027-H1", indicator="role"), "insufficient_data"),
        ("2028-01-01", rating("at_risk", "2027", indicator="role"), "missed"),
        ("2028-01-01", rating("met", "2027", indicator="role"), "met"),
        ("2028-03-01", rating("met", "2028-01", indicator="role"), "not_quantified"),
    ],
)
def test_a_rating_decides_for_the_period_that_ends_on_the_day(today: str, known: Rating, verdict: str) -> None:
    """A goal in words is missed when it was rated for the day and not as met."""
    assert judged(today, known).verdict == verdict


periods = st.sampled_from(["2026-12", "2027-03", "2027-06", "2027-11", "2028-06"])


@given(
    today=st.dates(date(2028, 1, 1), date(2032, 1, 1)),
    known=st.dictionaries(periods, st.integers(0, 100), min_size=1),
)
def test_nothing_is_missed_without_the_figure_that_decides(today: date, known: dict[str, int]) -> None:
    """Figures of other periods never make a target missed or finally met, whatever the day."""
    figures = [figure(str(value), period) for period, value in known.items()]
    assert judged(today.isoformat(), *figures).verdict in ("awaiting", "insufficient_data", "no_data")


@given(values=st.lists(st.integers(0, 100), min_size=2, max_size=2), days=st.integers(0, 900))
def test_once_decided_the_clock_changes_nothing(values: list[int], days: int) -> None:
    """The verdict of the figure that decides is the same on every later day."""
    known = [figure(str(value), period) for value, period in zip(values, ("2027-06", "2027-12"), strict=True)]
    later = date.fromordinal(date(2028, 1, 1).toordinal() + days).isoformat()
    assert judged(later, *known).verdict == judged("2028-01-01", *known).verdict
