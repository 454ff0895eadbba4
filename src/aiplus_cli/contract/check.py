"""aiplus.check/1: what the gates of the policy found, and what became of each waiver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import WithJsonSchema

from aiplus_cli.check.records import Aspect, Check, CheckReport, Identity, Open, WaiverState, WaiverWord, place
from aiplus_cli.contract.findings import (
    TARGETS,
    FindingRow,
    FindingRows,
    IdentityRow,
    LineNumber,
    MetRow,
    identity_row,
    side,
)
from aiplus_cli.contract.values import Amount, Count, Part
from aiplus_cli.contract.version import tool_version
from aiplus_cli.errors import Message
from aiplus_cli.judge.records import Assessment
from aiplus_cli.ledger.entries import Bound, FigureBound
from aiplus_cli.plan.records import Position, Verdict

GateOutcome = Literal["pass", "fail", "warn", "waived", "not_judged"]
CheckCode = Annotated[int, WithJsonSchema({"type": "integer", "enum": [0, 10, 11]})]


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
    bound: FigureBound
    """What the figure found is: empty for exact, `>` or `>=` for a floor, `<` or `<=` for a ceiling, `~` for about."""
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
    unjudged: Open | None
    """Why the gate could not judge; null where it did."""
    verdict: Verdict | None
    """What becomes of the target; null for a series without one."""
    awaited_until: date | None
    """The day by which the figure that decides should be out; null unless the verdict is `awaiting`."""
    provisional: bool
    """Whether the verdict rests on an estimate or a provisional figure, which a final one may overturn."""
    slack_bound: Bound | None
    """Whether `slack` is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""
    position: Position | None
    """Where the figure, or the lead proxy's, stands against its path; null without a path, or where bounds hide it."""


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
    rows, report = FindingRows(found, path), found.report
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
        checks=_account(found),
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


def _account(found: CheckReport) -> tuple[CheckRow, ...]:
    """What each gate judged, and what became of it."""
    waived = {finding.identity for finding in found.waived}
    failed = {finding.identity for finding in found.findings if finding.level == "fail"}
    return tuple(_check_row(check, _state(check, waived, failed)) for check in found.checks)


def _state(check: Check, waived: Container[Identity], failed: Container[Identity]) -> GateOutcome:
    finding = check.finding
    if finding is not None and finding.identity in waived:
        return "waived"
    if check.unjudged or finding is None:
        return "not_judged" if check.unjudged else "pass"
    return "fail" if finding.identity in failed else "warn"


def _check_row(check: Check, state: GateOutcome) -> CheckRow:
    result = check.result if isinstance(check.result, Assessment) else None
    return CheckRow(
        gate=check.gate,
        aspect=check.aspect,
        indicator=check.result.indicator.id,
        region=check.result.region,
        milestone=place(check.result).milestone or None,
        found=side(check.found),
        bound=check.bound,
        op=check.op,
        asked=side(check.asked),
        slack=None if check.slack is None else Amount(check.slack),
        slack_in=check.scale,
        state=state,
        unjudged=check.unjudged,
        verdict=result.verdict if result else None,
        awaited_until=result.awaited_until if result else None,
        provisional=result is not None and result.is_provisional,
        slack_bound=None if check.slack is None else check.slack_bound,
        position=result.position if result else None,
    )


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
