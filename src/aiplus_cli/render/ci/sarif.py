"""SARIF 2.1.0: one result a finding, located in targets.yaml; a waived one is suppressed, not left out."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

from aiplus_cli.check.records import RULES, Rule
from aiplus_cli.contract.check import CheckDocument
from aiplus_cli.contract.encode import encode_json
from aiplus_cli.contract.findings import FindingRow
from aiplus_cli.contract.version import tool_version
from aiplus_cli.errors import Message
from aiplus_cli.plan.records import Plan
from aiplus_cli.render.ci import JobOutput
from aiplus_cli.render.ci.text import whole
from aiplus_cli.render.ci.words import CheckPhrases
from aiplus_cli.render.text import visible

DESCRIPTIONS: dict[Rule, Message] = {
    "missed": Message("The milestone has passed and its target is not met."),
    "off_track": Message("At the observed pace the target is out of reach."),
    "at_risk": Message("The target needs a faster pace than the observed one."),
    "behind": Message("The latest figure is worse than its path was on the figure's day."),
    "awaiting": Message("The due date has passed, and the figure that decides is not out yet."),
    "insufficient_data": Message("Too few figures for a verdict."),
    "no_data": Message("No figure is known."),
    "not_quantified": Message("The plan gives words only, and nobody has rated it."),
    "stale": Message("The next figure is overdue by more than the grace period."),
    "due": Message("The next figure is awaited."),
    "none": Message("There is no evidence at all."),
    "probability": Message("The probability of meeting the target is too low, or unknown."),
    "regression": Message("The value fell back since the day of comparison."),
    "worsened": Message("The verdict worsened since the day of comparison."),
    "ratchet": Message("The value fell back from the best one reached."),
    "provisional": Message("The verdict rests on a figure that is not final."),
    "old_run": Message("The last recorded run is older than it may be, or there is none."),
    "no_run": Message("A gate compares with the last recorded run, and there is none."),
    "unused_waiver": Message("A waiver excuses nothing."),
    "nothing_judged": Message("A gate, or the whole run, judged nothing."),
    "not_judged": Message("A gate names what it cannot judge, and does not allow that."),
}


def render_sarif(check: CheckDocument, plan: Plan, page: JobOutput) -> str:
    """The findings as a SARIF log of one run; what was not judged, and may be so, is noted."""
    words = CheckPhrases(check, plan, page)
    open_ = [{"level": "note", "message": {"text": visible(words.open_text(row))}} for row in words.left_open()]
    return log_text(
        {"rules": [_rule(rule, words) for rule in RULES]},
        {"executionSuccessful": True, "exitCode": int(page.code), "toolExecutionNotifications": open_},
        [_result(words, finding) for finding in (*check.findings, *check.waived)],
    )


def log_text(known: dict[str, Any], invocation: dict[str, Any], results: list[dict[str, Any]]) -> str:
    """A log of one run: what the tool can say, how the run ended, and what it found."""
    run = {
        "tool": {"driver": {"name": "aiplus", "version": tool_version(), **known}},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": results,
    }
    return encode_json({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule, words: CheckPhrases) -> dict[str, Any]:
    return {
        "id": rule,
        "shortDescription": {"text": words.said(DESCRIPTIONS[rule])},
        "help": {"text": words.say("docs/checks.md#{rule} says why, and what to do", rule=rule)},
    }


def _result(words: CheckPhrases, finding: FindingRow) -> dict[str, Any]:
    subject = words.subject(finding)
    text = "\n".join([subject, *whole(words, finding)])
    location: dict[str, Any] = {
        "artifactLocation": {"uri": quote(words.page.path)},
        "region": {"startLine": max(finding.line, 1)},
    }
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": RULES.index(finding.rule),
        "level": "error" if finding.level == "fail" else "warning",
        "message": {"text": text},
        "locations": [{"physicalLocation": location, "logicalLocations": [{"fullyQualifiedName": subject}]}],
        "partialFingerprints": _fingerprints(finding),
        "properties": {
            "gate": finding.gate,
            "aspect": finding.aspect or "",
            "kind": finding.kind,
            "figureId": finding.figure_id or "",
        },
    }
    if finding.new is not None:
        found["baselineState"] = "new" if finding.new else "unchanged"
    if finding.excuse == "waived":
        found["suppressions"] = [{"kind": "external", "justification": _reason(words.check, finding)}]
    return found


def _reason(check: CheckDocument, finding: FindingRow) -> str:
    """Of the waiver that holds: several may stand on one line."""
    about = finding.gate, finding.indicator, finding.region, finding.milestone or ""
    held = (each for each in check.waivers if each.state == "waived")
    return next(each.reason for each in held if (each.gate, each.indicator, each.region, each.milestone) == about)


def _fingerprints(finding: FindingRow) -> dict[str, str]:
    """GitHub knows an alert by the first, which it would else take of the line: one line, one alert."""
    identity = fingerprint(finding)
    return {"primaryLocationLineHash": f"{identity}:1", "aiplusIdentity/v1": identity}


def fingerprint(finding: FindingRow) -> str:
    """A hash of the finding's identity: the same from run to run, whatever the value and the line."""
    identity = (finding.gate, finding.rule, finding.indicator, finding.region, finding.milestone)
    return hashlib.sha256("\n".join(part for part in identity if part is not None).encode()).hexdigest()[:32]
