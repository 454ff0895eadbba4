"""The status page for a terminal: tables that drop whole columns rather than cut a cell."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from aiplus_cli.errors import Message
from aiplus_cli.i18n import translate
from aiplus_cli.model import Report
from aiplus_cli.render import Options
from aiplus_cli.render.text import visible
from aiplus_cli.render.view import Cell, Column, Sheet, View

if TYPE_CHECKING:
    from rich.tree import Tree

TONES = {
    "met": "green",
    "on_track": "green",
    "fresh": "green",
    "at_risk": "yellow",
    "due": "yellow",
    "insufficient_data": "yellow",
    "lagging": "red",
    "missed": "bold red",
    "stale": "red",
    "no_data": "dim",
    "none": "dim",
    "not_quantified": "dim",
}
_PADDING = 2
_NARROWEST = 22


def render_status(report: Report, options: Options) -> str:
    """The page as text, with colour codes when the options ask for colour."""
    view = View(report, options.lang)
    screen = Screen(options)
    screen.lines(view.header())
    for sheet in view.sheets(compare=options.compare):
        screen.sheet(sheet)
    screen.lines([view.summary()] if report.results else [view.say("nothing was assessed")])
    return screen.text()


class Screen:
    """A page that is written line by line and read back as one text."""

    def __init__(self, options: Options) -> None:
        self._width, self._color, self._lang = options.width, options.color, options.lang
        self._left_out: dict[str, None] = {}
        self._stream = io.StringIO()
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
            names = ", ".join(self._left_out)
            self.lines([translate(Message("no room for: {columns}", columns=names), self._lang)])
            self._left_out = {}
        lines = self._stream.getvalue().split("\n")
        return "\n".join(line.rstrip() for line in lines)

    def lines(self, texts: list[str], *, indent: int = 0) -> None:
        """Sentences, each on its own line, wrapped at the width and indented by so many blanks."""
        for text in map(visible, texts):
            if self._fits(" " * indent + text):
                self._stream.write(f"{' ' * indent}{text}\n")
            else:
                self._console.print(Padding(Text(text), (0, 0, 0, indent)))

    def verbatim(self, text: str) -> None:
        """A line to be copied: never wrapped, so that a terminal gives it back in one piece."""
        self._stream.write(f"{visible(text)}\n")

    def marked(self, word: str, style: str, text: str) -> None:
        """A sentence after a coloured word, on one line."""
        word, text = visible(word), visible(text)
        if self._fits(word + text) and not self._color:
            self._stream.write(f"{word}{text}\n")
        else:
            self._console.print(Text(word, style=style) + Text(text), soft_wrap=self._width is None)

    def _fits(self, text: str) -> bool:
        """Whether a line needs no wrapping, and so no help from rich, which is slow for tens of thousands of lines."""
        return self._width is None or cell_len(text) <= self._width

    def tree(self, tree: Tree) -> None:
        """A tree, its long lines wrapped at the width."""
        self._console.print(tree)

    def sheet(self, sheet: Sheet) -> None:
        """A table with a blank line and its title before it, and its notes after it."""
        self._console.print()
        self._console.print(Text(sheet.title, style="bold"))
        self._console.print(self._table(sheet))
        for note in sheet.notes:
            self._note(note)

    def _note(self, note: str) -> None:
        """A note with its mark; further lines stand under the first."""
        note = visible(note)
        if self._fits(f"  * {note}"):
            self._stream.write(f"  * {note}\n")
        else:
            grid = Table.grid(padding=0)
            grid.add_row("  * ", Text(note))
            self._console.print(grid)

    def _table(self, sheet: Sheet) -> Table:
        shown = fitting_columns(sheet, self._width)
        self._left_out |= {c.title: None for index, c in enumerate(sheet.columns) if index not in shown}
        table = Table(box=None, pad_edge=False, padding=(0, _PADDING, 0, 0), header_style="bold")
        for index in shown:
            column = sheet.columns[index]
            table.add_column(
                Text(column.title),
                justify="right" if column.right else "left",
                no_wrap=not column.flexible,
                overflow="fold",
            )
        for row in sheet.rows:
            table.add_row(*(_text(row[index]) for index in shown))
        return table


def _text(cell: Cell) -> Text:
    return Text(visible(cell.text), style=TONES.get(cell.tone, ""))


def fitting_columns(sheet: Sheet, width: int | None) -> list[int]:
    """The columns that fit, by index: whole ones are dropped, the highest priority number first."""
    shown = list(range(len(sheet.columns)))
    while width is not None and _needed(sheet, shown) > width:
        droppable = [index for index in shown if sheet.columns[index].priority]
        if not droppable:
            break
        shown.remove(max(droppable, key=lambda index: sheet.columns[index].priority))
    return shown


def _needed(sheet: Sheet, shown: list[int]) -> int:
    return sum(_column_width(sheet, index, sheet.columns[index]) + _PADDING for index in shown) - _PADDING


def _column_width(sheet: Sheet, index: int, column: Column) -> int:
    widest = max(cell_len(visible(text)) for text in [column.title, *(row[index].text for row in sheet.rows)])
    return min(widest, _NARROWEST) if column.flexible else widest
