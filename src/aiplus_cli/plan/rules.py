"""Rules of targets.yaml that need more than one value."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from aiplus_cli.errors import Fault, Message, did_you_mean
from aiplus_cli.plan.periods import read_period
from aiplus_cli.plan.places import CODES, find_region, is_region
from aiplus_cli.plan.records import Indicator, Plan, Target


class Breach(NamedTuple):
    """What is wrong, and the line of targets.yaml that says it."""

    line: int
    fault: Fault


def rule_problems(plan: Plan) -> Iterator[Breach]:
    yield from _duplicate_ids(plan)
    for milestone in plan.milestones:
        if milestone.region:
            yield from check_region(milestone.line, milestone.region)
    for indicator in plan.indicators:
        for rule in _INDICATOR_RULES:
            yield from rule(plan, indicator)


def _duplicate_ids(plan: Plan) -> Iterator[Breach]:
    groups: list[tuple[str, Iterable[Any]]] = [
        ("milestones", plan.milestones),
        ("areas", plan.areas),
        ("indicators", plan.indicators),
        ("actions", [action for area in plan.areas for action in area.actions]),
        ("gates", plan.policy.gates if plan.policy else ()),
    ]
    for group, items in groups:
        seen: dict[str, int] = {}
        for item in items:
            if item.id in seen:
                yield Breach(
                    item.line,
                    Fault(
                        Message("{group}: the id '{id}' stands twice", group=group, id=item.id),
                        Message("rename one; the first is at line {line}", line=seen[item.id]),
                    ),
                )
            seen.setdefault(item.id, item.line)


def unknown(line: int, kind: str, name: str, known: Iterable[str]) -> Breach:
    what = Message("unknown {kind} '{name}'", kind=kind, name=name)
    return Breach(line, Fault(what, did_you_mean(name, known)))


def check_region(line: int, region: str) -> Iterator[Breach]:
    if not is_region(region):
        code = find_region(region)
        known = Message("did you mean {near}?", near=[code]) if code else Message("write a code such as CN or CN-HN")
        yield Breach(line, Fault(Message("'{text}' is no region", text=region), did_you_mean(region, CODES, known)))


def _check_references(plan: Plan, indicator: Indicator) -> Iterator[Breach]:
    ids = plan.ids
    if indicator.area != "all" and indicator.area not in ids["area"]:
        yield unknown(indicator.line, "area", indicator.area, ["all", *ids["area"]])
    if indicator.action and indicator.action not in ids["action"]:
        yield unknown(indicator.line, "action", indicator.action, ids["action"])
    if indicator.baseline and read_period(indicator.baseline.period) is None:
        what = Message("'{text}' is no period", text=indicator.baseline.period)
        yield Breach(
            indicator.baseline.line, Fault(what, Message("write 2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30"))
        )
    for name in indicator.evidence:
        if name not in ids["indicator"]:
            yield unknown(indicator.line, "indicator", name, ids["indicator"])
    for target in indicator.targets:
        yield from check_region(target.line, target.region)
        if target.milestone not in ids["milestone"]:
            yield unknown(target.line, "milestone", target.milestone, ids["milestone"])


def _check_proxy(plan: Plan, indicator: Indicator) -> Iterator[Breach]:
    if (indicator.basis == "proxy") != (indicator.proxy_for is not None):
        yield Breach(
            indicator.line,
            Fault(
                Message("a proxy needs both 'basis: proxy' and 'proxy_for'"),
                Message("name the indicator it stands in for, or use another basis"),
            ),
        )
    if indicator.proxy_for is None:
        return
    owner = plan.indicator(indicator.proxy_for)
    if owner is None:
        yield unknown(indicator.line, "indicator", indicator.proxy_for, plan.ids["indicator"])
    elif owner.proxy_for or owner.id == indicator.id or indicator.targets:
        yield Breach(
            indicator.line,
            Fault(
                Message("a proxy is assessed against the targets of what it stands for, and has none itself"),
                Message("remove its targets, and let proxy_for name an indicator that is no proxy"),
            ),
        )


def _check_measure(_plan: Plan, indicator: Indicator) -> Iterator[Breach]:
    number = indicator.measure == "number"
    for key in ("unit", "direction"):
        if number and getattr(indicator, key) is None:
            yield Breach(
                indicator.line,
                Fault(Message("'{key}' is missing", key=key), Message("a number needs it; there is no default")),
            )
    for key in ("unit", "direction", "range"):
        if not number and getattr(indicator, key) is not None:
            yield Breach(indicator.line, Fault(Message("a rating has no '{key}'", key=key), Message("remove it")))
    if not number and indicator.method:
        yield Breach(indicator.line, Fault(Message("a rating has no '{key}'", key="method"), Message("remove it")))
    if number and indicator.method == "calibrated" and indicator.range is None:
        yield Breach(
            indicator.line,
            Fault(
                Message("method calibrated judges shares of a range, and there is none"),
                Message("give the indicator a range, or another method"),
            ),
        )
    if indicator.range and indicator.range[0] >= indicator.range[1]:
        yield Breach(
            indicator.line,
            Fault(Message("range: the low end is not below the high end"), Message("write the low end first")),
        )


def _check_targets(_plan: Plan, indicator: Indicator) -> Iterator[Breach]:
    seen: dict[tuple[str, str], int] = {}
    for target in indicator.targets:
        yield from _check_target(indicator, target)
        key = (target.region, target.milestone)
        if key in seen:
            yield Breach(
                target.line,
                Fault(
                    Message("milestone '{id}' has two targets for {region}", id=target.milestone, region=target.region),
                    Message("keep one; the first is at line {line}", line=seen[key]),
                ),
            )
        seen.setdefault(key, target.line)


def _check_target(indicator: Indicator, target: Target) -> Iterator[Breach]:
    if (target.op is None) != (target.value is None):
        yield Breach(
            target.line, Fault(Message("'op' and 'value' belong together"), Message("give both, or only a clause"))
        )
    if target.op is None and target.clause is None:
        yield Breach(
            target.line,
            Fault(Message("a target needs 'op' and 'value', or a 'clause'"), Message("give both, or only a clause")),
        )
    if indicator.measure == "rating" and target.op is not None:
        yield Breach(
            target.line, Fault(Message("a rating cannot be measured against a number"), Message("use measure: number"))
        )
    if target.value is not None and indicator.range and not _inside(target.value, indicator.range):
        low, high = indicator.range
        yield Breach(
            target.line,
            Fault(
                Message(
                    "the value {value} is outside the range [{low}, {high}]", value=target.value, low=low, high=high
                ),
                Message("correct the value or the range"),
            ),
        )
    wrong = {"increase": ("<", "<="), "decrease": (">", ">=")}.get(indicator.direction or "", ())
    if target.op in wrong:
        yield Breach(
            target.line,
            Fault(
                Message(
                    "operator '{op}' goes against direction '{direction}'", op=target.op, direction=indicator.direction
                ),
                Message("correct the operator or the direction"),
            ),
        )


def _inside(value: Decimal, bounds: tuple[Decimal, Decimal]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _check_loosening(plan: Plan, indicator: Indicator) -> Iterator[Breach]:
    due = {milestone.id: milestone.due for milestone in plan.milestones}
    sign = -1 if indicator.direction == "decrease" else 1
    for region in dict.fromkeys(target.region for target in indicator.targets):
        own = [t for t in indicator.targets if t.region == region and t.value is not None and t.milestone in due]
        own.sort(key=lambda target: due[target.milestone])
        for earlier, later in itertools.pairwise(own):
            if sign * (_value(later) - _value(earlier)) < 0 and later.note is None:
                yield Breach(
                    later.line,
                    Fault(
                        Message("the target loosens from {a} to {b}", a=earlier.value, b=later.value),
                        Message("correct it, or say why in 'note'"),
                    ),
                )


def _value(target: Target) -> Decimal:
    return target.value if target.value is not None else Decimal(0)


_INDICATOR_RULES: tuple[Callable[[Plan, Indicator], Iterator[Breach]], ...] = (
    _check_references,
    _check_proxy,
    _check_measure,
    _check_targets,
    _check_loosening,
)
