"""What is said of a finding: sentences of `check`, English in its JSON, translated by its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from aiplus_cli.check.question import COMMAND_LINE, SINCE_LAST
from aiplus_cli.check.records import Finding, Rule, Subject
from aiplus_cli.contract import phrases
from aiplus_cli.contract.numbers import plain, readable, rounded
from aiplus_cli.contract.status import ContextRow, ResultRow, result_row
from aiplus_cli.errors import Message, joined
from aiplus_cli.judge.records import Assessment
from aiplus_cli.ledger.entries import Figure, Rating
from aiplus_cli.words.enums import WORDS

WAIVER_DAYS = 90
VERDICT_RULES: tuple[Rule, ...] = ("missed", "off_track", "at_risk")
RUN_RULES: tuple[Rule, ...] = ("no_run", "old_run")
UNJUDGED: dict[str, Message] = {
    "insufficient_data": Message("too few figures for a verdict"),
    "no_data": Message("no figure is known"),
    "not_quantified": Message("the plan gives words only, and the gate asks for a number or a rating"),
    "no_target": Message("the series has no target"),
    "no_path": Message("there is no path that it could be held against"),
    "no_comparison": Message("nothing earlier is known that it can be compared with"),
}
"""Why a gate could not judge what it names."""
_AND = Message("; ")


@dataclass(frozen=True, slots=True)
class About:
    """What a finding is of: the result with its row, and targets.yaml as the reader finds it."""

    finding: Finding
    row: ResultRow | ContextRow | None
    path: str

    def where(self, line: int) -> str:
        return f"{self.path}:{max(line, 1)}"


def what(about: About) -> Message:
    """What was found of what, against what was asked, and what a waiver has to do with it."""
    finding, row = about.finding, about.row
    said = joined(*_found(finding, row), between=Message(": "))
    note = _excuse(about)
    return joined(said, note, between=_AND) if note else said


def _found(finding: Finding, row: ResultRow | ContextRow | None) -> Iterator[Message]:
    if finding.result is None or row is None:
        yield _policy(finding)
        return
    yield _name(finding.result)
    yield _of_result(finding, finding.result, row)


def _name(result: Subject) -> Message:
    """The indicator's name, and what it stands for."""
    name = phrases.name(result.indicator.name)
    if result.indicator.proxy_for:
        return Message("{name} (stands for {id})", name=name, id=result.indicator.proxy_for)
    return joined(name)


def _of_result(finding: Finding, result: Subject, row: ResultRow | ContextRow) -> Message:
    if finding.rule == "not_judged":
        return joined(Message("not judged: {why}", why=_unjudged(finding, result)), *_why(result))
    if finding.rule in VERDICT_RULES and isinstance(result, Assessment) and isinstance(row, ResultRow):
        return _verdict(finding, result, row)
    if finding.rule == "behind" and isinstance(result, Assessment):
        return _behind(finding, result)
    if finding.rule in ("stale", "due"):
        return _awaited(finding, row)
    if finding.rule == "probability" and isinstance(result, Assessment):
        return _probability(finding, result)
    if finding.rule in ("regression", "ratchet"):
        return _fall(finding, result)
    if finding.rule == "worsened":
        return Message(
            "the verdict worsened: {found}, against {asked} on {day}",
            found=WORDS[str(finding.found)],
            asked=WORDS[str(finding.asked)],
            day=finding.compared,
        )
    if finding.rule == "provisional" and isinstance(result, Assessment):
        return _provisional(finding, result)
    word = Message("no figure") if finding.rule == "none" else WORDS[finding.rule]
    return joined(word, *_why(result))


def _unjudged(finding: Finding, result: Subject) -> Message:
    if finding.asked is None or finding.found != "no_comparison":
        return UNJUDGED[str(finding.found)]
    return Message(
        "what is known are bounds, and leaves open which is the better: {found} against {op} {asked}",
        found=_figure(finding, result) if isinstance(finding.asked, Decimal) else _verdict_word(result),
        op=finding.op,
        asked=_asked(finding, finding.asked, result),
    )


def _asked(finding: Finding, asked: Decimal | str, result: Subject) -> object:
    """An earlier value or that of the path, with its unit; or an earlier verdict."""
    if isinstance(asked, str):
        return WORDS[asked]
    value = finding.figure.value if isinstance(finding.figure, Figure) else None
    return phrases.with_unit(readable(asked, value), result.indicator)


def _verdict_word(result: Subject) -> object:
    return WORDS[result.verdict] if isinstance(result, Assessment) else phrases.NONE


def _provisional(finding: Finding, result: Assessment) -> Message:
    rating = finding.figure if isinstance(finding.figure, Rating) else None
    found = Message("{text} ({detail})", text=WORDS[rating.value], detail=rating.period) if rating else None
    return Message(
        "{verdict}, by a figure that is not final: {found}",
        verdict=WORDS[result.verdict],
        found=found or _figure(finding, result),
    )


def _verdict(finding: Finding, result: Assessment, row: ResultRow) -> Message:
    word = phrases.verdict(row)
    if row.target is None:
        return joined(Message("{verdict}: {clause}", verdict=word, clause=row.clause or ""), *_why(result))
    found, asked = _figure(finding, result), phrases.target(row, result.indicator)
    said = Message("{verdict}: {found} against {asked} by {due}", verdict=word, found=found, asked=asked, due=row.due)
    expected = _expected(finding, result, row) if finding.rule != "missed" else ()
    return joined(said, *expected, _AND, row.because, *(why for why in _why(result) if row.because != result.reason))


def _behind(finding: Finding, result: Assessment) -> Message:
    """Of the figure that was judged, which may be the lead proxy's, as that has it in its own row."""
    carrier = result.through or result
    row = result_row(carrier)
    position, found = phrases.position(row, carrier.indicator), _figure(finding, carrier)
    return joined(Message("{label}: {text}", label=position, text=found), *_expected(finding, carrier, row))


def _figure(finding: Finding, result: Subject) -> Message | str:
    """The figure judged, as published."""
    if isinstance(finding.figure, Figure):
        return phrases.published(finding.figure, result.indicator)
    return Message("no figure")


def _expected(finding: Finding, result: Assessment, row: ResultRow) -> Iterator[Message]:
    if row.expected is not None:
        apart = [finding.found] if isinstance(finding.found, Decimal) else []
        text = phrases.bounded(row.expected_bound, rounded(row.expected, 1, apart_from=apart))
        yield Message(", expected then {expected}", expected=phrases.with_unit(text, result.indicator))


def _why(result: Subject) -> Iterator[Message]:
    if not isinstance(result, Assessment):
        return
    reason = result.reason or (result.outcome.reason if result.outcome else None)
    if reason:
        yield joined(_AND, reason)


def _awaited(finding: Finding, row: ResultRow | ContextRow) -> Message:
    period = row.next_period or phrases.NONE
    if finding.rule == "due":
        return Message("awaited: the figure of {period} was due on {day}", period=period, day=row.next_due)
    return Message(
        "stale: the figure of {period} was due on {day}, and by {limit} at the latest",
        period=period,
        day=row.next_due,
        limit=finding.asked,
    )


def _probability(finding: Finding, result: Assessment) -> Message:
    if not isinstance(finding.asked, Decimal):
        raise TypeError(finding.asked)
    asked = plain(finding.asked)
    if not isinstance(finding.found, Decimal):
        return _no_probability(result, asked)
    bound = result.outcome.bound if result.outcome else ""
    found = phrases.bounded(bound, phrases.probability_text(finding.found, finding.asked))
    return Message("the probability is {found}, asked is >= {asked}", found=found, asked=asked)


def _no_probability(result: Assessment, asked: str) -> Message:
    if result.method is None or result.verdict == "insufficient_data":
        said = Message("{verdict}: no probability, asked is >= {asked}", verdict=WORDS[result.verdict], asked=asked)
        return joined(said, *_why(result))
    if result.outcome is not None and result.outcome.probability is not None:
        most = phrases.bounded(
            result.outcome.bound, rounded(result.outcome.probability, 2, apart_from=[Decimal(asked)])
        )
        return Message("the probability is {most}, which leaves open whether it is >= {asked}", most=most, asked=asked)
    return Message("method {method} gives no probability, asked is >= {asked}", method=result.method, asked=asked)


def _fall(finding: Finding, result: Subject) -> Message:
    asked = (
        phrases.with_unit(plain(finding.asked), result.indicator)
        if isinstance(finding.asked, Decimal)
        else phrases.NONE
    )
    start = (
        Message("worse than the best value, published on {day}", day=finding.compared)
        if finding.rule == "ratchet"
        else Message("worse than on {day}", day=finding.compared)
    )
    found = _figure(finding, result)
    return Message("{start}: {found} against {op} {asked}", start=start, found=found, op=finding.op, asked=asked)


def _policy(finding: Finding) -> Message:
    waiver = finding.waiver
    if waiver is not None:
        return Message("a waiver without use: gate {gate}, expires on {day}", gate=waiver.gate, day=waiver.expires)
    if finding.rule == "no_run":
        return Message("no run is recorded to compare with")
    if finding.rule == "old_run":
        return _old_run(finding)
    if finding.gate == "*":
        return _nothing(finding)
    if finding.since is not None:
        return Message("the gate has nothing to compare with: no value is known of {day}", day=finding.since)
    return Message("the gate fits no result")


def _nothing(finding: Finding) -> Message:
    if finding.found == "none":
        return Message("nothing was judged: no result has a figure or a rating to judge by")
    if finding.found == "no_comparison":
        return Message("nothing was judged: nothing earlier is known to compare with")
    return Message("nothing was judged: no result fits the gates and the options")


def _old_run(finding: Finding) -> Message:
    if finding.found is None:
        return Message.plural(
            "no run is recorded; asked is one at most {n} day old",
            "no run is recorded; asked is one at most {n} days old",
            n=int(finding.asked or 0),
        )
    return Message.plural(
        "the last recorded run is {n} day old, asked is at most {most}",
        "the last recorded run is {n} days old, asked is at most {most}",
        n=int(finding.found),
        most=finding.asked,
    )


def _excuse(about: About) -> Message | None:
    finding, waiver = about.finding, about.finding.waiver
    if waiver is None or finding.result is None or not finding.excuse:
        return None
    values = {"where": about.where(waiver.line), "owner": waiver.owner, "reason": waiver.reason}
    if finding.excuse == "expired":
        return Message("the waiver at {where} expired on {day} ({owner}: {reason})", day=waiver.expires, **values)
    if finding.excuse == "floor":
        return Message(
            "the waiver at {where} excuses no value worse than {floor} ({owner}: {reason})",
            floor=waiver.floor,
            **values,
        )
    return Message("waived until {day} at {where} ({owner}: {reason})", day=waiver.expires, **values)


def newly_met(result: Assessment, row: ResultRow, since: date | None) -> Message:
    """A milestone that is met now."""
    figure = result.latest
    found = phrases.published(figure, result.indicator) if isinstance(figure, Figure) else WORDS["met"]
    return Message(
        "newly met: {found} against {asked} by {due}; not met on {day}",
        found=found,
        asked=phrases.target(row, result.indicator),
        due=row.due,
        day=since,
    )


def waive(finding: Finding, today: date) -> str | None:
    """The line that would waive it, for the list `waivers` of targets.yaml; None where a waiver cannot help."""
    result = finding.result
    if result is None or finding.gate in (COMMAND_LINE, SINCE_LAST.id):
        return None
    if finding.waiver is not None and finding.excuse != "expired":
        return None
    days = min(WAIVER_DAYS, (date.max - today).days)
    milestone = f'milestone: "{result.milestone.id}", ' if isinstance(result, Assessment) else ""
    return (
        f"- {{gate: {finding.gate}, indicator: {result.indicator.id}, region: {result.region}, {milestone}"
        f"reason: …, owner: …, granted: {today}, expires: {today + timedelta(days=days)}}}"
    )
