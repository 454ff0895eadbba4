"""What an import did, section by section; and the rejected values as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from aiplus_cli.errors import Message
from aiplus_cli.intake.summary import RejectedValue, SheetSummary
from aiplus_cli.ledger.entries import Published
from aiplus_cli.render import Options
from aiplus_cli.render.data import cell
from aiplus_cli.render.text import visible
from aiplus_cli.words.i18n import translate

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
    for old, new in section.revisions:
        yield Message(
            "  revises {indicator} {region} {period}: {old} -> {new}", old=_value(old), new=_value(new), **_named(new)
        )
    yield from _more(section.counts.revised, len(section.revisions))
    if section.jump_count:
        yield Message("  unusual jumps: {n}; check the unit and the period at the source", n=section.jump_count)
    for old, new in section.jumps:
        values = {"old": _value(old), "before": old.period, "new": _value(new)}
        yield Message("  jump {indicator} {region} {period}: {old} ({before}) -> {new}", **values, **_named(new))
    yield from _more(section.jump_count, len(section.jumps))
    for entry in section.new:
        yield Message("  new {indicator} {region} {period}: {value}", value=_value(entry), **_named(entry))
    if section.new:
        yield from _more(section.counts.new, len(section.new))


def _named(entry: Published) -> dict[str, str]:
    return {"indicator": entry.indicator, "region": entry.region, "period": entry.period}


def _value(entry: Published) -> str:
    return f"{entry.bound}{entry.value}"


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
