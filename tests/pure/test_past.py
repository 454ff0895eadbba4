"""The file of past series."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aiplus_cli.errors import InputProblem
from aiplus_cli.judge.past import Adoption, read_past


def alone(name: str, *pairs: tuple[str, str]) -> Adoption:
    """A series that is a technology of its own: its values by year."""
    return Adoption(name, "", {Decimal(year): Decimal(value) for year, value in pairs})


def test_a_file_of_past_series_is_read_by_the_names_of_its_columns() -> None:
    """In any order, with others beside them, with blanks, empty lines and any end of line; sorted by name and time."""
    text = "value , note,series,year\r\n2,x, B ,2001\r1,y,B,2000.5\n\n , , ,\n100,,A,1\r\n0,,A,9999"

    past = read_past(b"\xef\xbb\xbf" + text.encode(), "past.csv")

    assert past == {
        "A": alone("A", ("1", "100"), ("9999", "0")),
        "B": alone("B", ("2000.5", "1"), ("2001", "2")),
    }
    assert list(past) == ["A", "B"]
    assert list(past["B"].values) == [Decimal("2000.5"), Decimal(2001)]


COLUMNS = "the first line must be: series,year,value or technology,place,year,value"
FILLED = "fill the cell in every line, or leave the column out"
ONE = "a series has one technology and one group: give it another name, or mend the line"


@pytest.mark.parametrize(
    ("content", "where", "what", "fix"),
    [
        (b"series,year,value\nA,1,1\n\xff", "3", "not UTF-8 text", "save it as CSV in UTF-8"),
        (b"\xff\n", "1", "not UTF-8 text", "save it as CSV in UTF-8"),
        (b"\n\xff", "2", "not UTF-8 text", "save it as CSV in UTF-8"),
        (b"", "1", "the header has no column series, year, value", COLUMNS),
        (b"series,Year\n", "1", "the header has no column year, value", COLUMNS),
        (b"group,place,year,value\n", "1", "the header has no column series", COLUMNS),
        (b"series,year,value,year\n", "1", "the column year is there twice", "keep one of them"),
        (b"technology,year,value\n ,1,1\n", "2", "the series has no name", "give technology, year, value"),
        (b"technology,place,year,value\n ,X,1,1\n", "2", "X has no technology here", FILLED),
        (b"series,year,value,group\nA,1,1,\n", "2", "A has no group here", FILLED),
        (b"series,year,value,technology\nA,1,1,T\nA,2,1,U\n", "3", "A is of U here, and of T above", ONE),
        (b"series,year,value,group\nA,1,1,G\nA,2,1,H\n", "3", "A is of H here, and of G above", ONE),
        (b"series,year,value\nA,1\n", "2", "the line is too short", "give series, year, value"),
        (
            b"series,year,value\nA,1,1,1\n",
            "2",
            "the line has more cells than the header",
            "check its commas and quotes",
        ),
        (b"series,year,value\n ,1,1\n", "2", "the series has no name", "give series, year, value"),
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
    assert read_past(f"series,year,value\nA,1,{value}".encode(), "x") == {"A": alone("A", ("1", value))}
    with pytest.raises(InputProblem, match="is no share"):
        read_past(f"series,year,value\nA,1,{value}1".encode(), "x")


def test_a_series_knows_its_technology_and_group() -> None:
    """Where the file does; else it is a technology of its own, in a group without a name."""
    past = read_past(b"series,year,value,group,technology\nA,1,1,G,T\nB,1,1,G,T\n", "x")
    plain = read_past(b"series,year,value,group\nA,1,1,G\n", "x")["A"]

    assert {(name, one.group, one.technology) for name, one in past.items()} == {("A", "G", "T"), ("B", "G", "T")}
    assert (plain.group, plain.technology) == ("G", "A")


def test_a_series_without_a_name_is_named_from_what_tells_it_apart() -> None:
    """Group, technology, place, population and frequency; an empty cell of the last three is left out."""
    header = b"group,technology,place,population,frequency,year,value\n"
    past = read_past(header + b"G,T,X,people,A,1,1\nG,T,X,people,S,1,1\nG,T,Y,,A,1,1\nH,T,Y,,A,1,1\n", "x")

    assert list(past) == ["G / T / X / people / A", "G / T / X / people / S", "G / T / Y / A", "H / T / Y / A"]
    assert {one.technology for one in past.values()} == {"T"}
