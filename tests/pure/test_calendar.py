"""The calendar of a series: which figures are awaited, which are missing, and that a stray figure moves nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made import WORDS, assessed, figure, indicator, rating

from aiplus_cli.judge.assess import Selection, assess_plan
from aiplus_cli.judge.calendar import usual_month
from aiplus_cli.ledger.entries import Entry, Figure, Rating
from aiplus_cli.ledger.vintages import current
from aiplus_cli.plan.periods import MONTHS_PER_PERIOD, add_months
from aiplus_cli.plan.records import Indicator, Plan
from aiplus_cli.review.due import awaited
from aiplus_cli.review.records import Awaited

ISSUED = "2025-08-21"
TODAY = date(2027, 5, 1)
ROLE = {"id": "role", "name": WORDS, "area": "all", "measure": "rating", "frequency": "annual"}


def plan_of(*watched: Indicator) -> Plan:
    about = {"id": "p", "title": WORDS, "issuer": WORDS, "document": "1", "issued": ISSUED}
    milestones = [{"id": "2027", "due": "2027-12-31", "statement": WORDS}]
    found = {"schema": "aiplus.targets/1", "plan": about, "milestones": milestones, "indicators": []}
    return Plan.model_validate(found).model_copy(update={"indicators": watched})


def listed(entries: list[Entry], today: date = TODAY, **changes: Any) -> tuple[Awaited, ...]:
    """What is awaited of one series, due 90 days after each period."""
    made = indicator(publication_lag=90, **changes)
    return awaited(plan_of(made), current(entries, today), today=today)


def rows(*periods: str, today: date = TODAY, frequency: str = "semiannual", **changes: Any) -> list[tuple[str, str]]:
    """Period and state of what is awaited after figures of some periods."""
    found = listed([figure("40", period) for period in periods], today, frequency=frequency, **changes)
    return [(row.period or "", row.state) for row in found]


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        (("2025-12", "2026-06"), [("2026-12", "overdue"), ("2027-06", "awaited")]),
        (("2025-12",), [("2026-06", "overdue"), ("2026-12", "overdue"), ("2027-06", "awaited")]),
        (("2025-06", "2025-12", "2026-12"), [("2026-06", "overdue"), ("2027-06", "awaited")]),
        (("2025-H1", "2025-H2", "2026-H1", "2026-H2"), [("2027-H1", "awaited")]),
        (("2026-06", "2026-12", "2027-03"), [("2027-06", "awaited")]),
        (("2023-12", "2024-12", "2026-06", "2026-12"), [("2025-12", "overdue"), ("2027-06", "awaited")]),
    ],
)
def test_every_missing_period_is_listed_and_the_next(periods: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    """Each with its day: after the latest figure all, between two those since the plan was issued."""
    assert rows(*periods) == expected


def test_each_missing_figure_has_its_own_day() -> None:
    """Ninety days after the end of its period."""
    assert [str(row.due) for row in listed([figure("40", "2025-12")], frequency="semiannual")] == [
        "2026-09-28",
        "2027-03-31",
        "2027-09-28",
    ]


def test_on_its_day_a_figure_is_still_awaited_and_the_day_after_so_is_the_next() -> None:
    """What is due today is not late."""
    known = ("2025-12", "2026-06", "2026-12")
    assert rows(*known, today=date(2027, 9, 28)) == [("2027-06", "awaited")]
    assert rows(*known, today=date(2027, 9, 29)) == [("2027-06", "overdue"), ("2027-12", "awaited")]


@pytest.mark.parametrize(("until", "due"), [("2027-12-01", "2027-12-01"), ("2027-01-01", "2027-09-28")])
def test_an_excuse_puts_a_day_off_and_never_forward(until: str, due: str) -> None:
    """It holds until its own day; a figure that is due later anyway stays due then."""
    known: list[Entry] = [figure("40", period) for period in ("2026-06", "2026-12")]
    (row,) = listed(known, frequency="semiannual", no_data_until={"date": until, "reason": "x"})
    assert str(row.due) == due


@pytest.mark.parametrize(
    ("frequency", "ends", "month"),
    [
        ("annual", ["2025-12-31"], 0),
        ("annual", ["2025-06-30"], 6),
        ("annual", ["2025-06-30", "2025-12-31"], 0),
        ("annual", ["2025-06-30", "2026-06-30", "2026-12-31"], 6),
        ("annual", ["2025-02-28", "2025-11-30"], 11),
        ("semiannual", ["2025-08-31", "2026-02-28", "2026-06-30"], 2),
        ("monthly", ["2025-06-10", "2025-07-20"], 0),
    ],
)
def test_the_usual_cycle_is_the_month_of_most_figures(frequency: str, ends: list[str], month: int) -> None:
    """Of equals it is the calendar's, and without one on the calendar that of the latest figure."""
    assert usual_month([date.fromisoformat(end) for end in ends], MONTHS_PER_PERIOD[frequency]) == month


def test_a_hole_in_the_middle_makes_the_evidence_stale() -> None:
    """The figure of 2026-12 is there; the one of 2026-06 should have been out by September 2026."""
    known = [figure("40", period) for period in ("2025-12", "2026-12")]
    found = assessed(
        "2027-05-01", *known, frequency="semiannual", targets=[{"milestone": "2027", "op": ">", "value": 70}]
    )
    evidence = found.evidence
    assert (evidence.freshness, evidence.next_period, str(evidence.next_due), evidence.missing) == (
        "stale",
        "2026-06",
        "2026-09-28",
        ("2026-06",),
    )


def test_a_goal_in_words_without_a_rating_is_listed() -> None:
    """Somebody has to rate it; until then there is no day to count to."""
    found = awaited(plan_of(Indicator.model_validate(ROLE)), {}, today=TODAY)
    assert [(row.indicator.id, row.state, row.due) for row in found] == [("role", "missing", None)]


def test_a_rated_goal_is_awaited_for_its_next_year() -> None:
    """A rating has a calendar as a figure has."""
    made = Indicator.model_validate(ROLE)
    found = awaited(plan_of(made), current([rating("at_risk", "2025")], TODAY), today=TODAY)
    assert [(row.period, row.state) for row in found] == [("2026", "overdue"), ("2027", "awaited")]


frequencies = st.sampled_from(["annual", "semiannual", "quarterly"])
days = st.dates(date(2026, 1, 1), date(2030, 1, 1))


@st.composite
def cycles(draw: st.DrawFn) -> tuple[str, list[date]]:
    """A frequency, and at least two period ends of one cycle, with holes."""
    frequency = draw(frequencies)
    months = MONTHS_PER_PERIOD[frequency]
    start = add_months(date(2024, 1, 31), draw(st.integers(0, months - 1)))
    steps = draw(st.lists(st.integers(0, 12 // months * 3), min_size=2, max_size=8, unique=True))
    return frequency, [add_months(start, step * months) for step in sorted(steps)]


def figures_of(ends: list[date]) -> list[Entry]:
    return [figure("40", f"{end:%Y-%m}") for end in ends]


def calendar(entries: list[Entry], frequency: str, today: date) -> list[tuple[str | None, str, date | None]]:
    return [(row.period, row.state, row.due) for row in listed(entries, today, frequency=frequency)]


@given(series=cycles(), extra=st.dates(date(2024, 1, 1), date(2027, 1, 1)), today=days)
def test_one_figure_off_the_cycle_moves_no_calendar(series: tuple[str, list[date]], extra: date, today: date) -> None:
    """Between the figures of the cycle it fills nothing and asks for nothing."""
    frequency, ends = series
    assume((extra.month - ends[0].month) % MONTHS_PER_PERIOD[frequency] != 0)
    assume(ends[0] < extra < ends[-1])
    stray = figure("40", f"{extra:%Y-%m}")
    assert calendar([*figures_of(ends), stray], frequency, today) == calendar(figures_of(ends), frequency, today)


@given(series=cycles(), after=st.integers(1, 11), today=days)
def test_a_figure_off_the_cycle_at_the_end_leaves_the_days_where_they_were(
    series: tuple[str, list[date]], after: int, today: date
) -> None:
    """What comes after the last figure of the cycle is due on the same days as before."""
    frequency, ends = series
    assume(after % MONTHS_PER_PERIOD[frequency] != 0)
    stray = add_months(ends[-1], after)
    before = calendar(figures_of(ends), frequency, today)
    now = calendar([*figures_of(ends), figure("40", f"{stray:%Y-%m}")], frequency, today)
    both = {period for period, *_ in before} & {period for period, *_ in now}
    assert both
    assert [row for row in now if row[0] in both] == [row for row in before if row[0] in both]


@given(series=cycles(), today=days, data=st.data())
def test_neither_revisions_nor_the_order_of_recording_move_the_calendar(
    series: tuple[str, list[date]], today: date, data: st.DataObject
) -> None:
    """What is awaited follows from the periods that have a figure, and from nothing else."""
    frequency, ends = series
    known: list[Entry] = figures_of(ends)
    revised = data.draw(st.sampled_from(ends))
    again: Figure | Rating = figure("41", f"{revised:%Y-%m}", published=date(2026, 1, 1), note="revised")
    mixed = data.draw(st.permutations([*known, again]))
    assert calendar(mixed, frequency, today) == calendar(known, frequency, today)


@given(series=cycles(), today=days)
def test_freshness_and_due_say_the_same(series: tuple[str, list[date]], today: date) -> None:
    """The first figure that `due` lists is the one by which the evidence is fresh or not."""
    frequency, ends = series
    made = indicator(frequency=frequency, publication_lag=90, basis="context")
    figures = current(figures_of(ends), today)
    (row,) = assess_plan(plan_of(made), figures, as_of=today, today=today, selection=Selection()).context
    found = awaited(plan_of(made), figures, today=today)
    assert (row.evidence.next_period, row.evidence.next_due) == (min(found, key=due_of).period, min(map(due_of, found)))
    assert row.evidence.missing == tuple(each.period for each in sorted(found, key=due_of) if each.state == "overdue")
    assert (row.evidence.freshness == "fresh") == (not row.evidence.missing)


def due_of(row: Awaited) -> date:
    assert row.due is not None
    return row.due
