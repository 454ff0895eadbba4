"""A check as Markdown, for a pull request or a step summary."""

from __future__ import annotations

from collections.abc import Iterable

from aiplus_cli.contract.check import CheckDocument
from aiplus_cli.contract.findings import FindingRow
from aiplus_cli.errors import Message
from aiplus_cli.plan.records import Plan
from aiplus_cli.render.ci import JobOutput
from aiplus_cli.render.ci.words import CheckPhrases, ids
from aiplus_cli.render.doc import escape
from aiplus_cli.words.i18n import translate
from aiplus_cli.words.joining import labelled, with_detail

LARGEST_SUMMARY = 900 * 1024
"""Bytes: a step summary of a mebibyte or more is dropped without a word."""


def render_markdown(check: CheckDocument, plan: Plan, page: JobOutput) -> str:
    """The findings in a table, the waived ones and the newly met milestones in lists."""
    return "".join(_parts(check, plan, page))


def render_summary(check: CheckDocument, plan: Plan, page: JobOutput, room: int = LARGEST_SUMMARY) -> str:
    """The same, whole lines only, in at most `room` bytes; what is left out is said."""
    return cut_to(room, _parts(check, plan, page), page.options.lang)


def cut_to(room: int, parts: Iterable[str], lang: str) -> str:
    """As many of the parts as there is room for, in bytes, and where that is not all, so much."""
    said = Message("cut here: the summary has no more room; 'aiplus check' lists all")
    left_out = escape(translate(said, lang)) + "\n"
    kept: list[str] = []
    size = len(left_out.encode()) + 1
    for part in parts:
        size += len(part.encode())
        if size > room:
            return "".join([*kept, "\n", left_out]) if kept else ""
        kept.append(part)
    return "".join(kept)


def _parts(check: CheckDocument, plan: Plan, page: JobOutput) -> Iterable[str]:
    """The page in pieces that end with a line feed."""
    words = CheckPhrases(check, plan, page)
    title, dates = words.head()
    yield f"# {escape(title)}\n\n{escape(dates)}\n\n{escape(words.summary())}\n"
    if check.findings:
        say = words.say
        heads = (say("Level"), say("What"), say("Found"), say("Where"), say("Fix"))
        yield "\n| " + " | ".join(escape(head) for head in heads) + " |\n|" + " --- |" * len(heads) + "\n"
    for finding in check.findings:
        yield "| " + " | ".join(escape(cell) for cell in _row(words, finding)) + " |\n"
    for title, lines in _lists(words):
        yield f"\n## {escape(title)}\n\n"
        for line in lines:
            yield f"- {escape(line)}\n"


def _row(words: CheckPhrases, finding: FindingRow) -> tuple[str, ...]:
    since = words.say("since {day}", day=finding.since) if finding.since else ""
    found = words.say("; ").join(part for part in (words.what(finding), words.evidence(finding), since) if part)
    mark = f"{words.subject(finding)} [{finding.gate}]"
    subject = with_detail(mark, words.say("new"), words.lang) if finding.new else mark
    line = finding.waive
    waive = f"{words.say('; ')}{words.say('or add to waivers:')} {line}" if finding.level == "fail" and line else ""
    return words.level(finding.level), subject, found, words.where(finding.line), words.fix(finding) + waive


def _lists(words: CheckPhrases) -> Iterable[tuple[str, list[str]]]:
    check = words.check
    if check.newly_met:
        yield (
            words.say("Newly met"),
            [labelled(ids(met), words.met(met), words.lang) for met in check.newly_met],
        )
    if check.resolved:
        lines = [labelled(f"{ids(row)} [{row.gate}]", words.resolved(row), words.lang) for row in check.resolved]
        yield words.say("Resolved"), lines
    if check.waived:
        yield (
            words.say("Waived"),
            [labelled(f"{words.subject(f)} [{f.gate}]", words.what(f), words.lang) for f in check.waived],
        )
    if rows := words.left_open():
        yield words.say("Not judged"), [words.open_text(row) for row in rows]
