"""What the plan's policy demands, against what was assessed.

In come a report of `judge` and a `Question` (the gates, the filters of the run, and what to compare with); out goes a
`CheckReport`: every aspect that a gate judged, the findings worst first, what became of each waiver. Nothing here
reads a file, a clock or an option. `workspace` asks, and `contract` makes the document.

| file | change it to |
| --- | --- |
| `question.py` | ask something new of a run, or let flags change what the gates ask |
| `gates.py` | let a gate look at something new: an aspect is a method of `Checker` and a word of `Aspect` |
| `scope.py` | change what the ids and patterns of a gate take in |
| `comparing.py` | change what is proven of a value or a verdict against an earlier one |
| `waivers.py` | change what a waiver excuses |
| `records.py` | add a rule, a kind of finding, or a field of either |
| this file | change the order of findings, or what is said of the policy and the run themselves |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from aiplus_cli.check.comparing import has_recovered
from aiplus_cli.check.gates import Checker, kind_of
from aiplus_cli.check.question import COMMAND_LINE, PLAIN_WORDS, SINCE_LAST, Question, override
from aiplus_cli.check.records import Check, CheckReport, Earlier, Finding, Identity, Kind, Subject, WaiverState, place
from aiplus_cli.check.waivers import apply_waivers
from aiplus_cli.judge.records import Assessment, Report, ResultKey
from aiplus_cli.ledger.entries import Figure
from aiplus_cli.plan.periods import read_period
from aiplus_cli.plan.records import VERDICTS

__all__ = ["PLAIN_WORDS", "SINCE_LAST", "Question", "check_report", "findings_of", "override"]

_SEVERITY: tuple[Kind, ...] = ("progress", "evidence", "assessment")


def check_report(report: Report, question: Question) -> CheckReport:
    """Every gate on every result that it concerns, the waivers applied, findings worst first."""
    checker = Checker(report, question)
    checks = tuple(checker.checks())
    found = [check.finding for check in checks if check.finding]
    judged = {key: any(known) for key, known in _known_of(checks).items()}
    kept, waived, states = apply_waivers(report, found, judged, question)
    kept += _policy_findings(question, checks, states)
    if question.strict:
        kept = [replace(finding, level="fail") for finding in kept]
    if question.known is not None:
        kept = [_compared(finding, question.known) for finding in kept]
    order = {gate.id: index for index, gate in enumerate(question.gates)}
    kept.sort(key=lambda finding: _severity(finding, order))
    waived.sort(key=lambda finding: _severity(finding, order))
    newly = tuple(checker.newly_met())
    since = question.before[0] if question.before else None
    resolved = _resolved(report, question, [*kept, *waived])
    return CheckReport(
        report, question.gates, checks, tuple(kept), tuple(waived), tuple(states), newly, since, resolved
    )


def _known_of(checks: Iterable[Check]) -> dict[tuple[str, str, str, str], list[bool]]:
    """Of what each gate looks at: whether something earlier was known, for each thing that it asks."""
    found: dict[tuple[str, str, str, str], list[bool]] = {}
    for check in checks:
        found.setdefault((check.gate, *place(check.result)), []).append(check.unjudged != "no_comparison")
    return found


def _compared(finding: Finding, known: frozenset[Identity]) -> Finding:
    """Whether the last run had it; what options ask is asked anew each time."""
    if finding.gate in (COMMAND_LINE, SINCE_LAST.id):
        return finding
    return replace(finding, new=finding.identity not in known)


def _resolved(report: Report, question: Question, found: list[Finding]) -> tuple[Identity, ...]:
    """What the last run found and this one does not; a run with filters cannot tell.

    A finding of progress is resolved where the value has recovered since, not where a target or a gate was loosened.
    """
    if question.known is None or question.narrowed:
        return ()
    now, past = findings_of(report), question.previous or {}
    signs = {item.id: -1 if item.direction == "decrease" else 1 for item in report.plan.indicators}
    gone = sorted(question.known - {finding.identity for finding in found})
    return tuple(
        identity
        for identity in gone
        if kind_of(identity.rule) != "progress"
        or has_recovered(
            past.get(identity.place), now.get(identity.place), signs.get(identity.indicator, 1), identity.rule
        )
    )


def findings_of(report: Report) -> dict[ResultKey, Earlier]:
    """A report as what a later one is compared with."""
    subjects: tuple[Subject, ...] = (*report.results, *report.context)
    return {place(subject): _earlier(report, subject) for subject in subjects}


def _earlier(report: Report, subject: Subject) -> Earlier:
    newest = subject.evidence.newest
    result = subject if isinstance(subject, Assessment) else None
    past = (
        Earlier(
            report.as_of, result.verdict, result.method, verdict_bound=result.verdict_bound, position=result.position
        )
        if result
        else Earlier(report.as_of, None)
    )
    if not isinstance(newest, Figure):
        return past
    period = read_period(newest.period)
    end = period.end if period else None
    return replace(past, value=newest.value, carrier=newest.indicator, end=end, bound=newest.bound)


def _policy_findings(question: Question, checks: tuple[Check, ...], states: list[WaiverState]) -> list[Finding]:
    """What is wrong with the run itself: nothing judged, gates that judge nothing, waivers without use."""
    findings = [
        Finding(state.waiver.gate, "unused_waiver", "warn", "assessment", state.waiver.line, waiver=state.waiver)
        for state in states
        if state.state == "unused"
    ]
    findings += _run_findings(question)
    if not any(check.is_evaluated or check.fails or check.unjudged == "awaiting" for check in checks):
        whys = {check.unjudged for check in checks}
        found = None if not checks else "no_comparison" if whys == {"no_comparison"} else "none"
        return [*findings, Finding("*", "nothing_judged", "fail", "evidence", 1, found=found)]
    return findings if question.narrowed else [*findings, *_idle_gates(question, checks)]


def _idle_gates(question: Question, checks: tuple[Check, ...]) -> Iterator[Finding]:
    """Gates that fit no result, or have nothing to compare with on the day that they name."""
    active = {check.gate for check in checks}
    comparing = {check.gate for check in checks if check.compares}
    lacking = {check.gate for check in checks if check.unjudged == "no_comparison"} - comparing
    for gate in question.gates:
        if gate.id == SINCE_LAST.id:
            continue
        is_idle = gate.id not in active
        lacks = gate.id in lacking and gate.since is not None and "no_comparison" not in gate.allow
        if is_idle or lacks:
            since = None if is_idle else gate.since
            yield Finding(gate.id, "nothing_judged", "fail", "assessment", gate.line or 1, since=since)


def _run_findings(question: Question) -> Iterator[Finding]:
    """The last recorded run is missing where a gate compares with it, or older than it may be."""
    if question.previous is None:
        for gate in question.gates:
            if gate.since_last:
                yield Finding(gate.id, "no_run", "warn", "assessment", gate.line or 1)
    if question.max_gap is not None and (question.gap is None or question.gap > question.max_gap):
        found = Decimal(question.gap) if question.gap is not None else None
        asked = Decimal(question.max_gap)
        yield Finding(COMMAND_LINE, "old_run", "fail", "evidence", 1, found=found, op="<=", asked=asked)


def _severity(finding: Finding, order: Mapping[str, int]) -> tuple[object, ...]:
    result = finding.result if isinstance(finding.result, Assessment) else None
    verdict = VERDICTS.index(result.verdict) if result else len(VERDICTS)
    due = result.milestone.due if result else date.max
    return (finding.level != "fail", _SEVERITY.index(finding.kind), verdict, due, order.get(finding.gate, len(order)))
