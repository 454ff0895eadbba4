"""Rules of the gates and waivers of targets.yaml."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from fnmatch import fnmatchcase

from aiplus_cli.errors import Fault, Message, did_you_mean
from aiplus_cli.plan.places import CODES
from aiplus_cli.plan.records import LONGEST_WAIVER, Gate, Plan, Waiver
from aiplus_cli.plan.rules import Breach, check_region, unknown

PATTERN = re.compile(r"[*?]")


def policy_problems(plan: Plan) -> Iterator[Breach]:
    for gate in plan.policy.gates if plan.policy else ():
        for rule in _GATE_RULES:
            yield from rule(plan, gate)
    seen: dict[tuple[str, str, str, str], int] = {}
    for waiver in plan.waivers:
        yield from _check_waiver(plan, waiver)
        if waiver.key in seen:
            yield Breach(
                waiver.line,
                Fault(
                    Message("a second waiver for the same gate, indicator, region and milestone"),
                    Message("keep one; the first is at line {line}", line=seen[waiver.key]),
                ),
            )
        seen.setdefault(waiver.key, waiver.line)


def _check_scope(plan: Plan, gate: Gate) -> Iterator[Breach]:
    groups: list[tuple[str, tuple[str, ...], list[str]]] = [
        ("indicator", gate.indicators, [item.id for item in plan.indicators]),
        ("area", gate.areas, ["all", *(area.id for area in plan.areas)]),
        ("milestone", gate.milestones, [item.id for item in plan.milestones]),
    ]
    for kind, patterns, known in groups:
        for pattern in patterns:
            yield from _check_pattern(gate.line, kind, pattern, known)
    for pattern in gate.regions:
        if PATTERN.search(pattern):
            yield from _check_pattern(gate.line, "region", pattern, list(CODES))
        else:
            yield from check_region(gate.line, pattern)
    for key in ("indicators", "areas", "regions", "milestones"):
        if key in gate.model_fields_set and not getattr(gate, key):
            what = Message("'{key}' is an empty list, and names nothing", key=key)
            yield Breach(gate.line, Fault(what, Message("name something, or leave the key out: then it is all")))


def _check_pattern(line: int, kind: str, pattern: str, known: list[str]) -> Iterator[Breach]:
    if "[" in pattern:
        yield Breach(
            line,
            Fault(
                Message("the pattern '{pattern}' has a bracket", pattern=pattern),
                Message("a pattern has * for any text and ? for one character"),
            ),
        )
    elif not PATTERN.search(pattern):
        if pattern not in known:
            yield unknown(line, kind, pattern, known)
    elif not any(fnmatchcase(name, pattern) for name in known):
        what = Message("the pattern '{pattern}' fits no {kind}", pattern=pattern, kind=kind)
        otherwise = Message("write a code such as CN or CN-HN") if kind == "region" else None
        yield Breach(line, Fault(what, did_you_mean(PATTERN.sub("", pattern), known, otherwise)))


def _check_words(_plan: Plan, gate: Gate) -> Iterator[Breach]:
    for word in dict.fromkeys(gate.fail):
        if word in gate.warn:
            yield Breach(
                gate.line,
                Fault(Message("'{word}' stands in both fail and warn", word=word), Message("keep it in one of them")),
            )
    for allowed in dict.fromkeys(gate.allow):
        if allowed in (*gate.fail, *gate.warn):
            what = Message("'{word}' stands in allow, and in fail or warn too", word=allowed)
            yield Breach(gate.line, Fault(what, Message("keep it in one of them")))
    words = {*gate.fail, *gate.warn}
    if not (words or gate.ratchet or gate.fail_probability_below or gate.warn_probability_below):
        yield Breach(
            gate.line,
            Fault(Message("the gate asks for nothing"), Message("give it fail, warn, ratchet or a probability")),
        )
    since = gate.since is not None or gate.since_last
    if bool(words & {"regression", "worsened"}) != since:
        yield Breach(
            gate.line,
            Fault(
                Message("'regression' and 'worsened' belong together with 'since' or 'since_last'"),
                Message("give a day to compare with, and the word in fail or warn"),
            ),
        )
    if gate.since is not None and gate.since_last:
        yield Breach(
            gate.line, Fault(Message("'since' and 'since_last' exclude each other"), Message("keep one of the two"))
        )


def _check_numbers(_plan: Plan, gate: Gate) -> Iterator[Breach]:
    fail, warn = gate.fail_probability_below, gate.warn_probability_below
    for value in (fail, warn):
        if value is not None and not 0 < value <= 1:
            yield Breach(
                gate.line,
                Fault(
                    Message("'{value}' is no probability", value=value), Message("write a number above 0 and up to 1")
                ),
            )
    if fail is not None and warn is not None and warn <= fail:
        yield Breach(
            gate.line,
            Fault(
                Message("the warning at {warn} never comes before the failure at {fail}", warn=warn, fail=fail),
                Message("let warn_probability_below be the larger one"),
            ),
        )
    if gate.tolerance < 0:
        yield Breach(
            gate.line, Fault(Message("the tolerance is negative"), Message("write 0 or more, in the indicator's unit"))
        )
    if gate.tolerance and not (gate.ratchet or {"regression"} & {*gate.fail, *gate.warn}):
        yield Breach(
            gate.line,
            Fault(
                Message("a tolerance is for 'regression' or 'ratchet', and the gate has neither"),
                Message("remove it, or say what it is for"),
            ),
        )


_GATE_RULES: tuple[Callable[[Plan, Gate], Iterator[Breach]], ...] = (_check_scope, _check_words, _check_numbers)


def _check_waiver(plan: Plan, waiver: Waiver) -> Iterator[Breach]:
    groups: list[tuple[str, str, Collection[str]]] = [
        ("indicator", waiver.indicator, plan.ids["indicator"]),
        ("milestone", waiver.milestone, plan.ids["milestone"]),
        ("gate", waiver.gate, [gate.id for gate in plan.gates]),
    ]
    for kind, name, known in groups:
        if name not in known:
            yield unknown(waiver.line, kind, name, known)
    yield from check_region(waiver.line, waiver.region)
    if waiver.granted is None:
        return
    if waiver.expires < waiver.granted:
        yield Breach(
            waiver.line, Fault(Message("the waiver expires before it is granted"), Message("correct the dates"))
        )
    elif waiver.expires - waiver.granted > LONGEST_WAIVER:
        yield Breach(
            waiver.line,
            Fault(
                Message(
                    "the waiver lasts {days} days, from {granted} to {expires}",
                    days=(waiver.expires - waiver.granted).days,
                    granted=waiver.granted,
                    expires=waiver.expires,
                ),
                Message(
                    "let it expire by {day}, and renew it then with a new 'granted'",
                    day=waiver.granted + LONGEST_WAIVER,
                ),
            ),
        )
