"""Everything about one indicator, and the arithmetic of its verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from aiplus_cli.contract.numbers import plain, rounded, signed, with_unit
from aiplus_cli.contract.status import result_row, status_document
from aiplus_cli.errors import Message
from aiplus_cli.judge.methods import METHODS
from aiplus_cli.judge.methods.calibrated import history
from aiplus_cli.judge.records import Assessment, Equation, Report
from aiplus_cli.judge.series import build_series
from aiplus_cli.ledger.entries import Entry, Figure, Rating, Withdrawal
from aiplus_cli.ledger.vintages import current
from aiplus_cli.plan.periods import read_period, year_position
from aiplus_cli.plan.records import NATION, Indicator, Target
from aiplus_cli.render import Options
from aiplus_cli.render.log import log_section
from aiplus_cli.render.table import Screen
from aiplus_cli.render.view import View
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import labelled, listed, with_detail

BARS = "▁▂▃▄▅▆▇█"


def render_show(
    report: Report, indicator: Indicator, entries: Sequence[Entry], options: Options, *, explain: bool
) -> str:
    """Names, definition, targets, verdicts, the sparkline and every vintage published by the report's date."""
    view = View(status_document(report), report.plan, options.lang)
    screen = Screen(options)
    title = labelled(indicator.id, view.name(indicator.name), view.lang)
    screen.lines([title, view.head()[1], *_facts(view, indicator)])
    targets = [_target_line(view, indicator, target) for target in _targets(view, indicator)]
    screen.lines(["", view.say("Targets"), *targets] if targets else [])
    for section in view.sections(compare=options.compare):
        screen.section(section)
    own = [entry for entry in entries if _belongs(entry, indicator.id, entries) and entry.published <= report.as_of]
    in_force = current(own, report.as_of)
    shown = in_force.get((indicator.id, report.results[0].region if report.results else NATION), {})
    spark = sparkline(shown.values(), options)
    screen.lines(["", view.say("Series") + view.say(": ") + spark] if spark else [])
    ids = frozenset(entry.id for periods in in_force.values() for entry in periods.values())
    if own:
        screen.section(log_section(own, options.lang, current=ids))
    if explain:
        for result in report.results:
            screen.lines(["", *explained(view, result)])
    return screen.text()


def _targets(view: View, indicator: Indicator) -> tuple[Target, ...]:
    return view.plan.targets_of(indicator)


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


def _target_line(view: View, indicator: Indicator, target: Target) -> str:
    number = f"{target.op} {with_unit(plain(target.value), view.unit(indicator))}" if target.value is not None else ""
    parts = [
        number,
        target.clause,
        target.document,
        target.note,
        view.say("draft, not assessed") if target.draft else None,
    ]
    text = view.say("; ").join(part for part in parts if part)
    return "  " + labelled(f"{target.milestone} {view.region(target.region)}", text, view.lang)


def _belongs(entry: Entry, indicator: str, entries: Sequence[Entry]) -> bool:
    if not isinstance(entry, Withdrawal):
        return entry.indicator == indicator
    return any(
        other.id == entry.withdraws and not isinstance(other, Withdrawal) and other.indicator == indicator
        for other in entries
    )


def sparkline(entries: Iterable[Figure | Rating], options: Options) -> str:
    """One bar a period of the numbers shown, lowest to highest; digits 1 to 8 where the stream has no bars."""
    series = build_series(entries)
    if series is None or len(series.points) < 2:
        return ""
    values = [point.figure.value for point in series.points]
    low, high = min(values), max(values)
    bars = BARS if _can_encode(BARS, options.encoding) else "12345678"
    return "".join(bars[int((value - low) * 7 / (high - low)) if high > low else 0] for value in values)


def _can_encode(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def explained(view: View, result: Assessment) -> Iterator[str]:
    """The arithmetic of one result, with the numbers put in."""
    title = f"{result.indicator.id} {result.region} {result.milestone.due}"
    yield view.say("How {title} was judged: {verdict}", title=title, verdict=i18n.word(result.verdict, view.lang))
    latest = result.latest
    if not isinstance(latest, Figure) or result.target.value is None:
        if result.reason:
            yield f"  {i18n.translate(result.reason, view.lang)}"
        yield from _method_lines(view, result)
        return
    met = view.say("yes") if result.verdict == "met" else view.say("no")
    yield "  " + view.say(
        "reached? {value} {op} {target}: {met}",
        value=plain(latest.value),
        op=result.target.op,
        target=plain(result.target.value),
        met=met,
    )
    yield from _path_lines(view, result, latest)
    yield from _method_lines(view, result)


def _path_lines(view: View, result: Assessment, latest: Figure) -> Iterator[str]:
    period = read_period(latest.period)
    course = result.course
    if course is None or course.path is None or period is None:
        return
    path, base = course.path, course.goal.baseline
    yield "  " + view.say(
        "path: from {vb} ({period}, t = {b}) through {corners}; at t = {t} it is at {expected}",
        vb=plain(base.figure.value),
        period=base.figure.period,
        b=rounded(base.at, 4),
        corners=[
            with_detail(plain(value), f"t = {rounded(year_position(day), 4)}", view.lang) for day, value in path.corners
        ],
        t=rounded(year_position(period.end), 4),
        expected=rounded(path.expected, 4),
    )
    yield "  " + view.say(
        "gap = {value} - {expected} = {gap}",
        value=plain(latest.value),
        expected=rounded(path.expected, 4),
        gap=signed(path.gap, 4),
    )


def _method_lines(view: View, result: Assessment) -> Iterator[str]:
    """The method's arithmetic, what it says of past cases, and what the other methods say."""
    ruling, course = result.ruling, result.course
    if ruling is None or course is None:
        return
    method, outcome = METHODS[ruling.method], ruling.outcome
    yield "  " + view.say("method {name}: {question}", name=ruling.method, question=method.QUESTION)
    for step in method.working(course.goal, course.series):
        value = rounded(step.result, 4) if step.result is not None else view.say("none")
        yield f"    {step.formula}"
        yield f"    {' ' * step.formula.index('=')}= {substitute(step)} = {value}"
    yield "  " + view.say("rule: {rule}", rule=method.RULE)
    if outcome.reason:
        yield f"  {i18n.translate(outcome.reason, view.lang)}"
    if outcome.probability is not None and 0 < outcome.probability < 1:
        yield f"  {i18n.translate(history(outcome.probability), view.lang)}"
    if outcome.interval:
        level, low, high = outcome.interval
        yield "  " + view.say(
            "with a probability of {level} % the value then lies from {low} to {high}",
            level=rounded(level * 100, 0),
            low=rounded(low, 1),
            high=rounded(high, 1),
        )
    row = result_row(result)
    if row.hangs_on_method:
        yield "  " + view.say("the verdict hangs on the method ({verdicts})", verdicts=view.verdicts_by_method(row))


def substitute(step: Equation) -> str:
    """The right side of a step's formula with each symbol replaced by its number: values as they are."""
    right = step.formula.split("=", 1)[1].strip()
    pattern = re.compile(r"\b(" + "|".join(sorted(step.terms, key=len, reverse=True)) + r")\b")
    return pattern.sub(lambda match: _term(match[1], step.terms[match[1]]), right)


def _term(symbol: str, value: Decimal) -> str:
    exact = symbol in ("vT", "vt", "vb", "d") and abs(value.as_tuple().exponent) < 12  # type: ignore[arg-type]
    return plain(value) if exact else rounded(value, 4)
