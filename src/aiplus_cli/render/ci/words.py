"""Findings in words, shared by every format that people read."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from aiplus_cli.check.records import Aspect, Check, CheckReport, Finding, Identity, ResultKey, WaiverState
from aiplus_cli.contract.status import ResultRow, result_row
from aiplus_cli.errors import Message
from aiplus_cli.judge.records import Assessment
from aiplus_cli.ledger.entries import Figure
from aiplus_cli.plan.records import Waiver
from aiplus_cli.render.ci import JobOutput
from aiplus_cli.render.ci.fixes import RUN_RULES, fix_of
from aiplus_cli.render.numbers import plain, rounded, signed, with_unit
from aiplus_cli.render.phrases import RowPhrases
from aiplus_cli.words import i18n
from aiplus_cli.words.enums import WORDS

WAIVER_DAYS = 90
VERDICT_RULES = ("missed", "lagging", "at_risk")


class CheckPhrases:
    """The findings of a check in one language."""

    def __init__(self, check: CheckReport, page: JobOutput, *, lang: str | None = None) -> None:
        self.check, self.page, self.lang = check, page, lang or page.options.lang
        self.view = RowPhrases(check.report.plan, self.lang)
        self._rows: dict[ResultKey, ResultRow] = {}
        self._waived = {finding.identity for finding in check.waived}
        self._failed = {finding.identity for finding in check.findings if finding.level == "fail"}

    def say(self, template: str, **values: object) -> str:
        """A sentence in the language of the page."""
        return i18n.translate(Message(template, **values), self.lang)

    def row(self, result: Assessment) -> ResultRow:
        """The result as the status has it; worked out once, for it compares the methods."""
        place = result.indicator.id, result.region, result.milestone.id
        if place not in self._rows:
            self._rows[place] = result_row(result)
        return self._rows[place]

    def head(self) -> list[str]:
        """The plan's title, and the dates and methods of the check."""
        report = self.check.report
        return self.view.header(report.as_of, report.today, report.method, (each.method for each in report.results))

    def subject(self, finding: Finding) -> str:
        """What a finding is about, by its ids."""
        if finding.result is not None:
            return self.place(finding.result)
        waiver = finding.waiver
        if waiver is not None:
            return f"{waiver.indicator} {waiver.region} {waiver.milestone}"
        return self.say("recorded runs") if finding.rule in RUN_RULES else self.say("policy")

    def place(self, result: Assessment) -> str:
        return f"{result.indicator.id} {result.region} {result.milestone.id}"

    def name(self, result: Assessment) -> str:
        """The indicator's name, and what it stands for."""
        name = self.view.name(result.indicator.name)
        if result.indicator.proxy_for:
            return self.say("{name} (stands for {id})", name=name, id=result.indicator.proxy_for)
        return name

    def where(self, line: int) -> str:
        return f"{self.page.path}:{max(line, 1)}"

    def what(self, finding: Finding) -> str:
        """What was found of what, against what was asked, and what a waiver has to do with it."""
        result = finding.result
        found = (self.name(result), self._what(finding, result)) if result else (self._policy(finding),)
        said = self.say(": ").join(found)
        note = self._excuse(finding)
        return f"{said}{self.say('; ')}{note}" if note else said

    def _what(self, finding: Finding, result: Assessment) -> str:
        if finding.rule in VERDICT_RULES:
            return self._verdict(finding, result)
        if finding.rule in ("stale", "due"):
            return self._awaited(finding, result)
        if finding.rule == "probability":
            return self._probability(finding)
        if finding.rule in ("regression", "ratchet"):
            return self._fall(finding, result)
        if finding.rule == "worsened":
            return self.say(
                "the verdict worsened: {found}, against {asked} on {day}",
                found=self.word(finding.found),
                asked=self.word(finding.asked),
                day=finding.compared,
            )
        return self._no_evidence(finding, result)

    def _verdict(self, finding: Finding, result: Assessment) -> str:
        word = self.word(result.verdict)
        if result.target.value is None:
            return self.say("{verdict}: {clause}", verdict=word, clause=result.target.clause or "") + self._why(result)
        found = self.figure(finding, result)
        row = self.row(result)
        asked, due = self.view.target(row), row.due
        said = self.say("{verdict}: {found} against {asked} by {due}", verdict=word, found=found, asked=asked, due=due)
        if finding.rule == "missed":
            return said + self._why(result)
        if row.expected is not None:
            expected = rounded(row.expected, 1, apart_from=_values(finding))
            said += self.say(", expected then {expected}", expected=with_unit(expected, self._unit(result)))
        return said + self._measure(row) + self._hangs(row) + self._why(result)

    def _hangs(self, row: ResultRow) -> str:
        if not row.hangs_on_method:
            return ""
        verdicts = self.view.verdicts_by_method(row)
        return self.say("; ") + self.say("the verdict hangs on the method ({verdicts})", verdicts=verdicts)

    def _measure(self, row: ResultRow) -> str:
        """By what the method judged: the chance, its ratio, or the pace still needed."""
        chance, measure, pace = self.view.chance(row), self.view.measure(row), self.view.pace(row)
        if chance != "-":
            return self.say(", chance {share} ({method})", share=chance, method=row.method)
        if measure != "-":
            return self.say(", {measure} ({method})", measure=measure, method=row.method)
        return (
            self.say(", needs {pace} the pace so far ({method})", pace=pace, method=row.method) if pace != "-" else ""
        )

    def _why(self, result: Assessment) -> str:
        reason = result.reason or (result.outcome.reason if result.outcome else None)
        return self.say("; ") + i18n.translate(reason, self.lang) if reason else ""

    def _no_evidence(self, finding: Finding, result: Assessment) -> str:
        word = self.say("no figure") if finding.rule == "none" else self.word(finding.rule)
        return word + self._why(result)

    def _awaited(self, finding: Finding, result: Assessment) -> str:
        period = finding.figure.period if finding.figure else "-"
        if finding.rule == "due":
            return self.say("awaited: the figure after {period} was due on {day}", period=period, day=result.next_due)
        return self.say(
            "stale: the figure after {period} was due on {day}, and may come until {limit}",
            period=period,
            day=result.next_due,
            limit=finding.asked,
        )

    def _probability(self, finding: Finding) -> str:
        asked = plain(finding.asked) if isinstance(finding.asked, Decimal) else "-"
        if finding.found is None and finding.result is not None:
            return self._no_probability(finding.result, asked)
        if not isinstance(finding.found, Decimal):
            return ""
        limits = [finding.asked] if isinstance(finding.asked, Decimal) else []
        found = rounded(finding.found, 2, apart_from=limits)
        return self.say("the probability is {found}, asked is >= {asked}", found=found, asked=asked)

    def _no_probability(self, result: Assessment, asked: str) -> str:
        if result.method is None or result.verdict == "insufficient_data":
            said = self.say(
                "{verdict}: no probability, asked is >= {asked}", verdict=self.word(result.verdict), asked=asked
            )
            return said + self._why(result)
        return self.say("method {method} gives no probability, asked is >= {asked}", method=result.method, asked=asked)

    def _fall(self, finding: Finding, result: Assessment) -> str:
        asked = with_unit(plain(finding.asked), self._unit(result)) if isinstance(finding.asked, Decimal) else "-"
        template = (
            Message("worse than the best value, published on {day}")
            if finding.rule == "ratchet"
            else Message("worse than on {day}")
        )
        start = self.say(template.template, day=finding.compared)
        return self.say(
            "{start}: {found} against {op} {asked}",
            start=start,
            found=self.figure(finding, result),
            op=finding.op,
            asked=asked,
        )

    def _policy(self, finding: Finding) -> str:
        waiver = finding.waiver
        if waiver is not None:
            return self.say("a waiver without use: gate {gate}, expires on {day}", gate=waiver.gate, day=waiver.expires)
        if finding.rule == "no_run":
            return self.say("no run is recorded to compare with")
        if finding.rule == "old_run":
            return self._old_run(finding)
        if finding.gate == "*":
            return self._nothing(finding)
        if finding.since is not None:
            return self.say("the gate has nothing to compare with: no value is known of {day}", day=finding.since)
        return self.say("the gate fits no result")

    def _nothing(self, finding: Finding) -> str:
        if finding.found == "none":
            return self.say("nothing was judged: no result has a figure or a rating to judge by")
        return self.say("nothing was judged: no result fits the gates and the options")

    def _old_run(self, finding: Finding) -> str:
        if finding.found is None:
            said = Message.plural(
                "no run is recorded; asked is one at most {n} day old",
                "no run is recorded; asked is one at most {n} days old",
                n=int(finding.asked or 0),
            )
        else:
            said = Message.plural(
                "the last recorded run is {n} day old, asked is at most {most}",
                "the last recorded run is {n} days old, asked is at most {most}",
                n=int(finding.found),
                most=finding.asked,
            )
        return i18n.translate(said, self.lang)

    def _excuse(self, finding: Finding) -> str:
        waiver = finding.waiver
        if waiver is None or finding.result is None or not finding.excuse:
            return ""
        values = {"where": self.where(waiver.line), "owner": waiver.owner, "reason": waiver.reason}
        if finding.excuse == "expired":
            said = Message("the waiver at {where} expired on {day} ({owner}: {reason})", day=waiver.expires, **values)
        elif finding.excuse == "floor":
            said = Message(
                "the waiver at {where} excuses no value worse than {floor} ({owner}: {reason})",
                floor=waiver.floor,
                **values,
            )
        else:
            said = Message("waived until {day} at {where} ({owner}: {reason})", day=waiver.expires, **values)
        return i18n.translate(said, self.lang)

    # what to do

    def fix(self, finding: Finding) -> str:
        """What mends it."""
        return i18n.translate(fix_of(finding, self.check.report.today.year), self.lang)

    def waive(self, finding: Finding) -> str | None:
        """The line that would waive it, for the list `waivers` of targets.yaml; None where a waiver cannot help."""
        result, today = finding.result, self.check.report.today
        if result is None or finding.waiver is not None or finding.gate in ("command-line", "since-last"):
            return None
        expires = min(today.toordinal() + WAIVER_DAYS, type(today).max.toordinal())
        return (
            f"- {{gate: {finding.gate}, indicator: {result.indicator.id}, region: {result.region}, "
            f'milestone: "{result.milestone.id}", reason: …, owner: …, '
            f"granted: {today}, expires: {today + timedelta(days=expires - today.toordinal())}}}"
        )

    # parts

    def word(self, name: object) -> str:
        return i18n.word(str(name), self.lang)

    def figure(self, finding: Finding, result: Assessment) -> str:
        """The figure judged, as published."""
        if isinstance(finding.figure, Figure):
            return self.view.published(finding.figure, result.indicator)
        return self.say("no figure")

    def evidence(self, finding: Finding) -> str:
        """The figure's id, source and date; empty without a figure."""
        figure = finding.figure
        if figure is None:
            return ""
        return self.say(
            "figure {id}: {source}, published on {day}", id=figure.id, source=figure.source, day=figure.published
        )

    def _unit(self, result: Assessment) -> str:
        return self.view.unit(result.indicator)

    def met(self, result: Assessment) -> str:
        """A newly met milestone."""
        figure = result.latest
        found = self.view.published(figure, result.indicator) if isinstance(figure, Figure) else self.word("met")
        return self.say(
            "newly met: {found} against {asked} by {due}; not met on {day}",
            found=found,
            asked=self.view.target(self.row(result)),
            due=result.milestone.due,
            day=self.check.met_since,
        )

    def resolved(self, identity: Identity) -> str:
        """What the last run found and this one does not."""
        rule = self.word(identity[1]) if identity[1] in WORDS else identity[1]
        rule = self.say("no figure") if identity[1] == "none" else rule
        return self.say("{rule}: found on {day}, and no more", rule=rule, day=self.check.met_since)

    def summary(self) -> str:
        """The whole run in one line."""
        return i18n.translate(summary_of(self.check), self.lang)

    # lists

    def aspect(self, aspect: Aspect) -> str:
        return self.say(ASPECTS[aspect].template)

    def asked(self, check: Check) -> str:
        """What a gate asks of a result."""
        return "-" if check.asked is None else f"{check.op or ''} {self._side(check, check.asked)}".strip()

    def found(self, check: Check) -> str:
        return "-" if check.found is None else f"{check.bound}{self._side(check, check.found)}"

    def _side(self, check: Check, value: Decimal | str) -> str:
        if isinstance(value, str):
            return i18n.word(value, self.lang) if value in WORDS else value
        if check.scale == "probability":
            return plain(value) if value is check.asked else rounded(value, 2, apart_from=_limits(check))
        return with_unit(plain(value), self.view.unit(check.result.indicator))

    def slack(self, check: Check) -> str:
        """What is left before the gate fails."""
        if check.slack is None:
            return "-"
        if check.scale == "days":
            left, n = signed(check.slack, 0), abs(int(check.slack))
            return i18n.translate(Message.plural("{left} day", "{left} days", n=n, left=left), self.lang)
        if check.scale == "probability":
            return signed(check.slack, 2)
        return self.view.points(check.slack, check.result.indicator)

    def outcome(self, check: Check) -> Literal["pass", "fail", "warn", "waived"]:
        """What became of a check."""
        if check.finding is None:
            return "pass"
        same = check.finding.identity
        if same in self._waived:
            return "waived"
        return "fail" if same in self._failed else "warn"

    def state(self, check: Check) -> str:
        """What became of a check, in words."""
        outcome = self.outcome(check)
        if outcome in ("fail", "warn"):
            return self.level(outcome)
        return self.say("passed") if outcome == "pass" else self.say("waived")

    def level(self, level: str) -> str:
        return self.say("fail") if level == "fail" else self.say("warning")

    def waiver_state(self, state: WaiverState) -> str:
        """What a waiver did."""
        return self.say(WAIVER_STATES[state.state].template)

    def days_left(self, waiver: Waiver) -> int:
        return (waiver.expires - self.check.report.today).days


ASPECTS: dict[Aspect, Message] = {
    "verdict": Message("verdict"),
    "evidence": Message("evidence"),
    "probability": Message("probability"),
    "regression": Message("fall"),
    "worsened": Message("change of verdict"),
    "ratchet": Message("ratchet"),
}
WAIVER_STATES: dict[str, Message] = {
    "waived": Message("in force"),
    "expired": Message("expired: the finding counts again"),
    "floor": Message("the value is worse than its floor: the finding counts"),
    "unused": Message("without use"),
    "not_yet": Message("not yet granted"),
    "not_judged": Message("not judged in this run"),
}


def summary_of(check: CheckReport) -> Message:
    """How many were judged, failed, warned of, waived and newly met."""
    counts = Counter(finding.level for finding in check.findings)
    return Message(
        "check: judged {judged}; failed {fail}, warnings {warn}, waived {waived}, newly met {met}",
        judged=check.judged,
        fail=counts["fail"],
        warn=counts["warn"],
        waived=len(check.waived),
        met=len(check.newly_met),
    )


def _limits(check: Check) -> tuple[Decimal, ...]:
    return (check.asked,) if isinstance(check.asked, Decimal) else ()


def _values(finding: Finding) -> tuple[Decimal, ...]:
    return (finding.found,) if isinstance(finding.found, Decimal) else ()
