"""Regions under the names and codes that people write."""

from __future__ import annotations

import pytest

from aiplus_cli.errors import InputProblem
from aiplus_cli.plan.places import find_region, is_region, parse_region


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CN", "CN"),
        ("全国", "CN"),
        ("中国", "CN"),
        ("China", "CN"),
        ("100000", "CN"),
        ("cn-hn", "CN-HN"),
        (" CN-HN ", "CN-HN"),
        ("北　京", "CN-BJ"),
        (" 北 京 市 ", "CN-BJ"),
        ("内蒙古自治区", "CN-NM"),
        ("INNER MONGOLIA", "CN-NM"),
        ("Hong Kong", "CN-HK"),
        ("Macau", "CN-MO"),
        ("Xizang", "CN-XZ"),
        ("43", "CN-HN"),
    ],
)
def test_a_region_has_many_names_and_one_code(text: str, code: str) -> None:
    """Case does not matter, nor do the blanks between hanzi."""
    assert find_region(text) == parse_region(text) == code


@pytest.mark.parametrize("text", ["", "Inner  Mongolia", "InnerMongolia", "Atlantis", "44 0000"])
def test_a_name_that_is_none_finds_nothing(text: str) -> None:
    """Blanks between Latin letters are part of a name."""
    assert find_region(text) is None


def test_only_the_code_itself_is_a_region_of_the_ledger() -> None:
    """A name is read, but never stored."""
    assert is_region("CN-HN")
    assert not is_region("湖南")
    assert not is_region("cn-hn")


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("Hunnan", "did you mean hunan, yunnan, henan?"),
        ("HUNNAN", "did you mean hunan, yunnan, henan?"),
        ("zzz", "write CN, CN-HN, 湖南 or 430000"),
    ],
)
def test_a_slip_of_the_pen_gets_the_nearest_names(text: str, fix: str) -> None:
    """At most three of them."""
    with pytest.raises(InputProblem) as refused:
        parse_region(text)

    (problem,) = refused.value.problems
    assert (problem.where, str(problem.what), str(problem.fix)) == ("--region", f"'{text}' is no region", fix)
    with pytest.raises(InputProblem) as refused:
        parse_region(text, where="C4")
    assert refused.value.problems[0].where == "C4"
