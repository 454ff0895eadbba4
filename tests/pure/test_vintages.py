"""What was known on a date: replaced, withdrawn, forecast, of a region, and the best that a series ever had."""

from __future__ import annotations

from datetime import UTC, date, datetime
from graphlib import CycleError
from typing import Any

import pytest
from made import figure, rating, withdrawal

from aiplus_cli.ledger.entries import Entry
from aiplus_cli.ledger.vintages import best_figures, current, dead_ids, period_end

JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
KEY = ("share", "CN")


def test_what_replaces_and_what_withdraws_acts_from_its_own_date() -> None:
    """On the day itself, and not on the day before."""
    wrong, twice = figure("1"), figure("3", "2024")
    right = figure("2", published=FEB, replaces=wrong.id)
    gone = withdrawal(twice.id, published=MAR)
    entries: list[Entry] = [wrong, twice, right, gone]

    assert dead_ids(entries, date(2026, 1, 31)) == set()
    assert dead_ids(entries, FEB) == {wrong.id}
    assert dead_ids(entries, date(2026, 2, 28)) == {wrong.id}
    assert dead_ids(entries, MAR) == {wrong.id, twice.id}


def test_a_correction_that_was_taken_back_no_longer_acts() -> None:
    """The figure before it stands again; a second withdrawal of it changes nothing."""
    wrong = figure("1")
    right = figure("2", replaces=wrong.id)
    gone, again = withdrawal(right.id), withdrawal(right.id, reason="still wrong")
    back = withdrawal(gone.id)

    assert dead_ids([wrong, right, gone], JAN) == {right.id}
    assert dead_ids([wrong, right, gone, back], JAN) == {wrong.id, gone.id}
    assert dead_ids([wrong, right, gone, again, back], JAN) == {right.id, gone.id}


def test_ids_in_a_circle_are_an_error() -> None:
    """No real content gives them: they were forged."""
    one, other = figure("1", id="a", replaces="b"), figure("2", id="b", replaces="a")

    with pytest.raises(CycleError):
        dead_ids([one, other], JAN)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (figure("9", published=JAN), figure("1", published=FEB)),
        (
            figure("9", recorded_at=datetime(2026, 1, 2, 1, tzinfo=UTC)),
            figure("1", recorded_at=datetime(2026, 1, 2, 2, tzinfo=UTC)),
        ),
        (figure("9", id="a"), figure("1", id="b")),
    ],
    ids=["published", "recorded", "id"],
)
def test_of_figures_for_one_period_the_last_one_counts(first: Entry, last: Entry) -> None:
    """Published last, then recorded last, then by id: always the same one, in whatever order the lines stand."""
    for order in ([first, last], [last, first]):
        assert current(order, FEB)[KEY] == {"2025-12": last}


def test_what_is_not_yet_published_withdrawn_or_a_forecast_is_passed_over() -> None:
    """And does not hide what stands after it."""
    gone = figure("1", "2023")
    entries: list[Entry] = [
        withdrawal(gone.id),
        gone,
        figure("2", "2024", status="F"),
        figure("3", "2025", published=FEB),
        figure("4", "2026"),
        rating("met"),
    ]

    assert current(entries, JAN) == {KEY: {"2026": entries[4]}, ("role", "CN"): {"2025": entries[5]}}
    assert set(current(entries, FEB)[KEY]) == {"2025", "2026"}


def test_only_the_regions_that_are_wanted_are_looked_at() -> None:
    """All of them unless it is said; an empty list wants none."""
    entries = [figure("1", region="CN-HN"), figure("2"), figure("3", region="CN-BJ")]

    assert {region for _, region in current(iter(entries), JAN)} == {"CN", "CN-HN", "CN-BJ"}
    assert current(iter(entries), JAN, wanted=("CN-BJ", "CN")) == {
        KEY: {"2025-12": entries[1]},
        ("share", "CN-BJ"): {"2025-12": entries[2]},
    }
    assert current(entries, JAN, wanted=()) == {}


@pytest.mark.parametrize(("direction", "best"), [("increase", "9"), (None, "9"), ("decrease", "2")])
def test_the_best_figure_is_the_highest_or_the_lowest_by_the_direction(direction: str | None, best: str) -> None:
    """Of every figure that was ever published, also one that was revised since."""
    entries = [figure("4", "2022"), figure("9", "2023"), figure("5", "2023", published=FEB), figure("2", "2024")]

    for order in (entries, entries[::-1]):
        assert str(best_figures(iter(order), FEB, {"share": direction})[KEY].value) == best


def test_of_equal_figures_the_first_in_the_ledger_is_the_best() -> None:
    """It was there first."""
    first, second = figure("9", "2023"), figure("9", "2024")

    assert best_figures([first, second], JAN, {}) == {KEY: first}


def test_a_figure_that_never_counted_is_never_the_best() -> None:
    """A mistake, a forecast, a figure of the future, of before a break, and a rating are passed over."""
    mistake = figure("99", "2024")
    entries: list[Entry] = [
        figure("98", "2020"),
        rating("met"),
        withdrawal(mistake.id),
        mistake,
        figure("97", "2030", status="F"),
        figure("96", "2025", published=FEB),
        figure("3", "2021", status="B"),
        figure("1", "2022", status="B"),
        figure("2", "2023"),
    ]

    assert {key: str(best.value) for key, best in best_figures(entries, JAN, {}).items()} == {KEY: "2"}
    assert {key: str(best.value) for key, best in best_figures(entries, FEB, {}).items()} == {KEY: "96"}


def test_the_figure_of_the_break_itself_counts() -> None:
    """It is the first of its kind; each series has its own breaks."""
    entries = [figure("5", "2020"), figure("3", "2021", status="B"), figure("7", "2020", region="CN-HN")]

    found = best_figures(entries, JAN, {})

    assert {key: str(best.value) for key, best in found.items()} == {KEY: "3", ("share", "CN-HN"): "7"}


def test_a_figure_of_an_unreadable_period_stands_before_all_others() -> None:
    """So it never hides one that can be read."""
    assert period_end(figure("1", "2025-H1")) == date(2025, 6, 30)
    assert period_end(figure("1", "someday")) == date.min


@pytest.mark.parametrize(
    ("direction", "bound", "best"),
    [
        ("increase", ">", "60"),
        ("increase", "<", "50"),
        ("increase", "~", "50"),
        ("decrease", "<", "40"),
        ("decrease", ">", "50"),
        ("decrease", "~", "50"),
    ],
)
def test_a_bound_is_the_best_only_where_it_proves_that_much(direction: str, bound: Any, best: str) -> None:
    """A floor of what is to rise, a ceiling of what is to fall."""
    value = "60" if direction == "increase" else "40"
    entries = [figure("50", "2024"), figure(value, "2025", bound=bound)]
    assert str(best_figures(entries, date(2026, 2, 1), {"share": direction})[KEY].value) == best
