"""What an import did, section by section; and the rejected values as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from aiplus_cli.errors import Message
from aiplus_cli.render import Options
from aiplus_cli.render.data import cell
from aiplus_cli.render.text import visible
from aiplus_cli.words.i18n import translate

SHOWN = 20
"""Revisions, and new figures of a dry run, that are told one by one."""
_KINDS = {
    "own": Message("an export of aiplus"),
    "long": Message("a long table"),
    "wide": Message("a wide table"),
}


@dataclass(frozen=True)
class SheetSummary:
    """A section: how it was understood, and a count for everything that may become of a value.

    `first` are the first new figures, where they are to be told.
    """

    name: str
    kind: str
    header: tuple[int, int]
    rows: int
    without: int
    counts: dict[str, int]
    revisions: list[Any]
    first: list[Any]


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
        total=sum(section.counts.values()),
        **section.counts,
    )
    for said in section.revisions[:SHOWN]:
        old, new = said.old, said.new
        yield Message(
            "  revises {indicator} {region} {period}: {old} -> {new}",
            indicator=new.indicator, region=new.region, period=new.period,
            old=f"{old.bound}{old.value}", new=f"{new.bound}{new.value}",
        )  # fmt: skip
    if len(section.revisions) > SHOWN:
        yield Message("  and {n} more", n=len(section.revisions) - SHOWN)
    for entry in section.first:
        value = f"{entry.bound}{entry.value}"
        yield Message(
            "  new {indicator} {region} {period}: {value}",
            indicator=entry.indicator,
            region=entry.region,
            period=entry.period,
            value=value,
        )
    if section.first and section.counts["new"] > len(section.first):
        yield Message("  and {n} more", n=section.counts["new"] - len(section.first))


def render_rejected(rows: Iterable[tuple[str, str, str, str]]) -> str:
    """Where, value, reason and fix of each, as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["cell", "value", "reason", "fix"])
    writer.writerows([cell(text) for text in row] for row in rows)
    return stream.getvalue()
