"""The door of `import`: files -> new entries, decided on together, and written all or none."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, Self

from aiplus_cli.errors import Fault, InputProblem, Problem, unreadable
from aiplus_cli.intake.bulk import Dated, Spool
from aiplus_cli.intake.decision import Advance, Decision, Steps, clash_fault, decide
from aiplus_cli.intake.facts import find_text
from aiplus_cli.intake.figures import EMPTY, SKIPPED, Item, Read, Reader, Rejected
from aiplus_cli.intake.files.cells import Row, Sheet, text_of
from aiplus_cli.intake.files.read import read_file
from aiplus_cli.intake.grammar import Context
from aiplus_cli.intake.headers import Vocabulary
from aiplus_cli.intake.layout import HEAD, Layout, find_layout, no_figures, no_table
from aiplus_cli.intake.mapping import FileMapping, mapping_problems
from aiplus_cli.intake.record import read_published
from aiplus_cli.intake.remarks import Remark, find_remarks
from aiplus_cli.intake.suggest import suggest_mapping
from aiplus_cli.intake.summary import FIRST, FIRST_JUMPS, FIRST_REJECTED, Counts, Imported, RejectedValue, SheetSummary
from aiplus_cli.ledger import jsonl
from aiplus_cli.ledger.entries import Published, Withdrawal
from aiplus_cli.ledger.jsonl import Ledger
from aiplus_cli.ledger.lines import id_of
from aiplus_cli.ledger.soundness import ledger_problems
from aiplus_cli.plan.load import load_record
from aiplus_cli.plan.records import Plan

AT_ONCE = 512
"""Values that are taken together; they wait in memory."""
Progress = Callable[[Sheet], None]
"""Told now and then while a sheet is read: its `position` and `size` say how far."""
SetAside = Callable[[list[RejectedValue]], None]
"""Keeps the rejected values, before anything is written to the ledger."""


class NamedFile(NamedTuple):
    """A file, and the name to call it by."""

    path: Path
    name: str


@dataclass(frozen=True)
class Wanted:
    """Which part of the files is read, and how: by `encoding`, these sheets, the cells of the range `area`.

    With `skip_hidden` what people do not see of a workbook is left out.
    """

    encoding: str | None = None
    sheets: tuple[str, ...] = ()
    area: str | None = None
    skip_hidden: bool = False

    def read(self, file: NamedFile) -> list[Sheet]:
        """The wanted sheets of a file."""
        return read_file(
            file.path,
            file.name,
            encoding=self.encoding,
            sheets=self.sheets,
            area=self.area,
            skip_hidden=self.skip_hidden,
        )


def load_mapping(path: Path | None, plan: Plan) -> FileMapping:
    """The mapping of a file, or one that says nothing; raises InputProblem with all that cannot be used."""
    if path is None:
        return FileMapping()
    return load_record(path, FileMapping, lambda found: mapping_problems(found, plan))


def with_options(context: Context, mapping: FileMapping, *, source: str, published: str | None, again: bool) -> Context:
    """The context, after what is said of all files; raises InputProblem for what cannot be."""
    said = find_text(source)
    if isinstance(said, Fault):
        raise InputProblem(said.at("--source"))
    day = read_published(published, context.today)
    if mapping.always.published:
        read_published(mapping.always.published, context.today, where="always.published")
    dated, cleaned = bool(published or mapping.always.published), (said,) if said != source else ()
    return replace(context, source=said, published=day, dated=dated, again=again, cleaned=cleaned)


def suggest(file: NamedFile, wanted: Wanted, plan: Plan, mapping: FileMapping) -> str:
    """A mapping to edit for the first sheet of a file."""
    sheet = wanted.read(file)[0]
    head, rows = _take_head(sheet)
    return suggest_mapping(sheet, head, rows, Vocabulary(plan, mapping), _given(mapping))


def _take_head(sheet: Sheet) -> tuple[list[Row], Iterator[Row]]:
    """The first rows of a sheet, and all of them; raises InputProblem where they say nothing."""
    rows = iter(sheet.rows)
    head = list(islice(rows, HEAD))
    first = [next((text_of(cell) for cell in cells if cell != ""), "#") for _, cells in head]
    if all(text.startswith("#") for text in first):
        raise no_table(sheet)
    return head, chain(head, rows)


def _given(mapping: FileMapping) -> frozenset[str]:
    """The dimensions that the mapping states for the whole table."""
    return frozenset(name for name in ("indicator", "region", "period") if getattr(mapping.always, name))


@dataclass
class _SheetPart:
    """One sheet: how it was understood, and what became of its values, which have the numbers `numbers`."""

    sheet: Sheet
    layout: Layout
    path: Path
    start: int
    remarks: tuple[Remark, ...] = ()
    stop: int = 0
    rows: int = 0
    without: int = 0
    empty: int = 0
    skipped: int = 0
    rejected: int = 0
    unsourced: int = 0
    undated: int = 0

    @property
    def numbers(self) -> range:
        return range(self.start, self.stop)


@dataclass
class _Rejects:
    """Rejected values: the problems of the first of them, and all of them to be set aside."""

    count: int = 0
    problems: list[Problem] = field(default_factory=list)
    values: list[RejectedValue] = field(default_factory=list)

    def add(self, part: _SheetPart, text: str, problems: Iterable[Problem]) -> None:
        self.count += 1
        found = [RejectedValue(part.path, part.sheet.file, text, problem) for problem in problems]
        self.values += found
        if self.count <= FIRST_REJECTED:
            self.problems += [value.problem for value in found]


@dataclass
class _Jumps:
    """The jumps of a sheet, and the first of them."""

    count: int = 0
    first: list[tuple[int, int]] = field(default_factory=list)
    steps: tuple[Advance, ...] = ()


class Session:
    """One import: everything is read and checked first; the ledger is locked only to compare and to write."""

    def __init__(self, plan: Plan, mapping: FileMapping, context: Context) -> None:
        self._plan, self._mapping, self._context = plan, mapping, context
        self._words = Vocabulary(plan, mapping)
        self._new = Spool()
        self._parts: list[_SheetPart] = []
        self._rejects = _Rejects()
        self._cleaned = dict.fromkeys(context.cleaned)
        self._rows, self._columns = array("L"), array("L")

    def __enter__(self) -> Self:
        self._new.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._new.__exit__(*error)

    def read(self, files: Iterable[NamedFile], wanted: Wanted, progress: Progress) -> None:
        """Read every file; raises InputProblem with the problems of all that cannot be read at all."""
        problems: list[Problem] = []
        for file in files:
            try:
                for sheet in wanted.read(file):
                    self._read_sheet(sheet, file.path, progress)
            except InputProblem as error:
                problems += error.problems
        if problems:
            raise InputProblem(*problems)

    def _read_sheet(self, sheet: Sheet, path: Path, progress: Progress) -> None:
        head, rows = _take_head(sheet)
        layout = find_layout(sheet, head, self._words, _given(self._mapping))
        remarks = find_remarks(sheet, head, layout, self._context.today, self._told_of_all())
        reader = Reader(sheet, layout, self._words, self._context, id_of, remarks)
        part = _SheetPart(sheet, layout, path, len(self._new), remarks.told)
        self._parts.append(part)
        try:
            self._take(part, reader.items(rows), progress)
        except OSError as error:
            raise unreadable(sheet.file, error) from None
        self._cleaned |= reader.grammar.cleaned
        part.remarks += tuple(reader.passed)
        part.rows, part.without, part.stop = reader.count.rows, reader.count.without, len(self._new)
        if part.rows == part.without:
            raise no_figures(sheet, layout.header[1])

    def _told_of_all(self) -> frozenset[str]:
        """The facts that an option or the mapping says for every figure."""
        always, context = self._mapping.always, self._context
        told = {"source": context.source or always.source, "published": context.dated}
        told |= {"status": always.status, "note": always.note}
        return frozenset(name for name, value in told.items() if value)

    def _take(self, part: _SheetPart, items: Iterator[Item], progress: Progress) -> None:
        while batch := list(islice(items, AT_ONCE)):
            read = [item for item in batch if isinstance(item, Read)]
            if read:
                self._keep(part, read)
            if len(read) < len(batch):
                self._pass(part, [item for item in batch if not isinstance(item, Read)])
            progress(part.sheet)

    def _keep(self, part: _SheetPart, read: list[Read]) -> None:
        rows, columns, entries, dated = zip(*read, strict=True)
        self._new.add(entries, dated)
        self._rows.extend(rows)
        self._columns.extend(columns)
        part.undated += dated.count(Dated.BY_US)
        part.unsourced += sum(not getattr(entry, "source", "own") for entry in entries)

    def _pass(self, part: _SheetPart, others: list[Rejected | str]) -> None:
        part.empty += others.count(EMPTY)
        part.skipped += others.count(SKIPPED)
        for item in others:
            if isinstance(item, Rejected):
                part.rejected += 1
                self._rejects.add(part, item.text, item.problems)

    def finish(self, ledger: Path, *, dry_run: bool, accept_valid: bool, set_aside: SetAside) -> Imported:
        """Compare with the ledger, and write what is new or revised if nothing stands against it.

        With `accept_valid` the valid values are written whatever the others are, and those are set aside before.
        """
        may_write = not dry_run and (accept_valid or not self._rejects.count)
        if not (may_write and ledger.exists()):
            decision = self._decide(jsonl.read(ledger))
            if not may_write or (decision.clashes and not accept_valid):
                return self._result(decision, self._rejected(decision), 0, listed=dry_run)
        with jsonl.writing(ledger) as writer:
            decision = self._decide(writer.ledger)
            rejects = self._rejected(decision)
            out = decision.left_out()
            written = 0 if rejects.count and not accept_valid else len(self._new) - len(out)
            if rejects.count and accept_valid:
                set_aside(rejects.values)
            if written:
                writer.extend(self._new.lines(out))
        return self._result(decision, rejects, written)

    def _decide(self, ledger: Ledger) -> Decision:
        """What becomes of the values; raises InputProblem where corrections among them leave an unsound ledger."""
        decision = decide(ledger.entries, self._new)
        if self._new.references and not decision.clashes:
            self._need_sound(ledger, decision.left_out())
        return decision

    def _need_sound(self, ledger: Ledger, left_out: set[int]) -> None:
        numbers = [number for number in range(len(self._new)) if number not in left_out]
        entries = [*ledger.entries, *map(self._new.get, numbers)]
        last = ledger.lines[-1] if ledger.lines else 0
        lines = [*ledger.lines, *range(last + 1, last + 1 + len(numbers))]
        problems = list(ledger_problems(None, ledger.name, entries, lines))
        if problems:
            places = dict(zip((f"{ledger.name}:{line}" for line in lines[len(ledger.lines) :]), numbers, strict=True))
            raise InputProblem(*(self._at_its_cell(problem, places) for problem in problems))

    def _at_its_cell(self, problem: Problem, places: dict[str, int]) -> Problem:
        """A problem of a line that is not there yet, at the cell that it would be from."""
        number = places.get(problem.where)
        return problem if number is None else problem.fault.at(self._where(number))

    def _where(self, number: int) -> str:
        part = next(part for part in self._parts if number in part.numbers)
        return part.sheet.where(self._rows[number], self._columns[number])

    def _rejected(self, decision: Decision) -> _Rejects:
        """The rejected values, with those that contradict another."""
        found = _Rejects(self._rejects.count, [*self._rejects.problems], [*self._rejects.values])
        for clash in decision.clashes:
            part = next(part for part in self._parts if clash.number in part.numbers)
            where = self._where(clash.number)
            text = clash.entry.id if isinstance(clash.entry, Withdrawal) else str(clash.entry.value)
            found.add(part, text, [clash_fault(clash).at(where)])
        return found

    def _result(self, decision: Decision, rejects: _Rejects, written: int, *, listed: bool = False) -> Imported:
        jumps = self._jumps(decision)
        sheets = tuple(
            self._summary(part, decision, found, listed=listed) for part, found in zip(self._parts, jumps, strict=True)
        )
        gone, problems, cleaned = tuple(sorted(decision.gone)), tuple(rejects.problems), tuple(self._cleaned)
        return Imported(sheets, written, gone, rejects.count, problems, cleaned)

    def _jumps(self, decision: Decision) -> list[_Jumps]:
        found = [_Jumps() for _ in self._parts]
        stops = [part.stop for part in self._parts]
        steps = Steps(self._plan, self._new, decision)
        for number, old, is_jump in steps:
            if is_jump:
                jumps = found[bisect_right(stops, number)]
                jumps.count += 1
                if jumps.count <= FIRST_JUMPS:
                    jumps.first.append((number, old))
        for jumps in found:
            jumps.steps = tuple(steps.step(number, old) for number, old in jumps.first)
        return found

    def _summary(self, part: _SheetPart, decision: Decision, jumps: _Jumps, *, listed: bool) -> SheetSummary:
        layout, numbers = part.layout, part.numbers
        clashes = {clash.number for clash in decision.clashes if clash.number in numbers}
        unchanged = sum(number in numbers for number in decision.unchanged.keys() - clashes)
        revised = [revision for number, revision in sorted(decision.revised.items()) if number in numbers]
        new = len(numbers) - unchanged - len(revised) - len(clashes)
        return SheetSummary(
            name=f"{part.sheet.file} {part.sheet.name}".strip(),
            kind="own" if layout.own else "long" if layout.long else "wide",
            header=layout.header,
            rows=part.rows,
            without=part.without,
            counts=Counts(new, unchanged, len(revised), part.rejected + len(clashes), part.empty, part.skipped),
            revisions=tuple(revised[:FIRST]),
            later=sum(number in numbers for number in decision.later),
            unsourced=part.unsourced,
            undated=part.undated,
            remarks=part.remarks,
            jumps=jumps.steps,
            jump_count=jumps.count,
            hidden=part.sheet.hidden,
            new=self._first_new(part, decision) if listed else (),
        )

    def _first_new(self, part: _SheetPart, decision: Decision) -> tuple[Published, ...]:
        """The first new figures of a sheet, enough to see how it was understood."""
        out = decision.left_out() | decision.revised.keys()
        entries = map(self._new.get, (number for number in part.numbers if number not in out))
        return tuple(islice((entry for entry in entries if not isinstance(entry, Withdrawal)), FIRST))
