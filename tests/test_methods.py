"""The verdict methods: worked examples, edge cases with a defined outcome, and properties."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aiplus_cli.judge.methods import METHODS, adoption, agreement, calibrated, linear, open_sdg, un
from aiplus_cli.judge.records import Goal, Outcome, Series
from aiplus_cli.judge.series import build_series
from aiplus_cli.ledger.entries import Figure
from aiplus_cli.ledger.lines import encode, with_id
from aiplus_cli.plan.periods import year_position
from aiplus_cli.plan.records import VERDICTS
from conftest import run_aiplus, write_workspace

PUBLISHED = (Path(__file__).parent / "data" / "open_sdg.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(PUBLISHED.splitlines()))
"""Published progress measures: inputs, the measure and its class; facts, not ours."""
DAY = date(2025, 12, 31)


def figure(value: str | Decimal, period: str, indicator: str = "x", bound: str = "") -> Figure:
    """A figure published on DAY, or when its year begins."""
    made = Figure(
        id="",
        indicator=indicator,
        region="CN",
        period=period,
        value=Decimal(value),
        bound=bound,  # type: ignore[arg-type]
        published=max(DAY, date(int(period[:4]), 1, 1)),
        source="office",
        recorded_at=datetime(2024, 6, 2, tzinfo=UTC),
        recorded_by="tester",
    )
    return with_id(made)


def series_of(*values: tuple[str, str | Decimal]) -> Series:
    """The series of (period, value) pairs."""
    made = build_series([figure(value, period) for period, value in values])
    assert made is not None
    return made


def goal_of(
    series: Series,
    target: str | Decimal | None = "70",
    *,
    op: str = ">",
    due: date = date(2027, 12, 31),
    bounds: tuple[int | str, int | str] | None = None,
) -> Goal:
    """A goal for the series, its baseline the first figure; the operator tells the direction."""
    value = None if target is None else Decimal(target)
    limits = None if bounds is None else (Decimal(bounds[0]), Decimal(bounds[1]))
    direction = "decrease" if op.startswith("<") else "increase"
    return Goal(op, value, year_position(due), direction, limits, series.points[0])  # type: ignore[arg-type]


def judged(
    name: str,
    *values: tuple[str, str | Decimal],
    target: str | Decimal | None = "70",
    op: str = ">",
    bounds: tuple[int, int] | None = None,
    due: date = date(2027, 12, 31),
) -> Outcome:
    """The outcome of a method on (period, value) pairs."""
    series = series_of(*values)
    return METHODS[name].judge(goal_of(series, target, op=op, bounds=bounds, due=due), series)


# --- reaching a target -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("op", "value", "met"),
    [
        (">", "70", False),
        (">", "70.0", False),
        (">", "70.000001", True),
        (">=", "70", True),
        (">=", "69.999999999999999999", False),
        ("<", "70", False),
        ("<=", "70", True),
        ("<=", "70.000000000000000001", False),
        ("~", "70", True),
        ("~", "69.9", False),
    ],
)
def test_a_target_is_met_by_exact_comparison(op: str, value: str, met: bool) -> None:  # noqa: FBT001
    """超70% is strictly above 70."""
    assert goal_of(series_of(("2025", "1")), op=op).reached(Decimal(value)) is met


# --- linear --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([("2025", "40"), ("2026", "55")], "on_track"),
        ([("2025", "50"), ("2026", "60")], "on_track"),
        ([("2025", "50"), ("2026", "59.9")], "at_risk"),
        ([("2025", "50"), ("2026", "56.67")], "at_risk"),
        ([("2025", "50"), ("2026", "56.66")], "off_track"),
        ([("2025", "50"), ("2026", "50")], "off_track"),
        ([("2025", "50"), ("2026", "40")], "off_track"),
        ([("2026", "50")], "insufficient_data"),
        ([("2020", "50"), ("2026", "60")], "insufficient_data"),
        ([("1900", "0"), ("2026", "60")], "insufficient_data"),
        ([("2026-12-30", "10"), ("2026-12-31", "60")], "on_track"),
    ],
)
def test_linear_compares_the_required_with_the_observed_pace(values: list[tuple[str, str]], verdict: str) -> None:
    """Up to the same pace on_track, below twice at_risk, else off_track; one figure in three years says nothing."""
    assert judged("linear", *values).verdict == verdict


@pytest.mark.parametrize("due", [date(2026, 12, 31), date(2020, 12, 31)])
def test_linear_without_time_left_is_off_track(due: date) -> None:
    """A figure on or after the due date that misses the target leaves no time to reach it."""
    assert judged("linear", ("2025", "50"), ("2026", "60"), due=due).verdict == "off_track"


VALUES = st.decimals(0, 60, places=2)


@given(VALUES, VALUES)
def test_mirroring_values_target_and_direction_changes_nothing(first: Decimal, last: Decimal) -> None:
    """A fall to a low target is judged like the rise to a high one, by linear and by calibrated."""
    up = [("2025", first), ("2026", last)]
    down = [("2025", -first), ("2026", -last)]

    assert judged("linear", *up).verdict == judged("linear", *down, target="-70", op="<").verdict
    rising = judged("calibrated", *up, bounds=(0, 100))
    falling = judged("calibrated", *down, target="-70", op="<", bounds=(-100, 0))
    assert rising.probability == pytest.approx(falling.probability, abs=Decimal("1e-9"))


@given(VALUES, VALUES, VALUES)
def test_a_better_latest_figure_never_worsens_the_verdict(first: Decimal, one: Decimal, other: Decimal) -> None:
    """More progress is never judged worse, by any method."""
    low, high = sorted((one, other))
    for name in METHODS:
        worse = judged(name, ("2025", first), ("2026", low), bounds=(0, 100)).verdict
        better = judged(name, ("2025", first), ("2026", high), bounds=(0, 100)).verdict

        assert "insufficient_data" in (better, worse) or VERDICTS.index(better) >= VERDICTS.index(worse)


def test_a_leap_day_does_not_cut_the_window() -> None:
    """Three years before mid-2028 is mid-2025, whatever the number of days in the years between."""
    assert judged("linear", ("2025-06", "40"), ("2028-06", "60"), due=date(2030, 12, 31)).value is not None


# --- open-sdg ------------------------------------------------------------------------------------------------------


def published_workspace(folder: Path) -> Path:
    """The published rows as a workspace: one indicator a row, with a baseline, a target or words, and two figures."""
    years = sorted({row["target_year"] or "2030" for row in ROWS})
    milestones = [f'  - {{id: "{y}", due: {y}-12-31, statement: {{zh: 话, en: words}}}}' for y in years]
    plan = [
        "schema: aiplus.targets/1",
        "plan: {id: p, title: {zh: 计, en: P}, issuer: {zh: 发, en: I}, document: d, issued: 2015-09-25}",
        "milestones:",
        *milestones,
        "indicators:",
        *(line for row in ROWS for line in indicator_lines(row)),
    ]
    lines = [encode(one).decode() for row in ROWS for one in published_figures(row)]
    return write_workspace(folder, {"targets.yaml": "\n".join(plan) + "\n", "progress.jsonl": "".join(lines)})


def indicator_lines(row: dict[str, str]) -> Iterator[str]:
    """One row as an indicator; a natural limit is the end of its range."""
    op = "<=" if row["direction"] == "decrease" else ">="
    yield f"  - id: row-{row['row']}"
    yield f"    name: {{zh: 指标{row['row']}, en: Row {row['row']}}}"
    yield "    area: all"
    yield "    measure: number"
    yield '    unit: "1"'
    yield f"    direction: {row['direction']}"
    yield "    frequency: annual"
    yield f'    baseline: {{period: "{row["base_year"]}"}}'
    if row["limit"]:
        yield f"    range: [0, {row['limit']}]"
    wanted = f'op: "{op}", value: {row["target"]}' if row["target"] else "clause: 改善"
    yield f'    targets: [{{milestone: "{row["target_year"] or "2030"}", {wanted}}}]'


def published_figures(row: dict[str, str]) -> list[Figure]:
    """The base and the latest figure; one where they are the same year."""
    points = {row["base_year"]: row["base"], row["latest_year"]: row["latest"]}
    return [figure(value, year, f"row-{row['row']}") for year, value in points.items()]


@pytest.fixture(scope="module")
def published_results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The program's JSON on the published rows, by indicator, on the last day before a target of theirs decides."""
    folder = published_workspace(tmp_path_factory.mktemp("published"))
    early, late = (results_on(day, folder) for day in ("2025-12-31", "2026-01-01"))
    latest = [f"row-{row['row']}" for row in ROWS if row["latest_year"] == "2026"]
    return early | {indicator: late[indicator] for indicator in latest}


def results_on(day: str, folder: Path) -> dict[str, Any]:
    done = run_aiplus(["status", "--method", "open-sdg", "--format", "json", "--as-of", day], folder)
    assert done.code == 0, done.err
    return {row["indicator"]: row for row in json.loads(done.out)["results"]}


@pytest.mark.parametrize("row", ROWS, ids=[row["row"] for row in ROWS])
def test_open_sdg_reproduces_what_was_published(row: dict[str, str], published_results: dict[str, Any]) -> None:
    """Every published measure and class comes out of the program, and our verdict is the class in our words."""
    found = published_results[f"row-{row['row']}"]

    assert found["metric"]["label"] == row["class"]
    assert found["verdict"] == open_sdg.VERDICTS[row["class"]]
    if row["measure"]:
        assert found["metric"]["value"] == pytest.approx(float(row["measure"]), rel=1e-9, abs=1e-12)
    else:
        assert found["metric"]["value"] is None


@pytest.mark.parametrize(
    ("values", "target", "op", "verdict", "label"),
    [
        ([("2020", "80"), ("2026", "65")], "70", ">=", "off_track", "deterioration"),
        ([("2020", "70"), ("2026", "65")], "70", ">=", "off_track", "deterioration"),
        ([("2020", "70"), ("2026", "70")], "70", ">", "off_track", "limited_progress"),
        ([("2020", "0"), ("2026", "10")], "70", ">=", "insufficient_data", "not_available"),
        ([("2020", "-5"), ("2026", "10")], "70", ">=", "insufficient_data", "not_available"),
        ([("2020", "5"), ("2026", "-10")], "70", ">=", "insufficient_data", "not_available"),
        ([("2020", "-5"), ("2026", "75")], "70", ">=", "met", "target_achieved"),
        ([("2020", "10"), ("2026", "1")], "0", "<=", "off_track", "limited_progress"),
        ([("2020", "10"), ("2026", "0")], "0", "<=", "met", "target_achieved"),
        ([("2026", "10")], "70", ">=", "insufficient_data", "not_available"),
        ([("2015", "-10"), ("2022", "-8")], "-6", ">=", "at_risk", "moderate_progress"),
        ([("2015", "-8"), ("2022", "-10")], "-5", ">=", "off_track", "deterioration"),
    ],
)
def test_open_sdg_at_the_edges(values: list[tuple[str, str]], target: str, op: str, verdict: str, label: str) -> None:
    """Fallen back, nothing to grow from, a target of zero: each has its own outcome."""
    outcome = judged("open-sdg", *values, target=target, op=op)

    assert (outcome.verdict, outcome.label) == (verdict, label)


@pytest.mark.parametrize(
    ("base", "factor"), [("250", 1), ("200", 1), ("100", 0), ("50", 1 - 0.5**4.44), ("150", 1 - 0.5**4.44)]
)
def test_near_a_natural_limit_less_growth_is_asked(base: str, factor: float) -> None:
    """The cut shrinks to nothing at the limit, and is whole from twice the limit on."""
    series = series_of(("2020", base))

    assert float(open_sdg.limit_factor(goal_of(series, None, bounds=(0, 100)), Decimal(base))) == pytest.approx(factor)


# --- un ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "target", "op", "bounds", "verdict"),
    [
        ([("2025", "40"), ("2026", "60")], "70", ">", (0, 100), "on_track"),
        ([("2025", "40"), ("2026", "45")], "70", ">", (0, 100), "at_risk"),
        ([("2025", "40"), ("2026", "40.5")], "70", ">", (0, 100), "off_track"),
        ([("2025", "40"), ("2026", "30")], "70", ">", (0, 100), "off_track"),
        ([("2025", "80"), ("2026", "60")], "70", ">", (0, 100), "off_track"),
        ([("2025", "70"), ("2026", "60")], "70", ">", (0, 100), "off_track"),
        ([("2025", "0"), ("2026", "60")], "70", ">", (0, 100), "insufficient_data"),
        ([("2026", "60")], "70", ">", (0, 100), "insufficient_data"),
        ([("2025", "10"), ("2026", "5")], "2.6", "<=", None, "on_track"),
        ([("2025", "10"), ("2026", "0")], "0", "<", None, "on_track"),
        ([("2026-12-30", "1"), ("2026-12-31", "60")], "70", ">", None, "on_track"),
    ],
)
def test_un_carries_the_growth_to_the_deadline(
    values: list[tuple[str, str]], target: str, op: str, bounds: tuple[int, int] | None, verdict: str
) -> None:
    """The share of the gap closed by the deadline decides; growth stops at the end of the range."""
    assert judged("un", *values, target=target, op=op, bounds=bounds).verdict == verdict


def test_un_worked_example() -> None:
    """40 to 50 in a year, carried one year on, is 62.5: 75 % of the way from 40 to 70."""
    assert judged("un", ("2025", "40"), ("2026", "50"), bounds=(0, 100)).value == pytest.approx(Decimal("0.75"))


# --- agreement -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "verdict", "reason"),
    [
        ([("2025", "40"), ("2026", "60")], "on_track", None),
        ([("2025", "40"), ("2026", "39")], "off_track", "moving away from the target"),
        ([("2025", "10"), ("2026", "30")], "at_risk", "depends on the method"),
        ([("2025", "0"), ("2026", "60")], "on_track", "growth is undefined from or to a value not above zero"),
        ([("2025", "-100"), ("2026", "-120")], "off_track", "growth is undefined from or to a value not above zero"),
        ([("2026", "60")], "insufficient_data", "one figure in three years shows no pace"),
    ],
)
def test_agreement_joins_linear_and_open_sdg(values: list[tuple[str, str]], verdict: str, reason: str | None) -> None:
    """Both say so, or the verdict depends on the method."""
    outcome = judged("agreement", *values)

    assert (outcome.verdict, str(outcome.reason) if outcome.reason else None) == (verdict, reason)


# --- calibrated ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "target", "op", "bounds", "verdict"),
    [
        ([("2024", "40"), ("2025", "50"), ("2026", "60")], "62", ">", (0, 100), "on_track"),
        ([("2024", "40"), ("2025", "50"), ("2026", "60")], "66", ">", (0, 100), "at_risk"),
        ([("2024", "40"), ("2025", "50"), ("2026", "60")], "85", ">", (0, 100), "off_track"),
        ([("2024", "80"), ("2025", "60"), ("2026", "40")], "62", ">", (0, 100), "off_track"),
        ([("2026", "60")], "62", ">", (0, 100), "insufficient_data"),
        ([("2025", "0"), ("2026", "60")], "62", ">", (0, 100), "on_track"),
        ([("2025", "40"), ("2026", "60")], "100", ">", (0, 100), "off_track"),
        ([("2025", "0.40"), ("2026", "0.60")], "0.62", ">", (0, 1), "on_track"),
        ([("2027", "60")], "62", ">", (0, 100), "insufficient_data"),
        ([("2026", "40"), ("2027", "60")], "62", ">", (0, 100), "off_track"),
        ([("2026", "40"), ("2028", "60")], "62", ">", (0, 100), "off_track"),
        ([("2026", "40"), ("2028", "63")], "62", ">", (0, 100), "met"),
        ([("1700", "1"), ("2026", "60")], "62", ">", (0, 100), "at_risk"),
    ],
)
def test_calibrated_asks_history(
    values: list[tuple[str, str]], target: str, op: str, bounds: tuple[int, int], verdict: str
) -> None:
    """Likely is on_track, about as likely as not at_risk, less is off_track; a range may be any."""
    assert judged("calibrated", *values, target=target, op=op, bounds=bounds).verdict == verdict


def test_a_target_strictly_beyond_the_range_has_no_chance() -> None:
    """Above 100 % nothing lies; at 100 % something may."""
    values = [("2025", "80"), ("2026", "99")]

    assert judged("calibrated", *values, target="100", op=">", bounds=(0, 100)).probability == 0
    assert (judged("calibrated", *values, target="100", op=">=", bounds=(0, 100)).probability or 0) > 0


@pytest.mark.parametrize(
    ("chance", "word"),
    [
        ("1", "virtually_certain"),
        ("0.99", "virtually_certain"),
        ("0.989", "extremely_likely"),
        ("0.9", "very_likely"),
        ("0.67", "likely"),
        ("0.66", "about_as_likely_as_not"),
        ("0.34", "about_as_likely_as_not"),
        ("0.33", "unlikely"),
        ("0.05", "very_unlikely"),
        ("0.049", "extremely_unlikely"),
        ("0", "exceptionally_unlikely"),
    ],
)
def test_the_words_are_those_of_the_ipcc(chance: str, word: str) -> None:
    """Each word from its least probability on, and the verdicts change where two of the words do."""
    assert calibrated.likelihood(Decimal(chance)) == word


@given(st.decimals(0, 1, places=6))
def test_the_verdict_and_the_word_never_contradict_each_other(chance: Decimal) -> None:
    """on_track says likely or better, at_risk about as likely as not, off_track unlikely or worse."""
    word, verdict = calibrated.likelihood(chance), calibrated.verdict_of(chance)

    assert ("unlikely" in word) == (verdict == "off_track")
    assert (word == "about_as_likely_as_not") == (verdict == "at_risk")


PERIODS = st.dates(date(1990, 1, 1), date(2027, 11, 30)).map(date.isoformat)
SHARES = st.decimals(0, 100, places=3)
WINDOWS = st.dictionaries(PERIODS, SHARES, min_size=2, max_size=14)


@given(WINDOWS, st.decimals(0, 100, places=3), st.sampled_from([">", ">="]))
def test_an_end_of_the_interval_asked_as_a_target_gives_back_its_level(
    window: dict[str, Decimal], target: Decimal, op: str
) -> None:
    """Probability and interval come from one distribution."""
    series = series_of(*window.items())
    outcome = calibrated.judge(goal_of(series, target, op=op, bounds=(0, 100)), series)
    assert outcome.interval
    level, low, high = outcome.interval
    for end, chance in ((low, (1 + level) / 2), (high, (1 - level) / 2)):
        assume(Decimal("0.000001") < end < Decimal("99.999999"))
        back = calibrated.judge(goal_of(series, end, op=op, bounds=(0, 100)), series).probability

        assert back == pytest.approx(chance, abs=Decimal("1e-6"))


@pytest.mark.parametrize("op", [">=", "<="])
@pytest.mark.parametrize(
    ("low", "span"), [("0", "100"), ("-50", "100"), ("0", "1e-14"), ("1e16", "0.5"), ("1000", "2000"), ("0", "1e9")]
)
@given(WINDOWS)
def test_another_range_or_direction_is_the_same_question(
    low: str, span: str, op: str, window: dict[str, Decimal]
) -> None:
    """A share of any range, rising or falling, has the chance of the same share of 0 to 100."""
    start, width = Decimal(low), Decimal(span)

    def there(share: Decimal) -> Decimal:
        return start + width * (share if op == ">=" else 100 - share) / 100

    series = series_of(*window.items())
    same = series_of(*((period, there(value)) for period, value in window.items()))
    bounds = (str(start), str(start + width))
    plain = calibrated.judge(goal_of(series, "70", op=">=", bounds=(0, 100)), series)
    found = calibrated.judge(goal_of(same, there(Decimal(70)), op=op, bounds=bounds), same)

    assert found.probability == pytest.approx(plain.probability, abs=Decimal("1e-7"))
    assert found.interval is not None
    assert start <= found.interval[1] <= found.interval[2] <= start + width


@given(WINDOWS, SHARES, SHARES, SHARES, st.dates(date(2027, 12, 31), date(2099, 12, 31)))
def test_a_higher_figure_a_lower_target_a_later_date_never_lower_the_chance(
    window: dict[str, Decimal], other: Decimal, one: Decimal, two: Decimal, later: date
) -> None:
    """All else equal; the date for a target that is not reached yet, since what is reached can be lost again."""
    last = max(window)
    low, high = sorted((window[last], other))

    def chance(value: Decimal, target: Decimal, due: date = date(2027, 12, 31)) -> Decimal:
        series = series_of(*{**window, last: value}.items())
        found = calibrated.judge(goal_of(series, target, bounds=(0, 100), due=due), series).probability
        assert found is not None
        return found

    assert chance(high, one) >= chance(low, one) - Decimal("1e-11")
    assert chance(low, min(one, two)) >= chance(low, max(one, two)) - Decimal("1e-11")
    ahead = max(one, low)
    assert chance(low, ahead, later) >= chance(low, ahead) - Decimal("1e-11")


@given(
    st.dictionaries(st.dates(date(2000, 1, 1), date(2027, 1, 1)).map(date.isoformat), SHARES, min_size=2, max_size=40)
)
def test_old_figures_are_not_looked_at(window: dict[str, Decimal]) -> None:
    """The points that count are those that the model would choose from the whole series."""
    points = series_of(*sorted(window.items())).points
    chosen = adoption.counting([float(point.at) for point in points])
    assert calibrated.counting(points) == tuple(points[place] for place in chosen)


# --- every method --------------------------------------------------------------------------------------------------


ANY = st.one_of(st.decimals(-1000, 1000, places=3), st.sampled_from(["0", "1e-15", "-1e15", "1e20", "70"])).map(Decimal)
DAYS = st.dates(date(1000, 1, 1), date(2400, 12, 31)).map(date.isoformat)


@pytest.mark.parametrize("name", METHODS)
@given(
    st.dictionaries(DAYS, ANY, min_size=1, max_size=6),
    ANY,
    st.sampled_from([">", ">=", "<", "<=", "~"]),
    st.dates(date(1000, 1, 1), date(2400, 12, 31)),
    st.booleans(),
)
def test_every_method_has_an_outcome_for_everything(
    name: str,
    window: dict[str, Decimal],
    target: Decimal,
    op: str,
    due: date,
    has_range: bool,  # noqa: FBT001
) -> None:
    """No series and no target ends in a failure, a value that is no number, or a chance outside 0 to 1."""
    method, series = METHODS[name], series_of(*window.items())
    bounds = (-1000, 1000) if has_range or method.NEEDS_RANGE else None
    goal = goal_of(series, target, op=op, due=due, bounds=bounds)
    outcome = method.judge(goal, series)

    assert outcome.verdict in VERDICTS
    assert outcome.value is None or outcome.value.is_finite()
    assert outcome.probability is None or 0 <= outcome.probability <= 1
    assert outcome.interval is None or outcome.interval[1] <= outcome.interval[2]
    if outcome.verdict not in ("insufficient_data", "met"):
        assert outcome.value is not None or outcome.reason is not None
    for step in method.working(goal, series):
        assert step.result is None or math.isfinite(step.result) or step.result.is_finite()


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize(
    "periods", [[f"2025-{month:02d}" for month in range(1, 13)], ["2023", "2024", "2025"], ["2024-H1", "2025-H2"]]
)
def test_monthly_annual_and_half_yearly_figures_all_work(name: str, periods: list[str]) -> None:
    """A year of monthly figures and three annual ones are both enough."""
    values = [(period, str(20 + 2 * place)) for place, period in enumerate(periods)]

    assert judged(name, *values, bounds=(0, 100)).verdict in ("on_track", "at_risk", "off_track")


@pytest.mark.parametrize("method", [linear, open_sdg, un, calibrated, agreement])
def test_the_arithmetic_shown_ends_in_the_measure(method: Any) -> None:
    """The last step has the number that decides."""
    series = series_of(("2024", "30"), ("2025", "40"), ("2026", "50"))
    goal = goal_of(series, bounds=(0, 100))
    steps = method.working(goal, series)
    results = {step.formula.split(" = ")[0]: step.result for step in steps}

    wanted = method.judge(goal, series).value
    assert any(abs(result - wanted) < Decimal("1e-11") for result in results.values())
