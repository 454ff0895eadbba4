"""The status page for a terminal: tables that drop whole columns rather than cut a cell."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.containers import Lines
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from aiplus_cli.contract.status import StatusDocument
from aiplus_cli.errors import Message
from aiplus_cli.plan.records import Plan
from aiplus_cli.render import Options
from aiplus_cli.render.text import visible
from aiplus_cli.render.view import Heading, Section, Shown, View
from aiplus_cli.words.i18n import translate
from aiplus_cli.words.signs import plain
from aiplus_cli.words.width import cells, wrap, wrap_cell

if TYPE_CHECKING:
    from rich.console import JustifyMethod, OverflowMethod
    from rich.tree import Tree

TONES = {
    "met": "green",
    "on_track": "green",
    "fresh": "green",
    "at_risk": "yellow",
    "due": "yellow",
    "insufficient_data": "yellow",
    "awaiting": "yellow",
    "off_track": "red",
    "missed": "bold red",
    "stale": "red",
    "no_data": "dim",
    "none": "dim",
    "not_quantified": "dim",
}
_PADDING = 2
_NARROWEST = 22


def render_status(status: StatusDocument, plan: Plan, options: Options) -> str:
    """The page as text, with colour codes when the options ask for colour."""
    view = View(status, plan, options.lang)
    screen = Screen(options)
    screen.lines(view.head())
    for section in view.sections(compare=options.compare):
        screen.section(section)
    screen.lines([view.summary()])
    return screen.text()


class _Plain(io.StringIO):
    """A page of plain signs: by its encoding the library draws trees with them."""

    encoding = "ascii"


class Screen:
    """A page that is written line by line and read back as one text."""

    def __init__(self, options: Options) -> None:
        self._width, self._color, self._lang = options.width, options.color, options.lang
        self._plain = options.is_plain
        self._left_out: dict[str, None] = {}
        self._stream = _Plain() if options.is_plain else io.StringIO()
        self._console = Console(
            file=self._stream,
            force_terminal=options.color,
            color_system="standard" if options.color else None,
            width=options.width or 10_000,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )

    def text(self) -> str:
        """The page; trailing blanks are cut, and columns for which there was no room are named at the end."""
        if self._left_out:
            self.lines([translate(Message("no room for: {columns}", columns=list(self._left_out)), self._lang)])
            self._left_out = {}
        lines = self._stream.getvalue().split("\n")
        return "\n".join(line.rstrip() for line in lines)

    def lines(self, texts: list[str], *, indent: int = 0) -> None:
        """Sentences, each on a line of its own or wrapped, behind its own leading blanks and so many more."""
        for text in map(self._shown, texts):
            blanks = " " * (indent + len(text) - len(text.lstrip()))
            for line in self._wrapped(text.lstrip(), len(blanks)):
                self._stream.write(f"{blanks}{line}\n")

    def verbatim(self, text: str) -> None:
        """A line to be copied: never wrapped, so that a terminal gives it back in one piece."""
        self._stream.write(f"{visible(text)}\n")

    def marked(self, word: str, style: str, text: str) -> None:
        """A sentence that begins with a coloured word."""
        word = self._shown(word)
        lines = self._wrapped(word + self._shown(text), 0)
        if self._color:
            first = lines.pop(0)
            self._console.print(Text(first[: len(word)], style=style) + Text(first[len(word) :]), soft_wrap=True)
        for line in lines:
            self._stream.write(f"{line}\n")

    def _shown(self, text: str) -> str:
        return plain(visible(text)) if self._plain else visible(text)

    def _with_signs(self, section: Section) -> Section:
        """The table with signs that the stream shows one cell wide: they are chosen before anything is measured."""
        if not self._plain:
            return section
        columns = tuple(replace(column, title=plain(column.title)) for column in section.columns)
        rows = [tuple(replace(cell, text=plain(cell.text)) for cell in row) for row in section.rows]
        return replace(section, columns=columns, rows=rows)

    def _wrapped(self, text: str, indent: int) -> list[str]:
        """The text in lines that fit behind the indent; as it is where there is no width or room for all of it."""
        if self._width is None or cells(text) <= self._width - indent:
            return [text]
        return wrap(text, max(self._width - indent, 1))

    def tree(self, tree: Tree) -> None:
        """A tree, its long lines wrapped at the width."""
        self._console.print(tree)

    def section(self, section: Section) -> None:
        """A table with a blank line and its title before it, and its notes after it."""
        section = self._with_signs(section)
        self._console.print()
        self._console.print(Text(section.title, style="bold"))
        self._console.print(self._table(section))
        shown = fitting_columns(section, self._width)
        for note in section.notes_under(section.columns[index] for index in shown):
            self._note(note)

    def _note(self, note: str) -> None:
        """A note with its mark; further lines stand under the first."""
        mark = "  * "
        for line in self._wrapped(self._shown(note), len(mark)):
            self._stream.write(f"{mark}{line}\n")
            mark = " " * len(mark)

    def _table(self, section: Section) -> Table:
        shown = fitting_columns(section, self._width)
        self._left_out |= {c.title: None for index, c in enumerate(section.columns) if index not in shown}
        table = Table(box=None, pad_edge=False, padding=(0, _PADDING, 0, 0), header_style="bold")
        for index in shown:
            column = section.columns[index]
            table.add_column(
                _CellText(column.title),
                justify="right" if column.right else "left",
                no_wrap=not column.flexible,
                overflow="fold",
            )
        for row in section.rows:
            table.add_row(*(_text(row[index]) for index in shown))
        return table


class _CellText(Text):
    """The text of a cell, in lines of our own: the library parts a number from its unit."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        if no_wrap:
            how: dict[str, Any] = {"overflow": overflow, "tab_size": tab_size, "no_wrap": no_wrap}
            return super().wrap(console, width, justify=justify, **how)
        lines = Lines(Text(line, style=self.style) for line in wrap_cell(self.plain, width))
        lines.justify(console, width, justify=justify or "left", overflow="fold")
        return lines


def _text(cell: Shown) -> Text | Padding:
    """The cell in its colour; where an indented text takes more lines, all of them are indented."""
    text = visible(cell.text)
    indent = len(text) - len(text.lstrip())
    shown = _CellText(text[indent:], style=TONES.get(cell.tone, ""))
    return Padding(shown, (0, 0, 0, indent)) if indent else shown


def fitting_columns(section: Section, width: int | None) -> list[int]:
    """The columns that fit, by index: whole ones are dropped, the highest priority number first."""
    shown = list(range(len(section.columns)))
    while width is not None and _needed(section, shown) > width:
        droppable = [index for index in shown if section.columns[index].priority]
        if not droppable:
            break
        shown.remove(max(droppable, key=lambda index: section.columns[index].priority))
    return shown


def _needed(section: Section, shown: list[int]) -> int:
    return sum(_column_width(section, index, section.columns[index]) + _PADDING for index in shown) - _PADDING


def _column_width(section: Section, index: int, column: Heading) -> int:
    widest = max(cells(visible(text)) for text in [column.title, *(row[index].text for row in section.rows)])
    return min(widest, _NARROWEST) if column.flexible else widest
