"""Everything about one indicator, and the arithmetic of its verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from aiplus_cli.contract import phrases
from aiplus_cli.contract.numbers import plain, rounded, signed, with_unit
from aiplus_cli.contract.phrases import bounded
from aiplus_cli.contract.show import EquationRow, ExplanationRow, PathRow, ShowDocument, TargetRow, WorkingRow
from aiplus_cli.contract.status import ResultRow
from aiplus_cli.errors import Message
from aiplus_cli.plan.records import NATION, Indicator, Plan
from aiplus_cli.render import Options
from aiplus_cli.render.forecast import ahead_section
from aiplus_cli.render.log import log_section
from aiplus_cli.render.precedents import show_precedents
from aiplus_cli.render.table import Screen
from aiplus_cli.render.view import View
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import labelled, listed, with_detail

BARS = "▁▂▃▄▅▆▇█"


def render_show(show: ShowDocument, plan: Plan, options: Options) -> str:
    """Names, definition, targets, verdicts, the sparkline and every vintage published by the report's date."""
    view, screen = View(show, plan, options.lang, lambda _: not options.explain), Screen(options)
    indicator = view.indicators[show.indicator.id]
    title = labelled(indicator.id, view.name(indicator.name), view.lang)
    screen.lines([title, view.head()[1], *_facts(view, indicator)])
    targets = [_target_line(view, indicator, target) for target in show.targets]
    screen.lines(["", view.say("Targets"), *targets] if targets else [])
    for section in view.sections(compare=options.compare):
        screen.section(section)
    region = show.results[0].region if show.results else NATION
    spark = sparkline([point.value for point in show.figures if point.region == region], options)
    screen.lines(["", view.say("Series") + view.say(": ") + spark] if spark else [])
    if show.ahead:
        screen.section(ahead_section(view, indicator, show.ahead))
    if show.entries:
        screen.section(log_section(show.entries, options.lang, mark=True))
    if options.explain:
        for row, explanation in zip(show.results, show.explanations, strict=True):
            screen.lines(["", *explained(view, row, explanation)])
            if explanation.precedents:
                show_precedents(screen, view, explanation.precedents)
            screen.lines(list(worked_out(view, row, explanation)))
    return screen.text()


def _facts(view: View, indicator: Indicator) -> Iterator[str]:
    area = view.plan.names_area(indicator.area)
    pairs = [
        (Message("Definition"), view.name(indicator.definition) if indicator.definition else None),
        (Message("Denominator"), view.name(indicator.denominator) if indicator.denominator else None),
        (Message("Publisher"), indicator.publisher),
        (Message("Area"), view.name(area) if area else None),
        (Message("Unit"), view.unit(indicator) or None),
        (Message("Stands in for"), indicator.proxy_for),
        (Message("Proxies"), listed((proxy.id for proxy in view.plan.proxies(indicator.id)), view.lang)),
        (Message("Evidence series"), listed(indicator.evidence, view.lang)),
    ]
    for title, text in pairs:
        if text:
            yield labelled(title, text, view.lang)


def _target_line(view: View, indicator: Indicator, target: TargetRow) -> str:
    number = f"{target.op} {with_unit(plain(target.target), view.unit(indicator))}" if target.target is not None else ""
    parts = [
        number,
        target.clause,
        target.document,
        target.note,
        view.say("draft, not assessed") if target.draft else None,
    ]
    text = view.say("; ").join(part for part in parts if part)
    return f"  {target.milestone} {view.region(target.region)}{view.say(': ')}{text}"


def sparkline(values: Sequence[Decimal], options: Options) -> str:
    """One bar a value, lowest to highest; digits 1 to 8 where signs are plain; nothing for a single value."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    bars = "12345678" if options.is_plain else BARS
    return "".join(bars[int((value - low) * 7 / (high - low)) if high > low else 0] for value in values)


def explained(view: View, row: ResultRow, explanation: ExplanationRow) -> Iterator[str]:
    """How one result was judged, in words; past cases and formulas follow."""
    title = f"{row.indicator} {row.region} {row.due}"
    yield view.say("How {title} was judged: {verdict}", title=title, verdict=view.verdict(row).text)
    yield f"  {view.reason(row)}"
    if explanation.working:
        yield from _words(view, row, explanation.working)


def worked_out(view: View, row: ResultRow, explanation: ExplanationRow) -> Iterator[str]:
    """The arithmetic of one result, with the numbers put in."""
    if isinstance(row.value, Decimal) and row.target is not None:
        yield "  " + view.say(
            "reached? {value} {op} {target}: {met}",
            value=f"{row.bound}{plain(row.value)}",
            op=row.op,
            target=plain(row.target),
            met=_answer(view, explanation.reached),
        )
        if explanation.path:
            yield from _path_lines(view, explanation.path, row)
    if explanation.working:
        yield from _arithmetic(view, explanation.working)


def _answer(view: View, reached: bool | None) -> str:  # noqa: FBT001 - the answer itself
    if reached is None:
        return view.say("not known")
    return view.say("yes") if reached else view.say("no")


def _path_lines(view: View, path: PathRow, row: ResultRow) -> Iterator[str]:
    yield "  " + (_level(view, path) if path.level else _course(view, path))
    yield "  " + view.say(
        "against the path: {value} - {expected} = {gap}: {position}",
        value=view.number(row.value, None, bound=row.bound or ""),
        expected=bounded(row.expected_bound, rounded(path.expected, 4)),
        gap=bounded(row.gap_bound, signed(path.gap, 4)),
        position=view.said(phrases.position(row, view.indicator(row))),
    )


def _level(view: View, path: PathRow) -> str:
    return view.say(
        "path: at {vb} ({period}) it was already at or beyond the target; the level to hold is {expected}",
        vb=plain(path.baseline_value),
        period=path.baseline_period,
        expected=plain(path.expected),
    )


def _course(view: View, path: PathRow) -> str:
    return view.say(
        "path: from {vb} ({period}, t = {b}) through {corners}; at t = {t} it is at {expected}",
        vb=plain(path.baseline_value),
        period=path.baseline_period,
        b=rounded(path.baseline_at, 4),
        corners=[
            with_detail(plain(corner.value), f"t = {rounded(corner.at, 4)}", view.lang) for corner in path.corners
        ],
        t=rounded(path.at, 4),
        expected=rounded(path.expected, 4),
    )


def _words(view: View, row: ResultRow, working: WorkingRow) -> Iterator[str]:
    """What the method asks and how it decides, and where the value will lie."""
    yield "  " + view.say("method {name}: {question}", name=working.method, question=working.question)
    yield "  " + view.say("rule: {rule}", rule=working.rule)
    if working.reason:
        yield f"  {i18n.translate(working.reason, view.lang)}"
    if row.interval:
        yield "  " + view.say(
            "with a probability of {level} % the value then lies from {low} to {high}",
            level=rounded(row.interval.level * 100, 0),
            low=bounded(row.interval.bound, rounded(row.interval.low, 1)),
            high=bounded(row.interval.bound, rounded(row.interval.high, 1)),
        )


def _arithmetic(view: View, working: WorkingRow) -> Iterator[str]:
    """The method's formulas, with the numbers put in."""
    for step in working.equations:
        value = rounded(step.result, 4) if step.result is not None else view.say("none")
        yield f"  {step.formula}"
        yield f"  {' ' * step.formula.index('=')}= {substitute(step)} = {value}"


def substitute(step: EquationRow) -> str:
    """The right side of a step's formula with each symbol replaced by its number: values as they are."""
    right = step.formula.split("=", 1)[1].strip()
    pattern = re.compile(r"\b(" + "|".join(sorted(step.terms, key=len, reverse=True)) + r")\b")
    return pattern.sub(lambda match: _term(match[1], step.terms[match[1]]), right)


def _term(symbol: str, value: Decimal) -> str:
    exact = symbol in ("vT", "vt", "vb", "d") and abs(value.as_tuple().exponent) < 12  # type: ignore[arg-type]
    return plain(value) if exact else rounded(value, 4)
