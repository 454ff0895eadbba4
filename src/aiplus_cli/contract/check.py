"""aiplus.check/1: what the gates of the policy found, and what became of each waiver."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from aiplus_cli.check.records import (
    Aspect,
    Check,
    CheckReport,
    Excuse,
    Finding,
    Identity,
    Kind,
    Level,
    Rule,
    Subject,
    WaiverState,
    WaiverWord,
    place,
)  # fmt: skip
from aiplus_cli.contract import sentences
from aiplus_cli.contract.fixes import fix_of
from aiplus_cli.contract.status import ContextRow, ResultRow, context_row, result_row
from aiplus_cli.contract.values import Amount, Count, Part, Probability, Sentence, keys
from aiplus_cli.contract.version import tool_version
from aiplus_cli.errors import Message
from aiplus_cli.judge.records import Assessment, ResultKey
from aiplus_cli.ledger.entries import Bound, RatingWord
from aiplus_cli.plan.records import Basis, Freshness, Unjudged, Verdict

GateOutcome = Literal["pass", "fail", "warn", "waived", "not_judged"]
LineNumber = Annotated[int, Field(ge=1)]
CheckCode = Annotated[int, WithJsonSchema({"type": "integer", "enum": [0, 10, 11]})]
TARGETS = "targets.yaml"


@dataclass(frozen=True, slots=True)
class FindingRow(Part):
    """What a gate found: `found` does not satisfy `op` `asked`."""

    gate: str
    """The gate's id; `*` for the whole run, `command-line` and `since-last` for what options ask."""
    rule: Rule
    """What was broken; docs/checks.md has a section on each."""
    aspect: Aspect | None
    """What the gate looked at; null where the policy or the run itself is at fault."""
    indicator: str | None
    """The indicator's id; null where the policy or the run itself is at fault."""
    region: str | None
    """The region's code; null where the policy or the run itself is at fault."""
    milestone: str | None
    """The milestone's id; null for a series without a target, and where the policy or the run itself is at fault."""
    level: Level
    """Whether it counts: a warning leaves the exit code at 0."""
    kind: Kind
    """What it is about: progress (exit code 10), evidence (11), or how the policy is written."""
    stands_for: str | None
    """The indicator that this one is a proxy of; null for one with targets of its own."""
    due: date | None
    """The milestone's day."""
    basis: Basis | None
    """What the verdict rests on: the indicator's own official series, or a proxy."""
    verdict: Verdict | None
    """What becomes of the target."""
    freshness: Freshness | None
    """How current the evidence is."""
    unit: str | None
    """The unit as targets.yaml has it, the Chinese one where it has two; null for a rating."""
    method: str | None
    """The method that judged; null where comparing the value with the target decides."""
    probability: Probability | None
    """The chance that the target is reached on its day; null where the method gives none."""
    hangs_on_method: bool | None
    """Whether the methods that can judge the result do not all give one verdict."""
    value: Decimal | RatingWord | None
    """Of the figure judged: that of the lead proxy where the verdict is a proxy's."""
    bound: Bound | None
    """What the figure is: empty for a value, `>` for a floor, `<` for a ceiling, `~` for an approximate value."""
    period: str | None
    """What the figure is of; it stands for the period's last day."""
    published: date | None
    """The day the figure was published."""
    figure_id: str | None
    """The id of the figure's line in the ledger."""
    source: str | None
    """Who published the figure, and where."""
    found: Amount | str | None
    """What was compared: a value, a probability, days, a period, a verdict or a freshness."""
    op: str | None
    """How it had to compare with `asked`."""
    asked: Amount | str | None
    """What it was compared with."""
    since: date | None
    """Since when it holds; null where nobody can tell."""
    compared_with: date | None
    """The day of the earlier value or verdict that it was compared with; null where there is none."""
    path: str
    """targets.yaml, as the reader of the output finds it."""
    line: LineNumber
    """The line of targets.yaml that the finding is about."""
    message: Sentence
    """What was found, against what was asked."""
    fix: Sentence
    """What to do about it: the next command or edit."""
    waive: str | None
    """The line for `waivers` that would excuse it; null where none can."""
    new: bool | None
    """Whether the last recorded run did not have it; null where no run was asked for."""
    excuse: Excuse | None
    """What a waiver did: it holds, has expired, or excuses no value so low; null without one."""
    waiver_line: int | None
    """The line of that waiver in targets.yaml."""
    waiver_expires: date | None
    """The last day of that waiver."""
    awaited_until: date | None
    """The day by which the figure that decides should be out; null unless the verdict is `awaiting`."""
    provisional: bool | None
    """Whether the verdict rests on an estimate or a provisional figure, which a final one may overturn."""
    probability_bound: Bound | None
    """Whether `probability` is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""


@dataclass(frozen=True, slots=True)
class IdentityRow(Part):
    """What of a finding stays the same from run to run."""

    gate: str
    """The gate's id."""
    rule: str
    """What was broken."""
    indicator: str | None
    """The indicator's id; null where the policy or the run itself was at fault."""
    region: str | None
    """The region's code."""
    milestone: str | None
    """The milestone's id; null for a series without a target."""


@dataclass(frozen=True, slots=True)
class MetRow(Part):
    """A milestone that is met now and was not on the day of comparison."""

    indicator: str
    """The indicator's id."""
    region: str
    """The region's code."""
    milestone: str
    """The milestone's id."""
    stands_for: str | None
    """The indicator that this one is a proxy of; null for one with targets of its own."""
    due: date
    """The milestone's day."""
    basis: Basis
    """What the verdict rests on: the indicator's own official series, or a proxy."""
    verdict: Verdict
    """What becomes of the target."""
    freshness: Freshness
    """How current the evidence is."""
    unit: str | None
    """The unit as targets.yaml has it, the Chinese one where it has two; null for a rating."""
    method: str | None
    """The method that judged; null where comparing the value with the target decides."""
    probability: Probability | None
    """The chance that the target is reached on its day; null where the method gives none."""
    hangs_on_method: bool
    """Whether the methods that can judge the result do not all give one verdict."""
    message: Sentence
    """By what it is met."""
    line: LineNumber
    """The line of its target in targets.yaml."""
    awaited_until: date | None
    """The day by which the figure that decides should be out; null unless the verdict is `awaiting`."""
    provisional: bool
    """Whether the verdict rests on an estimate or a provisional figure, which a final one may overturn."""
    probability_bound: Bound | None
    """Whether `probability` is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""


@dataclass(frozen=True, slots=True)
class WaiverRow(Part):
    """A waiver of targets.yaml, and what became of it."""

    gate: str
    """The gate whose finding it excuses."""
    indicator: str
    """The indicator's id."""
    region: str
    """The region's code."""
    milestone: str
    """The milestone's id; empty for a series without a target."""
    reason: str
    """Why it was given."""
    owner: str
    """Who gave it."""
    granted: date | None
    """The first day on which it holds; null where it always has."""
    expires: date
    """The last day on which it holds."""
    floor: Decimal | None
    """The value below which it excuses nothing; null without one."""
    line: LineNumber
    """Its line in targets.yaml."""
    state: WaiverWord
    """It holds, has expired, does not reach so low, has no use, holds only later, was not asked, or was renewed."""


@dataclass(frozen=True, slots=True)
class CheckRow(Part):
    """One aspect of one result, judged by one gate."""

    gate: str
    """The gate's id."""
    aspect: Aspect
    """What the gate looks at."""
    indicator: str
    """The indicator's id."""
    region: str
    """The region's code."""
    milestone: str | None
    """The milestone's id; null for a series without a target."""
    found: Amount | str | None
    """What was compared: a value, a probability, a verdict or a freshness."""
    bound: Bound
    """What the figure found is: empty for a value, `>` for a floor, `<` for a ceiling, `~` for an approximate value."""
    op: str | None
    """How it must compare with `asked`."""
    asked: Amount | str | None
    """What it is compared with."""
    slack: Amount | None
    """What is left before the gate fails, negative when it does; null where that cannot be told, or nobody asked."""
    slack_in: Literal["unit", "days", "probability"]
    """What the slack is counted in."""
    state: GateOutcome
    """What became of it: `not_judged` is no pass, and where the gate does not allow it there is a finding."""
    unjudged: Unjudged | None
    """Why the gate could not judge; null where it did."""
    verdict: Verdict | None
    """What becomes of the target; null for a series without one."""
    awaited_until: date | None
    """The day by which the figure that decides should be out; null unless the verdict is `awaiting`."""
    provisional: bool
    """Whether the verdict rests on an estimate or a provisional figure, which a final one may overturn."""


@dataclass(frozen=True, slots=True)
class CheckSummary(Part):
    """How much was judged and found."""

    judged: Count
    """How many results at least one gate could judge by some evidence."""
    fail: Count
    """How many findings fail."""
    warn: Count
    """How many findings only warn."""
    waived: Count
    """How many findings a waiver excuses."""
    newly_met: Count
    """How many milestones are newly met."""


@dataclass(frozen=True, slots=True)
class CheckDocument(Part):
    """What the gates of the policy found."""

    schema: Literal["aiplus.check/1"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    plan: str
    """The plan's id."""
    today: date
    """The day of the clock: what pace, freshness and deadlines are reckoned from."""
    as_of: date
    """The day of the figures: those published on or before it are known."""
    method: str
    """The method asked for, or `default`: each result names its own."""
    exit_code: CheckCode
    """10 where progress fails, 11 where only evidence fails or nothing was judged, else 0."""
    summary: CheckSummary
    """How much was judged, and how many findings there are of each kind."""
    findings: tuple[FindingRow, ...]
    """What counts, worst first."""
    waived: tuple[FindingRow, ...]
    """What a waiver excuses."""
    resolved: tuple[IdentityRow, ...]
    """What the last recorded run found and this one does not."""
    met_since: date | None
    """The day of comparison for what is newly met; null without one."""
    newly_met: tuple[MetRow, ...]
    """The milestones met now and not on `met_since`."""
    waivers: tuple[WaiverRow, ...]
    """Every waiver granted by `today`, in the order of the file; in JSON later ones only with --explain-waivers."""
    checks: tuple[CheckRow, ...] | None
    """What each gate judged, with what is left before it fails; null in JSON unless it was asked for."""
    gates: tuple[str, ...]
    """The ids of the gates that were put to the results."""
    methods: tuple[str, ...]
    """The methods that judged, each once."""


def check_document(found: CheckReport, path: str = TARGETS) -> CheckDocument:
    """The check in the form of the contract; `path` is targets.yaml as the reader finds it."""
    rows, report = _Rows(found, path), found.report
    return CheckDocument(
        schema="aiplus.check/1",
        tool_version=tool_version(),
        plan=report.plan.about.id,
        today=report.today,
        as_of=report.as_of,
        method=report.method,
        exit_code=int(found.exit_code),
        summary=_summary(found),
        findings=tuple(map(rows.finding, found.findings)),
        waived=tuple(map(rows.finding, found.waived)),
        resolved=tuple(map(identity_row, found.resolved)),
        met_since=found.met_since,
        newly_met=tuple(map(rows.met, found.newly_met)),
        waivers=tuple(map(_waiver_row, found.waivers)),
        checks=tuple(map(rows.check, found.checks)),
        gates=tuple(gate.id for gate in found.gates),
        methods=tuple(dict.fromkeys(result.method for result in report.results if result.method)),
    )


def _summary(found: CheckReport) -> CheckSummary:
    levels = Counter(finding.level for finding in found.findings)
    return CheckSummary(found.judged, levels["fail"], levels["warn"], len(found.waived), len(found.newly_met))


def said_of(summary: CheckSummary) -> Message:
    """The whole run in one line."""
    return Message(
        "check: judged {judged}; failed {fail}, warnings {warn}, waived {waived}, newly met {met}",
        judged=summary.judged,
        fail=summary.fail,
        warn=summary.warn,
        waived=summary.waived,
        met=summary.newly_met,
    )


def finding_rows(found: CheckReport) -> tuple[FindingRow, ...]:
    """What a recorded run keeps: every finding, the waived ones last."""
    rows = _Rows(found, TARGETS)
    return tuple(map(rows.finding, (*found.findings, *found.waived)))


def identity_row(identity: Identity) -> IdentityRow:
    """Gate and rule, and what they are about, if anything."""
    return IdentityRow(
        identity.gate, identity.rule, identity.indicator or None, identity.region or None, identity.milestone or None
    )


_OF_RESULT = (
    *("stands_for", "due", "basis", "verdict", "freshness", "unit", "method", "probability", "hangs_on_method"),
    *("awaited_until", "provisional", "probability_bound"),
)
_OF_FIGURE = ("value", "bound", "period", "published", "source")


class _Rows:
    """The rows of one check; what the status says of a result is worked out once, for it compares the methods."""

    def __init__(self, found: CheckReport, path: str) -> None:
        self.today, self.met_since, self.path = found.report.today, found.met_since, path
        self._waived = {finding.identity for finding in found.waived}
        self._failed = {finding.identity for finding in found.findings if finding.level == "fail"}
        self._aspects = {check.finding.identity: check.aspect for check in found.checks if check.finding}
        self._results: dict[ResultKey, ResultRow | ContextRow] = {}

    def finding(self, finding: Finding) -> FindingRow:
        figure, waiver = finding.figure, finding.waiver
        row = self._row(finding.result) if finding.result else None
        about = sentences.About(finding, row, self.path)
        return FindingRow(
            **keys(identity_row(finding.identity)),
            aspect=self._aspects.get(finding.identity),
            level=finding.level,
            kind=finding.kind,
            **_taken(row, _OF_RESULT),
            **_taken(figure, _OF_FIGURE),
            figure_id=figure.id if figure else None,
            found=_side(finding.found),
            op=finding.op,
            asked=_side(finding.asked),
            since=finding.since,
            compared_with=finding.compared,
            path=self.path,
            line=finding.line,
            message=sentences.what(about),
            fix=fix_of(finding, self.today.year),
            waive=sentences.waive(finding, self.today),
            new=finding.new,
            excuse=finding.excuse,
            waiver_line=waiver.line if waiver else None,
            waiver_expires=waiver.expires if waiver else None,
        )

    def _row(self, result: Subject) -> ResultRow | ContextRow:
        key = place(result)
        if key not in self._results:
            self._results[key] = result_row(result) if isinstance(result, Assessment) else context_row(result)
        return self._results[key]

    def met(self, result: Assessment) -> MetRow:
        row = result_row(result)
        return MetRow(
            **_taken(row, ("indicator", "region", "milestone", *_OF_RESULT)),
            message=sentences.newly_met(result, row, self.met_since),
            line=max(result.target.line or result.indicator.line, 1),
        )

    def check(self, check: Check) -> CheckRow:
        return CheckRow(
            gate=check.gate,
            aspect=check.aspect,
            indicator=check.result.indicator.id,
            region=check.result.region,
            milestone=place(check.result).milestone or None,
            found=_side(check.found),
            bound=check.bound,
            op=check.op,
            asked=_side(check.asked),
            slack=None if check.slack is None else Amount(check.slack),
            slack_in=check.scale,
            state=self._state(check),
            unjudged=check.unjudged,
            verdict=check.result.verdict if isinstance(check.result, Assessment) else None,
            awaited_until=check.result.awaited_until if isinstance(check.result, Assessment) else None,
            provisional=isinstance(check.result, Assessment) and check.result.is_provisional,
        )

    def _state(self, check: Check) -> GateOutcome:
        finding = check.finding
        if finding is not None and finding.identity in self._waived:
            return "waived"
        if check.unjudged or finding is None:
            return "not_judged" if check.unjudged else "pass"
        return "fail" if finding.identity in self._failed else "warn"


def _taken(source: object, names: tuple[str, ...]) -> dict[str, Any]:
    """The named fields of a row or a figure; None for what it does not have."""
    return {name: getattr(source, name, None) for name in names}


def _side(value: Decimal | str | None) -> Amount | str | None:
    return Amount(value) if isinstance(value, Decimal) else value


def _waiver_row(found: WaiverState) -> WaiverRow:
    waiver = found.waiver
    return WaiverRow(
        gate=waiver.gate,
        indicator=waiver.indicator,
        region=waiver.region,
        milestone=waiver.milestone or "",
        reason=waiver.reason,
        owner=waiver.owner,
        granted=waiver.granted,
        expires=waiver.expires,
        floor=waiver.floor,
        line=waiver.line,
        state=found.state,
    )
