"""Rules of the gates and waivers of targets.yaml."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from fnmatch import fnmatchcase

from aiplus_cli.errors import Fault, Message, did_you_mean
from aiplus_cli.plan.periods import plus_days
from aiplus_cli.plan.places import CODES
from aiplus_cli.plan.records import LONGEST_WAIVER, Gate, Plan, Waiver
from aiplus_cli.plan.rules import Breach, check_region, unknown

PATTERN = re.compile(r"[*?]")


def policy_problems(plan: Plan) -> Iterator[Breach]:
    for gate in plan.policy.gates if plan.policy else ():
        for rule in _GATE_RULES:
            yield from rule(plan, gate)
    for waiver in plan.waivers:
        yield from _check_waiver(plan, waiver)
    yield from _check_spans(plan.waivers)


def _check_spans(waivers: Iterable[Waiver]) -> Iterator[Breach]:
    """Waivers of the same hold one after another, or nobody can tell which of them does."""
    last: dict[tuple[str, str, str, str], Waiver] = {}
    for waiver in sorted(waivers, key=lambda each: each.start):
        before = last.get(waiver.key)
        if before is not None and waiver.start <= before.expires:
            what = Message(
                "it holds together with the waiver at line {line}, which is for the same gate, indicator, region and "
                "milestone until {day}",
                line=before.line,
                day=before.expires,
            )
            fix = Message("keep one, or let this one begin later: granted: {day}", day=plus_days(before.expires, 1))
            yield Breach(waiver.line, Fault(what, fix))
        last[waiver.key] = waiver if before is None or waiver.expires > before.expires else before


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
        *([("milestone", waiver.milestone, plan.ids["milestone"])] if waiver.milestone else []),
        ("gate", waiver.gate, [gate.id for gate in plan.gates]),
    ]
    for kind, name, known in groups:
        if name not in known:
            yield unknown(waiver.line, kind, name, known)
    yield from check_region(waiver.line, waiver.region)
    yield from _check_milestone(plan, waiver)
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
                    "let it expire by {day}, and renew it with another one that is granted later",
                    day=waiver.granted + LONGEST_WAIVER,
                ),
            ),
        )


def _check_milestone(plan: Plan, waiver: Waiver) -> Iterator[Breach]:
    """What has targets is excused for one of them, what has none for none."""
    indicator = plan.indicator(waiver.indicator)
    if indicator is None:
        return
    if indicator.basis == "context" and waiver.milestone:
        what = Message("{indicator} has no target, and so no milestone to be excused for", indicator=indicator.id)
        yield Breach(waiver.line, Fault(what, Message("leave 'milestone' out")))
    elif indicator.basis != "context" and not waiver.milestone:
        fix = Message("add it; docs/targets.md describes every key")
        yield Breach(waiver.line, Fault(Message("'{key}' is missing", key="milestone"), fix))
