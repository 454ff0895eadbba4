"""targets.yaml -> Plan, with every problem named by its line; mappings of `import` are read by the same rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from aiplus_cli.disk import read_bytes, unread
from aiplus_cli.errors import Fault, InputProblem, Message, Problem
from aiplus_cli.plan.document import Document
from aiplus_cli.plan.policy import policy_problems
from aiplus_cli.plan.records import Plan
from aiplus_cli.plan.rules import rule_problems

MAX_BYTES = 4 * 1024 * 1024
_EMPTY = Fault(Message("the file is empty"), Message("run 'aiplus init' in an empty folder for a plan"))


def load(path: Path) -> Plan:
    """The plan of a targets.yaml; raises InputProblem with every problem found, each with its line."""
    text = _read_text(path)
    document = Document(path.name, text.splitlines())
    data = document.parse(text)
    if not document.problems and not isinstance(data, dict):
        raise _refused(path, *_not_a_mapping(data))
    if document.problems:
        raise InputProblem(*document.problems)
    try:
        plan = Plan.model_validate(data)
    except ValidationError as error:
        raise InputProblem(*(document.schema_problem(item) for item in error.errors())) from None
    problems = [document.problem(line, *fault) for line, fault in (*rule_problems(plan), *policy_problems(plan))]
    if problems:
        raise InputProblem(*problems)
    return plan


def _read_text(path: Path) -> str:
    try:
        raw = read_bytes(path, MAX_BYTES)
    except OSError as error:
        raise unread(path, error) from None
    if len(raw) > MAX_BYTES:
        raise _refused(
            path, Message("the file has {size} bytes", size=path.stat().st_size), Message("keep it below 4 MiB")
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refused(path, Message("not UTF-8"), Message("save the file as UTF-8"), line) from None
    if not text.strip():
        raise _refused(path, *_EMPTY)
    return text


def _not_a_mapping(data: object) -> Fault:
    if data is None:
        return _EMPTY
    return Fault(
        Message("the file is no mapping of keys and values"), Message("begin it with 'schema: aiplus.targets/1'")
    )


def _refused(path: Path, what: Message, fix: Message | None, line: int = 1) -> InputProblem:
    return InputProblem(Problem(f"{path.name}:{line}", what, fix))


# --- other files of the same kind ---------------------------------------------------------------------------------

RecordT = TypeVar("RecordT", bound=BaseModel)


class Misfit(NamedTuple):
    """What is wrong, and the keys that lead to it in the file."""

    path: tuple[str, ...]
    fault: Fault


def load_record(
    path: Path,
    model: type[RecordT],
    rules: Callable[[RecordT], Iterable[Misfit]],
) -> RecordT:
    """A YAML file as a model, read as strictly as targets.yaml; `rules` name what they refuse by its path of keys."""
    text = _read_text(path)
    document = Document(path.name, text.splitlines())
    data = document.parse(text)
    if document.problems:
        raise InputProblem(*document.problems)
    if not isinstance(data, dict):
        raise _refused(path, Message("the file is no mapping of keys and values"), None)
    try:
        found = model.model_validate({key: value for key, value in data.items() if key != "@line"})
    except ValidationError as error:
        raise InputProblem(*_record_problems(document, error)) from None
    problems = [document.problem(document.lines.get(path, 1), *fault) for path, fault in rules(found)]
    if problems:
        raise InputProblem(*problems)
    return found


def _record_problems(document: Document, error: ValidationError) -> Iterator[Problem]:
    """As `schema_problem`; where a value may be of two kinds, which pydantic reports twice, the first counts."""
    seen: set[tuple[int | str, ...]] = set()
    for item in error.errors():
        place = tuple(part for part in item["loc"] if not re.search(r"[\[(]", str(part)))
        if place not in seen:
            seen.add(place)
            found = document.schema_problem({**item, "loc": place})
            known = found.fix is not None and "docs/targets.md" in found.fix.template
            yield replace(found, fix=Message("docs/import.md describes the keys")) if known else found
