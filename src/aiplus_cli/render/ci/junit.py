"""JUnit XML: a suite a gate, a case for each thing that it looks at of a result."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree as ET

from aiplus_cli.contract.check import CheckDocument, CheckRow
from aiplus_cli.contract.findings import FindingRow
from aiplus_cli.plan.records import Plan
from aiplus_cli.render.ci import JobOutput
from aiplus_cli.render.ci.text import whole
from aiplus_cli.render.ci.words import CheckPhrases, ids
from aiplus_cli.render.text import visible

_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_OBEYED = re.compile(r"^(\s*):(?=:)|#(?=#(?:vso)?\[)", re.MULTILINE)


def render_junit(check: CheckDocument, plan: Plan, page: JobOutput) -> str:
    """A case each: what `check --list` has rows for, and what is wrong with the policy or the run."""
    words = CheckPhrases(check, plan, page)
    root = ET.Element("testsuites", name="aiplus check")
    suites = _cases(check)
    for gate, cases in suites.items():
        _add_suite(root, words, gate, cases)
    return document_text(root)


def document_text(root: ET.Element) -> str:
    """The suites with their counts, as a document."""
    for suite in root:
        _count(suite)
    _total(root, list(root))
    ET.indent(root)
    return "<?xml version='1.0' encoding='utf-8'?>\n" + _unobeyed(ET.tostring(root, encoding="unicode")) + "\n"


def _unobeyed(xml: str) -> str:
    """What a job would obey, if the file were printed there, with its first sign as a reference: XML reads the same."""
    return _OBEYED.sub(lambda match: f"{match[1] or ''}&#{ord(match[0][-1])};", xml)


class Case(NamedTuple):
    """What a gate looked at of a result, or what is wrong with the policy or the run, and what was found."""

    name: str
    check: CheckRow | None
    finding: FindingRow | None


def _cases(check: CheckDocument) -> dict[str, list[Case]]:
    """The cases of each gate."""
    found = {(row.gate, row.aspect, ids(row)): row for row in (*check.findings, *check.waived)}
    suites: dict[str, list[Case]] = {}
    for row in check.checks or ():
        finding = found.get((row.gate, row.aspect, ids(row)))
        suites.setdefault(row.gate, []).append(Case(_name(row), row, finding))
    for finding in check.findings:
        if finding.aspect is None:
            name = f"{finding.rule} {ids(finding)}".rstrip()
            suites.setdefault(finding.gate, []).append(Case(name, None, finding))
    return suites


def _name(row: CheckRow) -> str:
    return ids(row) if row.aspect == "verdict" else f"{ids(row)} {row.aspect}"


def _add_suite(root: ET.Element, words: CheckPhrases, gate: str, cases: list[Case]) -> None:
    suite = ET.SubElement(root, "testsuite", name=f"aiplus.{gate}")
    met = {ids(row): row for row in words.check.newly_met}
    for case in cases:
        node = ET.SubElement(suite, "testcase", classname=f"aiplus.{gate}", name=case.name, time="0")
        _judge(node, words, case)
        if case.name in met:
            ET.SubElement(node, "system-out").text = xml_text(words.met(met[case.name]))


def _judge(node: ET.Element, words: CheckPhrases, case: Case) -> None:
    """A failure of progress, an error of evidence or of the run; skipped where waived or, as allowed, not judged."""
    finding = case.finding
    if finding and finding.excuse == "waived":
        ET.SubElement(node, "skipped", message=xml_text(words.what(finding)))
    elif finding and finding.level == "fail":
        kind = "failure" if finding.kind == "progress" else "error"
        element = ET.SubElement(node, kind, message=xml_text(words.what(finding)), type=finding.rule)
        element.text = xml_text(_text(words, finding))
    elif case.check and case.check.state == "not_judged":
        ET.SubElement(node, "skipped", message=xml_text(words.unjudged(case.check)))
    elif finding:
        ET.SubElement(node, "system-out").text = xml_text(_text(words, finding))


def _text(words: CheckPhrases, finding: FindingRow) -> str:
    return "\n".join(map(visible, [words.level(finding.level), *whole(words, finding)]))


def xml_text(text: str) -> str:
    """Text that XML 1.0 can hold; line feeds between the lines of a message stay."""
    lines = [visible(line) for line in text.split("\n")]
    return _NOT_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", "\n".join(lines))


def _count(suite: ET.Element) -> None:
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", "0")


def _total(root: ET.Element, suites: Iterable[ET.Element]) -> None:
    for attribute in ("tests", "failures", "errors"):
        root.set(attribute, str(sum(int(suite.get(attribute, "0")) for suite in suites)))
