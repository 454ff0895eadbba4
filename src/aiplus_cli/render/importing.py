"""What an import did, sheet by sheet; and the rejected values as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from aiplus_cli.contract.importing import (
    ColumnSpan,
    HiddenRow,
    ImportDocument,
    ImportedRow,
    ReplacedRow,
    RowSpan,
    SheetRow,
)
from aiplus_cli.contract.values import keys
from aiplus_cli.errors import Message
from aiplus_cli.intake.record import said_value
from aiplus_cli.intake.summary import RejectedValue
from aiplus_cli.render import Options
from aiplus_cli.render.data import cell
from aiplus_cli.render.text import visible
from aiplus_cli.words.i18n import translate

_PLACES = 20
"""Ranges of hidden rows and columns, and notes, that are told one by one."""
_REMARKS = {
    "source": Message("source"),
    "published": Message("published"),
    "status": Message("status"),
    "note": Message("note"),
    "unclear": Message("note, its status not understood"),
    "mark": Message("a mark that no note explains"),
    "unused": Message("not used"),
}
_KINDS = {
    "own": Message("an export of aiplus"),
    "long": Message("a long table"),
    "wide": Message("a wide table"),
}


def render_import(done: ImportDocument, options: Options) -> str:
    """A few lines for each sheet."""
    lines = [line for sheet in done.sheets for line in _lines(sheet)]
    return "".join(visible(translate(line.short, options.lang)) + "\n" for line in lines)


def _lines(sheet: SheetRow) -> Iterator[Message]:
    header, counts, bare = sheet.header, keys(sheet.counts), sheet.without_figures
    place = Message("header in row {header}", header=_span(header)) if header else Message("keys as header")
    yield Message("{name}: {kind}, {place}", name=sheet.name, kind=_KINDS[sheet.kind], place=place)
    yield Message("  rows below it: {rows}, without figures: {without}", rows=sheet.rows, without=bare)
    yield Message(
        "  values read: {total}; new {new}, unchanged {unchanged}, revised {revised}, rejected {rejected}, "
        "empty {empty}, skipped {skipped}",
        total=sum(counts.values()),
        **counts,
    )
    for remark in sheet.remarks[:_PLACES]:
        yield Message("  {said} (row {row}): {text}", said=_REMARKS[remark.kind], row=remark.row, text=remark.text)
    yield from _more(len(sheet.remarks), len(sheet.remarks[:_PLACES]))
    if sheet.later:
        yield Message("  unchanged, and dated later: {n}; --republished records them again", n=sheet.later)
    if sheet.unsourced:
        yield Message("  without a source: {n}; --source says who published them", n=sheet.unsourced)
    if sheet.undated:
        yield Message("  without a date: {n}, taken as published today; --published gives the day", n=sheet.undated)
    yield from _hidden(sheet.hidden)
    for revision in sheet.revisions:
        yield _revision(revision)
    yield from _more(sheet.counts.revised, len(sheet.revisions))
    if sheet.jump_count:
        yield Message("  unusual jumps: {n}; check the unit and the period at the source", n=sheet.jump_count)
    for jump in sheet.jumps:
        values = {"old": _value(jump.old), "before": jump.old.period, "new": _value(jump.new)}
        yield Message("  jump {indicator} {region} {period}: {old} ({before}) -> {new}", **values, **_named(jump.new))
    yield from _more(sheet.jump_count, len(sheet.jumps))
    for entry in sheet.new:
        yield Message("  new {indicator} {region} {period}: {value}", value=_value(entry), **_named(entry))
    if sheet.new:
        yield from _more(sheet.counts.new, len(sheet.new))


def _hidden(hidden: HiddenRow) -> Iterator[Message]:
    """What people do not see in their own program: how many, where, and whether it was read."""
    rows, columns = _ranges(hidden.rows), _ranges(hidden.columns)
    if rows or columns:
        many = {"rows": hidden.row_count, "columns": hidden.column_count}
        yield Message("  hidden or filtered away: rows {rows}, columns {columns}", **many)
    if rows:
        yield Message("    rows {places}", places=rows)
    if columns:
        yield Message("    columns {places}", places=columns)
    if rows or columns:
        left, read = Message("    left out"), Message("    read like the others; --skip-hidden leaves them out")
        yield left if hidden.left_out else read
    if hidden.sheets:
        yield Message("  hidden sheets, not read: {names}; --sheet reads one", names=list(hidden.sheets))


def _ranges(spans: Sequence[RowSpan | ColumnSpan]) -> list[str]:
    """The first of the ranges: 3-5, 9."""
    shown = [_span(span) for span in spans[:_PLACES]]
    return [*shown, "…"] if len(spans) > _PLACES else shown


def _span(span: RowSpan | ColumnSpan) -> str:
    return str(span.first) if span.first == span.last else f"{span.first}-{span.last}"


def _revision(revision: ReplacedRow) -> Message:
    new, values = revision.new, {"old": _value(revision.old), "new": _value(revision.new)}
    if revision.confirms:
        return Message("  confirms {indicator} {region} {period}: {new}", **values, **_named(new))
    return Message("  revises {indicator} {region} {period}: {old} -> {new}", **values, **_named(new))


def _value(row: ImportedRow) -> Message | str:
    return said_value(row.bound, row.value, row.status)


def _named(entry: ImportedRow) -> dict[str, str]:
    return {"indicator": entry.indicator, "region": entry.region, "period": entry.period}


def _more(total: int, told: int) -> Iterator[Message]:
    if total > told:
        yield Message("  and {n} more", n=total - told)


def render_rejected(values: Iterable[RejectedValue], lang: str) -> str:
    """Where, value, reason and fix of each, as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["cell", "value", "reason", "fix"])
    for _, _, text, problem in values:
        fix = translate(problem.fix, lang) if problem.fix else ""
        writer.writerow([cell(said) for said in (problem.where, text, translate(problem.what, lang), fix)])
    return stream.getvalue()
