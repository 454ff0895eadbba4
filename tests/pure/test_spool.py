"""The new entries of an import while they wait to be decided on."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import figure, rating, withdrawal

from aiplus_cli.intake.bulk import Dated, Spool
from aiplus_cli.ledger.entries import Entry
from aiplus_cli.ledger.lines import encode

ENTRIES: list[Entry] = [
    figure(),
    figure("41"),
    figure("52.5", "2026-H1", indicator="other", region="CN-HN"),
    figure("60", "2027", status="F"),
    figure("61", replaces="0123456789abcdef"),
    rating("met"),
    withdrawal("0123456789abcdef"),
]


def known(spool: Spool) -> list[object]:
    """All that a spool tells of its entries."""
    columns = (spool.keys, spool.series, spool.ends, spool.days, spool.dated, map(str, spool.values))
    met = list(spool.meeting({spool.keys[0]} if len(spool) else (), {(1, 738976)}))
    told: list[object] = [*map(list, columns), met, spool.numbers, spool.forecasts, spool.references]
    return [*told, [spool.get(number) for number in range(len(spool))], list(spool.lines({1}))]


@given(st.lists(st.tuples(st.sampled_from(ENTRIES), st.sampled_from(Dated)), max_size=8), st.integers(1, 8))
def test_entries_taken_together_are_kept_as_those_taken_one_by_one(said: list[tuple[Entry, Dated]], size: int) -> None:
    """Whatever they are, and however many at once."""
    with Spool(in_memory=True) as alone, Spool(in_memory=True) as together:
        for entry, dated in said:
            alone.add([entry], [dated])
        for start in range(0, len(said), size):
            entries, days = zip(*said[start : start + size], strict=True)
            together.add(entries, days)

        assert len(together) == len(said)
        assert known(together) == known(alone)


def test_a_spool_gives_back_what_it_was_given() -> None:
    """Each by its number, and the lines of those that are not left out."""
    with Spool() as spool:
        spool.add(ENTRIES, [Dated.TOLD] * len(ENTRIES))

        assert [spool.get(number) for number in range(len(spool))] == ENTRIES
        assert list(spool.lines({0, 2})) == [encode(entry) for at, entry in enumerate(ENTRIES) if at not in (0, 2)]


def test_a_spool_finds_what_may_meet_something() -> None:
    """Two values of one series, period, source and day; what is said of a slot; nothing else."""
    with Spool(in_memory=True) as spool:
        spool.add(ENTRIES, [Dated.TOLD] * len(ENTRIES))

        assert list(spool.meeting((), ())) == [0, 1, 4]
        assert list(spool.meeting({spool.keys[6]}, {(1, spool.ends[2])})) == [0, 1, 2, 4, 6]


def test_entries_of_which_none_is_like_another_meet_nothing() -> None:
    """Unless the ledger has something of their key or their slot."""
    with Spool(in_memory=True) as spool:
        spool.add([ENTRIES[0], ENTRIES[2]], [Dated.TOLD] * 2)

        assert list(spool.meeting((), ())) == []
        assert list(spool.meeting({spool.keys[1]}, ())) == [1]
        assert list(spool.meeting((), {(0, spool.ends[0])})) == [0]


def test_a_spool_knows_of_each_entry_what_decides_on_it() -> None:
    """Its series, its value as a number where it has one, whether it is a forecast, and what it refers to."""
    with Spool(in_memory=True) as spool:
        spool.add(ENTRIES, [Dated.TOLD] * len(ENTRIES))

        assert list(spool.values)[:5] == [float(Decimal(text)) for text in ("40", "41", "52.5", "60", "61")]
        assert spool.values[5:].tolist() == pytest.approx([float("nan")] * 2, nan_ok=True)
        assert spool.numbers == {("share", "CN"): 0, ("other", "CN-HN"): 1, ("role", "CN"): 2, ("", ""): 3}
        assert spool.forecasts == {3}
        assert spool.references == [ENTRIES[4], ENTRIES[6]]
