"""Pages of lines and tables, for a terminal or as Markdown, and the words that they share."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from aiplus_cli.errors import Message
from aiplus_cli.ledger.entries import Figure, Rating
from aiplus_cli.plan.places import EN, ZH
from aiplus_cli.plan.records import NATION, Indicator, Names
from aiplus_cli.render import Options
from aiplus_cli.render.numbers import plain, with_unit
from aiplus_cli.render.view import Section
from aiplus_cli.words import i18n


@dataclass(frozen=True)
class Page:
    """A title, lines under it, tables, and closing lines."""

    title: str
    lines: list[str]
    sections: list[Section]
    closing: list[str] = field(default_factory=list)


def render_page(name: str, page: Page, options: Options) -> str:
    """The page as `table` or as `markdown`."""
    return _markdown(page) if name == "markdown" else _screen(page, options)


def _screen(page: Page, options: Options) -> str:
    from aiplus_cli.render.table import Screen

    screen = Screen(options)
    screen.lines([page.title, *page.lines])
    for section in page.sections:
        screen.section(section)
    screen.lines(page.closing)
    return screen.text()


def _markdown(page: Page) -> str:
    from aiplus_cli.render.doc import escape, markdown_table

    parts = [f"# {escape(page.title)}", *map(escape, page.lines)]
    for section in page.sections:
        parts += [
            f"## {escape(section.title)}",
            markdown_table(section),
            *(f"- {escape(note)}" for note in section.notes),
        ]
    parts += map(escape, page.closing)
    return "\n\n".join(parts) + "\n"


class Phrases:
    """Names, units and figures in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def say(self, template: str, **values: object) -> str:
        """A sentence in the language of the page."""
        return i18n.translate(Message(template, **values), self.lang)

    def name(self, names: Names) -> str:
        return names.zh if self.lang == "zh" else names.en

    def region(self, code: str) -> str:
        return (ZH if self.lang == "zh" else EN).get(code, code)

    def title(self, indicator: Indicator, region: str) -> str:
        """The name of an indicator, marked as a stand-in, and its region unless that is the nation."""
        name = self.name(indicator.name)
        if indicator.proxy_for:
            name = self.say("proxy: {name}", name=name)
        return name if region == NATION else f"{name} [{self.region(region)}]"

    def number(self, value: Decimal | str | None, indicator: Indicator | None, *, bound: str = "") -> str:
        """A value as published with its bound and unit; a rating as a word."""
        if value is None:
            return "-"
        if isinstance(value, str):
            return i18n.word(value, self.lang)
        unit = indicator.unit if indicator else None
        text = (self.name(unit) if isinstance(unit, Names) else unit) or ""
        return bound + with_unit(plain(value), text)

    def figure(self, entry: Figure | Rating | None, indicator: Indicator | None) -> str:
        """A figure with the period it is for."""
        if entry is None:
            return "-"
        return f"{self.number(entry.value, indicator, bound=entry.bound)} ({entry.period})"
