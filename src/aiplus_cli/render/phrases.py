"""Names, units and numbers in one language: the words that pages share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from aiplus_cli.contract import phrases
from aiplus_cli.contract.numbers import plain, signed, with_unit
from aiplus_cli.contract.status import ContextRow, ResultRow
from aiplus_cli.errors import Message
from aiplus_cli.judge.methods import DEFAULT
from aiplus_cli.ledger.entries import Bound, Figure, Rating
from aiplus_cli.plan.places import EN, ZH
from aiplus_cli.plan.records import NATION, Indicator, Names, Plan
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import listed, with_detail


class Phrases:
    """Names, units and figures in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def say(self, template: str, **values: object) -> str:
        """A sentence in the language of the page."""
        return i18n.translate(Message(template, **values), self.lang)

    def said(self, phrase: Message | str) -> str:
        return i18n.translate(phrase, self.lang) if isinstance(phrase, Message) else phrase

    def joint(self, *parts: Message | None) -> str:
        """The sentences that there are, as one."""
        return self.say("; ").join(self.said(part) for part in parts if part)

    def name(self, names: Names) -> str:
        return names.zh if self.lang == "zh" else names.en

    def unit(self, indicator: Indicator) -> str:
        unit = indicator.unit
        return (self.name(unit) if isinstance(unit, Names) else unit) or ""

    def region(self, code: str) -> str:
        return (ZH if self.lang == "zh" else EN).get(code, code)

    def known_period(self, text: str) -> str:
        """A quarter or a year: `2029 Q3`, 2029年三季度."""
        year, _, quarter = text.partition("-")
        words = {
            "": Message("{year}", year=year),
            "Q1": Message("{year} Q1", year=year),
            "Q2": Message("{year} Q2", year=year),
            "Q3": Message("{year} Q3", year=year),
            "Q4": Message("{year} Q4", year=year),
        }
        return self.said(words[quarter])

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
        return bound + with_unit(plain(value), self.unit(indicator) if indicator else "")

    def figure(self, entry: Figure | Rating | None, indicator: Indicator | None) -> str:
        """A figure with the period it is for."""
        if entry is None:
            return "-"
        return with_detail(self.number(entry.value, indicator, bound=entry.bound), entry.period, self.lang)


class RowPhrases(Phrases):
    """What the rows of a status say, with the names and units of the plan."""

    def __init__(self, plan: Plan, lang: str) -> None:
        super().__init__(lang)
        self.plan = plan
        self.indicators = {indicator.id: indicator for indicator in plan.indicators}

    def indicator(self, row: ResultRow | ContextRow) -> Indicator:
        """The indicator of the plan that a row is about."""
        return self.indicators[row.indicator]

    def header(self, as_of: date, today: date, asked: str, used: Iterable[str | None]) -> list[str]:
        """The plan's title, and the dates and methods of a page."""
        methods = listed(dict.fromkeys(name for name in used if name), self.lang) or self.say("by indicator")
        return [
            with_detail(self.name(self.plan.about.title), self.plan.about.document, self.lang),
            self.say(
                "figures known on {as_of}, clock at {today}, method {method}",
                as_of=as_of,
                today=today,
                method=asked if asked != DEFAULT else methods,
            ),
        ]

    def published(self, shown: Figure | ResultRow | ContextRow, indicator: Indicator) -> str:
        """A number as published, with its bound, unit, status and period; a dash without one."""
        return self.said(phrases.published(shown, indicator))

    def target(self, row: ResultRow) -> str:
        """Operator, value and unit."""
        return self.said(phrases.target(row, self.indicator(row)))

    def points(self, value: Decimal, indicator: Indicator, *, digits: int = 1) -> str:
        """A difference in the indicator's unit: percentage points for a share."""
        unit = self.unit(indicator)
        return with_unit(signed(value, digits), self.say("pp") if unit == "%" else unit)

    def bounded(self, bound: Bound | None, value: Decimal | None, indicator: Indicator, *, digits: int = 1) -> str:
        """A difference worked out from figures that can be bounds, with what it is; a dash without one."""
        if value is None:
            return phrases.NONE
        return phrases.bounded(bound, self.points(value, indicator, digits=digits))

    def pace(self, row: ResultRow) -> str:
        """The required over the observed pace, with digits enough to be on the right side of a cut."""
        return phrases.pace(row)

    def measure(self, row: ResultRow) -> str:
        """The measure of a method that shows neither a pace nor a chance; a share of a gap or a growth in %."""
        return phrases.measure(row)

    def chance(self, row: ResultRow) -> str:
        """The probability as a share; a dash without one."""
        return phrases.chance(row)
