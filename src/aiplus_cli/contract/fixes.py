"""What to do about a finding: the next command or edit."""

from __future__ import annotations

from aiplus_cli.check.records import Finding, Subject
from aiplus_cli.contract.sentences import RUN_RULES
from aiplus_cli.errors import Message
from aiplus_cli.judge.records import Assessment


def fix_of(finding: Finding, year: int) -> Message:
    """What mends a finding; `year` is that of the clock."""
    result = finding.result
    if result is None:
        return _fix_policy(finding)
    lead = result.lead if isinstance(result, Assessment) else None
    carrier = finding.figure.indicator if finding.figure else lead or result.indicator.id
    if result.indicator.measure == "rating":
        return Message(
            "rate it: aiplus record {id} RATING --period {year} (met, on_track, at_risk or off_track)",
            id=carrier,
            year=year,
        )
    return _fix_evidence(finding, result, carrier) or _fix_gate(finding) or _fix_progress(finding, carrier)


def _fix_gate(finding: Finding) -> Message | None:
    """Where the gate asks what cannot be told; None for what it judged."""
    if finding.rule != "not_judged":
        return None
    return Message("name other indicators in the gate, or let it stay unjudged: allow: [{why}]", why=finding.found)


def _fix_policy(finding: Finding) -> Message:
    if finding.waiver:
        return Message("remove the waiver, or correct what it names")
    if finding.rule in RUN_RULES:
        return Message("record this month's run: aiplus snapshot")
    return Message("check the options, the gates of the policy and the targets of the plan")


def _fix_evidence(finding: Finding, result: Subject, carrier: str) -> Message | None:
    """Where a figure is wanting; None where there are enough."""
    who = result.indicator.publisher or result.indicator.owner or "-"
    if finding.rule in ("stale", "due"):
        return Message(
            "record the next figure: aiplus record {id} VALUE --period PERIOD (published by {who})", id=carrier, who=who
        )
    if finding.rule == "provisional" and finding.figure is not None:
        return Message(
            "record the final figure once it is out: aiplus record {id} VALUE --period {period}",
            id=carrier,
            period=finding.figure.period,
        )
    if finding.figure is None:
        return Message(
            "record a figure: aiplus record {id} VALUE --period PERIOD (published by {who})", id=carrier, who=who
        )
    if isinstance(result, Assessment) and result.verdict in ("insufficient_data", "awaiting"):
        return Message("record another figure: aiplus record {id} VALUE --period PERIOD", id=carrier)
    return None


def _fix_progress(finding: Finding, carrier: str) -> Message:
    if finding.rule == "probability" and finding.found is None:
        return Message("choose a method that gives probabilities, or ask for a verdict instead")
    if finding.rule == "not_quantified":
        return Message("give the target an 'op' and a 'value', or judge it by open-sdg, which needs none")
    if finding.rule in ("regression", "ratchet") and finding.figure is not None:
        return Message(
            "check the figure at its source; if it is wrong: "
            "aiplus record {id} VALUE --period {period} --replaces {figure}",
            id=carrier,
            period=finding.figure.period,
            figure=finding.figure.id,
        )
    return Message("'aiplus show {id} --explain' shows the arithmetic; record newer figures", id=carrier)
