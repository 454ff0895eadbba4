"""aiplus.check/1: a check as JSON. A contract: later versions only add keys; nothing in it is translated."""

from __future__ import annotations

from typing import Any

from aiplus_cli.check.records import Check, CheckReport, Finding, Identity, WaiverState
from aiplus_cli.contract.status import unit_text
from aiplus_cli.judge.records import Assessment
from aiplus_cli.render import Options
from aiplus_cli.render.ci import JobOutput
from aiplus_cli.render.ci.words import CheckPhrases
from aiplus_cli.render.data import encode_json
from aiplus_cli.render.numbers import fine, machine


def render_json(check: CheckReport, page: JobOutput) -> str:
    """The check as aiplus.check/1."""
    return encode_json(check_document(check, page))


def check_document(check: CheckReport, page: JobOutput) -> dict[str, Any]:
    """The check as plain values in the order of the contract; `checks` only where the page asks for the gates."""
    from importlib.metadata import version

    words, report = CheckPhrases(check, page, lang="en"), check.report
    return {
        "schema": "aiplus.check/1",
        "tool_version": version("aiplus-cli"),
        "plan": report.plan.about.id,
        "today": report.today,
        "as_of": report.as_of,
        "method": report.method,
        "exit_code": int(page.code),
        "summary": {
            "judged": check.judged,
            "fail": sum(finding.level == "fail" for finding in check.findings),
            "warn": sum(finding.level == "warn" for finding in check.findings),
            "waived": len(check.waived),
            "newly_met": len(check.newly_met),
        },
        "findings": [finding_row(words, finding) for finding in check.findings],
        "waived": [finding_row(words, finding) for finding in check.waived],
        "resolved": [_identity_row(identity) for identity in check.resolved],
        "met_since": check.met_since,
        "newly_met": [_met_row(words, result) for result in check.newly_met],
        "waivers": [_waiver_row(state) for state in check.waivers],
        "checks": [_check_row(words, each) for each in check.checks] if page.gates else None,
    }


def finding_rows(check: CheckReport) -> list[dict[str, Any]]:
    """What a recorded run keeps: every finding, the waived ones last."""
    words = CheckPhrases(check, JobOutput(Options()), lang="en")
    return [finding_row(words, finding) for finding in (*check.findings, *check.waived)]


def finding_row(words: CheckPhrases, finding: Finding) -> dict[str, Any]:
    """One finding; every key is always there."""
    figure, waiver = finding.figure, finding.waiver
    return {
        **_identity_row(finding.identity),
        "level": finding.level,
        "kind": finding.kind,
        **_result_keys(words, finding.result),
        "value": figure.value if figure else None,
        "bound": figure.bound if figure else None,
        "period": figure.period if figure else None,
        "published": figure.published if figure else None,
        "figure_id": figure.id if figure else None,
        "source": figure.source if figure else None,
        "found": machine(finding.found) if not isinstance(finding.found, str) else finding.found,
        "op": finding.op,
        "asked": machine(finding.asked) if not isinstance(finding.asked, str) else finding.asked,
        "since": finding.since,
        "compared_with": finding.compared,
        "path": words.page.path,
        "line": finding.line,
        "message": words.what(finding),
        "fix": words.fix(finding),
        "waive": words.waive(finding),
        "new": finding.new,
        "excuse": finding.excuse or None,
        "waiver_line": waiver.line if waiver else None,
        "waiver_expires": waiver.expires if waiver else None,
    }


def _identity_row(identity: Identity) -> dict[str, str | None]:
    keys = ("gate", "rule", "indicator", "region", "milestone")
    return dict(zip(keys, (*identity, None, None, None), strict=False))


def _result_keys(words: CheckPhrases, result: Assessment | None) -> dict[str, Any]:
    """What a finding is about, besides its identity."""
    if result is None:
        names = (
            "stands_for",
            "due",
            "basis",
            "verdict",
            "freshness",
            "unit",
            "method",
            "probability",
            "hangs_on_method",
        )
        return dict.fromkeys(names)
    return {
        "stands_for": result.indicator.proxy_for,
        "due": result.milestone.due,
        "basis": result.basis,
        "verdict": result.verdict,
        "freshness": result.freshness,
        "unit": unit_text(result.indicator),
        "method": result.method,
        "probability": fine(result.outcome.probability) if result.outcome else None,
        "hangs_on_method": words.row(result).hangs_on_method,
    }


def _met_row(words: CheckPhrases, result: Assessment) -> dict[str, Any]:
    place = {"indicator": result.indicator.id, "region": result.region, "milestone": result.milestone.id}
    return place | _result_keys(words, result) | {"message": words.met(result)}


def _waiver_row(state: WaiverState) -> dict[str, Any]:
    waiver = state.waiver
    return {
        "gate": waiver.gate,
        "indicator": waiver.indicator,
        "region": waiver.region,
        "milestone": waiver.milestone,
        "reason": waiver.reason,
        "owner": waiver.owner,
        "granted": waiver.granted,
        "expires": waiver.expires,
        "floor": waiver.floor,
        "line": waiver.line,
        "state": state.state,
    }


def _check_row(words: CheckPhrases, check: Check) -> dict[str, Any]:
    found, asked = check.found, check.asked
    return {
        "gate": check.gate,
        "aspect": check.aspect,
        "indicator": check.result.indicator.id,
        "region": check.result.region,
        "milestone": check.result.milestone.id,
        "found": found if isinstance(found, str) else machine(found),
        "bound": check.bound,
        "op": check.op,
        "asked": asked if isinstance(asked, str) else machine(asked),
        "slack": machine(check.slack),
        "slack_in": check.scale,
        "state": words.outcome(check),
    }
