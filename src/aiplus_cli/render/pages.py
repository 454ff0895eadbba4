"""Pages of lines and tables, for a terminal or as Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field

from aiplus_cli.render import Options
from aiplus_cli.render.view import Section


@dataclass(frozen=True)
class Page:
    """A title, lines under it, tables, and closing lines."""

    title: str
    lines: list[str]
    sections: list[Section]
    closing: list[str] = field(default_factory=list)


def page_screen(page: Page, options: Options) -> str:
    """The page for a terminal."""
    from aiplus_cli.render.table import Screen

    screen = Screen(options)
    screen.lines([page.title, *page.lines])
    for section in page.sections:
        screen.section(section)
    screen.lines(page.closing)
    return screen.text()


def page_markdown(page: Page) -> str:
    """The page as Markdown, all columns."""
    from aiplus_cli.render.doc import escape, markdown_table

    parts = [f"# {escape(page.title)}", *map(escape, page.lines)]
    for section in page.sections:
        parts += [
            f"## {escape(section.title)}",
            markdown_table(section),
            *(f"- {escape(note)}" for note in section.notes_under(section.columns)),
        ]
    parts += map(escape, page.closing)
    return "\n\n".join(parts) + "\n"
