"""Waivers: which findings they excuse, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from aiplus_cli.check.comparing import is_worse_than
from aiplus_cli.check.question import Question
from aiplus_cli.check.records import Excuse, Finding, WaiverState, place
from aiplus_cli.judge.records import Report
from aiplus_cli.ledger.entries import Figure
from aiplus_cli.plan.records import Waiver


def apply_waivers(
    report: Report, found: list[Finding], judged: Mapping[tuple[str, str, str, str], bool], question: Question
) -> tuple[list[Finding], list[Finding], list[WaiverState]]:
    """Findings that stay, findings that are waived, and what became of each waiver.

    `judged` is what the gates looked at, and whether they could: not where nothing earlier is known to compare with.
    """
    waivers = _current(report.plan.waivers, report.today)
    kept: list[Finding] = []
    waived: list[Finding] = []
    used: dict[tuple[str, str, str, str], Excuse] = {}
    for finding in found:
        key = (finding.gate, *place(finding.result)) if finding.result else ("", "", "", "")
        waiver = waivers.get(key)
        if waiver is None:
            kept.append(finding)
            continue
        excuse = _excuse(waiver, finding, report.today)
        named = replace(finding, waiver=waiver, excuse=excuse)
        (waived if excuse == "waived" else kept).append(named)
        used[key] = min(excuse, used.get(key, excuse), key=("expired", "floor", "waived").index)
    states = [
        _state(waiver, used, judged, report.today, question)
        if waivers.get(waiver.key) is waiver
        else WaiverState(waiver, "not_yet" if _later(waiver, report.today) else "renewed")
        for waiver in report.plan.waivers
    ]
    return kept, waived, states


def _current(waivers: Iterable[Waiver], today: date) -> dict[tuple[str, str, str, str], Waiver]:
    """Of each key the waiver that holds, or that was the last to hold."""
    begun = sorted((waiver for waiver in waivers if not _later(waiver, today)), key=lambda waiver: waiver.start)
    return {waiver.key: waiver for waiver in begun}


def _later(waiver: Waiver, today: date) -> bool:
    return today < waiver.start


def _excuse(waiver: Waiver, finding: Finding, today: date) -> Excuse:
    if today > waiver.expires:
        return "expired"
    return "floor" if waiver.floor is not None and _below(waiver.floor, finding) else "waived"


def _below(floor: Decimal, finding: Finding) -> bool:
    """Whether the figure is worse than the floor; without one, or with a bound, nobody can say that it is not."""
    if not isinstance(finding.figure, Figure) or finding.result is None:
        return True
    return is_worse_than(floor, finding.figure, -1 if finding.result.indicator.direction == "decrease" else 1)


def _state(
    waiver: Waiver,
    used: dict[tuple[str, str, str, str], Excuse],
    judged: Mapping[tuple[str, str, str, str], bool],
    today: date,
    question: Question,
) -> WaiverState:
    if waiver.key in used:
        return WaiverState(waiver, used[waiver.key])
    if today > waiver.expires:
        return WaiverState(waiver, "expired")
    if not judged.get(waiver.key, not question.narrowed):
        return WaiverState(waiver, "not_judged")
    return WaiverState(waiver, "unused")
