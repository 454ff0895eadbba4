"""A check for a terminal or a log: one block a finding, worst first; nothing at all when all is well."""

from __future__ import annotations

from aiplus_cli.model import CheckReport, Finding
from aiplus_cli.render.ci import Page
from aiplus_cli.render.ci.words import Words
from aiplus_cli.render.table import Screen
from aiplus_cli.render.view import Cell, Column, Sheet

TONES = {"fail": "red", "warn": "yellow", "met": "green", "waived": "dim"}
INDENT = 4


def render_text(check: CheckReport, page: Page) -> str:
    """The findings, or with the page's switches the gates with their slack and the waivers."""
    words, screen = Words(check, page), Screen(page.options)
    if page.gates:
        screen.sheet(gate_sheet(words))
    if page.waivers and check.waivers:
        screen.sheet(waiver_sheet(words))
    elif page.waivers:
        screen.lines([words.say("targets.yaml has no waivers")])
    if page.gates or page.waivers:
        return screen.text().lstrip("\n")
    for finding in check.findings:
        _finding(screen, words, finding)
    for finding in check.waived:
        screen.marked(words.say("waived"), TONES["waived"], f"  {words.subject(finding)}  [{finding.gate}]")
        screen.lines([words.what(finding)], indent=INDENT)
    for result in check.newly_met:
        screen.marked(words.say("met"), TONES["met"], f"  {words.place(result)}")
        screen.lines([words.met(result)], indent=INDENT)
    for identity in check.resolved:
        screen.marked(words.say("resolved"), TONES["met"], f"  {' '.join(identity[2:])}  [{identity[0]}]")
        screen.lines([words.resolved(identity)], indent=INDENT)
    return screen.text()


def _finding(screen: Screen, words: Words, finding: Finding) -> None:
    mark = f"  {words.say('new')}" if finding.new else ""
    title = f"  {words.subject(finding)}  [{finding.gate}]{mark}"
    screen.marked(words.level(finding.level), TONES[finding.level], title)
    screen.lines([words.what(finding), *details(words, finding)], indent=INDENT)
    line = words.waive(finding)
    if finding.level == "fail" and line:
        screen.lines([words.say("or add to waivers:")], indent=INDENT)
        screen.verbatim(f"{' ' * (INDENT + 2)}{line}")


def whole(words: Words, finding: Finding) -> list[str]:
    """Everything about a finding, line by line, for a format that has one text for it."""
    line = words.waive(finding)
    waive = [words.say("or add to waivers:"), line] if finding.level == "fail" and line else []
    return [words.what(finding), *details(words, finding), *waive]


def details(words: Words, finding: Finding) -> list[str]:
    """Where it stands, what it rests on, since when, and what to do."""
    known = [words.where(finding.line), words.evidence(finding)]
    if finding.since is not None:
        known.append(words.say("since {day}", day=finding.since))
    said = [words.say("; ").join(part for part in known if part)]
    said.append(words.say("fix: {text}", text=words.fix(finding)))
    return said


def gate_sheet(words: Words) -> Sheet:
    """Every aspect of every result that a gate judges, with what is left before it fails."""
    say = words.say
    columns = (
        Column(say("Gate")),
        Column(say("Looks at")),
        Column(say("Indicator"), flexible=True),
        Column(say("Region"), 3 if len({check.result.region for check in words.check.checks}) < 2 else 0),
        Column(say("By")),
        Column(say("Found"), 1, right=True),
        Column(say("Asked"), 2, right=True),
        Column(say("Slack"), right=True),
        Column(say("State")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            Cell(check.gate),
            Cell(words.aspect(check.aspect)),
            Cell(check.result.indicator.id),
            Cell(check.result.region),
            Cell(check.result.milestone.id),
            Cell(words.found(check)),
            Cell(words.asked(check)),
            Cell(words.slack(check)),
            Cell(words.state(check)),
        )
        for check in words.check.checks
    ]
    active = {check.gate for check in words.check.checks}
    idle = [say("{gate}: nothing judged", gate=gate.id) for gate in words.check.gates if gate.id not in active]
    return Sheet(say("Gates"), columns, rows, idle)


def waiver_sheet(words: Words) -> Sheet:
    """Every waiver, what it excuses and what became of it."""
    say = words.say
    columns = (
        Column(say("Line"), right=True),
        Column(say("Gate")),
        Column(say("Indicator"), flexible=True),
        Column(say("Region"), 2),
        Column(say("By")),
        Column(say("Expires")),
        Column(say("Days left"), 1, right=True),
        Column(say("Owner"), 4),
        Column(say("Reason"), 3, flexible=True),
        Column(say("State"), flexible=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            Cell(str(state.waiver.line)),
            Cell(state.waiver.gate),
            Cell(state.waiver.indicator),
            Cell(state.waiver.region),
            Cell(state.waiver.milestone),
            Cell(str(state.waiver.expires)),
            Cell(str(words.days_left(state.waiver))),
            Cell(state.waiver.owner),
            Cell(state.waiver.reason),
            Cell(words.waiver_state(state)),
        )
        for state in words.check.waivers
    ]
    return Sheet(say("Waivers"), columns, rows)
