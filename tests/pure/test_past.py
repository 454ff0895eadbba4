"""The file of past series, and how the methods are scored on it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aiplus_cli.errors import InputProblem
from aiplus_cli.judge.backtest import backtest, calibration_error, episodes
from aiplus_cli.judge.past import read_past


def numbers(*pairs: tuple[str, str]) -> dict[Decimal, Decimal]:
    """Values by year."""
    return {Decimal(year): Decimal(value) for year, value in pairs}


def test_a_file_of_past_series_is_read_by_the_names_of_its_columns() -> None:
    """In any order, with others beside them, with blanks, empty lines and any end of line; sorted by name and time."""
    text = "value , note,series,year\r\n2,x, B ,2001\r1,y,B,2000.5\n\n , , ,\n100,,A,1\r\n0,,A,9999"

    past = read_past(b"\xef\xbb\xbf" + text.encode(), "past.csv")

    assert past == {"A": numbers(("1", "100"), ("9999", "0")), "B": numbers(("2000.5", "1"), ("2001", "2"))}
    assert list(past) == ["A", "B"]
    assert list(past["B"]) == [Decimal("2000.5"), Decimal(2001)]


@pytest.mark.parametrize(
    ("content", "where", "what", "fix"),
    [
        (b"series,year,value\nA,1,1\n\xff", "3", "not UTF-8 text", "save it as CSV in UTF-8"),
        (b"\xff\n", "1", "not UTF-8 text", "save it as CSV in UTF-8"),
        (b"\n\xff", "2", "not UTF-8 text", "save it as CSV in UTF-8"),
        (b"", "1", "the header has no column series, year, value", "the first line must be: series,year,value"),
        (b"series,Year\n", "1", "the header has no column year, value", "the first line must be: series,year,value"),
        (b"series,year,value\nA,1\n", "2", "the line is too short", "give series, year and value"),
        (
            b"series,year,value\nA,1,1,1\n",
            "2",
            "the line has more cells than the header",
            "check its commas and quotes",
        ),
        (b"series,year,value\n ,1,1\n", "2", "the series has no name", "give series, year and value"),
        (b"series,year,value\nA,x,1\n", "2", "'x' is no year", "write 2025 or 2025.5"),
        (b"series,year,value\nA,0,1\n", "2", "'0' is no year", "write 2025 or 2025.5"),
        (b"series,year,value\nA,9999.5,1\n", "2", "'9999.5' is no year", "write 2025 or 2025.5"),
        (b"series,year,value\nA,NaN,1\n", "2", "'NaN' is no year", "write 2025 or 2025.5"),
        (b"series,year,value\nA,1,x\n", "2", "'x' is no share", "write a number of per cent from 0 to 100"),
        (b"series,year,value\nA,1,-0.1\n", "2", "'-0.1' is no share", "write a number of per cent from 0 to 100"),
        (b"series,year,value\nA,1,100.1\n", "2", "'100.1' is no share", "write a number of per cent from 0 to 100"),
        (b"series,year,value\nA,1,inf\n", "2", "'inf' is no share", "write a number of per cent from 0 to 100"),
        (b"series,year,value\nA,1,1\nA,1.0,2\n", "3", "A has 1.0 twice", "keep one of the lines"),
        (
            b'series,year,value\n"A"x,1,1\n',
            "2",
            "not CSV: something stands behind the closing quote of a cell",
            "check the quotes near this line",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_named(content: bytes, where: str, what: str, fix: str) -> None:
    """With what is wrong and how to mend it."""
    with pytest.raises(InputProblem) as refused:
        read_past(content, "past.csv")

    (problem,) = refused.value.problems
    assert (problem.where, str(problem.what), str(problem.fix)) == (f"past.csv:{where}", what, fix)


def test_all_lines_that_cannot_be_used_are_named_at_once() -> None:
    """Also those after the first; a long text is cut."""
    with pytest.raises(InputProblem) as refused:
        read_past(b"series,year,value\nA,1\nB,2,3\nC," + b"y" * 90 + b",1\nD,1," + b"z" * 90, "past.csv")

    problems = refused.value.problems
    assert [problem.where for problem in problems] == ["past.csv:2", "past.csv:4", "past.csv:5"]
    assert str(problems[1].what) == f"'{'y' * 80}' is no year"
    assert str(problems[2].what) == f"'{'z' * 80}' is no share"


def test_a_number_of_twenty_four_digits_is_still_one() -> None:
    """One of twenty-five is refused unread."""
    value = "0." + "1" * 24
    assert read_past(f"series,year,value\nA,1,{value}".encode(), "x") == {"A": numbers(("1", value))}
    with pytest.raises(InputProblem, match="is no share"):
        read_past(f"series,year,value\nA,1,{value}1".encode(), "x")


SERIES = numbers(("2000", "2"), ("2001", "4"), ("2002", "6"), ("2003", "8"), ("2004", "12"), ("2006", "13"))


def test_an_episode_is_four_years_in_a_row_and_the_value_at_a_horizon() -> None:
    """One for each horizon whose value is known."""
    found = episodes({"A": SERIES})

    assert [f"{e.name} {e.series.latest.at} {e.horizon} {e.actual}" for e in found] == [
        "A 2003 1 12",
        "A 2003 3 13",
        "A 2004 2 13",
    ]
    assert [str(point.figure.value) for point in found[0].series.points] == ["2", "4", "6", "8"]
    assert [point.at for point in found[0].series.points] == [2000, 2001, 2002, 2003]
    assert len(episodes({"A": SERIES}, (1,))) == 1


@pytest.mark.parametrize(
    ("values", "count"),
    [
        (("1", "2", "2.5", "3", "9"), 1),
        (("1", "2", "2.5", "2.9", "9"), 0),
        (("1", "2", "3", "85", "90"), 1),
        (("1", "2", "3", "85.1", "90"), 0),
        (("0", "2", "3", "4", "9"), 0),
        (("0.5", "2", "3", "4", "9"), 1),
    ],
)
def test_an_episode_starts_above_zero_and_its_latest_value_lies_from_3_to_85(
    values: tuple[str, ...], count: int
) -> None:
    """Both ends included; what stands still at either end of the range teaches nothing."""
    past = numbers(*((str(2000 + index), value) for index, value in enumerate(values)))

    assert len(episodes({"A": past}, (1,))) == count


def test_an_episode_that_does_not_count_does_not_hide_the_next_one() -> None:
    """Year by year."""
    past = numbers(*((str(2000 + index), value) for index, value in enumerate(["0", "2", "3", "4", "9", "10"])))

    assert [episode.series.latest.at for episode in episodes({"A": past}, (1,))] == [2004]


def test_an_episode_is_asked_for_two_four_and_seven_points_a_year() -> None:
    """Targets above 98 are left out; the goal is to be reached at the horizon, from the first figure."""
    one, three = (episode for episode in episodes({"A": SERIES}) if episode.series.latest.at == 2003)
    high = episodes({"A": numbers(("1", "70"), ("2", "75"), ("3", "80"), ("4", "84"), ("6", "90"))})[0]

    assert list(one.targets()) == [10, 12, 15]
    assert list(three.targets()) == [14, 20, 29]
    assert list(high.targets()) == [88, 92, 98]
    goal = three.goal(Decimal(14))
    assert (goal.op, goal.direction, goal.range) == (">=", "increase", (Decimal(0), Decimal(100)))
    assert goal.value == 14
    assert goal.at == 2006
    assert goal.baseline is three.series.points[0]


@pytest.mark.parametrize(
    ("chances", "truths", "error"),
    [
        ([1.0, 0.0], [True, False], 0.0),
        ([1.0, 0.0], [False, True], 1.0),
        ([0.5, 0.5], [True, False], 0.0),
        ([0.55, 0.45], [True, False], 0.45),
        ([0.1, 0.15], [False, False], 0.125),
        ([0.25], [True], 0.75),
    ],
)
def test_the_error_of_calibration_is_the_distance_of_chance_from_frequency(
    chances: list[float], truths: list[bool], error: float
) -> None:
    """In ten bins: what evens out within one is no error, what does between two is."""
    assert calibration_error(chances, truths) == pytest.approx(error)


def test_every_method_is_scored_on_the_same_cases() -> None:
    """A rule without a probability is certain of its verdict; only a distribution has an interval."""
    past = {"A": SERIES}
    done: list[int] = []
    result = backtest(past, episodes(past), folds=5, advance=done.append)

    assert (result.series, result.episodes, result.cases, result.folds) == (1, 3, 9, 5)
    assert result.met == pytest.approx(2 / 9)
    assert done == [1, 1, 1]
    scores = {score.method: score for score in result.scores}
    assert list(scores) == ["linear", "open-sdg", "un", "calibrated"]
    linear = scores["linear"]
    assert linear.brier == pytest.approx(3 / 9)
    assert linear.accuracy == pytest.approx(6 / 9)
    assert (linear.coverage, linear.width, linear.coverage_by_horizon) == (None, None, None)
    calibrated = scores["calibrated"]
    assert calibrated.coverage_by_horizon is not None
    assert set(calibrated.coverage_by_horizon) == {1, 2, 3}
    assert calibrated.coverage == pytest.approx(sum(calibrated.coverage_by_horizon.values()) / 3)
    assert 0 < calibrated.brier < 1
    assert calibrated.width is not None
    assert 0 < calibrated.width < 100
    assert backtest(past, episodes(past)).folds is None
