"""A check for a terminal or a log: one block a finding, worst first; nothing at all when all is well."""

from __future__ import annotations

from aiplus_cli.contract.check import CheckDocument
from aiplus_cli.contract.findings import FindingRow
from aiplus_cli.plan.records import Plan
from aiplus_cli.render.ci import JobOutput
from aiplus_cli.render.ci.words import CheckPhrases, ids
from aiplus_cli.render.table import Screen
from aiplus_cli.render.view import Heading, Section, Shown

TONES = {"fail": "red", "warn": "yellow", "met": "green", "waived": "dim"}
INDENT = 4


def render_text(check: CheckDocument, plan: Plan, page: JobOutput) -> str:
    """The findings, or with the page's switches the gates with their slack and the waivers."""
    words, screen = CheckPhrases(check, plan, page), Screen(page.options)
    if page.gates:
        screen.section(gate_section(words))
    if page.waivers and check.waivers:
        screen.section(waiver_section(words))
    elif page.waivers:
        screen.lines([words.say("targets.yaml has no waivers")])
    if page.gates or page.waivers:
        return screen.text().lstrip("\n")
    for finding in check.findings:
        _finding(screen, words, finding)
    for finding in check.waived:
        screen.marked(words.say("waived"), TONES["waived"], f"  {words.subject(finding)}  [{finding.gate}]")
        screen.lines([words.what(finding)], indent=INDENT)
    for met in check.newly_met:
        screen.marked(words.say("met"), TONES["met"], f"  {ids(met)}")
        screen.lines([words.met(met)], indent=INDENT)
    for row in check.resolved:
        screen.marked(words.say("resolved"), TONES["met"], f"  {ids(row)}  [{row.gate}]")
        screen.lines([words.resolved(row)], indent=INDENT)
    return screen.text()


def _finding(screen: Screen, words: CheckPhrases, finding: FindingRow) -> None:
    mark = f"  {words.say('new')}" if finding.new else ""
    title = f"  {words.subject(finding)}  [{finding.gate}]{mark}"
    screen.marked(words.level(finding.level), TONES[finding.level], title)
    screen.lines([words.what(finding), *details(words, finding)], indent=INDENT)
    line = finding.waive
    if finding.level == "fail" and line:
        screen.lines([words.say("or add to waivers:")], indent=INDENT)
        screen.verbatim(f"{' ' * (INDENT + 2)}{line}")


def whole(words: CheckPhrases, finding: FindingRow) -> list[str]:
    """Everything about a finding, line by line, for a format that has one text for it."""
    line = finding.waive
    waive = [words.say("or add to waivers:"), line] if finding.level == "fail" and line else []
    return [words.what(finding), *details(words, finding), *waive]


def details(words: CheckPhrases, finding: FindingRow) -> list[str]:
    """Where it stands, what it rests on, since when, and what to do."""
    known = [words.where(finding.line), words.evidence(finding)]
    if finding.since is not None:
        known.append(words.say("since {day}", day=finding.since))
    said = [words.say("; ").join(part for part in known if part)]
    said.append(words.say("fix: {text}", text=words.fix(finding)))
    return said


def gate_section(words: CheckPhrases) -> Section:
    """Every aspect of every result that a gate judges, with what is left before it fails."""
    say, checks = words.say, words.check.checks or ()
    columns = (
        Heading(say("Gate")),
        Heading(say("Looks at")),
        Heading(say("Indicator"), flexible=True),
        Heading(say("Region"), 3 if len({check.region for check in checks}) < 2 else 0),
        Heading(say("By")),
        Heading(say("Found"), 1, right=True),
        Heading(say("Asked"), 2, right=True),
        Heading(say("Slack"), right=True),
        Heading(say("State")),
    )
    rows: list[tuple[Shown, ...]] = [
        (
            Shown(check.gate),
            Shown(words.aspect(check.aspect)),
            Shown(check.indicator),
            Shown(check.region),
            Shown(check.milestone or "-"),
            Shown(words.found(check)),
            Shown(words.asked(check)),
            Shown(words.slack(check)),
            Shown(words.state(check)),
        )
        for check in checks
    ]
    active = {check.gate for check in checks}
    idle = [say("{gate}: nothing judged", gate=gate) for gate in words.check.gates if gate not in active]
    return Section(say("Gates"), columns, rows, idle)


def waiver_section(words: CheckPhrases) -> Section:
    """Every waiver, what it excuses and what became of it."""
    say = words.say
    columns = (
        Heading(say("Line"), right=True),
        Heading(say("Gate")),
        Heading(say("Indicator"), flexible=True),
        Heading(say("Region"), 2),
        Heading(say("By")),
        Heading(say("Expires")),
        Heading(say("Days left"), 1, right=True),
        Heading(say("Owner"), 4),
        Heading(say("Reason"), 3, flexible=True),
        Heading(say("State"), flexible=True),
    )
    rows: list[tuple[Shown, ...]] = [
        (
            Shown(str(state.line)),
            Shown(state.gate),
            Shown(state.indicator),
            Shown(state.region),
            Shown(state.milestone or "-"),
            Shown(str(state.expires)),
            Shown(str(words.days_left(state))),
            Shown(state.owner),
            Shown(state.reason),
            Shown(words.waiver_state(state)),
        )
        for state in words.check.waivers
    ]
    return Section(say("Waivers"), columns, rows)
