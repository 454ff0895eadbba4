"""Tables and properties of the pure core: periods, values, vintages and the path."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiplus_cli.contract.numbers import machine, rounded
from aiplus_cli.errors import InputProblem
from aiplus_cli.intake.values import parse_value
from aiplus_cli.judge.records import Point, Series
from aiplus_cli.judge.series import build_series
from aiplus_cli.ledger.entries import Figure, Withdrawal
from aiplus_cli.ledger.lines import encode, with_id
from aiplus_cli.ledger.vintages import current
from aiplus_cli.plan.periods import add_months, parse_period, read_period, year_position
from aiplus_cli.plan.places import EN, ZH, parse_region
from aiplus_cli.plan.records import Indicator

DAY = date(2026, 1, 1)


def figure(value: str = "40", period: str = "2025-12", **changes: object) -> Figure:
    """A figure that takes what matters and defaults the rest."""
    fields: dict[str, object] = {
        "id": "",
        "indicator": "share",
        "region": "CN",
        "period": period,
        "value": Decimal(value),
        "published": DAY,
        "source": "office",
        "recorded_at": datetime(2026, 1, 2, tzinfo=UTC),
        "recorded_by": "tester",
        **changes,
    }
    return with_id(Figure(**fields))  # type: ignore[arg-type]


def indicator(unit: str = "%", **changes: object) -> Indicator:
    """A numeric indicator in some unit."""
    fields = {"id": "x", "name": {"zh": "某", "en": "X"}, "area": "all", "measure": "number", "unit": unit}
    return Indicator.model_validate({**fields, "direction": "increase", "frequency": "annual", **changes})


@pytest.mark.parametrize(
    ("text", "canonical", "end"),
    [
        ("2025", "2025", date(2025, 12, 31)),
        ("2025年", "2025", date(2025, 12, 31)),
        ("2025-H1", "2025-H1", date(2025, 6, 30)),
        ("2025年上半年", "2025-H1", date(2025, 6, 30)),
        ("2025Q3", "2025-Q3", date(2025, 9, 30)),
        ("2025年二季度", "2025-Q2", date(2025, 6, 30)),
        ("2024-02", "2024-02", date(2024, 2, 29)),
        ("2025年6月", "2025-06", date(2025, 6, 30)),
        ("2025.06", "2025-06", date(2025, 6, 30)),
        ("２０２５年６月", "2025-06", date(2025, 6, 30)),
        ("2025-06-30", "2025-06-30", date(2025, 6, 30)),
        ("2025年6月1日", "2025-06-01", date(2025, 6, 1)),
    ],
)
def test_a_period_is_read_in_the_ways_people_write_it(text: str, canonical: str, end: date) -> None:
    """Every spelling leads to one canonical text and stands for its last day."""
    period = parse_period(text)

    assert (canonical, end) == (period.text, period.end)


@pytest.mark.parametrize(
    "text", ["", "25", "2025-13", "2025-H3", "2025-Q5", "2025-02-30", "1-7月", "0000", "2025-6-", "٢٠٢٥"]
)
def test_what_names_no_single_period_is_refused(text: str) -> None:
    """Nothing is guessed, least of all a cumulative span of months."""
    with pytest.raises(InputProblem):
        parse_period(text)


@given(st.dates(min_value=date(1, 1, 1), max_value=date(9000, 12, 31)))
def test_the_axis_of_years_rises_day_by_day_and_is_whole_at_year_ends(day: date) -> None:
    """A later day lies further on, and 31 December is a whole number."""
    assert year_position(day) > year_position(date.fromordinal(max(day.toordinal() - 1, 1))) or day == date.min
    assert year_position(date(day.year, 12, 31)) == day.year + 1


@given(st.dates(max_value=date(9900, 1, 1)), st.integers(0, 600))
def test_adding_months_keeps_month_ends(day: date, months: int) -> None:
    """The last day of a month stays one."""
    moved = add_months(day, months)

    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    if (day.toordinal() + 1) <= date.max.toordinal() and date.fromordinal(day.toordinal() + 1).day == 1:
        assert date.fromordinal(moved.toordinal() + 1).day == 1


@pytest.mark.parametrize(
    ("text", "unit", "value", "bound"),
    [
        ("42.8", "%", "42.8", ""),
        ("42.8%", "%", "42.8", ""),
        ("５０．０％", "%", "50.0", ""),
        (">50%", "%", "50", ">"),
        ("超50%", "%", "50", ">"),
        ("突破7亿", "亿人", "7", ">"),
        ("近6000亿元", "亿元", "6000", "<"),
        ("约70%", "%", "70", "~"),
        ("70%左右", "%", "70", "~"),
        ("5.15亿", "亿人", "5.15", ""),
        ("1.2万亿", "亿元", "12000", ""),
        ("1.2万亿元", "亿元", "12000", ""),
        ("1,234.5", "家", "1234.5", ""),
        ("5080亿元", "元", "508000000000", ""),
        ("3万", "万个", "3", ""),
        ("0", "%", "0", ""),
        ("0.0%", "%", "0.0", ""),
        ("100%", "%", "100", ""),
        ("-1.5", "%", "-1.5", ""),
    ],
)
def test_a_value_is_read_as_statisticians_write_it(text: str, unit: str, value: str, bound: str) -> None:
    """Signs, scales and full-width digits lead to an exact number in the indicator's unit."""
    found = parse_value(text, indicator(unit))

    assert (Decimal(value), bound) == (found.number, found.bound)


@pytest.mark.parametrize("text", ["", "abc", "NaN", "Infinity", "1e5", "50%人", "5亿元", "1,23", "--5", "50个百分点"])
def test_what_is_no_value_in_the_unit_is_refused(text: str) -> None:
    """A wrong unit, an exponent or no number at all is never turned into a figure."""
    with pytest.raises(InputProblem):
        parse_value(text, indicator("%"))


@pytest.mark.parametrize("name", ["湖南", "湖南省", "Hunan", "hunan", "CN-HN", "430000", "43"])
def test_a_region_is_known_by_its_names_and_codes(name: str) -> None:
    """Short and full names, English, ISO 3166-2 and GB/T 2260 lead to one code."""
    assert parse_region(name) == "CN-HN"


def test_every_region_is_found_by_all_its_names() -> None:
    """There are 34 of them and the nation, and no two share a name."""
    assert len(EN) == len(set(EN.values())) == len(set(ZH.values())) == 35
    assert all(parse_region(EN[code]) == parse_region(ZH[code]) == code for code in EN)


@given(st.decimals(-1000, 1000, places=6), st.decimals(-1000, 1000, places=6))
def test_two_unequal_numbers_never_look_equal(one: Decimal, other: Decimal) -> None:
    """Digits are added until they differ."""
    text = rounded(one, 1, apart_from=[other])

    assert (Decimal(text) == Decimal(rounded(other, 1, apart_from=[one]))) == (one == other)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_derived_numbers_are_short_and_plain_for_machines(value: Decimal) -> None:
    """At most six decimals, and never an exponent."""
    short = machine(value)

    assert short is not None
    assert "E" not in str(short)
    assert abs(short - value) <= Decimal("0.0000005")


def test_recording_twice_gives_one_id_and_numbers_count_by_value() -> None:
    """The id is a hash of what is said, not of when; 50 and 50.0 say the same."""
    first, second = figure("50"), figure("50.0", recorded_at=datetime(2027, 1, 1, tzinfo=UTC), recorded_by="other")

    assert first.id == second.id
    assert first.id != figure("50.1").id
    assert first.id != figure("50", bound=">").id


def test_digits_stay_as_published() -> None:
    """50.0 is written to the ledger as 50.0, and twenty decimals as twenty."""
    assert b'"value":50.0,' in encode(figure("50.0"))
    assert b'"value":0.12345678901234567890,' in encode(figure("0.12345678901234567890"))


def test_the_figure_published_last_is_current_and_a_correction_acts_from_its_date() -> None:
    """Before the correction was published the old figure stands, after it only the new one."""
    wrong = figure("40")
    right = figure("41", published=date(2026, 3, 1), replaces=wrong.id)

    def value(day: date) -> Decimal | str:
        return current([wrong, right], day)["share", "CN"]["2025-12"].value

    assert value(date(2026, 2, 28)) == 40
    assert value(date(2026, 3, 1)) == 41


def test_a_withdrawal_can_itself_be_withdrawn() -> None:
    """Taking a withdrawal back brings the figure back."""
    first = figure("40")
    when = {"published": DAY, "recorded_at": datetime(2026, 1, 2, tzinfo=UTC), "recorded_by": "t"}
    gone = Withdrawal(id="w1", withdraws=first.id, reason="wrong", **when)  # type: ignore[arg-type]
    back = Withdrawal(id="w2", withdraws="w1", reason="was right", **when)  # type: ignore[arg-type]

    assert current([first, gone], DAY) == {}
    assert ("share", "CN") in current([back, gone, first], DAY)


@given(st.permutations([figure("40"), figure("41", published=date(2026, 2, 1)), figure("30", "2024-12")]))
def test_the_order_of_the_lines_changes_nothing(entries: list[Figure]) -> None:
    """A union merge may shuffle lines; what is current stays."""
    found = current(entries, date(2026, 12, 31))["share", "CN"]

    assert {period: entry.value for period, entry in found.items()} == {"2025-12": 41, "2024-12": 30}


def test_only_figures_after_the_last_break_make_a_series() -> None:
    """A break starts a new series with its own figure."""
    series = build_series([figure("10", "2023"), figure("50", "2024", status="B"), figure("60", "2025")])

    assert series is not None
    assert [point.figure.value for point in series.points] == [50, 60]


def test_of_two_periods_with_one_end_the_later_published_counts() -> None:
    """2025 and 2025-12 end on one day; the series has one point there."""
    series = build_series([figure("10", "2025"), figure("11", "2025-12", published=date(2026, 2, 1))])

    assert series is not None
    assert [(point.end, int(point.figure.value)) for point in series.points] == [(date(2025, 12, 31), 11)]


@given(st.text(max_size=30))
def test_no_text_makes_the_parsers_fail_in_any_other_way(text: str) -> None:
    """Whatever is typed is a period, a value, a region, or refused."""
    for parse in (parse_period, parse_region, lambda typed: parse_value(typed, indicator("%"))):
        with contextlib.suppress(InputProblem):
            parse(text)


def test_a_point_is_where_its_period_ends() -> None:
    """Half-years and quarters are fractions of a year by days."""
    series = Series((Point(date(2025, 6, 30), year_position(date(2025, 6, 30)), figure("1", "2025-06")),))
    period = read_period("2025-06")

    assert period is not None
    assert series.latest.end == period.end
    assert round(series.latest.at, 24) == round(Decimal(2025) + Decimal(181) / 365, 24)
