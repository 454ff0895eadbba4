"""What the columns of a table are: read from its headers, never guessed.

A long table has one figure a row; a wide one has periods, regions or indicators across. A header may take up to
three rows, with merged cells; rows above it are titles and units. Every column must be explained before a single
figure is read: what is not, is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aiplus_cli.errors import InputProblem, Message, Problem
from aiplus_cli.intake.files.cells import Cell, Row, Sheet, text_of
from aiplus_cli.intake.headers import Header, Vocabulary
from aiplus_cli.intake.mapping import FileMapping
from aiplus_cli.intake.surroundings import refuse_region_in_title, table_unit
from aiplus_cli.intake.times import is_year, time_text
from aiplus_cli.intake.values import is_missing
from aiplus_cli.ledger.entries import FIELDS
from aiplus_cli.plan.records import Indicator

HEAD = 60
"""Rows in which a header is looked for, and by which columns without a title are understood."""
MAX_DEPTH = 3
_SDMX = {"ref_area": "region", "time_period": "period", "obs_value": "value", "obs_status": "status"}
_BARE_NUMBER = re.compile(r"[.,]*[0-9][0-9.,]*")
DIMENSIONS = ("indicator", "region", "period")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its role, or for a column of figures (`role` `figure`) what its header says of them."""

    index: int
    title: str
    role: str
    indicator: Indicator | None = None
    region: str | None = None
    period: str | None = None
    unit: str = ""
    status: str = ""


@dataclass(frozen=True)
class Layout:
    """Where the header is, and what each column is; `unit` is that of the whole table."""

    header: tuple[int, int]
    columns: tuple[Column, ...]
    unit: str = ""
    own: bool = False

    def role(self, name: str) -> Column | None:
        """The column of that role."""
        return next((column for column in self.columns if column.role == name), None)

    @property
    def figures(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role in ("figure", "value"))

    @property
    def long(self) -> bool:
        return self.role("value") is not None


def find_layout(sheet: Sheet, head: Sequence[Row], words: Vocabulary, given: frozenset[str]) -> Layout:
    """The layout of a table from its first rows; raises InputProblem that says what is not understood.

    `given` are the dimensions that the mapping states for the whole table.
    """
    own = _own_layout(head)
    if own:
        return own
    tries: list[_Attempt] = []
    for place, depth in _places(sheet, head, words.mapping):
        good = _try(sheet, head, place, depth, words, given)
        tries.append(good)
        if not good.problems:
            good = _with_units(sheet, head, (place, depth), good, words, given)
            break
    else:
        raise _not_understood(sheet, tries)
    layout = Layout(good.rows, tuple(good.columns), unit=table_unit(sheet, head, good.rows, words))
    if not (layout.role("region") or "region" in given or any(column.region for column in layout.figures)):
        refuse_region_in_title(sheet, head, good.rows[0])
    return layout


def _with_units(
    sheet: Sheet,
    head: Sequence[Row],
    at: tuple[int, int],
    good: _Attempt,
    words: Vocabulary,
    given: frozenset[str],
) -> _Attempt:
    """The header with the row of units below it, if there is one; raises InputProblem where that is not understood."""
    place, depth = at
    below = head[place + depth :][:1]
    figures = [column.index for column in good.columns if column.role in ("figure", "value")]
    texts = [text_of(cells[index]) for _, cells in below for index in figures if index < len(cells)]
    stated = [text for text in texts if text]
    if not stated or not all(words.is_unit(text.strip("()（）")) for text in stated):
        return good
    deeper = _try(sheet, head, place, depth + 1, words, given)
    if deeper.problems:
        raise _not_understood(sheet, [deeper])
    return deeper


def _places(sheet: Sheet, head: Sequence[Row], mapping: FileMapping) -> Iterator[tuple[int, int]]:
    """Where a header may be: the place of its first row in `head`, and how many rows it takes.

    It does not end within merged cells that begin in it.
    """
    if mapping.header:
        first, last = mapping.header
        inside = [place for place, (number, _) in enumerate(head) if first <= number <= last or number == 0]
        if inside:
            yield inside[0], len(inside)
        return
    for place in range(min(len(head), HEAD // 2)):
        for depth in range(1, MAX_DEPTH + 1):
            if place + depth <= len(head) and any(cell != "" for cell in head[place][1]):
                first, last = head[place][0], head[place + depth - 1][0]
                if not any(first <= merge.top <= last < merge.bottom for merge in sheet.merges):
                    yield place, depth


def _own_layout(head: Sequence[Row]) -> Layout | None:
    """The program's own columns, as `aiplus export` writes them, in any order."""
    for place, (number, cells) in enumerate(head[:2]):
        names = [text_of(cell).casefold() for cell in cells]
        roles = [_SDMX.get(name, name) for name in names]
        if {"id", "recorded_at"} <= set(roles):
            columns = tuple(
                Column(index, names[index], role if role in FIELDS else "ignore") for index, role in enumerate(roles)
            )
            known = [column.role for column in columns if column.role != "ignore"]
            if len(set(known)) == len(known):
                return Layout((number, number), columns, own=True)
        if place == 0 and any(names):
            return None
    return None


@dataclass
class _Attempt:
    """A header tried at one place: its columns, or what is wrong with it there."""

    rows: tuple[int, int]
    columns: list[Column]
    problems: list[Problem]
    understood: int


def _try(
    sheet: Sheet, head: Sequence[Row], place: int, depth: int, words: Vocabulary, given: frozenset[str]
) -> _Attempt:
    titles = _titles(sheet, head[place : place + depth])
    body = head[place + depth :]
    attempt = _Attempt((head[place][0], head[place + depth - 1][0]), [], [], -_count_numbers(titles))
    width = max((len(cells) for _, cells in body), default=0)
    headers = [words.header(texts) if texts else Header("", unknown=True) for texts in titles]
    headers += [Header("", unknown=True) for _ in range(width - len(headers))]
    said = {name for header in headers if not header.unknown for name in (header.role, *header.dimensions)} | given
    for index, header in enumerate(headers):
        _explain(attempt, sheet, index, header, body, words, said)
    _check_whole(attempt, sheet, given)
    return attempt


def _count_numbers(titles: Sequence[Sequence[str]]) -> int:
    """Titles that are bare numbers other than years: more likely figures than a header."""
    texts = [text for column in titles for text in column]
    return sum(_BARE_NUMBER.fullmatch(text) is not None and not is_year(text) for text in texts)


def _explain(
    attempt: _Attempt, sheet: Sheet, index: int, header: Header, body: Sequence[Row], words: Vocabulary, said: set[str]
) -> None:
    """The column of a header; one that is not understood may still be by what stands in it."""
    if header.unknown:
        values = [text_of(cells[index]) for _, cells in body if index < len(cells) and cells[index] != ""]
        role = "" if header.title else _role_of(values, words, said) if values else "ignore"
        if not role:
            attempt.problems.append(_unknown_column(sheet.where(attempt.rows[1], index), header))
            return
        header = replace(header, role=role, unknown=False)
        said.add(role)
    attempt.understood += 1 if header.role != "ignore" else 0
    role = header.role or "figure"
    column = Column(
        index, header.title, role, header.indicator, header.region, header.period, header.unit, header.status
    )
    attempt.columns.append(column)


def _unknown_column(where: str, header: Header) -> Problem:
    if header.why:
        return Problem(where, header.why.what, header.why.fix)
    return Problem(
        where,
        Message("the column '{title}' is not understood", title=header.title or "-"),
        Message("say in a mapping what it is, or 'ignore': --suggest-map writes one"),
    )


def _role_of(values: Sequence[str], words: Vocabulary, said: set[str]) -> str:
    """The missing dimension that every cell of a column names; empty where none does."""
    if not values:
        return ""
    for role in DIMENSIONS:
        if role not in said and all(_names(role, value, words) for value in values[:20] if not is_missing(value)):
            return role
    return ""


def _names(role: str, text: str, words: Vocabulary) -> bool:
    if words.is_skipped(text):
        return True
    try:
        if role == "indicator":
            return words.indicator(text)[0] is not None
        return words.has_region(text) if role == "region" else bool(words.period(text))
    except InputProblem:
        return False


def column_titles(sheet: Sheet, rows: Sequence[Row]) -> list[str]:
    """The title of each column, as a mapping names it."""
    return [" ".join(texts) for texts in _titles(sheet, rows)]


def _titles(sheet: Sheet, rows: Sequence[Row]) -> list[list[str]]:
    """The header's texts of each column from the top; merged cells count in every column they cover."""
    width = max((len(cells) for _, cells in rows), default=0)
    grid = [[time_text(cell) for cell in cells] + [""] * (width - len(cells)) for _, cells in rows]
    for place, (number, _) in enumerate(rows):
        if sheet.merges:
            _fill_merged(grid[place], number, sheet)
        elif place < len(rows) - 1:
            _fill_right(grid[place], grid[place + 1 :])
    return [[row[index] for row in grid if row[index]] for index in range(width)]


def _fill_merged(texts: list[str], number: int, sheet: Sheet) -> None:
    for top, left, _, right in sheet.merges:
        if top == number and 0 <= left < len(texts):
            for index in range(left + 1, min(right + 1, len(texts))):
                texts[index] = texts[left]


def _fill_right(texts: list[str], below: Sequence[list[str]]) -> None:
    """A CSV keeps a merged header's text in its first cell only: it covers the empty ones that have a title below."""
    last, under = "", False
    for index, text in enumerate(texts):
        has_title = any(row[index] for row in below)
        if text:
            last, under = text, has_title
        elif last and under and has_title:
            texts[index] = last
        else:
            last = ""


def _check_whole(attempt: _Attempt, sheet: Sheet, given: frozenset[str]) -> None:
    """One column a role, one kind of figure columns, and every dimension known once."""
    roles = [column.role for column in attempt.columns if column.role not in ("figure", "ignore")]
    figures = [column for column in attempt.columns if column.role == "figure"]
    where = sheet.where(attempt.rows[0])
    kinds = {_dimensions(column) for column in figures}
    across: frozenset[str] = next(iter(kinds)) if len(kinds) == 1 else frozenset()
    for role in sorted({role for role in roles if roles.count(role) > 1}):
        attempt.problems.append(
            Problem(
                where,
                Message("several columns are '{role}'", role=role),
                Message("say in a mapping which of them to ignore"),
            )
        )
    if len(kinds) > 1 or (figures and "value" in roles):
        attempt.problems.append(_mixed(where))
    known = {(column.indicator and column.indicator.id, column.region, column.period) for column in figures}
    if len(known) < len(figures):
        attempt.problems.append(_mixed(where))
    for role in sorted(across & set(roles)):
        attempt.problems.append(
            Problem(
                where,
                Message("the {role} is said twice: by a column, and by the headers of the figures", role=role),
                Message("say in a mapping which of them to ignore"),
            )
        )
    have = set(roles) | across | given
    for name in ("indicator", "period"):
        if name not in have:
            attempt.problems.append(
                Problem(
                    where,
                    Message("no column says the {role}", role=name),
                    Message("name it in a mapping: as a column, or under 'always' for the whole table"),
                )
            )
    if not figures and "value" not in roles:
        attempt.problems.append(
            Problem(
                where,
                Message("no column holds figures"),
                Message("name one in a mapping: 'value', or the period, region or indicator of its figures"),
            )
        )


def _mixed(where: str) -> Problem:
    return Problem(
        where,
        Message("the columns of figures do not fit together: two are alike, or of different kinds"),
        Message("say in a mapping what each is, or which to ignore"),
    )


def _dimensions(column: Column) -> frozenset[str]:
    said = {"indicator": column.indicator, "region": column.region, "period": column.period}
    return frozenset(name for name, value in said.items() if value is not None)


def _not_understood(sheet: Sheet, tries: Sequence[_Attempt]) -> InputProblem:
    """The problems of the place where most columns were understood."""
    if not tries:
        return no_table(sheet)
    best = best_attempt(tries)
    if best.understood <= 0:
        return InputProblem(
            Problem(
                sheet.where(best.rows[0]),
                Message("no row is understood as a header"),
                Message("say in a mapping which row it is and what its columns are: --suggest-map writes one"),
            )
        )
    return InputProblem(*best.problems[:20])


def no_table(sheet: Sheet) -> InputProblem:
    """A sheet in which nothing stands."""
    what = Message("there is no table in it")
    if sheet.hidden.left_out:
        what = Message("there is no table in it, apart from what is hidden")
    where = f"{sheet.file} {sheet.name}".strip()
    return InputProblem(Problem(where, what, Message("check the file, --sheet and --range")))


def no_figures(sheet: Sheet, last: int) -> InputProblem:
    """A table that says nothing: its header, which ends in row `last`, has no figure below it."""
    what = Message("no figure stands below the header")
    if sheet.hidden.left_out:
        what = Message("no figure stands below the header, apart from what is hidden")
    fix = Message("check that it is the right file, and --sheet and --range")
    return InputProblem(Problem(sheet.where(last), what, fix))


def best_attempt(tries: Sequence[_Attempt]) -> _Attempt:
    """The attempt that understood most columns with the fewest problems."""
    return max(tries, key=lambda attempt: (attempt.understood - 0.5 * len(attempt.problems), -attempt.rows[0]))


def all_attempts(sheet: Sheet, head: Sequence[Row], words: Vocabulary, given: frozenset[str]) -> list[_Attempt]:
    """Every place tried, for `--suggest-map`."""
    return [_try(sheet, head, place, depth, words, given) for place, depth in _places(sheet, head, words.mapping)]


def is_note(cells: Sequence[Cell]) -> bool:
    """Whether a row is a title, a note or blank: at most one cell has text."""
    return sum(cell != "" for cell in cells) <= 1
