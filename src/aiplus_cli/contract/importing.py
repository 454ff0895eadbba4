"""aiplus.import/1: how the files of an import were understood, what was written, and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from aiplus_cli.contract.validate import ProblemRow, problem_rows
from aiplus_cli.contract.values import Count, Part
from aiplus_cli.contract.version import tool_version
from aiplus_cli.errors import AiplusError, ExitCode
from aiplus_cli.intake.decision import Revision
from aiplus_cli.intake.files.cells import Hidden, letters
from aiplus_cli.intake.summary import FIRST_REJECTED, Imported, SheetSummary
from aiplus_cli.ledger.entries import FigureBound, Published, RatingWord, Status

ImportCode = Annotated[int, WithJsonSchema({"type": "integer", "enum": [0, 2, 3, 4]})]
RowNumber = Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True)
class CountsRow(Part):
    """The values of a sheet by what became of them."""

    new: Count
    """How many the ledger does not have."""
    unchanged: Count
    """How many the ledger has already."""
    revised: Count
    """How many take the place of one that the ledger has."""
    rejected: Count
    """How many cannot be imported."""
    empty: Count
    """How many cells have no value."""
    skipped: Count
    """How many stand for something that the mapping leaves out."""


@dataclass(frozen=True, slots=True)
class RemarkRow(Part):
    """What a table says around its figures."""

    row: RowNumber
    """The row that says it."""
    kind: Literal["source", "published", "status", "note", "unclear", "mark", "unused"]
    """What it was taken for; `unclear`: a note on a status, not understood; `mark`: one that no note explains."""
    text: str
    """What it says."""


@dataclass(frozen=True, slots=True)
class RowSpan(Part):
    """Rows that follow each other."""

    first: RowNumber
    """The first of them."""
    last: RowNumber
    """The last of them."""


@dataclass(frozen=True, slots=True)
class ColumnSpan(Part):
    """Columns that follow each other."""

    first: str
    """The letters of the first of them."""
    last: str
    """The letters of the last of them."""


@dataclass(frozen=True, slots=True)
class HiddenRow(Part):
    """What people do not see of a sheet: hidden, folded up or filtered away."""

    row_count: Count
    """How many rows."""
    rows: tuple[RowSpan, ...]
    """Which rows."""
    column_count: Count
    """How many columns."""
    columns: tuple[ColumnSpan, ...]
    """Which columns."""
    sheets: tuple[str, ...]
    """The hidden sheets beside it, which are not read unless they are asked for."""
    left_out: bool
    """Whether the rows and columns are left out, and not read like the others."""


@dataclass(frozen=True, slots=True)
class ImportedRow(Part):
    """A figure or a rating, of the file or of the ledger."""

    id: str
    """The hash of its content."""
    indicator: str
    """The indicator's id."""
    region: str
    """The region's code."""
    period: str
    """What it is of; it stands for the period's last day."""
    value: Decimal | RatingWord
    """The figure as published; a word for a rating."""
    bound: FigureBound
    """What the figure is: empty for exact, `>` or `>=` for a floor, `<` or `<=` for a ceiling, `~` for about."""
    status: Status
    """SDMX observation status: A normal, P provisional, E estimated, F forecast, B break in the series."""
    published: date
    """The day the world knew."""
    source: str
    """Who published it, and where; may be empty."""


@dataclass(frozen=True, slots=True)
class ReplacedRow(Part):
    """A figure that takes the place of one that the ledger holds."""

    old: ImportedRow
    """The figure of the ledger."""
    new: ImportedRow
    """The figure of the file."""
    confirms: bool
    """Whether both say the same, in other words or once more."""


@dataclass(frozen=True, slots=True)
class JumpRow(Part):
    """A figure that is unusually far from the one before it."""

    old: ImportedRow
    """The figure in force for the last period before."""
    new: ImportedRow
    """The figure of the file."""


@dataclass(frozen=True, slots=True)
class SheetRow(Part):
    """How a sheet was understood, and what became of its values."""

    name: str
    """The file, and the name of the sheet where the file has sheets."""
    kind: Literal["own", "long", "wide"]
    """An export of aiplus, a figure a row, or a table with periods, regions or indicators across."""
    header: RowSpan | None
    """The rows of its header; null where the keys of objects are the header."""
    rows: Count
    """How many rows there are below the header."""
    without_figures: Count
    """How many of those rows have no figure."""
    counts: CountsRow
    """The values by what became of them."""
    later: Count
    """How many of the unchanged are dated after the ledger's; `--republished` records them again."""
    unsourced: Count
    """How many values have no source."""
    undated: Count
    """How many values are taken as published on the day of recording."""
    remarks: tuple[RemarkRow, ...]
    """What the titles and notes of the sheet say, and what each was taken for."""
    hidden: HiddenRow
    """What people do not see of the sheet."""
    revisions: tuple[ReplacedRow, ...]
    """The first figures that take the place of one of the ledger, at most twenty."""
    jump_count: Count
    """How many figures are unusually far from the one before."""
    jumps: tuple[JumpRow, ...]
    """The first of those, at most five."""
    new: tuple[ImportedRow, ...]
    """Of a dry run the first new figures, at most twenty."""


@dataclass(frozen=True, slots=True)
class ImportDocument(Part):
    """One import: how each sheet was understood, what was written, and what was not."""

    schema: Literal["aiplus.import/1"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    dry_run: bool
    """Whether it was only tried, and nothing may be written."""
    exit_code: ImportCode
    """0 where all is well or the others were set aside, 3 for bad input, 2 for usage, 4 for the environment."""
    written: Count
    """How many figures were written to the ledger."""
    rejected: Count
    """How many values cannot be imported."""
    sheets: tuple[SheetRow, ...]
    """The sheets that were read; empty where a file could not be read at all."""
    gone: tuple[str, ...]
    """The ids of figures of the files that the ledger has withdrawn or corrected, and that stay so."""
    cleaned: tuple[str, ...]
    """Texts that had characters nobody sees, which were taken out."""
    problems: tuple[ProblemRow, ...]
    """What is wrong: with the first twenty rejected values, or why nothing could be imported."""

    @property
    def untold(self) -> int:
        """How many of the rejected values are not among the problems."""
        return max(self.rejected - FIRST_REJECTED, 0)


def import_document(done: Imported, *, dry_run: bool, accept_valid: bool) -> ImportDocument:
    """What became of an import, in the form of the contract."""
    return ImportDocument(
        schema="aiplus.import/1",
        tool_version=tool_version(),
        dry_run=dry_run,
        exit_code=int(ExitCode.INPUT if done.rejected and not accept_valid else ExitCode.OK),
        written=done.written,
        rejected=done.rejected,
        sheets=tuple(map(_sheet_row, done.sheets)),
        gone=done.gone,
        cleaned=done.cleaned,
        problems=problem_rows(done.problems),
    )


def import_refusal(error: AiplusError, *, dry_run: bool) -> ImportDocument:
    """Why nothing could be imported."""
    return ImportDocument(
        schema="aiplus.import/1",
        tool_version=tool_version(),
        dry_run=dry_run,
        exit_code=int(error.exit_code),
        written=0,
        rejected=0,
        sheets=(),
        gone=(),
        cleaned=(),
        problems=problem_rows(error.problems),
    )


def _sheet_row(sheet: SheetSummary) -> SheetRow:
    first, last = sheet.header
    return SheetRow(
        name=sheet.name,
        kind=sheet.kind,
        header=RowSpan(first, last) if first else None,
        rows=sheet.rows,
        without_figures=sheet.without,
        counts=CountsRow(*sheet.counts),
        later=sheet.later,
        unsourced=sheet.unsourced,
        undated=sheet.undated,
        remarks=tuple(RemarkRow(*remark) for remark in sheet.remarks),
        hidden=_hidden_row(sheet.hidden),
        revisions=tuple(map(_replaced_row, sheet.revisions)),
        jump_count=sheet.jump_count,
        jumps=tuple(JumpRow(_imported_row(old), _imported_row(new)) for old, new in sheet.jumps),
        new=tuple(map(_imported_row, sheet.new)),
    )


def _replaced_row(found: Revision) -> ReplacedRow:
    return ReplacedRow(_imported_row(found.old), _imported_row(found.new), found.confirms)


def _imported_row(entry: Published) -> ImportedRow:
    return ImportedRow(**{each.name: getattr(entry, each.name) for each in fields(ImportedRow)})


def _hidden_row(hidden: Hidden) -> HiddenRow:
    return HiddenRow(
        row_count=len(hidden.rows),
        rows=tuple(RowSpan(first, last) for first, last in _spans(hidden.rows)),
        column_count=len(hidden.columns),
        columns=tuple(ColumnSpan(letters(first), letters(last)) for first, last in _spans(hidden.columns)),
        sheets=hidden.sheets,
        left_out=hidden.left_out,
    )


def _spans(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow each other, by the first and the last of them."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    yield from found
