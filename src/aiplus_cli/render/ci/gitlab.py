"""GitLab code quality: one issue a finding; waived findings are no issues."""

from __future__ import annotations

from typing import Any

from aiplus_cli.contract.check import CheckDocument
from aiplus_cli.contract.encode import encode_json
from aiplus_cli.contract.findings import FindingRow
from aiplus_cli.plan.records import Plan
from aiplus_cli.render.ci import JobOutput
from aiplus_cli.render.ci.sarif import fingerprint
from aiplus_cli.render.ci.text import whole
from aiplus_cli.render.ci.words import CheckPhrases
from aiplus_cli.render.text import visible


def render_gitlab(check: CheckDocument, plan: Plan, page: JobOutput) -> str:
    """A JSON list of issues."""
    words = CheckPhrases(check, plan, page)
    return encode_json([_issue(words, finding) for finding in check.findings])


def _issue(words: CheckPhrases, finding: FindingRow) -> dict[str, Any]:
    return {
        "description": "\n".join(map(visible, [words.subject(finding), *whole(words, finding)])),
        "check_name": f"{finding.gate}/{finding.rule}",
        "fingerprint": fingerprint(finding),
        "severity": severity(finding),
        "location": {"path": words.page.path, "lines": {"begin": max(finding.line, 1)}},
    }


def severity(finding: FindingRow) -> str:
    """A missed target blocks; what fails on progress is critical, on evidence major; a warning is minor."""
    if finding.level == "warn":
        return "minor"
    if finding.rule == "missed":
        return "blocker"
    return "critical" if finding.kind == "progress" else "major"
