"""GitHub workflow commands: at most ten, since a step shows no more; the last one says how many are left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiplus_cli.contract.check import CheckDocument
from aiplus_cli.contract.failure import Place
from aiplus_cli.contract.findings import FindingRow
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
    level = "error" if any(finding.level == "fail" for finding in check.findings) else "warning"
    return only_so_many(
        commands,
        lambda left: _command(
            words, level, 1, "aiplus check", words.say("{n} more; {summary}", n=left, summary=words.summary())
        ),
    )


def _finding(words: CheckPhrases, finding: FindingRow) -> str:
    text = "\n".join(whole(words, finding))
    level = "error" if finding.level == "fail" else "warning"
    return _command(words, level, finding.line, f"{words.subject(finding)} [{finding.gate}]", text)


def _command(words: CheckPhrases, level: str, line: int, title: str, text: str) -> str:
    return command(level, Place(words.page.path, max(line, 1)), title, text)


def only_so_many(commands: Sequence[str], rest: Callable[[int], str]) -> str:
    """The commands a line each, where they are too many the first of them and one that tells how many are left."""
    shown = list(commands)
    if len(shown) > MOST:
        shown = [*shown[: MOST - 1], rest(len(shown) - MOST + 1)]
    return "".join(f"{each}\n" for each in shown)


def command(level: str, place: Place, title: str, text: str) -> str:
    """A workflow command; nothing in a title or a text ends it or starts another."""
    where = {"file": place.path, "line": place.line, "title": title}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in where.items() if value is not None)
    return f"::{level} {properties}::{_message(text)}"


def _message(text: str) -> str:
    lines = (_shown(line) for line in text.split("\n"))
    return "%0A".join(lines)


def _property(text: str) -> str:
    return _shown(text).replace(":", "%3A").replace(",", "%2C")


def _shown(line: str) -> str:
    return visible(line).replace("##[", "## [").replace("##vso[", "## vso[").replace("%", "%25")
