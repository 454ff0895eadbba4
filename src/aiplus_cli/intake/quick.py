"""The quick way for plain rows of long tables, whose labels repeat themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from aiplus_cli.intake.facts import PLAIN, Bad
from aiplus_cli.intake.files.cells import Cell, Fault
from aiplus_cli.ledger.entries import TEXTS, Figure
from aiplus_cli.plan.records import Indicator

_MOST = 100_000
FACTS = ("indicator", "region", "period", "published", "status", "told", *TEXTS)
"""What a figure says besides its value; `told` is its bound."""


class Memo(dict[Any, Any]):
    """Results by argument, as tables repeat themselves; `good` are those that can be used.

    `blank`, where it is given, is what an empty cell stands for.
    """

    def __init__(self, function: Callable[[Any], Any], *blank: Any) -> None:
        super().__init__()
        self._function, self._blank = function, blank
        self.good: dict[Any, Any] = dict.fromkeys([""] * len(blank), *blank)

    def __missing__(self, key: Any) -> Any:
        if len(self) > _MOST:
            self.clear()
            self.good.clear()
            self.good |= dict.fromkeys([""] * len(self._blank), *self._blank)
        value = self[key] = Bad(key.what, key.fix) if isinstance(key, Fault) else self._function(key)
        if type(value) is not Bad and key != "":
            self.good[key] = value
        return value


def quick_reader(
    at: int, width: int, places: list[tuple[int, dict[Any, Any]]], recorded_at: datetime, recorded_by: str
) -> Callable[[list[Cell]], Figure | None]:
    """From the cells of a row to its figure, or None where the row must be read the long way.

    `at` is the column of the value, `width` the count of columns; `places` has, for each of FACTS, its column
    (`width` for none) and what is known by the text of a cell.
    """
    (i, indicators), (r, regions), (p, periods), (d, days), (s, statuses), (b, bounds) = places[:6]
    (f, sources), (u, urls), (n, notes) = places[6:]

    def read(cells: list[Cell]) -> Figure | None:
        text = cells[at] if len(cells) == width else None
        if type(text) is not str or not PLAIN.match(text):
            return None
        try:
            cells = [*cells, ""]
            indicator, unit = indicators[cells[i]]
            period, published = periods[cells[p]], days[cells[d]]
            value = Decimal(text)
            if unit or period.start > published or not _is_ordinary(value, indicator):
                return None
            return Figure(
                id="",
                indicator=indicator.id,
                region=regions[cells[r]],
                period=period.text,
                status=statuses[cells[s]],
                published=published,
                source=sources[cells[f]] or indicator.publisher or "",
                url=urls[cells[u]],
                note=notes[cells[n]],
                recorded_at=recorded_at,
                recorded_by=recorded_by,
                value=value,
                bound=bounds[cells[b]],
            )
        except KeyError:
            return None

    return read


def _is_ordinary(value: Decimal, indicator: Indicator) -> bool:
    """Whether nothing needs to be asked of a number: no share of 1, no rating, nothing out of range."""
    bounds = indicator.range
    if bounds is not None and not bounds[0] <= value <= bounds[1]:
        return False
    return indicator.measure == "number" and not -1 <= value <= 1
