"""Why nothing was assessed, in every format of `check`: no job takes silence, or an old report, for a green one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from aiplus_cli.contract.encode import encode_json
from aiplus_cli.contract.failure import REASONS, FailureDocument, FailureRow, Place
from aiplus_cli.errors import Message
from aiplus_cli.render import Options
from aiplus_cli.render.ci.github import command, only_so_many
from aiplus_cli.render.ci.junit import document_text, xml_text
from aiplus_cli.render.ci.markdown import cut_to
from aiplus_cli.render.ci.sarif import log_text
from aiplus_cli.render.doc import escape
from aiplus_cli.render.problems import problem_details, problem_text
from aiplus_cli.render.text import uncommanded, visible
from aiplus_cli.words.i18n import translate

TITLE = "aiplus check"
PLAN = "targets.yaml"
"""Where a format that needs a file shows what stands in none."""


def render_text(failure: FailureDocument, options: Options) -> str:
    """The problems as they are told on standard error."""
    return "".join(uncommanded(f"{problem_text(row.problem, options.lang)}\n") for row in failure.problems)


def render_json(failure: FailureDocument, options: Options) -> str:
    """The document itself."""
    del options  # JSON is never translated
    return encode_json(failure)


def render_github(failure: FailureDocument, options: Options) -> str:
    """An error a problem, at its place."""
    commands = [
        command("error", Place(row.path, row.line), _where(row), "\n".join(_said(row, options.lang)))
        for row in failure.problems
    ]
    return only_so_many(commands, lambda left: _more(failure, left, options.lang))


def _more(failure: FailureDocument, left: int, lang: str) -> str:
    said = Message("{n} more; {summary}", n=left, summary=_heading(failure))
    return command("error", Place(), TITLE, translate(said, lang))


def render_junit(failure: FailureDocument, options: Options) -> str:
    """A suite in which every problem is an error."""
    root = ET.Element("testsuites", name=TITLE)
    suite = ET.SubElement(root, "testsuite", name=f"aiplus.{failure.kind}")
    for row in failure.problems:
        name = xml_text(_title(row, options.lang))
        case = ET.SubElement(suite, "testcase", classname=f"aiplus.{failure.kind}", name=name, time="0")
        error = ET.SubElement(case, "error", message=name, type=failure.kind)
        error.text = xml_text("\n".join([translate(_heading(failure), options.lang), *_said(row, options.lang)]))
    return document_text(root)


def render_sarif(failure: FailureDocument, options: Options) -> str:
    """A run that failed, with a notification a problem; it has no results, and so resolves no alert."""
    invocation = {
        "executionSuccessful": False,
        "exitCode": failure.exit_code,
        "exitCodeDescription": translate(failure.reason, options.lang),
        "toolExecutionNotifications": [_notification(failure, row, options.lang) for row in failure.problems],
    }
    known = [{"id": kind, "shortDescription": {"text": translate(REASONS[kind], options.lang)}} for kind in REASONS]
    return log_text({"notifications": known}, invocation, [])


def _notification(failure: FailureDocument, row: FailureRow, lang: str) -> dict[str, Any]:
    text = _lines([_title(row, lang), *problem_details(row.problem, lang)])
    found: dict[str, Any] = {"level": "error", "descriptor": {"id": failure.kind}, "message": {"text": text}}
    if row.path is not None:
        place: dict[str, Any] = {"artifactLocation": {"uri": quote(row.path)}}
        if row.line is not None:
            place["region"] = {"startLine": row.line}
        found["locations"] = [{"physicalLocation": place}]
    return found


def render_gitlab(failure: FailureDocument, options: Options) -> str:
    """An issue a problem, each of which blocks."""
    return encode_json([_issue(failure, row, options.lang) for row in failure.problems])


def _issue(failure: FailureDocument, row: FailureRow, lang: str) -> dict[str, Any]:
    identity = "\n".join((failure.kind, row.where, str(row.what)))
    return {
        "description": _lines([_title(row, lang), *problem_details(row.problem, lang)]),
        "check_name": f"aiplus/{failure.kind}",
        "fingerprint": hashlib.sha256(identity.encode(errors="backslashreplace")).hexdigest()[:32],
        "severity": "blocker",
        "location": {"path": row.path or PLAN, "lines": {"begin": row.line or 1}},
    }


def render_markdown(failure: FailureDocument, options: Options) -> str:
    """A heading and a row a problem."""
    return "".join(_parts(failure, options.lang))


def render_summary(failure: FailureDocument, lang: str, room: int) -> str:
    """The same in at most `room` bytes."""
    return cut_to(room, _parts(failure, lang), lang)


def _parts(failure: FailureDocument, lang: str) -> Iterator[str]:
    heads = [escape(translate(head, lang)) for head in (Message("Where"), Message("What"), Message("Fix"))]
    heading = escape(translate(_heading(failure), lang))
    yield f"# {TITLE}\n\n{heading}\n\n| {' | '.join(heads)} |\n|{' --- |' * len(heads)}\n"
    for row in failure.problems:
        cells = (_where(row), translate(row.what, lang), translate(row.fix, lang) if row.fix else "")
        yield f"| {' | '.join(map(escape, cells))} |\n"


def _heading(failure: FailureDocument) -> Message:
    return Message("nothing was assessed (code {code}): {reason}", code=failure.exit_code, reason=failure.reason)


def _where(row: FailureRow) -> str:
    """The file as the repository has it, with the line."""
    if row.path is None:
        return row.where
    return row.path if row.line is None else f"{row.path}:{row.line}"


def _title(row: FailureRow, lang: str) -> str:
    return f"{_where(row)}: {translate(row.what, lang)}"


def _said(row: FailureRow, lang: str) -> list[str]:
    return [translate(row.what, lang), *problem_details(row.problem, lang)]


def _lines(lines: list[str]) -> str:
    return "\n".join(visible(line) for line in lines)
