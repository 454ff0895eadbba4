"""targets.yaml -> Plan, with every problem named by its line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from aiplus_cli.errors import EnvironmentProblem, InputProblem, Message, Problem
from aiplus_cli.model import Indicator, Plan, Target
from aiplus_cli.periods import read_period
from aiplus_cli.regions import is_region

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 20
_TOO_DEEP = Message("nested more than {limit} levels deep", limit=MAX_DEPTH), Message("flatten the file")
_EMPTY = Message("the file is empty"), Message("run 'aiplus init' in an empty folder for a plan")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(path: Path) -> Plan:
    """The plan of a targets.yaml; raises InputProblem with every problem found, each with its line."""
    text = _read_text(path)
    document = _Document(path.name, text.splitlines())
    data = document.parse(text)
    if not document.problems and not isinstance(data, dict):
        raise _refused(path, *_not_a_mapping(data))
    if document.problems:
        raise InputProblem(*document.problems)
    try:
        plan = Plan.model_validate(data)
    except ValidationError as error:
        raise InputProblem(*(document.schema_problem(item) for item in error.errors())) from None
    problems = [document.problem(line, what, fix) for line, what, fix in _rule_problems(plan)]
    if problems:
        raise InputProblem(*problems)
    return plan


def _read_text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            Problem(str(path), Message("cannot be read: {why}", why=error.strerror or error))
        ) from None
    if len(raw) > MAX_BYTES:
        raise _refused(path, Message("the file has {size} bytes", size=len(raw)), Message("keep it below 4 MiB"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refused(path, Message("not UTF-8"), Message("save the file as UTF-8"), line) from None
    if not text.strip():
        raise _refused(path, *_EMPTY)
    return text


def _not_a_mapping(data: object) -> tuple[Message, Message]:
    if data is None:
        return _EMPTY
    return Message("the file is no mapping of keys and values"), Message("begin it with 'schema: aiplus.targets/1'")


def _refused(path: Path, what: Message, fix: Message, line: int = 1) -> InputProblem:
    return InputProblem(Problem(f"{path.name}:{line}", what, fix))


@dataclass
class _Document:
    """A YAML text read event by event, so that every value keeps its line and nothing is guessed.

    Scalars stay text (pydantic converts them); aliases, duplicate keys and deep nesting are refused.
    """

    name: str
    source: list[str]
    problems: list[Problem] = field(default_factory=list)
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)

    def problem(self, line: int, what: Message, fix: Message | None) -> Problem:
        excerpt = self.source[line - 1].strip()[:200] if 0 < line <= len(self.source) else ""
        return Problem(f"{self.name}:{line}", what, fix, excerpt)

    def refuse(self, line: int, what: Message, fix: Message | None = None) -> None:
        self.problems.append(self.problem(line, what, fix))

    def parse(self, text: str) -> Any:
        """The document as dicts, lists, text and None; problems are collected in `problems`."""
        events = yaml.parse(text, Loader=_LOADER)
        try:
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    return self._node(next(events), events, ())
        except yaml.YAMLError as error:
            self.refuse(*_syntax_problem(error, self.source))
        except _GiveUpError:
            pass
        return None

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: tuple[str | int, ...]) -> Any:
        line = _line(event)
        self.lines[path] = line
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.refuse(
                line,
                Message("anchors and aliases (&name, *name) are not read here"),
                Message("write the value out in full"),
            )
            raise _GiveUpError
        if len(path) > MAX_DEPTH:
            self.refuse(line, *_TOO_DEEP)
            raise _GiveUpError
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(line, events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return _scalar(event)

    def _sequence(self, events: Iterator[yaml.Event], path: tuple[str | int, ...]) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._node(event, events, (*path, len(items))))
        return items

    def _mapping(self, line: int, events: Iterator[yaml.Event], path: tuple[str | int, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {"@line": line}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key_line = _line(event)
            key = self._key(event)
            if key in found:
                self.refuse(
                    key_line,
                    Message("duplicate key '{key}'", key=key),
                    Message(
                        "keep one of the two; the first is at line {line}", line=self.lines.get((*path, key), line)
                    ),
                )
            value = self._node(next(events), events, (*path, key))
            self.lines[*path, key] = key_line
            found[key] = value
        return found

    def _key(self, event: yaml.Event) -> str:
        if isinstance(event, yaml.ScalarEvent) and not event.value.startswith("@"):
            return str(event.value)
        self.refuse(_line(event), Message("a key must be plain text"))
        raise _GiveUpError

    def schema_problem(self, error: Any) -> Problem:
        """A pydantic error in our words, at the line of the value or, for a missing key, of its parent."""
        path = tuple(part for part in error["loc"] if part not in ("Names", "constrained-str"))
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        what, fix = _explain(error, str(path[-1]) if path else "")
        return self.problem(self.lines.get(known, 1), what, fix)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _GiveUpError(Exception):
    """The text cannot be read any further; the reason is already among the problems."""


def _scalar(event: yaml.Event) -> str | None:
    value = str(event.value)  # type: ignore[attr-defined]
    plain = event.style in (None, "")  # type: ignore[attr-defined]
    return None if plain and value in ("", "~", "null") else value


def _syntax_problem(error: yaml.YAMLError, source: list[str]) -> tuple[int, Message, Message | None]:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    text = source[line - 1] if line <= len(source) else ""
    if "\t" in text[: len(text) - len(text.lstrip())]:
        return line, Message("a tab stands where YAML wants spaces"), Message("indent with spaces")
    why = str(getattr(error, "problem", None) or error)
    if "nesting depth" in why:  # newer versions of libyaml have a limit of their own, which may be met first
        return line, *_TOO_DEEP
    return line, Message("not YAML: {why}", why=why), Message("check the indentation and quotes near this line")


_CHOICES = re.compile(r"'([^']*)'")


def _explain(error: Any, key: str) -> tuple[Message, Message | None]:
    kind, given = error["type"], error.get("input")
    if kind == "missing":
        return Message("'{key}' is missing", key=key), Message("add it; docs/targets.md describes every key")
    if kind == "extra_forbidden":
        return Message("unknown key '{key}'", key=key), Message("remove or correct it; docs/targets.md lists the keys")
    if kind == "literal_error":
        allowed = ", ".join(_CHOICES.findall(error["ctx"]["expected"]))
        return (
            Message("{key}: '{given}' is not allowed", key=key, given=given),
            Message("use one of: {allowed}", allowed=allowed),
        )
    return _explain_value(kind, key, given, error)


_EXPECTED: dict[str, Message] = {
    "decimal": Message("a number such as 70 or 0.5"),
    "finite": Message("a finite number"),
    "date": Message("a date such as 2027-12-31"),
    "int": Message("a whole number"),
    "bool": Message("true or false"),
    "greater": Message("a whole number from 0 to 3660"),
    "less": Message("a whole number from 0 to 3660"),
    "tuple": Message("a list"),
    "too": Message("a list of the right length"),
    "list": Message("a list"),
    "model": Message("a mapping of keys and values"),
    "dict": Message("a mapping of keys and values"),
}


def _explain_value(kind: str, key: str, given: object, error: Any) -> tuple[Message, Message | None]:
    for start, expected in _EXPECTED.items():
        if kind.startswith(start):
            shown = "…" if isinstance(given, dict | list) else str(given)
            return Message("{key}: '{given}' cannot be used", key=key, given=shown[:80]), Message(
                "write {expected}", expected=expected
            )
    if kind == "string_pattern_mismatch":
        return (
            Message("{key}: '{given}' has characters that are not allowed", key=key, given=str(given)[:80]),
            Message("ids take letters, digits, '.', '_' and '-'; texts take one line without control characters"),
        )
    return Message("{key}: {why}", key=key, why=error["msg"]), None


# --- rules that need more than one value ------------------------------------------------------------------------

_Finding = tuple[int, Message, Message | None]


def _rule_problems(plan: Plan) -> Iterator[_Finding]:
    yield from _duplicate_ids(plan)
    for milestone in plan.milestones:
        if milestone.region:
            yield from _check_region(milestone.line, milestone.region)
    for indicator in plan.indicators:
        for rule in _INDICATOR_RULES:
            yield from rule(plan, indicator)


def _duplicate_ids(plan: Plan) -> Iterator[_Finding]:
    groups: list[tuple[str, Iterable[Any]]] = [
        ("milestones", plan.milestones),
        ("areas", plan.areas),
        ("indicators", plan.indicators),
        ("actions", [action for area in plan.areas for action in area.actions]),
    ]
    for group, items in groups:
        seen: dict[str, int] = {}
        for item in items:
            if item.id in seen:
                yield (
                    item.line,
                    Message("{group}: the id '{id}' stands twice", group=group, id=item.id),
                    Message("rename one; the first is at line {line}", line=seen[item.id]),
                )
            seen.setdefault(item.id, item.line)


def _unknown(line: int, kind: str, name: str, known: Iterable[str]) -> _Finding:
    names = list(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    offer = Message("did you mean '{near}'?", near=near[0]) if near else Message("known: {ids}", ids=", ".join(names))
    return line, Message("unknown {kind} '{name}'", kind=kind, name=name), offer


def _check_region(line: int, region: str) -> Iterator[_Finding]:
    if not is_region(region):
        yield line, Message("'{text}' is no region", text=region), Message("write a code such as CN or CN-HN")


def _check_references(plan: Plan, indicator: Indicator) -> Iterator[_Finding]:
    areas = [area.id for area in plan.areas]
    if indicator.area not in ("all", *areas):
        yield _unknown(indicator.line, "area", indicator.area, ["all", *areas])
    actions = [action.id for area in plan.areas for action in area.actions]
    if indicator.action and indicator.action not in actions:
        yield _unknown(indicator.line, "action", indicator.action, actions)
    if indicator.baseline and read_period(indicator.baseline.period) is None:
        what = Message("'{text}' is no period", text=indicator.baseline.period)
        yield indicator.baseline.line, what, Message("write 2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30")
    known = [item.id for item in plan.indicators]
    for name in indicator.evidence:
        if name not in known:
            yield _unknown(indicator.line, "indicator", name, known)
    milestones = [milestone.id for milestone in plan.milestones]
    for target in indicator.targets:
        yield from _check_region(target.line, target.region)
        if target.milestone not in milestones:
            yield _unknown(target.line, "milestone", target.milestone, milestones)


def _check_proxy(plan: Plan, indicator: Indicator) -> Iterator[_Finding]:
    if (indicator.basis == "proxy") != (indicator.proxy_for is not None):
        yield (
            indicator.line,
            Message("a proxy needs both 'basis: proxy' and 'proxy_for'"),
            Message("name the indicator it stands in for, or use another basis"),
        )
    if indicator.proxy_for is None:
        return
    owner = plan.indicator(indicator.proxy_for)
    if owner is None:
        yield _unknown(indicator.line, "indicator", indicator.proxy_for, [item.id for item in plan.indicators])
    elif owner.proxy_for or owner.id == indicator.id or indicator.targets:
        yield (
            indicator.line,
            Message("a proxy is assessed against the targets of what it stands for, and has none itself"),
            Message("remove its targets, and let proxy_for name an indicator that is no proxy"),
        )


def _check_measure(_plan: Plan, indicator: Indicator) -> Iterator[_Finding]:
    number = indicator.measure == "number"
    for key in ("unit", "direction"):
        if number and getattr(indicator, key) is None:
            yield (
                indicator.line,
                Message("'{key}' is missing", key=key),
                Message("a number needs it; there is no default"),
            )
    for key in ("unit", "direction", "range"):
        if not number and getattr(indicator, key) is not None:
            yield indicator.line, Message("a rating has no '{key}'", key=key), Message("remove it")
    if indicator.range and indicator.range[0] >= indicator.range[1]:
        yield (
            indicator.line,
            Message("range: the low end is not below the high end"),
            Message("write the low end first"),
        )


def _check_targets(_plan: Plan, indicator: Indicator) -> Iterator[_Finding]:
    seen: dict[tuple[str, str], int] = {}
    for target in indicator.targets:
        yield from _check_target(indicator, target)
        key = (target.region, target.milestone)
        if key in seen:
            yield (
                target.line,
                Message("milestone '{id}' has two targets for {region}", id=target.milestone, region=target.region),
                Message("keep one; the first is at line {line}", line=seen[key]),
            )
        seen.setdefault(key, target.line)


def _check_target(indicator: Indicator, target: Target) -> Iterator[_Finding]:
    if (target.op is None) != (target.value is None):
        yield target.line, Message("'op' and 'value' belong together"), Message("give both, or only a clause")
    if target.op is None and target.clause is None:
        yield (
            target.line,
            Message("a target needs 'op' and 'value', or a 'clause'"),
            Message("give both, or only a clause"),
        )
    if indicator.measure == "rating" and target.op is not None:
        yield target.line, Message("a rating cannot be measured against a number"), Message("use measure: number")
    if target.value is not None and indicator.range and not _inside(target.value, indicator.range):
        low, high = indicator.range
        yield (
            target.line,
            Message("the value {value} is outside the range [{low}, {high}]", value=target.value, low=low, high=high),
            Message("correct the value or the range"),
        )
    wrong = {"increase": ("<", "<="), "decrease": (">", ">=")}.get(indicator.direction or "", ())
    if target.op in wrong:
        yield (
            target.line,
            Message(
                "operator '{op}' goes against direction '{direction}'", op=target.op, direction=indicator.direction
            ),
            Message("correct the operator or the direction"),
        )


def _inside(value: Decimal, bounds: tuple[Decimal, Decimal]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _check_loosening(plan: Plan, indicator: Indicator) -> Iterator[_Finding]:
    due = {milestone.id: milestone.due for milestone in plan.milestones}
    sign = -1 if indicator.direction == "decrease" else 1
    for region in dict.fromkeys(target.region for target in indicator.targets):
        own = [t for t in indicator.targets if t.region == region and t.value is not None and t.milestone in due]
        own.sort(key=lambda target: due[target.milestone])
        for earlier, later in itertools.pairwise(own):
            if sign * (_value(later) - _value(earlier)) < 0 and later.note is None:
                yield (
                    later.line,
                    Message("the target loosens from {a} to {b}", a=earlier.value, b=later.value),
                    Message("correct it, or say why in 'note'"),
                )


def _value(target: Target) -> Decimal:
    return target.value if target.value is not None else Decimal(0)


_INDICATOR_RULES: tuple[Callable[[Plan, Indicator], Iterator[_Finding]], ...] = (
    _check_references,
    _check_proxy,
    _check_measure,
    _check_targets,
    _check_loosening,
)
