"""What targets.yaml must be: every breach of its rules is named with its line and the way to mend it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aiplus_cli.errors import InputProblem
from aiplus_cli.plan.load import load
from aiplus_cli.plan.records import Plan
from aiplus_cli.plan.rules import rule_problems
from conftest import PLAN

NEITHER = (
    "a proxy needs both 'basis: proxy' and 'proxy_for' -- name the indicator it stands in for, or use another basis"
)
NO_PROXY = (
    "a proxy is assessed against the targets of what it stands for, and has none itself -- "
    "remove its targets, and let proxy_for name an indicator that is no proxy"
)
ALONE = (
    "'regression' and 'worsened' belong together with 'since' or 'since_last' -- "
    "give a day to compare with, and the word in fail or warn"
)
CALIBRATED = (
    "method calibrated judges shares of a range, and there is none -- give the indicator a range, or another method"
)
USELESS = "a tolerance is for 'regression' or 'ratchet', and the gate has neither -- remove it, or say what it is for"
NEVER = "the warning at 0.5 never comes before the failure at 0.5 -- let warn_probability_below be the larger one"
LONG = (
    "the waiver lasts 181 days, from 2025-12-31 to 2026-06-30 -- "
    "let it expire by 2026-06-29, and renew it with another one that is granted later"
)
NO_TARGET = "a target needs 'op' and 'value', or a 'clause' -- give both, or only a clause"
SECOND = (
    "it holds together with the waiver at line 32, which is for the same gate, indicator, region and milestone until "
    "2026-06-30 -- keep one, or let this one begin later: granted: 2026-07-01"
)
WHOLE = "name something, or leave the key out: then it is all"
NOTHING = "the gate asks for nothing -- give it fail, warn, ratchet or a probability"


def said(tmp_path: Path, text: str) -> list[str]:
    """`line: what is wrong -- how to mend it`, for every problem of a targets.yaml."""
    path = tmp_path / "targets.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        load(path)
    except InputProblem as refused:
        return [f"{each.where.removeprefix('targets.yaml:')}: {each.what} -- {each.fix}" for each in refused.problems]
    return []


@pytest.mark.parametrize(
    ("old", "new", "breaches"),
    [
        (
            'id: "2030", due',
            'id: "2027", due',
            [
                "6: milestones: the id '2027' stands twice -- rename one; the first is at line 5",
                "21: unknown milestone '2030' -- known: 2027",
            ],
        ),
        (
            "{id: disc,",
            "{id: disc, name: {zh: 一, en: One}}, {id: disc,",
            ["8: actions: the id 'disc' stands twice -- rename one; the first is at line 8"],
        ),
        (
            "id: users, name",
            "id: gen, name",
            [
                "26: indicators: the id 'gen' stands twice -- rename one; the first is at line 23",
                "28: unknown indicator 'users' -- known: head, gen, role",
            ],
        ),
        (
            "areas:\n",
            "areas:\n  - {id: sci, name: {zh: 科, en: S}}\n",
            ["9: areas: the id 'sci' stands twice -- rename one; the first is at line 8"],
        ),
        (
            "due: 2030-12-31,",
            "due: 2030-12-31, region: Hunan,",
            ["6: 'Hunan' is no region -- did you mean CN-HN?"],
        ),
        ("area: all, measure", "area: sic, measure", ["23: unknown area 'sic' -- did you mean sci?"]),
        ("action: disc,", "action: dics,", ["26: unknown action 'dics' -- did you mean disc?"]),
        (
            "evidence: [users]",
            "evidence: [user, zz]",
            [
                "28: unknown indicator 'user' -- did you mean users?",
                "28: unknown indicator 'zz' -- known: head, gen, users, role",
            ],
        ),
        (
            "publication_lag: 90\n    targets",
            "publication_lag: 90\n    baseline: {period: June}\n    targets",
            ["19: 'June' is no period -- write 2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30"],
        ),
        ("region: CN-HN", "region: Hunan", ["22: 'Hunan' is no region -- did you mean CN-HN?"]),
        ('{milestone: "2030", op', '{milestone: "2031", op', ["21: unknown milestone '2031' -- did you mean 2030?"]),
        ("basis: proxy, proxy_for: head", "basis: proxy", [f"23: {NEITHER}"]),
        ("basis: proxy, proxy_for: head", "proxy_for: head", [f"23: {NEITHER}"]),
        ("proxy_for: head", "proxy_for: haed", ["23: unknown indicator 'haed' -- did you mean head?"]),
        ("proxy_for: head", "proxy_for: gen", [f"23: {NO_PROXY}"]),
        (
            "direction: increase, basis: context",
            "direction: increase, basis: proxy, proxy_for: gen",
            [f"26: {NO_PROXY}"],
        ),
        (
            "proxy_for: head,",
            'proxy_for: head, targets: [{milestone: "2027", op: ">", value: 1}],',
            [f"23: {NO_PROXY}"],
        ),
        ('    unit: "%"\n    range', "    range", ["10: 'unit' is missing -- a number needs it; there is no default"]),
        ("    direction: increase\n", "", ["10: 'direction' is missing -- a number needs it; there is no default"]),
        (
            "measure: rating,",
            'measure: rating, unit: "%", direction: increase, range: [0, 1], method: un,',
            [
                "28: a rating has no 'unit' -- remove it",
                "28: a rating has no 'direction' -- remove it",
                "28: a rating has no 'range' -- remove it",
                "28: a rating has no 'method' -- remove it",
            ],
        ),
        (
            "range: [0, 100], direction: increase, basis",
            "method: calibrated, direction: increase, basis",
            [f"23: {CALIBRATED}"],
        ),
        (
            "    range: [0, 100]\n    direction",
            "    range: [100, 100]\n    direction",
            [
                "10: range: the low end is not below the high end -- write the low end first",
                "20: the value 70 is outside the range [100, 100] -- correct the value or the range",
                "21: the value 90 is outside the range [100, 100] -- correct the value or the range",
                "22: the value 75 is outside the range [100, 100] -- correct the value or the range",
            ],
        ),
        (
            '{milestone: "2030", op: ">", value: 90}',
            '{milestone: "2027", op: ">", value: 90}',
            ["21: milestone '2027' has two targets for CN -- keep one; the first is at line 20"],
        ),
        ('op: ">", value: 90}', 'op: ">"}', ["21: 'op' and 'value' belong together -- give both, or only a clause"]),
        (
            'op: ">", value: 90}',
            "value: 90}",
            ["21: 'op' and 'value' belong together -- give both, or only a clause", f"21: {NO_TARGET}"],
        ),
        (', op: ">", value: 90}', "}", [f"21: {NO_TARGET}"]),
        (
            "clause: 作用明显增强",
            'op: ">", value: 1',
            ["29: a rating cannot be measured against a number -- use measure: number"],
        ),
        (
            "value: 90}",
            "value: 100.1}",
            ["21: the value 100.1 is outside the range [0, 100] -- correct the value or the range"],
        ),
        ("value: 90}", "value: 100}", []),
        (
            'op: ">", value: 90}',
            'op: "<", value: 90}',
            ["21: operator '<' goes against direction 'increase' -- correct the operator or the direction"],
        ),
        (
            'op: ">", value: 90}',
            'op: "<=", value: 90}',
            ["21: operator '<=' goes against direction 'increase' -- correct the operator or the direction"],
        ),
        ('op: ">", value: 90}', 'op: "~", value: 90}', []),
        (
            "    direction: increase\n",
            "    direction: decrease\n",
            [
                "20: operator '>' goes against direction 'decrease' -- correct the operator or the direction",
                "21: operator '>' goes against direction 'decrease' -- correct the operator or the direction",
                "22: operator '>' goes against direction 'decrease' -- correct the operator or the direction",
                "21: the target loosens from 70 to 90 -- correct it, or say why in 'note'",
            ],
        ),
        ("value: 90}", "value: 69.9}", ["21: the target loosens from 70 to 69.9 -- correct it, or say why in 'note'"]),
        ("value: 90}", "value: 70}", []),
        ("value: 90}", "value: 60, note: why}", []),
    ],
)
def test_a_plan_says_one_thing_of_each_thing(tmp_path: Path, old: str, new: str, breaches: list[str]) -> None:
    """Ids, references, proxies, units, ranges and targets of the small plan, one text of it replaced by another."""
    assert old in PLAN

    assert said(tmp_path, PLAN.replace(old, new, 1)) == breaches


@pytest.mark.parametrize(
    ("gates", "breaches"),
    [
        (
            "{id: g, fail: [off_track]}, {id: g, fail: [missed]}",
            ["30: gates: the id 'g' stands twice -- rename one; the first is at line 30"],
        ),
        (
            "{id: g, fail: [off_track], indicators: [haed, 'u*', 'x*', '[ab]'], areas: [sic], milestones: ['2028']}",
            [
                "30: unknown indicator 'haed' -- did you mean head?",
                "30: the pattern 'x*' fits no indicator -- known: head, gen, users, role",
                "30: the pattern '[ab]' has a bracket -- a pattern has * for any text and ? for one character",
                "30: unknown area 'sic' -- did you mean sci?",
                "30: unknown milestone '2028' -- did you mean 2027?",
            ],
        ),
        (
            "{id: g, fail: [off_track], regions: [Hunan, CN-HNN, 'CN-*', 'CN-H?', 'US-*', 'CN-[HB]N', '[x']}",
            [
                "30: 'Hunan' is no region -- did you mean CN-HN?",
                "30: 'CN-HNN' is no region -- did you mean CN-HN, CN-YN, CN-SN?",
                "30: the pattern 'US-*' fits no region -- write a code such as CN or CN-HN",
                "30: 'CN-[HB]N' is no region -- did you mean CN-HN, CN-HB, CN-YN?",
                "30: '[x' is no region -- write a code such as CN or CN-HN",
            ],
        ),
        (
            "{id: g, fail: [off_track], indicators: ['usres*'], areas: [], milestones: []}",
            [
                "30: the pattern 'usres*' fits no indicator -- did you mean users?",
                "30: 'areas' is an empty list, and names nothing -- " + WHOLE,
                "30: 'milestones' is an empty list, and names nothing -- " + WHOLE,
            ],
        ),
        (
            "{id: g, fail: [off_track, stale], warn: [off_track, missed]}",
            ["30: 'off_track' stands in both fail and warn -- keep it in one of them"],
        ),
        ("{id: g}", [f"30: {NOTHING}"]),
        (
            "{id: g, ratchet: true}, {id: h, fail_probability_below: 0.5}, {id: i, warn_probability_below: 0.5}",
            [],
        ),
        ("{id: g, warn: [due], areas: [all], milestones: ['2027']}", []),
        ("{id: g, fail: [regression]}", [f"30: {ALONE}"]),
        ("{id: g, warn: [worsened]}", [f"30: {ALONE}"]),
        ("{id: g, fail: [off_track], since_last: true}", [f"30: {ALONE}"]),
        ("{id: g, fail: [off_track], since: 2026-01-01}", [f"30: {ALONE}"]),
        (
            "{id: g, fail: [worsened], since: 2026-01-01, since_last: true}",
            ["30: 'since' and 'since_last' exclude each other -- keep one of the two"],
        ),
        (
            "{id: g, fail_probability_below: 0, warn_probability_below: 1.1}",
            [
                "30: '0' is no probability -- write a number above 0 and up to 1",
                "30: '1.1' is no probability -- write a number above 0 and up to 1",
            ],
        ),
        ("{id: g, fail_probability_below: 0.5, warn_probability_below: 0.5}", [f"30: {NEVER}"]),
        ("{id: g, fail_probability_below: 0.5, warn_probability_below: 1}", []),
        (
            "{id: g, ratchet: true, tolerance: -1}",
            ["30: the tolerance is negative -- write 0 or more, in the indicator's unit"],
        ),
        ("{id: g, fail: [off_track], tolerance: 1}", [f"30: {USELESS}"]),
        (
            "{id: g, fail: [regression], since_last: true, tolerance: 1}, {id: h, ratchet: true, tolerance: 1}",
            [],
        ),
        ("{id: g, warn: [regression], since_last: true, tolerance: 1}", []),
    ],
)
def test_a_gate_asks_for_something_and_somewhere(tmp_path: Path, gates: str, breaches: list[str]) -> None:
    """Its patterns fit the plan, its words and numbers do not contradict each other."""
    assert said(tmp_path, f"{PLAN}policy: {{gates: [{gates}]}}\n") == breaches


HEAD = 'gate: g, indicator: head, milestone: "2027", reason: r, owner: o'
CONTEXT = "gate: g, indicator: users, reason: r, owner: o"
TARGETLESS = "users has no target, and so no milestone to be excused for -- leave 'milestone' out"
NAMELESS = "'milestone' is missing -- add it; docs/targets.md describes every key"


@pytest.mark.parametrize(
    ("waivers", "breaches"),
    [
        (
            ['gate: h, indicator: haed, milestone: "2028", region: Hunan, expires: 2026-06-30, reason: r, owner: o'],
            [
                "32: unknown indicator 'haed' -- did you mean head?",
                "32: unknown milestone '2028' -- did you mean 2027?",
                "32: unknown gate 'h' -- known: g",
                "32: 'Hunan' is no region -- did you mean CN-HN?",
            ],
        ),
        (
            [
                f"{HEAD}, expires: 2026-06-30",
                f"{HEAD}, expires: 2026-06-30, region: CN-HN",
                f"{HEAD}, expires: 2026-06-30",
            ],
            [f"34: {SECOND}"],
        ),
        ([f"{HEAD}, expires: 2026-06-30", f"{HEAD}, expires: 2026-08-30, granted: 2026-07-01"], []),
        ([f"{HEAD}, expires: 2026-08-30, granted: 2026-07-01", f"{HEAD}, expires: 2026-06-30"], []),
        (
            [
                f"{HEAD}, expires: 2026-06-30, granted: 2026-06-01",
                f"{HEAD}, expires: 2026-06-10, granted: 2026-06-02",
                f"{HEAD}, expires: 2026-07-30, granted: 2026-06-30",
            ],
            [f"33: {SECOND}", f"34: {SECOND}"],
        ),
        ([f"{HEAD.replace('head', 'users')}, expires: 2026-06-30"], [f"32: {TARGETLESS}"]),
        ([f"{CONTEXT}, expires: 2026-06-30", f"{CONTEXT}, expires: 2026-06-30, region: CN-HN"], []),
        ([f"{CONTEXT.replace('users', 'head')}, expires: 2026-06-30"], [f"32: {NAMELESS}"]),
        (
            [f"{HEAD}, expires: 2026-06-30, granted: 2026-07-01"],
            ["32: the waiver expires before it is granted -- correct the dates"],
        ),
        ([f"{HEAD}, expires: 2026-06-30, granted: 2026-06-30"], []),
        ([f"{HEAD}, expires: 2026-06-30, granted: 2026-01-01"], []),
        ([f"{HEAD}, expires: 2026-06-30, granted: 2025-12-31"], [f"32: {LONG}"]),
    ],
)
def test_a_waiver_excuses_one_thing_for_half_a_year(tmp_path: Path, waivers: list[str], breaches: list[str]) -> None:
    """It names what there is, once, and lasts at most 180 days from the day it was granted."""
    listed = "".join(f"  - {{{waiver}}}\n" for waiver in waivers)

    assert said(tmp_path, f"{PLAN}policy: {{gates: [{{id: g, fail: [off_track]}}]}}\nwaivers:\n{listed}") == breaches


def many(count: int) -> Plan:
    """A plan of so many indicators, each with evidence, a target and a proxy beside it."""
    shared = {"area": "sci", "measure": "number", "unit": "%", "direction": "increase", "frequency": "annual"}
    heads = [
        {"id": f"i{n}", "name": {"zh": "名", "en": "N"}, "evidence": (f"p{n}",), **shared}
        | {"targets": ({"milestone": "2027", "op": ">", "value": "7"},)}
        for n in range(count // 2)
    ]
    proxies = [
        {"id": f"p{n}", "name": {"zh": "名", "en": "N"}, "basis": "proxy", "proxy_for": f"i{n}", **shared}
        for n in range(count // 2)
    ]
    about = {"id": "p", "title": {"zh": "计划", "en": "Plan"}, "issuer": {"zh": "国", "en": "C"}}
    return Plan.model_validate(
        {
            "schema": "aiplus.targets/1",
            "plan": about | {"document": "d", "issued": "2025-08-21"},
            "milestones": ({"id": "2027", "due": "2027-12-31", "statement": {"zh": "话", "en": "words"}},),
            "areas": ({"id": "sci", "name": {"zh": "科", "en": "S"}},),
            "indicators": (*heads, *proxies),
        }
    )


def test_ten_times_the_indicators_take_ten_times_the_work() -> None:
    """A plan of thousands of indicators is checked in calls whose number grows with theirs, not with its square."""

    def calls(count: int) -> int:
        plan, made = many(count), 0

        def seen(*_: object) -> None:
            nonlocal made
            made += 1

        sys.setprofile(seen)
        try:
            assert list(rule_problems(plan)) == []
        finally:
            sys.setprofile(None)
        return made

    assert calls(3000) < 11 * calls(300)
