"""Rows of a table whose layout is known -> entries of the ledger, and what is wrong with the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from aiplus_cli.errors import Fault, InputProblem, Message, Problem
from aiplus_cli.foreign import in_our_words
from aiplus_cli.intake.bulk import Dated, Memo, quick_reader
from aiplus_cli.intake.facts import find_status
from aiplus_cli.intake.files.cells import Cell, Row, Sheet, text_of
from aiplus_cli.intake.grammar import Context, Grammar
from aiplus_cli.intake.headers import Vocabulary
from aiplus_cli.intake.layout import Column, Layout, is_note
from aiplus_cli.intake.legends import split_mark
from aiplus_cli.intake.own import own_entry
from aiplus_cli.intake.remarks import NOTHING_SAID, Remark, Remarks
from aiplus_cli.intake.times import join_time, part_kind, time_text
from aiplus_cli.intake.values import footnote_of, is_missing
from aiplus_cli.ledger.entries import Entry
from aiplus_cli.plan.periods import read_period

_NOTE = re.compile(r"(?:注|资料来源|数据来源|来源|说明|备注|\*|note|source)", re.IGNORECASE)


class Rejected(NamedTuple):
    """A value that is not imported: its row and column, what its cell says, and every reason."""

    row: int
    column: int
    text: str
    problems: tuple[Problem, ...]


class Bad(NamedTuple):
    """A cell of a row that cannot be used, by its column, and why."""

    column: int
    fault: Fault


class Read(NamedTuple):
    """An entry, with the cell that its value came from, and what is known of when it was published."""

    row: int
    column: int
    entry: Entry
    dated: Dated = Dated.AGAIN


EMPTY, SKIPPED = "empty", "skipped"
Item = Read | Rejected | str


@dataclass
class RowCount:
    """Rows of a sheet below its header, and how many of them have no figure."""

    rows: int = 0
    without: int = 0


@dataclass
class Reader:
    """Reads the rows of one sheet; `id_of` gives the id of an entry's content, `remarks` are what its notes say."""

    sheet: Sheet
    layout: Layout
    words: Vocabulary
    context: Context
    id_of: Callable[[Entry], str]
    remarks: Remarks = NOTHING_SAID
    count: RowCount = field(default_factory=RowCount)

    def __post_init__(self) -> None:
        self.grammar = Grammar(self.words, self.context)
        at = {column.role: column.index for column in self.layout.columns}
        self._label_roles = tuple(name for name in ("indicator", "region", "period") if name in at)
        self._labels = tuple(at[name] for name in self._label_roles)
        part = self.layout.role("part")
        self._part = part_kind(part.title) if part else "month"
        self._fill = self._filled_columns(at)
        self._above: dict[int, Cell] = {}
        self._constants = self.grammar.constants() | self.remarks.facts()
        self._status, self._period = at.get("status"), at.get("period")
        self._noted = {remark.row for remark in self.remarks.told}
        self._notes = "".join(remark.text for remark in self.remarks.told)
        self._marked: set[str] = set()
        self.passed: list[Remark] = []
        self._takers = tuple(self._find_takers(at))
        self._figures, self._width = self.layout.figures, len(self.layout.columns)
        self._across = {column.index: self._column_facts(column) for column in self.layout.columns}

    def _find_takers(self, at: dict[str, int]) -> Iterator[tuple[str, int, Callable[[Any], Any], Memo, bool]]:
        """For each column of labels: its fact, place, how its cell is taken and read, and whether it may be empty."""
        labels = {"indicator": self._needed("indicator"), "region": self._needed("region"), "period": self._find_period}
        readers = {**self.grammar.readers, **labels, "status": self._find_status}
        for name, read in readers.items():
            if name in at:
                places = [at[name], at["part"]] if name == "period" and "part" in at else [at[name]]
                fact = "told" if name == "bound" else name
                may_lack = name not in ("indicator", "region", "period")
                blank = [self._constants.get(fact, "")] if may_lack else []
                yield fact, at[name], itemgetter(*places), Memo(read, *blank), may_lack

    def _column_facts(self, column: Column) -> dict[str, Any]:
        """What a column's header says of its figures."""
        period = read_period(column.period) if column.period else None
        said = {"indicator": (column.indicator, column.unit) if column.indicator else None, "region": column.region}
        said["status"] = split_mark(column.title, self.remarks.legends)[1] or column.status or None
        return {name: value for name, value in (said | {"period": period}).items() if value is not None}

    def _filled_columns(self, at: dict[str, int]) -> dict[int, tuple[tuple[int, int], ...]]:
        """The rows in which a label above counts, by column: those of merged cells, or all if the mapping says so."""
        merged = {
            index: tuple((top, bottom) for top, left, bottom, right in self.sheet.merges if left == index == right)
            for index in self._labels
        }
        asked = {at[name]: ((0, 1 << 40),) for name in self.words.mapping.fill if name in at}
        return {index: spans for index, spans in (merged | asked).items() if spans}

    def items(self, rows: Iterator[Row]) -> Iterator[Item]:
        """An entry, a rejection, or the words for an empty or unwanted value, for every cell that may hold a figure."""
        read = self._own if self.layout.own else self._read_row
        last = self.layout.header[1]
        special = self._fill or self.words.mapping.skip or self.remarks.claims or self.remarks.legends
        known = {name: (index, memo.good) for name, index, _, memo, _ in self._takers}
        quick = None if special else quick_reader(self.layout, known, self._constants, self.context)
        is_dated = self.context.dated or self.remarks.published is not None
        published, first = self.layout.role("published"), self._figures[0].index if self._figures else 0
        kinds = self._dated(told=False), self._dated(told=True)
        for number, cells in rows:
            if number > last:
                self.count.rows += 1
                entry = quick(cells) if quick else None
                if entry is None:
                    yield from read(number, cells)
                else:
                    told = is_dated or (published is not None and cells[published.index] != "")
                    yield Read(number, first, entry, kinds[told])

    # --- tables of other people --------------------------------------------------------------------------------

    def _read_row(self, number: int, cells: list[Cell]) -> Iterator[Item]:
        if self._fill:
            self._fill_labels(number, cells)
        if len(cells) != self._width:
            cells = self._fit(cells, self._width)
        figures = self._figures
        if self._is_without(number, cells, figures):
            self._refuse_heading(number, cells)
            self.count.without += 1
            return
        self._refuse_header(number, cells)
        if self.words.mapping.skip and any(self.words.is_skipped(text_of(cells[index])) for index in self._labels):
            yield from (SKIPPED for _ in figures)
            return
        if len(cells) > self._width:
            yield self._too_long(number, cells, self._width)
            return
        self._tell_marks(number, cells)
        facts, bad = self._row_facts(cells)
        for column in figures:
            yield EMPTY if _is_empty(cells[column.index]) else self._figure(number, cells, column, facts, bad)

    def _is_without(self, number: int, cells: list[Cell], figures: tuple[Column, ...]) -> bool:
        """Whether a row is a note, a blank or a heading, with no place for a figure."""
        if number in self._noted:
            return True
        first = cells[0]
        if type(first) is str and _NOTE.match(first) and is_note(cells):
            self.passed.append(Remark(number, "unused", first))
            return True
        if any(not _is_empty(cells[column.index]) for column in figures):
            return False
        return is_note(cells) or any(cells[index] == "" for index in self._labels)

    def _refuse_heading(self, number: int, cells: list[Cell]) -> None:
        """Raise InputProblem for a row without figures that names a region, where no column and no header does."""
        said = next((text_of(cell) for cell in cells if cell != ""), "")
        has_region = self.layout.role("region") or any(column.region for column in self._figures)
        if said and not has_region and not self.words.mapping.always.region and self.words.has_region(said):
            what = Message("the row '{text}' may say the region of the rows below it", text=said)
            fix = Message("give the table a column for the region, or take these rows out")
            raise InputProblem(Problem(self.sheet.where(number), what, fix))

    def _refuse_header(self, number: int, cells: list[Cell]) -> None:
        """Raise InputProblem for a second header: what is below it has other columns."""
        for role, index in zip(self._label_roles, self._labels, strict=True):
            if self.words.is_title(text_of(cells[index]), role):
                what = Message("a second header stands here: '{text}'", text=text_of(cells[index]))
                fix = Message("import the tables one by one: --range A1:F20")
                raise InputProblem(Problem(self.sheet.where(number), what, fix))

    def _fit(self, cells: list[Cell], width: int) -> list[Cell]:
        """A row as wide as the header; longer only where what is too much is not empty."""
        if len(cells) < width:
            return cells + [""] * (width - len(cells))
        return cells if any(cell != "" for cell in cells[width:]) else cells[:width]

    def _too_long(self, number: int, cells: list[Cell], width: int) -> Rejected:
        place = next(index for index in range(width, len(cells)) if cells[index] != "")
        problem = Problem(
            self.sheet.where(number, place) if not self.sheet.keys else self.sheet.where(number),
            Message("'{text}' stands outside the columns of the header", text=text_of(cells[place])[:80]),
            Message("a quote or a delimiter is missing in this row; correct the row"),
        )
        return Rejected(number, place, text_of(cells[place]), (problem,))

    def _fill_labels(self, number: int, cells: list[Cell]) -> None:
        for index, spans in self._fill.items():
            if index >= len(cells):
                continue
            if cells[index] != "" or any(number == top > 0 for top, _ in spans):
                self._above[index] = cells[index]
            elif any(top <= number <= bottom for top, bottom in spans):
                cells[index] = self._above.get(index, "")

    def _row_facts(self, cells: list[Cell]) -> tuple[dict[str, Any], list[Bad]]:
        """What a row says besides its figures, and what of it cannot be used."""
        facts, bad = self._constants.copy(), list[Bad]()
        cells = cells.copy()
        statuses = {index: self._take_status(name, index, cells) for name, index in self._of_labels()}
        said = list(dict.fromkeys(filter(None, statuses.values())))
        if len(said) > 1:
            what = Message("the statuses contradict each other: {statuses}", statuses=said)
            bad.append(Bad(max(statuses), Fault(what, Message("keep the one that the source gives"))))
        facts["status"] = said[0] if said else facts["status"]
        for name, index, pick, memo, may_lack in self._takers:
            key = pick(cells)
            if may_lack and key == "":
                continue
            found = memo[key]
            if type(found) is Fault:
                bad.append(Bad(index, found))
            else:
                facts[name] = found
        return facts, bad

    def _of_labels(self) -> Iterator[tuple[str, int]]:
        return zip(self._label_roles, self._labels, strict=True)

    def _take_status(self, name: str, index: int, cells: list[Cell]) -> str:
        """Take the status out of a label, `2025年（初步）` or `普及率*`, and give it; empty where it has none."""
        text = text_of(cells[index])
        if not isinstance(cells[index], str) or (name == "indicator" and self.words.knows(text)):
            return ""
        plain, status = split_mark(text, self.remarks.legends)
        plain, said = (plain, status) if status else self.words.split_status(text)
        cells[index] = plain if said else cells[index]
        return said

    def _find_status(self, cell: Cell) -> Any:
        """A status, or a mark that a legend explains."""
        return self.remarks.legends.get(text_of(cell).casefold()) or find_status(cell)

    def _tell_marks(self, number: int, cells: list[Cell]) -> None:
        """Tell of the marks of footnotes that are left out, where no note has them; of each text once."""
        for index in (*self._labels, *(column.index for column in self._figures)):
            text = text_of(cells[index])
            mark = footnote_of(text)
            if mark and mark not in self._notes and text not in self._marked:
                self._marked.add(text)
                self.passed.append(Remark(number, "mark", text))

    def _figure(self, number: int, cells: list[Cell], column: Column, facts: dict[str, Any], bad: list[Bad]) -> Item:
        facts = facts | self._across[column.index]
        cell, marked = split_mark(cells[column.index], self.remarks.legends)
        facts["status"] = marked or facts["status"]
        has_status = (
            marked or "status" in self._across[column.index] or (self._status is not None and cells[self._status] != "")
        )
        if not has_status and facts["status"] == self.grammar.ordinary_status and "period" in facts:
            facts["status"] = self.remarks.status(facts["period"]) or facts["status"]
        fault = self.grammar.add_value(facts, cell, column_unit=column.unit, table_unit=self.layout.unit)
        if not (fault or bad):
            fault = self.grammar.too_early(facts)
        if fault or bad:
            return self._reject(number, column.index, cells, [*bad, *([Bad(column.index, fault)] if fault else [])])
        told = facts["published"] is not self.context.published or self.context.dated
        return Read(number, column.index, self.grammar.entry(facts), self._dated(told=told))

    def _dated(self, *, told: bool) -> Dated:
        return Dated.AGAIN if self.context.again else Dated.TOLD if told else Dated.BY_US

    def _reject(self, number: int, index: int, cells: list[Cell], bad: list[Bad]) -> Rejected:
        problems = tuple(fault.at(self.sheet.where(number, column)) for column, fault in bad)
        return Rejected(number, index, text_of(cells[index]), problems)

    def _find_period(self, cells: Cell | tuple[Cell, Cell]) -> Any:
        year, part = map(time_text, cells) if isinstance(cells, tuple) else (time_text(cells), "")
        if not year:
            return _blank("period")
        return self.grammar.period(join_time(year, part, self._part) if part else year)

    def _needed(self, name: str) -> Callable[[Cell], Any]:
        """How the cell of a fact is read that may not be empty."""
        read = self.grammar.readers[name]
        return lambda cell: read(cell) if text_of(cell) else _blank(name)

    # --- the program's own rows --------------------------------------------------------------------------------

    def _own(self, number: int, cells: list[Cell]) -> Iterator[Item]:
        if all(cell == "" for cell in cells):
            self.count.without += 1
            return
        row = {
            column.role: cells[column.index] if column.index < len(cells) else ""
            for column in self.layout.columns
            if column.role != "ignore"
        }
        index = next((column.index for column in self.layout.columns if column.role == "id"), 0)
        is_table = not self.sheet.keys
        try:
            yield Read(number, index, own_entry(row, self.words.plan, self.id_of, is_table=is_table))
        except (ValueError, ArithmeticError, InputProblem) as error:
            said = error.problems[0] if isinstance(error, InputProblem) else None
            problem = Problem(
                self.sheet.where(number, index),
                said.what if said else Message("not an entry of the ledger: {why}", why=in_our_words(error)),
                said.fix if said else Message("export the entries again; an export is not meant to be edited"),
            )
            yield Rejected(number, index, text_of(row.get("id", "")), (problem,))


def _is_empty(cell: Cell) -> bool:
    return is_missing(cell) if isinstance(cell, str) else False


def _blank(name: str) -> Fault:
    return Fault(
        Message("the {name} is missing in this row", name=name),
        Message("write it out; a cell that stands for several rows needs 'fill: [{name}]' in a mapping", name=name),
    )
