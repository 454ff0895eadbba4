"""What an import did, section by section; and the rejected values as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from aiplus_cli.errors import Message
from aiplus_cli.intake.decision import Revision
from aiplus_cli.intake.files.cells import Hidden, letters
from aiplus_cli.intake.record import shown_value
from aiplus_cli.intake.summary import RejectedValue, SheetSummary
from aiplus_cli.ledger.entries import Published
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
    "unused": Message("not used"),
}
_KINDS = {
    "own": Message("an export of aiplus"),
    "long": Message("a long table"),
    "wide": Message("a wide table"),
}


def render_import(sections: Iterable[SheetSummary], options: Options) -> str:
    """A few lines for each section."""
    lines = [line for section in sections for line in _lines(section)]
    return "".join(visible(translate(line, options.lang)) + "\n" for line in lines)


def _lines(section: SheetSummary) -> Iterator[Message]:
    first, last = section.header
    header = str(first) if first == last else f"{first}-{last}"
    place = Message("header in row {header}", header=header) if first else Message("keys as header")
    yield Message("{name}: {kind}, {place}", name=section.name, kind=_KINDS[section.kind], place=place)
    yield Message("  rows below it: {rows}, without figures: {without}", rows=section.rows, without=section.without)
    yield Message(
        "  values read: {total}; new {new}, unchanged {unchanged}, revised {revised}, rejected {rejected}, "
        "empty {empty}, skipped {skipped}",
        total=sum(section.counts),
        **section.counts._asdict(),
    )
    for remark in section.remarks[:_PLACES]:
        yield Message("  {said} (row {row}): {text}", said=_REMARKS[remark.kind], row=remark.row, text=remark.text)
    yield from _more(len(section.remarks), len(section.remarks[:_PLACES]))
    if section.later:
        yield Message("  unchanged, and dated later: {n}; --republished records them again", n=section.later)
    if section.unsourced:
        yield Message("  without a source: {n}; --source says who published them", n=section.unsourced)
    if section.undated:
        yield Message("  without a date: {n}, taken as published today; --published gives the day", n=section.undated)
    yield from _hidden(section.hidden)
    for revision in section.revisions:
        yield _revision(revision)
    yield from _more(section.counts.revised, len(section.revisions))
    if section.jump_count:
        yield Message("  unusual jumps: {n}; check the unit and the period at the source", n=section.jump_count)
    for old, new in section.jumps:
        values = {"old": shown_value(old), "before": old.period, "new": shown_value(new)}
        yield Message("  jump {indicator} {region} {period}: {old} ({before}) -> {new}", **values, **_named(new))
    yield from _more(section.jump_count, len(section.jumps))
    for entry in section.new:
        yield Message("  new {indicator} {region} {period}: {value}", value=shown_value(entry), **_named(entry))
    if section.new:
        yield from _more(section.counts.new, len(section.new))


def _hidden(hidden: Hidden) -> Iterator[Message]:
    """What people do not see in their own program: how many, where, and whether it was read."""
    rows, columns = _ranges(hidden.rows, str), _ranges(hidden.columns, letters)
    if rows or columns:
        many = {"rows": len(hidden.rows), "columns": len(hidden.columns)}
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


def _ranges(numbers: Iterable[int], name: Callable[[int], str]) -> list[str]:
    """Numbers as ranges, the first of them: 3-5, 9."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    shown = [name(first) if first == last else f"{name(first)}-{name(last)}" for first, last in found]
    return [*shown[:_PLACES], "…"] if len(shown) > _PLACES else shown


def _revision(revision: Revision) -> Message:
    new, values = revision.new, {"old": shown_value(revision.old), "new": shown_value(revision.new)}
    if revision.confirms:
        return Message("  confirms {indicator} {region} {period}: {new}", **values, **_named(new))
    return Message("  revises {indicator} {region} {period}: {old} -> {new}", **values, **_named(new))


def _named(entry: Published) -> dict[str, str]:
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
