"""The path: what is expected by now, how far off the latest figure is, and where there is no path to speak of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made import assessed, figure

from aiplus_cli.judge.methods import METHODS
from aiplus_cli.judge.records import Assessment, PathStanding
from aiplus_cli.ledger.entries import Figure
from aiplus_cli.plan.records import Op

TODAY = "2026-11-24"


def judged(*known: Figure, op: Op = ">=", target: str = "70", method: str = "default", **changes: Any) -> Assessment:
    """The result for 2027 on a day of 2026."""
    direction = "decrease" if op.startswith("<") else "increase"
    targets = [{"milestone": "2027", "op": op, "value": target}]
    return assessed(TODAY, *known, method=method, targets=targets, direction=direction, **changes)


def years(*values: str) -> tuple[Figure, ...]:
    """Figures of the year of the plan and of those after it, with their signs."""
    return tuple(
        figure(value.lstrip("><~"), f"{2025 + index}-06", bound=value[0] if value[0] in "><~" else "")
        for index, value in enumerate(values)
    )


def standing(*values: str, op: Op = ">=", target: str = "70") -> PathStanding | None:
    return path_of(judged(*years(*values), op=op, target=target))


def path_of(result: Assessment) -> PathStanding | None:
    assert result.course is not None
    return result.course.path


@pytest.mark.parametrize("method", list(METHODS))
def test_a_lone_figure_has_no_path(method: str) -> None:
    """One figure is where it is; there is nothing yet that it could be ahead of or behind."""
    result = judged(figure("40", "2026-06"), method=method)
    assert (result.verdict, path_of(result)) == ("insufficient_data", None)
    assert str(result.reason).endswith("; a lone figure has no path")


def test_a_lone_figure_that_meets_the_target_has_no_path_either() -> None:
    """It is met, and the reason says why nothing is expected of it."""
    result = judged(figure("75", "2026-06"))
    assert (result.verdict, path_of(result), str(result.reason)) == ("met", None, "a lone figure has no path")


def test_after_a_break_the_one_figure_is_a_lone_one() -> None:
    """What was before the break is of another series."""
    result = judged(figure("40", "2025-06"), figure("50", "2026-06", status="B"))
    assert path_of(result) is None


def test_a_path_that_begins_at_the_latest_figure_tells_nothing() -> None:
    """Before the first figure after the plan, a gap of 0 would be none that was measured."""
    result = judged(figure("40", "2024-06"), figure("44", "2025-06"))
    assert path_of(result) is None
    assert str(result.reason).endswith("the path only begins at the latest figure")


FALLING = [("80", "65", ">=", "70", "-5"), ("20", "35", "<", "30", "5"), ("70", "60", ">", "70", "-10")]


@pytest.mark.parametrize("method", list(METHODS))
@pytest.mark.parametrize(("base", "latest", "op", "target", "gap"), FALLING)
def test_a_target_that_the_baseline_had_reached_is_a_level_to_hold(
    base: str, latest: str, op: Op, target: str, gap: str, method: str
) -> None:
    """From 80 to 65 against at least 70 it is 5 short of the level, not months ahead on a path downwards."""
    result = judged(*years(base, latest), op=op, target=target, method=method)
    path = path_of(result)
    assert path is not None
    assert (path.expected, path.gap, path.buffer_months) == (Decimal(target), Decimal(gap), None)
    assert result.verdict == "off_track"


@pytest.mark.parametrize(("base", "latest", "op", "target"), [("80", "75", ">=", "70"), ("20", "25", "<", "30")])
def test_a_level_that_is_held_is_met(base: str, latest: str, op: Op, target: str) -> None:
    """It may sink as far as the level itself."""
    result = judged(*years(base, latest), op=op, target=target)
    said = "a level to hold: the baseline 2025-06 was already at or beyond the target"
    assert (result.verdict, str(result.reason)) == ("met", said)


def test_a_level_is_no_corner_of_the_way_to_a_later_target() -> None:
    """From 80 in 2025 the path to 90 in 2030 does not pass through the 70 of 2027."""
    targets = [{"milestone": "2027", "op": ">=", "value": 70}, {"milestone": "2030", "op": ">=", "value": 90}]
    later = assessed(TODAY, *years("80", "82"), targets=targets, number=1)
    path = path_of(later)
    assert path is not None
    assert [value for _, value in path.corners] == [Decimal(90)]


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        (("40", ">50"), ("", ">", ">")),
        (("40", "<50"), ("", "<", "<")),
        (("40", "~50"), ("", "~", "~")),
        ((">40", "50"), (">", "<", "<")),
        (("<40", "50"), ("<", ">", ">")),
        (("<40", ">50"), ("<", ">", ">")),
    ],
)
def test_what_follows_from_a_bound_is_one(values: tuple[str, str], bounds: tuple[str, str, str]) -> None:
    """A path from a floor is at least so high, and an exact figure at most so far above it."""
    path = standing(*values)
    assert path is not None
    assert (path.expected_bound, path.gap_bound, path.buffer_bound) == bounds


@pytest.mark.parametrize(
    ("values", "aims", "bound"),
    [
        ((">40", "80"), ("70",), ">"),
        (("<40", "80"), ("70",), "<"),
        ((">40", "80"), ("70", "90"), ""),
    ],
)
def test_beyond_its_first_corner_a_bounded_start_counts_only_where_the_path_is_prolonged(
    values: tuple[str, str], aims: tuple[str, ...], bound: str
) -> None:
    """A higher start makes the path flatter: beyond its end a value comes later; behind a corner nothing changes."""
    targets = [{"milestone": y, "op": ">=", "value": v} for y, v in zip(("2027", "2030"), aims, strict=False)]
    found = path_of(assessed(TODAY, *years(*values), targets=targets))
    assert found is not None
    assert found.buffer_bound == bound


@pytest.mark.parametrize("values", [(">40", ">50"), ("<40", "<50"), ("<80", "65"), ("~80", "65")])
def test_where_a_gap_can_be_anything_none_is_given(values: tuple[str, str]) -> None:
    """Neither between two floors, nor where a bound does not tell whether the target was already reached."""
    assert standing(*values) is None


@pytest.mark.parametrize(
    ("values", "op", "target", "position"),
    [
        (("40", "52.0"), ">=", "70", "on_path"),
        (("40", "52.1"), ">=", "70", "ahead"),
        (("40", "51.8"), ">=", "70", "behind"),
        (("40", "52"), ">=", "70", "on_path"),
        (("40", "53"), ">=", "70", "ahead"),
        (("300", "260"), "<=", "200", "on_path"),
        (("300", "230"), "<=", "200", "ahead"),
        (("300", "280"), "<=", "200", "behind"),
        (("40", ">52"), ">=", "70", "ahead"),
        (("40", ">45"), ">=", "70", None),
        (("40", "<51"), ">=", "70", "behind"),
        (("40", "<60"), ">=", "70", None),
        (("40", "~60"), ">=", "70", None),
        ((">40", "60"), ">=", "70", None),
        ((">40", "45"), ">=", "70", "behind"),
        (("300", "<260"), "<=", "200", "ahead"),
        (("300", "<280"), "<=", "200", None),
        (("300", ">270"), "<=", "200", "behind"),
        (("80", "75"), ">=", "70", "ahead"),
        (("80", "70"), ">=", "70", "on_path"),
        (("80", "65"), ">=", "70", "behind"),
        (("20", "35"), "<=", "30", "behind"),
        (("80", ">75"), ">=", "70", "ahead"),
    ],
)
def test_the_position_is_better_or_worse_than_the_path_as_far_as_it_is_proven(
    values: tuple[str, str], op: Op, target: str, position: str | None
) -> None:
    """The path is at 51.98 (or at 260.1) a year on; figures are exact to half a unit of their last decimal."""
    result = judged(*years(*values), op=op, target=target, range=None, method="linear")
    assert result.position == position


def test_without_a_path_there_is_no_position() -> None:
    """Of a lone figure, and of one that the path begins at, nobody can say that it is ahead or behind."""
    lone = judged(figure("40", "2026-06"))
    first = judged(figure("40", "2024-06"), figure("44", "2025-06"))
    assert (lone.position, first.position) == (None, None)


@given(base=st.decimals("1", "60", places=1), latest=st.decimals("1", "99", places=1), target=st.integers(1, 99))
def test_the_position_follows_the_sign_of_the_gap(base: Decimal, latest: Decimal, target: int) -> None:
    """Mirrored, so that what rose is to fall, the position is the same; beyond half a decimal the gap decides."""
    up = judged(*years(str(base), str(latest)), target=str(target), range=None, method="linear")
    down = judged(
        *years(str(200 - base), str(200 - latest)), op="<=", target=str(200 - target), range=None, method="linear"
    )
    assert up.position == down.position
    assert (up.path is None) == (down.path is None)
    if up.path is not None:
        assert (up.position == "ahead") == (up.path.gap > Decimal("0.05"))
        assert (up.position == "behind") == (up.path.gap < Decimal("-0.05"))


shares = st.integers(1, 99)
signs = st.sampled_from([("", ""), ("", ">"), ("", "<"), (">", ""), (">", "<"), ("<", ""), ("<", ">")])


@given(base=st.integers(1, 60), latest=shares, steps=st.tuples(shares, shares), signs=signs, data=st.data())
def test_no_value_within_the_bounds_contradicts_the_gap(
    base: int, latest: int, steps: tuple[int, int], signs: tuple[str, str], data: st.DataObject
) -> None:
    """What is said to be at least, or at most, is so for every pair of values that the figures may stand for."""
    targets = [
        {"milestone": year, "op": ">=", "value": value}
        for year, value in zip(("2027", "2030"), sorted(steps), strict=True)
    ]

    def standing(first: str, last: str) -> PathStanding | None:
        return path_of(assessed(TODAY, *years(first, last), targets=targets))

    told = standing(f"{signs[0]}{base}", f"{signs[1]}{latest}")
    assume(told is not None)
    truth = standing(str(data.draw(within(signs[0], base))), str(data.draw(within(signs[1], latest))))
    assert told is not None
    assert truth is not None
    assert holds(told.expected_bound, told.expected, truth.expected)
    assert holds(told.gap_bound, told.gap, truth.gap)
    assert told.position in (None, truth.position)
    if told.buffer_months is not None and truth.buffer_months is not None:
        assert holds(told.buffer_bound, told.buffer_months, truth.buffer_months)


def within(sign: str, value: int) -> st.SearchStrategy[int]:
    """The values that a bounded figure may stand for."""
    return st.integers(value if sign != "<" else 1, value if sign != ">" else 99)


def holds(bound: str, said: Decimal, truth: Decimal) -> bool:
    """Whether a number is what was said of it, but for the last of its digits."""
    near = Decimal("1e-9")
    return (bound == "<" or truth >= said - near) and (bound == ">" or truth <= said + near)


@pytest.mark.parametrize("op", [">=", "<="])
@pytest.mark.parametrize(
    ("latest", "expected", "gap", "months"),
    [
        (("2025", "50"), "50", "0", "0"),
        (("2025", "55"), "50", "5", "6"),
        (("2025", "45"), "50", "-5", "-6"),
        (("2025", "30"), "50", "-20", "-24"),
        (("2025", "77.5"), "50", "27.5", "42"),
        (("2025", "90"), "50", "40", "72"),
        (("2027", "75"), "70", "5", "12"),
        (("2029", "75"), "80", "-5", "-12"),
    ],
)
def test_the_gap_is_measured_at_the_latest_figure_and_the_buffer_along_the_path(
    op: Op, latest: tuple[str, str], expected: str, gap: str, months: str
) -> None:
    """From 40 by 10 a year to 70 in 2027, by 5 to 85 in 2030; of what is to fall it is the mirror's.

    A value beyond the ends is looked for where the first or the last piece would go on to.
    """
    mirror = op == "<="

    def turned(value: str) -> str:
        return str(100 - Decimal(value)) if mirror else value

    targets = [
        {"milestone": year, "op": op, "value": turned(value)} for year, value in (("2027", "70"), ("2030", "85"))
    ]
    known = [figure(turned(value), period) for period, value in (("2024", "40"), latest)]
    today = "2026-11-24" if latest[0] == "2025" else f"{int(latest[0])}-12-31"
    found = path_of(assessed(today, *known, number=1, targets=targets, direction="decrease" if mirror else "increase"))

    assert found is not None
    assert [str(value) for _, value in found.corners] == [turned("70"), turned("85")]
    assert (found.expected, found.gap) == (Decimal(turned(expected)), (-1 if mirror else 1) * Decimal(gap))
    assert found.buffer_months == pytest.approx(Decimal(months), abs=Decimal("1e-9"))


@pytest.mark.parametrize("values", [("70", "70"), ("70", "60")])
def test_a_path_that_does_not_move_one_way_has_no_buffer(values: tuple[str, str]) -> None:
    """A value stands on it at no one time; the gap is measured even so."""
    targets = [{"milestone": y, "op": ">=", "value": v} for y, v in zip(("2027", "2030"), values, strict=True)]
    found = path_of(assessed(TODAY, figure("40", "2024"), figure("50", "2025"), targets=targets, direction="increase"))
    assert found is not None
    assert (found.gap, found.buffer_months) == (Decimal(0), None)


def test_a_baseline_that_leaves_the_path_open_is_quoted() -> None:
    """Of `~75` nobody knows whether it is beyond 70."""
    result = judged(*years("~75", "60"))
    said = "with the baseline ~75 there is no telling whether it is ahead of its path"
    assert path_of(result) is None
    assert said in str(result.reason).split("; ")
