"""The past cases nearest to a target: how many arrived, the nearest by name, and what the count is worth."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from aiplus_cli.contract.numbers import rounded, signed
from aiplus_cli.contract.phrases import bounded, share_text
from aiplus_cli.contract.plan import BothNames
from aiplus_cli.contract.precedents import PrecedentRow, PrecedentsRow
from aiplus_cli.render.phrases import Phrases
from aiplus_cli.render.table import Screen
from aiplus_cli.render.view import Heading, Section, Shown
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import listed, with_detail


def show_precedents(screen: Screen, phrases: Phrases, row: PrecedentsRow) -> None:
    """Write the count and the cases, or why there are none."""
    screen.lines([f"  {line}" for line in _lines(phrases, row)])
    if row.cases:
        screen.section(_section(phrases, row))


def _lines(phrases: Phrases, row: PrecedentsRow) -> Iterator[str]:
    """The count beside the chance, or why there is none."""
    if row.reason:
        yield phrases.say("no precedents: {reason}", reason=i18n.translate(row.reason, phrases.lang))
        return
    share = Decimal(row.arrived) / row.nearest
    yield phrases.say(
        "of the {n} nearest past cases, {arrived} arrived in time ({share} %)",
        n=row.nearest,
        arrived=row.arrived,
        share=rounded(share * 100, 0),
    )
    if row.differs and row.probability is not None:
        yield phrases.say(
            "that is {points} points from the chance of {chance} %, more than 10: past cases and method disagree",
            points=rounded(abs(share - row.probability) * 100, 0, apart_from=[Decimal(10)]),
            chance=bounded(row.probability_bound, share_text(row.probability)),
        )


def _section(phrases: Phrases, row: PrecedentsRow) -> Section:
    """The cases that are named, with the rule by which they are near."""
    columns = (
        Heading(phrases.say("Technology, place"), flexible=True),
        Heading(phrases.say("Date")),
        Heading(phrases.say("Stood"), right=True),
        Heading(phrases.say("Gain"), 2, right=True),
        Heading(phrases.say("Years"), 3, right=True),
        Heading(phrases.say("Asked"), right=True),
        Heading(phrases.say("Came to"), right=True),
        Heading(phrases.say("In time")),
    )
    title = phrases.say("The nearest precedents by name")
    return Section(title, columns, [_cells(phrases, case) for case in row.cases], list(_notes(phrases, row)))


def _cells(phrases: Phrases, case: PrecedentRow) -> tuple[Shown, ...]:
    return (
        Shown(phrases.say("{one}, {other}", one=_name(phrases, case.technology), other=_name(phrases, case.place))),
        Shown(case.period),
        Shown(rounded(case.level, 1)),
        Shown(signed(case.gain, 1)),
        Shown(rounded(case.years_left, 1)),
        Shown(rounded(case.asked, 1, apart_from=[case.came])),
        Shown(rounded(case.came, 1, apart_from=[case.asked])),
        Shown(phrases.say("yes") if case.arrived else phrases.say("no")),
    )


def _name(phrases: Phrases, names: BothNames) -> str:
    return names.zh if phrases.lang == "zh" else names.en


def _notes(phrases: Phrases, row: PrecedentsRow) -> Iterator[str]:
    if row.level is not None and row.gain is not None and row.asked is not None and row.years_left is not None:
        yield phrases.say(
            "nearest to a level of {level} % and a gain of {gain} points in the last year, "
            "and asked to go as far as from there to {asked} % in {years} years",
            level=bounded(row.level_bound, rounded(row.level, 1)),
            gain=bounded(row.level_bound, signed(row.gain, 1)),
            asked=rounded(row.asked, 1),
            years=rounded(row.years_left, 1),
        )
    yield phrases.say(
        "stood, asked and came to in per cent, gain in points over the year before; "
        "years: left to the day that was asked for"
    )
    if row.mirrored:
        yield phrases.say(
            "what is to fall is read as what is left: 30 % that are to fall stand as 70 % that are to rise"
        )
    if row.of_range:
        yield phrases.say("levels are per cent of the range of the indicator")
    if row.level_bound == ">":
        yield phrases.say("the latest figure is a floor: it is taken as its value here, the least that it can be")
    sources = listed(dict.fromkeys(_source(phrases, case) for case in row.cases), phrases.lang)
    yield phrases.say("figures: {sources}; the rule and all sources: docs/methods.md, Precedents", sources=sources)


def _source(phrases: Phrases, case: PrecedentRow) -> str:
    free = case.licence == "public domain"
    return with_detail(case.source, phrases.say("public domain") if free else case.licence, phrases.lang)
