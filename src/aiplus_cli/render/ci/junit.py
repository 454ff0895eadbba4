"""JUnit XML: a suite a gate, a case a result. A failure is about progress, an error about evidence or the run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree as ET

from aiplus_cli.contract.check import CheckDocument, CheckRow, FindingRow
from aiplus_cli.plan.records import Plan
from aiplus_cli.render.ci import JobOutput
from aiplus_cli.render.ci.text import whole
from aiplus_cli.render.ci.words import CheckPhrases, ids
from aiplus_cli.render.text import visible

_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def render_junit(check: CheckDocument, plan: Plan, page: JobOutput) -> str:
    """Every result that a gate judged is a case; what is waived or not judged is skipped, if the gate allows it."""
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
    return "<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(root, encoding="unicode") + "\n"


class Case(NamedTuple):
    """A result that a gate judged, or what is wrong with the policy, and the findings on it."""

    name: str
    checks: list[CheckRow]
    findings: list[FindingRow]

    @property
    def unjudged(self) -> list[CheckRow]:
        """What the gate could not judge, where it judged nothing of the result."""
        return self.checks if all(check.state == "not_judged" for check in self.checks) else []


def _cases(check: CheckDocument) -> dict[str, list[Case]]:
    """The cases of each gate."""
    found: dict[tuple[str, str], list[FindingRow]] = {}
    for finding in (*check.findings, *check.waived):
        found.setdefault((finding.gate, ids(finding)), []).append(finding)
    suites: dict[str, dict[str, Case]] = {}
    for each in check.checks or ():
        name = ids(each)
        case = Case(name, [], found.get((each.gate, name), []))
        suites.setdefault(each.gate, {}).setdefault(name, case).checks.append(each)
    for finding in check.findings:
        if finding.freshness is None:  # it is about no result
            name = f"{finding.rule} {ids(finding)}".rstrip()
            suites.setdefault(finding.gate, {})[name] = Case(name, [], [finding])
    return {gate: list(cases.values()) for gate, cases in suites.items()}


def _add_suite(root: ET.Element, words: CheckPhrases, gate: str, cases: list[Case]) -> None:
    suite = ET.SubElement(root, "testsuite", name=f"aiplus.{gate}")
    met = {ids(row): row for row in words.check.newly_met}
    for case in cases:
        node = ET.SubElement(suite, "testcase", classname=f"aiplus.{gate}", name=case.name, time="0")
        _judge(node, words, case)
        if case.name in met:
            ET.SubElement(node, "system-out").text = xml_text(words.met(met[case.name]))


def _judge(node: ET.Element, words: CheckPhrases, case: Case) -> None:
    """One element at most: readers take a case with two for whatever they like."""
    findings = case.findings
    failed = [finding for finding in findings if finding.level == "fail" and finding.excuse != "waived"]
    warned = [finding for finding in findings if finding.level == "warn" and finding.excuse != "waived"]
    if failed:
        kind = "failure" if failed[0].kind == "progress" else "error"
        element = ET.SubElement(node, kind, message=xml_text(words.what(failed[0])), type=failed[0].rule)
        element.text = xml_text(_text(words, [*failed, *warned]))
    elif any(finding.excuse == "waived" for finding in findings):
        ET.SubElement(node, "skipped", message=xml_text(words.what(findings[-1])))
    elif case.unjudged:
        ET.SubElement(node, "skipped", message=words.unjudged(case.unjudged[0]))
    elif warned:
        ET.SubElement(node, "system-out").text = xml_text(_text(words, warned))


def _text(words: CheckPhrases, findings: list[FindingRow]) -> str:
    said = [[words.level(f.level), *whole(words, f)] for f in findings]
    return "\n".join(visible(line) for block in said for line in block)


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
