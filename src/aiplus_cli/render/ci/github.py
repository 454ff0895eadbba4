"""GitHub workflow commands: at most ten, since a step shows no more; the last one says how many are left out."""

from __future__ import annotations

from aiplus_cli.contract.check import CheckDocument, FindingRow
from aiplus_cli.plan.records import Plan
from aiplus_cli.render.ci import JobOutput
from aiplus_cli.render.ci.text import whole
from aiplus_cli.render.ci.words import CheckPhrases, ids
from aiplus_cli.render.text import visible

MOST = 10


def render_github(check: CheckDocument, plan: Plan, page: JobOutput) -> str:
    """One command a finding, worst first, then newly met milestones as notices while there is room."""
    words = CheckPhrases(check, plan, page)
    commands = [_finding(words, finding) for finding in check.findings]
    commands += [_command(words, "notice", met.line, ids(met), words.met(met)) for met in check.newly_met]
    if len(commands) > MOST:
        left = len(commands) - MOST + 1
        level = "error" if any(finding.level == "fail" for finding in check.findings) else "warning"
        said = words.say("{n} more; {summary}", n=left, summary=words.summary())
        commands = [*commands[: MOST - 1], _command(words, level, 1, "aiplus check", said)]
    return "".join(f"{command}\n" for command in commands)


def _finding(words: CheckPhrases, finding: FindingRow) -> str:
    text = "\n".join(whole(words, finding))
    level = "error" if finding.level == "fail" else "warning"
    return _command(words, level, finding.line, f"{words.subject(finding)} [{finding.gate}]", text)


def _command(words: CheckPhrases, level: str, line: int, title: str, text: str) -> str:
    place = f"file={_property(words.page.path)},line={max(line, 1)},title={_property(title)}"
    return f"::{level} {place}::{_message(text)}"


def _message(text: str) -> str:
    lines = (visible(line).replace("%", "%25") for line in text.split("\n"))
    return "%0A".join(lines)


def _property(text: str) -> str:
    return visible(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
