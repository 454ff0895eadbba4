"""A mapping to edit: what was understood of a table, and what a person has to say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice

from aiplus_cli.intake.files.cells import Row, Sheet, text_of
from aiplus_cli.intake.headers import Vocabulary
from aiplus_cli.intake.layout import Column, all_attempts, best_attempt, column_titles, no_figures, no_table
from aiplus_cli.intake.values import is_missing

_ROWS = 2000


def _quoted(text: str) -> str:
    """A text as a YAML string."""
    return json.dumps(text, ensure_ascii=False)


def suggest_mapping(
    sheet: Sheet, head: Sequence[Row], rows: Iterator[Row], words: Vocabulary, given: frozenset[str]
) -> str:
    """YAML of schema aiplus.mapping/1, with a comment wherever something is to be filled in.

    Raises InputProblem where there is nothing to map: no table, or a header alone.
    """
    attempts = all_attempts(sheet, head, words, given)
    lines = [
        "# What the headers and names of this table mean; docs/import.md describes every key.",
        "schema: aiplus.mapping/1",
    ]
    if sheet.name:
        lines.append(f"sheet: {_quoted(sheet.name)}")
    if not attempts:
        raise no_table(sheet)
    best = best_attempt(attempts)
    first, last = best.rows
    if not any(number > last and any(cell != "" for cell in cells) for number, cells in head):
        raise no_figures(sheet, last)
    lines.append(f"header: [{first}, {last}]  # its first and last row")
    found = {column.index: column for column in best.columns}
    titles = column_titles(sheet, [row for row in head if first <= row[0] <= last])
    lines += list(_columns(titles, found))
    lines += list(_labels(titles, found, rows, last, words))
    lines += list(_always(found, words, given))
    return "\n".join(lines) + "\n"


def _columns(titles: Sequence[str], found: dict[int, Column]) -> Iterator[str]:
    yield "columns:  # a role, or what the column's figures have in common; docs/import.md lists the roles"
    seen: set[str] = set()
    for index, title in enumerate(titles):
        if not title or title in seen:
            continue
        seen.add(title)
        column = found.get(index)
        if column is None:
            yield f"  {_quoted(title)}: ignore  # not understood: say what it is"
        else:
            yield f"  {_quoted(title)}: {_said(column)}"


def _said(column: Column) -> str:
    facts = {
        "indicator": column.indicator.id if column.indicator else None,
        "region": column.region,
        "period": column.period,
        "unit": column.unit or None,
    }
    inside = ", ".join(f"{name}: {_quoted(value)}" for name, value in facts.items() if value)
    return f"{{{inside}}}" if column.role == "figure" else column.role


def _labels(
    titles: Sequence[str], found: dict[int, Column], rows: Iterator[Row], last: int, words: Vocabulary
) -> Iterator[str]:
    """The names of indicators that the plan does not know."""
    column = next((item for item in found.values() if item.role == "indicator"), None)
    if column is None:
        return
    del titles
    unknown: dict[str, None] = {}
    for number, cells in islice(rows, _ROWS):
        text = text_of(cells[column.index]) if number > last and column.index < len(cells) else ""
        if text and not is_missing(text) and words.indicator(text)[0] is None and len(text) <= 80:
            unknown[text] = None
    if unknown:
        ids = ", ".join(item.id for item in words.plan.indicators)
        yield f"skip:  # move a name to 'indicators' with its id ({ids}), or leave it here"
        yield from (f"  - {_quoted(text)}" for text in unknown)
        yield "indicators: {}"


def _always(found: dict[int, Column], words: Vocabulary, given: frozenset[str]) -> Iterator[str]:
    roles = {column.role for column in found.values()}
    figures = [column for column in found.values() if column.role == "figure"]
    across = {
        name
        for name in ("indicator", "region", "period")
        if any(getattr(column, name) is not None for column in figures)
    }
    del words
    yield "always:"
    for name, example in (("indicator", "its id"), ("period", "such as 2025-06"), ("region", "CN if left out")):
        if name not in roles | across | given:
            yield f"  # {name}: {example}"
    for name, example in (("source", "who published it"), ("published", "such as 2025-10-18")):
        if name not in roles:
            yield f"  # {name}: {example}"
