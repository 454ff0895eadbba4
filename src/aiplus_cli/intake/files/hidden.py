"""What people do not see of a sheet: counted as far as anything stands in it, and left out where that is asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from aiplus_cli.intake.files.cells import MAX_COLUMNS, Box, Cell, Hidden, Sheet

_ALL = Box(1, 0, 10**7, 10**7)


def seen(sheet: Sheet, box: Box | None, *, skip: bool) -> Sheet:
    """The sheet with only those hidden rows and columns noted that have cells in the box; without them if `skip`."""
    if not (sheet.hidden.rows or sheet.hidden.columns):
        return sheet
    kept = replace(sheet, hidden=_within(sheet, box or _ALL)._replace(left_out=skip))
    return _without(kept) if skip else kept


def _within(sheet: Sheet, box: Box) -> Hidden:
    rows, columns = set[int](), set[int]()
    for number, cells in sheet.rows:
        if box.top <= number <= box.bottom:
            filled = {at for at, cell in enumerate(cells) if cell != "" and box.left <= at <= box.right}
            columns |= filled & sheet.hidden.columns
            if filled and number in sheet.hidden.rows:
                rows.add(number)
    return sheet.hidden._replace(rows=frozenset(rows), columns=frozenset(columns))


def _without(sheet: Sheet) -> Sheet:
    """The sheet without its hidden rows, and with nothing in its hidden columns, so that addresses stay."""
    hidden = sheet.hidden
    rows = {number: list(cells) for number, cells in sheet.rows}
    shown = sorted(rows.keys() - hidden.rows)
    merges = tuple(box for merge in sheet.merges for box in _unmerged(merge, rows, shown, hidden))
    for cells in rows.values():
        for at in hidden.columns & set(range(len(cells))):
            cells[at] = ""
    return replace(sheet, rows=[(number, rows[number]) for number in shown], merges=merges)


def _unmerged(merge: Box, rows: dict[int, list[Cell]], shown: list[int], hidden: Hidden) -> Iterator[Box]:
    """What is left of merged cells, a box for each column; their text is put where it is still seen."""
    place = bisect_left(shown, merge.top)
    if place == len(shown) or shown[place] > merge.bottom:
        return
    top, text = shown[place], _at(rows.get(merge.top, []), merge.left)
    for at in range(merge.left, min(merge.right + 1, MAX_COLUMNS)):
        if at not in hidden.columns:
            cells = rows[top]
            cells += [""] * (at + 1 - len(cells))
            cells[at] = text
            yield Box(top, at, merge.bottom, at)


def _at(cells: list[Cell], at: int) -> Cell:
    return cells[at] if at < len(cells) else ""
