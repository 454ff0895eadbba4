"""No verdict, gap or chance hangs on where a number was rounded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import figure, goal_of, indicator, series_of

from aiplus_cli.judge.assess import Selection, assess_plan
from aiplus_cli.judge.methods import linear, open_sdg, un
from aiplus_cli.judge.path import standing
from aiplus_cli.plan.numbers import settled, unrounded
from aiplus_cli.plan.periods import year_position
from aiplus_cli.plan.records import Milestone, Plan, Target

WORDS = {"zh": "话", "en": "words"}


@given(st.integers(1, 10**9), st.integers(1, 3), st.integers(1, 3), st.sampled_from([1, 2]))
def test_a_pace_that_lies_on_a_cut_is_judged_as_on_it(moved: int, elapsed: int, threes: int, factor: int) -> None:
    """Thirds of a year's change have no end of digits; twice one of them over it is 2, and no 1.999…."""
    left = elapsed * threes
    series = series_of(("2025", "10"), (str(2025 + elapsed), str(10 + moved)))
    goal = goal_of(series, str(10 + moved + factor * moved * threes), due=f"{2025 + elapsed + left}-12-31")
    outcome = unrounded(linear.judge)(goal, series)

    assert outcome.value == factor
    assert outcome.verdict == ("on_track" if factor == 1 else "off_track")


@given(
    st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(["2025-06", "2025-09", "2026-03", "2026"]),
    st.sampled_from(["2027-06-30", "2028-12-31"]),
)  # fmt: skip
def test_a_pace_is_judged_as_fractions_would(moved: int, missing: int, period: str, due: str) -> None:
    """Exactly worked out with whole numbers, however the days fall."""
    series = series_of(("2024", "1"), (period, str(1 + moved)))
    goal = goal_of(series, str(1 + moved + missing), op=">=", due=due)
    first, latest, end = date(2024, 12, 31), series.latest.end, date.fromisoformat(due)
    ratio = Fraction(missing, moved) * (share(latest) - share(first)) / (share(end) - share(latest))

    expected = "on_track" if ratio <= 1 else "at_risk" if ratio < 2 else "off_track"
    assert unrounded(linear.judge)(goal, series).verdict == expected


def share(day: date) -> Fraction:
    days = 366 if day.year % 4 == 0 else 365
    return day.year + Fraction(day.timetuple().tm_yday, days)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_the_end_of_a_day_is_known_to_fifty_digits(day: date) -> None:
    """More than any figure has."""
    assert abs(Fraction(year_position(day)) - share(day)) < Fraction(1, 10**50)


@pytest.mark.parametrize(("start", "rise"), [(10, 1095), (0, 2190), (1, -1095), (10**20, 1095)])
def test_a_figure_on_its_path_is_on_it(start: int, rise: int) -> None:
    """181 of the 1095 days are over, and the figure rose by just as much: neither ahead nor behind."""
    latest = start + rise * 181 // 1095
    series = series_of(("2024", str(start)), ("2025-06-30", str(latest)))
    goal = goal_of(series, str(start + rise), op=">=" if rise > 0 else "<=", due="2027-12-31")
    milestone = Milestone(id="2027", due=date(2027, 12, 31), statement=WORDS)
    target = Target(milestone="2027", op=goal.op, value=goal.value)
    found = unrounded(standing)(series, goal, [(milestone, target)])

    assert found is not None
    assert found.expected == latest
    assert found.gap == found.buffer_months == 0


def test_growth_that_lies_on_a_cut_is_judged_as_on_it() -> None:
    """Ten per cent a year, found as a cube root, close a tenth of the gap in four years."""
    series = series_of(("2024", "1000"), ("2027", "1331"))
    goal = goal_of(series, "5641", due="2028-12-31")

    assert unrounded(un.judge)(goal, series).value == Decimal("0.1")
    assert unrounded(un.judge)(goal, series).verdict == "at_risk"


def test_equal_growth_is_a_ratio_of_one() -> None:
    """As asked for."""
    series = series_of(("2024", "1000"), ("2027", "1331"))

    assert unrounded(open_sdg.judge)(goal_of(series, "1464.1", due="2028-12-31"), series).value == 1


@pytest.mark.parametrize("precision", [3, 28, 90])
def test_the_context_of_the_caller_changes_nothing(precision: int) -> None:
    """Whoever imports the package may have set any."""
    document = {
        "id": "p", "title": WORDS, "issuer": WORDS, "document": "x", "issued": "2024-01-01",
    }  # fmt: skip
    item = indicator(range=["0", "100"], targets=[{"milestone": "2027", "op": ">", "value": "70.123456789"}])
    plan = Plan.model_validate(
        {
            "schema": "aiplus.targets/1", "plan": document, "indicators": [item.model_dump()],
            "milestones": [{"id": "2027", "due": "2027-12-31", "statement": WORDS}],
        }
    )  # fmt: skip
    known = {("share", "CN"): {each.period: each for each in (figure("50.123456789", "2024"), figure("60", "2025-06"))}}
    day = date(2026, 1, 1)

    with localcontext() as context:
        context.prec = precision
        found = assess_plan(plan, known, as_of=day, today=day, selection=Selection())

    assert found == assess_plan(plan, known, as_of=day, today=day, selection=Selection())


def test_a_quotient_is_settled_to_the_digits_of_a_figure() -> None:
    """What is behind them is noise."""
    assert settled(Decimal("1." + "9" * 40)) == 2
    assert settled(Decimal("0.1" + "0" * 22 + "1")) == Decimal("0.1" + "0" * 22 + "1")
