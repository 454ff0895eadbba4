"""Findings in words, shared by every format that people read."""

from __future__ import annotations

from decimal import Decimal

from aiplus_cli.check.records import Aspect, Open
from aiplus_cli.contract.check import CheckDocument, CheckRow, WaiverRow, said_of
from aiplus_cli.contract.findings import FindingRow, IdentityRow, MetRow
from aiplus_cli.contract.numbers import plain, readable, signed, with_unit
from aiplus_cli.contract.phrases import bounded, probability_text
from aiplus_cli.contract.sentences import RUN_RULES
from aiplus_cli.errors import Message
from aiplus_cli.plan.records import Indicator, Plan
from aiplus_cli.render.ci import JobOutput
from aiplus_cli.render.phrases import RowPhrases
from aiplus_cli.words import i18n
from aiplus_cli.words.enums import WORDS
from aiplus_cli.words.joining import labelled, with_detail

Ids = FindingRow | MetRow | IdentityRow | CheckRow
"""Whatever names an indicator, a region and a milestone."""


class CheckPhrases:
    """A check in the language of the page."""

    def __init__(self, check: CheckDocument, plan: Plan, page: JobOutput) -> None:
        self.check, self.page, self.lang = check, page, page.options.lang
        self.view = RowPhrases(plan, self.lang)
        self._indicators = {indicator.id: indicator for indicator in plan.indicators}

    def say(self, template: str, **values: object) -> str:
        """A sentence in the language of the page."""
        return self.said(Message(template, **values))

    def said(self, message: Message) -> str:
        return i18n.translate(message, self.lang)

    def word(self, name: str) -> str:
        return i18n.word(name, self.lang)

    def head(self) -> list[str]:
        """The plan's title, and the dates and methods of the check."""
        check = self.check
        return self.view.header(check.as_of, check.today, check.method, check.methods)

    def summary(self) -> str:
        """The whole run in one line."""
        return self.said(said_of(self.check.summary))

    # findings

    def subject(self, finding: FindingRow) -> str:
        """What a finding is about, by its ids."""
        if finding.indicator is not None:
            return ids(finding)
        return self.say("recorded runs") if finding.rule in RUN_RULES else self.say("policy")

    def where(self, line: int) -> str:
        return f"{self.page.path}:{max(line, 1)}"

    def what(self, finding: FindingRow) -> str:
        """What was found of what, against what was asked, and what a waiver has to do with it."""
        return self.said(finding.message)

    def fix(self, finding: FindingRow) -> str:
        """What mends it."""
        return self.said(finding.fix)

    def evidence(self, finding: FindingRow) -> str:
        """The figure's id, source and date; empty without a figure."""
        if finding.figure_id is None:
            return ""
        return self.say(
            "figure {id}: {source}, published on {day}",
            id=finding.figure_id,
            source=finding.source,
            day=finding.published,
        )

    def level(self, level: str) -> str:
        return self.say("fail") if level == "fail" else self.say("warning")

    def met(self, row: MetRow) -> str:
        """A newly met milestone."""
        return self.said(row.message)

    def resolved(self, row: IdentityRow) -> str:
        """What the last run found and this one does not."""
        rule = self.word(row.rule) if row.rule in WORDS else row.rule
        rule = self.say("no figure") if row.rule == "none" else rule
        return self.say("{rule}: found on {day}, and no more", rule=rule, day=self.check.met_since)

    # lists

    def aspect(self, aspect: Aspect) -> str:
        return self.said(ASPECTS[aspect])

    def asked(self, row: CheckRow) -> str:
        """What a gate asks of a result."""
        if row.asked is None:
            return "-"
        is_chance = isinstance(row.asked, Decimal) and row.slack_in == "probability"
        asked = plain(row.asked) if is_chance and isinstance(row.asked, Decimal) else self._side(row, row.asked)
        return f"{row.op or ''} {asked}".strip()

    def found(self, row: CheckRow) -> str:
        if row.unjudged is not None and not _compares(row):
            return (
                with_detail(self.reason(row.unjudged), row.awaited_until, self.lang)
                if row.awaited_until
                else self.reason(row.unjudged)
            )
        if row.aspect == "provisional":
            return self.word(f"status_{row.found}") if row.provisional else "-"
        if row.found is None:
            return "-"
        said = f"{row.bound}{self._side(row, row.found)}"
        detail = row.awaited_until or (self.word("status_P") if row.provisional else None)
        return with_detail(said, detail, self.lang) if detail and row.found == row.verdict else said

    def _side(self, row: CheckRow, value: Decimal | str) -> str:
        if isinstance(value, str):
            return self.word(value) if value in WORDS else value
        if row.slack_in == "probability":
            return probability_text(value, *([row.asked] if isinstance(row.asked, Decimal) else []))
        other = row.found if value is row.asked else row.asked
        text = readable(value, other if isinstance(other, Decimal) else None)
        return with_unit(text, self.view.unit(self._indicator(row)))

    def slack(self, row: CheckRow) -> str:
        """What is left before the gate fails."""
        if row.slack is None:
            return "-"
        if row.slack_in == "days":
            left, n = signed(row.slack, 0), abs(int(row.slack))
            return self.said(Message.plural("{left} day", "{left} days", n=n, left=left))
        is_chance = row.slack_in == "probability"
        text = signed(row.slack, 2) if is_chance else self.view.points(row.slack, self._indicator(row))
        return bounded(row.slack_bound, text)

    def _indicator(self, row: CheckRow) -> Indicator:
        return self._indicators[row.indicator]

    def state(self, row: CheckRow) -> str:
        """What became of a check, in words."""
        if row.state in ("fail", "warn"):
            return self.level(row.state)
        if row.state == "not_judged":
            return self.say("not judged")
        return self.say("passed") if row.state == "pass" else self.say("waived")

    def left_open(self) -> list[CheckRow]:
        """What no gate judged and nothing was found of, since the gate allows it or it was found at fault already."""
        found = {(row.gate, row.aspect, ids(row)) for row in (*self.check.findings, *self.check.waived)}
        rows = (row for row in self.check.checks or () if row.state == "not_judged")
        return [row for row in rows if (row.gate, row.aspect, ids(row)) not in found]

    def open_text(self, row: CheckRow) -> str:
        """What was not judged, of what and by which gate, and why."""
        what = with_detail(self.unjudged(row), self.aspect(row.aspect), self.lang)
        return labelled(f"{ids(row)} [{row.gate}]", what, self.lang)

    def unjudged(self, row: CheckRow) -> str:
        """Why a gate could not judge."""
        why = self.say("bounds leave it open") if _compares(row) else self._why_open(row)
        return labelled(self.state(row), why, self.lang)

    def _why_open(self, row: CheckRow) -> str:
        """The reason, and where a figure is awaited until when."""
        why = self.reason(row.unjudged or "no_data")
        return with_detail(why, row.awaited_until, self.lang) if row.awaited_until else why

    def reason(self, why: Open) -> str:
        """Why there is no judgement."""
        return self.word(why) if why in WORDS else self.said(UNJUDGED[why])

    def waiver_state(self, row: WaiverRow) -> str:
        """What a waiver did."""
        return self.said(WAIVER_STATES[row.state])

    def days_left(self, row: WaiverRow) -> int:
        return (row.expires - self.check.today).days


def _compares(row: CheckRow) -> bool:
    """Whether something earlier is known, of which bounds leave open whether it was better."""
    return row.unjudged == "no_comparison" and row.asked is not None


def ids(row: Ids) -> str:
    """Indicator, region and milestone; empty where a row is about none."""
    return " ".join(part for part in (row.indicator, row.region, row.milestone) if part is not None)


ASPECTS: dict[Aspect, Message] = {
    "verdict": Message("verdict"),
    "position": Message("position"),
    "evidence": Message("evidence"),
    "probability": Message("probability"),
    "regression": Message("fall"),
    "worsened": Message("change of verdict"),
    "ratchet": Message("ratchet"),
    "provisional": Message("finality"),
}
UNJUDGED: dict[str, Message] = {
    "no_target": Message("no target"),
    "no_path": Message("no path"),
    "no_comparison": Message("nothing earlier"),
}
WAIVER_STATES: dict[str, Message] = {
    "waived": Message("in force"),
    "expired": Message("expired"),
    "floor": Message("the value is worse than its floor: the finding counts"),
    "unused": Message("without use"),
    "not_yet": Message("not yet granted"),
    "not_judged": Message("not judged in this run"),
    "renewed": Message("renewed by a later one"),
}
