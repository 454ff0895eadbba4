"""What `check` says of a finding: what was found, against what was asked, and why it counts or does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import NOW, figure, indicator, result

from aiplus_cli.check.records import Finding, Subject
from aiplus_cli.contract.sentences import About, newly_met, waive, what
from aiplus_cli.contract.status import ContextRow, ResultRow, context_row, result_row
from aiplus_cli.contract.values import Amount
from aiplus_cli.errors import Message
from aiplus_cli.judge.records import Assessment, ContextSeries
from aiplus_cli.judge.series import build_series
from aiplus_cli.plan.records import Waiver

DAY = date(2026, 5, 1)
WAIVER = {"gate": "g", "indicator": "share", "milestone": "2027", "reason": "late", "owner": "Li", "@line": 40}
EXCUSE = Waiver.model_validate({**WAIVER, "expires": "2026-06-30", "floor": 55})


def finding(rule: Any, subject: Subject | None, **changes: Any) -> Finding:
    """One of the gate `g`, about the newest figure where it is about a result."""
    newest = {"figure": NOW} if subject is not None else {}
    return Finding(
        **{"gate": "g", "level": "fail", "kind": "progress", "line": 20, **newest, **changes}, rule=rule, result=subject
    )


def said(found: Finding, **row: Any) -> str:
    """The sentence, where the row of its result has these fields; the methods agree."""
    shown: ResultRow | ContextRow | None = None
    if isinstance(found.result, Assessment):
        shown = replace(result_row(found.result), **{"hangs_on_method": False, **row})
    elif found.result is not None:
        shown = context_row(found.result)
    return str(what(About(found, shown, "targets.yaml")))


def because(verdict: Any, reason: str, **changes: Any) -> Assessment:
    """A result with its reason."""
    return replace(result(verdict, **changes), reason=Message(reason))


def series() -> ContextSeries:
    """One without a target."""
    built = build_series([figure("50", "2024"), NOW])
    assert built is not None
    return ContextSeries(indicator(id="users", basis="context"), "CN", built, None, result().evidence)


# --- verdicts --------------------------------------------------------------------------------------------------


def test_a_verdict_is_said_with_all_that_it_rests_on() -> None:
    """What was expected then, why it is so, and what else must be said of it."""
    found = finding("off_track", because("off_track", "the figure is a rough one"), found=Decimal(60))
    row = {"expected": Amount("63.25"), "expected_bound": ">", "because": Message("behind its path, and slow")}
    assert said(found, **row) == (
        "X: off track: 60 % (2025) against > 70 % by 2027-12-31, expected then ≥ 63.2 %; "
        "behind its path, and slow; the figure is a rough one"
    )


def test_a_verdict_whose_reason_is_all_that_is_known_is_said_once() -> None:
    """The reason is the sentence then."""
    found = finding("at_risk", because("at_risk", "one figure shows no pace"))
    text = said(found, expected=None, because=Message("one figure shows no pace"))
    assert text == "X: at risk: 60 % (2025) against > 70 % by 2027-12-31; one figure shows no pace"


def test_what_was_expected_never_looks_like_what_was_found() -> None:
    """60.04 is more than 60, and is written so."""
    found = finding("at_risk", result(), found=Decimal(60))
    assert ", expected then 60.04 %" in said(found, expected=Amount("60.04"), expected_bound="")
    unknown = finding("at_risk", result(), found="at_risk")
    assert ", expected then 60.0 %" in said(unknown, expected=Amount("60.04"), expected_bound="")


def test_a_missed_target_says_by_how_much_and_why() -> None:
    """Nothing is expected of it any more."""
    found = finding("missed", replace(because("missed", "the figure of 2027 decides"), is_over=True))
    assert said(found, expected=Amount(63)) == (
        "X: missed: 60 % (2025) against > 70 % by 2027-12-31; short of the target by 10.0 percentage points on its "
        "day; its day has passed; the figure of 2027 decides"
    )


def test_a_goal_in_words_is_said_in_its_words() -> None:
    """With what must be said of the rating."""
    found = finding("off_track", because("off_track", "rated by Li"))
    assert said(found, target=None, clause="明显增强") == "X: off track: 明显增强; rated by Li"
    assert said(found, target=None, clause=None) == "X: off track: ; rated by Li"


def test_a_proxy_says_what_it_stands_for() -> None:
    """Its own name stands first."""
    subject = result("no_data", proxy_for="head", basis="proxy")
    assert said(finding("no_data", subject, figure=None)) == "X (stands for head): no data"


# --- evidence and comparison -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("stale", "X: stale: the figure of 2026 was due on 2026-05-01, and by 2026-06-30 at the latest"),
        ("due", "X: awaited: the figure of 2026 was due on 2026-05-01"),
    ],
)
def test_a_late_figure_is_named_with_its_days(rule: Any, text: str) -> None:
    """When it was due, and until when nobody complains."""
    assert said(finding(rule, result(), asked="2026-06-30"), next_period="2026", next_due=DAY) == text


def test_a_series_without_any_figure_says_so() -> None:
    """`none` is a word of gates, not of people."""
    assert said(finding("none", because("no_data", "ask the office"), figure=None)) == "X: no figure; ask the office"
    assert said(finding("none", series(), figure=None)) == "X: no figure"


@pytest.mark.parametrize(
    ("rule", "start"),
    [("regression", "worse than on 2026-05-01"), ("ratchet", "worse than the best value, published on 2026-05-01")],
)
def test_a_fall_is_said_with_what_it_is_compared_with(rule: Any, start: str) -> None:
    """The figure as published, and the day and the value before."""
    found = finding(rule, series(), compared=DAY, found=Decimal(60), op=">=", asked=Decimal("61.0"))
    assert said(found) == f"X: {start}: 60 % (2025) against >= 61.0 %"
    assert said(replace(found, figure=None, asked=None)) == f"X: {start}: no figure against >= -"


def test_a_worse_verdict_is_said_in_words() -> None:
    """Both of them, and since when."""
    found = finding("worsened", result(), found="at_risk", asked="on_track", compared=DAY)
    assert said(found) == "X: the verdict worsened: at risk, against on track on 2026-05-01"


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("insufficient_data", "too few figures for a verdict"),
        ("no_data", "no figure is known"),
        ("not_quantified", "the plan gives words only, and the gate asks for a number or a rating"),
        ("no_target", "the series has no target"),
        ("no_comparison", "nothing earlier is known that it can be compared with"),
    ],
)
def test_what_a_gate_could_not_judge_says_why(why: str, text: str) -> None:
    """And what is to be said of the result besides."""
    assert said(finding("not_judged", because("no_data", "ask"), found=why)) == f"X: not judged: {text}; ask"


def test_bounds_that_leave_the_order_open_are_both_said() -> None:
    """Of >50 and 51 nobody knows which is more."""
    newest = figure("50", "2025", bound=">")
    found = finding("not_judged", result(), figure=newest, found="no_comparison", op=">=", asked=Decimal(51))
    assert said(found) == (
        "X: not judged: what is known are bounds, and leaves open which is the better: >50 % (2025) against >= 51 %"
    )


# --- probability -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "found", "text"),
    [
        (result(chance="0.3"), "0.3", "the probability is 0.30, asked is >= 0.5"),
        (result(chance="0.4999"), "0.4999", "the probability is 0.4999, asked is >= 0.5"),
        (result(chance="0.3", chance_bound="<"), "0.3", "the probability is ≤ 0.30, asked is >= 0.5"),
        (
            result(chance="0.3", chance_bound=">"),
            None,
            "the probability is ≥ 0.30, which leaves open whether it is >= 0.5",
        ),
        (result(), None, "method linear gives no probability, asked is >= 0.5"),
        (
            because("insufficient_data", "a lone figure"),
            None,
            "too few data: no probability, asked is >= 0.5; a lone figure",
        ),
        (replace(result("no_data"), ruling=None), None, "no data: no probability, asked is >= 0.5"),
    ],
)
def test_a_chance_is_said_against_the_one_that_is_asked(subject: Assessment, found: str | None, text: str) -> None:
    """With digits enough to see that it is less; where there is none, why."""
    asked = finding("probability", subject, found=None if found is None else Decimal(found), asked=Decimal("0.5"))
    assert said(asked) == f"X: {text}"


# --- the policy and waivers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"rule": "unused_waiver", "waiver": EXCUSE}, "a waiver without use: gate g, expires on 2026-06-30"),
        ({"rule": "no_run"}, "no run is recorded to compare with"),
        ({"rule": "old_run", "asked": Decimal(1)}, "no run is recorded; asked is one at most 1 day old"),
        ({"rule": "old_run", "asked": Decimal(35)}, "no run is recorded; asked is one at most 35 days old"),
        (
            {"rule": "old_run", "found": Decimal(1), "asked": Decimal(0)},
            "the last recorded run is 1 day old, asked is at most 0",
        ),
        (
            {"rule": "old_run", "found": Decimal(36), "asked": Decimal(35)},
            "the last recorded run is 36 days old, asked is at most 35",
        ),
        (
            {"rule": "nothing_judged", "gate": "*", "found": "none"},
            "nothing was judged: no result has a figure or a rating to judge by",
        ),
        ({"rule": "nothing_judged", "gate": "*"}, "nothing was judged: no result fits the gates and the options"),
        (
            {"rule": "nothing_judged", "since": DAY},
            "the gate has nothing to compare with: no value is known of 2026-05-01",
        ),
        ({"rule": "nothing_judged"}, "the gate fits no result"),
    ],
)
def test_what_is_wrong_with_the_run_is_said(changes: dict[str, Any], text: str) -> None:
    """The policy, the recorded runs, the waivers."""
    assert said(finding(changes.pop("rule"), None, **changes)) == text


@pytest.mark.parametrize(
    ("excuse", "text"),
    [
        ("waived", "; waived until 2026-06-30 at targets.yaml:40 (Li: late)"),
        ("expired", "; the waiver at targets.yaml:40 expired on 2026-06-30 (Li: late)"),
        ("floor", "; the waiver at targets.yaml:40 excuses no value worse than 55 (Li: late)"),
        (None, ""),
    ],
)
def test_a_finding_says_what_its_waiver_did(excuse: Any, text: str) -> None:
    """Where it stands, who gave it, and why."""
    found = finding("no_data", result("no_data"), figure=None, waiver=EXCUSE, excuse=excuse)
    assert said(found) == f"X: no data{text}"


TODAY = date(2026, 6, 1)
LINE = "reason: …, owner: …, granted: 2026-06-01, expires: 2026-08-30}"


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (finding("off_track", result()), f'- {{gate: g, indicator: share, region: CN, milestone: "2027", {LINE}'),
        (finding("ratchet", series()), f"- {{gate: g, indicator: users, region: CN, {LINE}"),
        (
            finding("off_track", result(), waiver=EXCUSE, excuse="expired"),
            f'- {{gate: g, indicator: share, region: CN, milestone: "2027", {LINE}',
        ),
        (finding("off_track", result(), waiver=EXCUSE, excuse="floor"), None),
        (finding("off_track", result(), gate="command-line"), None),
        (finding("off_track", result(), gate="since-last"), None),
        (finding("no_run", None), None),
    ],
)
def test_the_line_of_a_waiver_can_be_copied(found: Finding, line: str | None) -> None:
    """For ninety days; where no waiver can help there is none."""
    assert waive(found, TODAY) == line


def test_no_waiver_lasts_beyond_the_calendar() -> None:
    """The last day is 9999-12-31."""
    assert "expires: 9999-12-31}" in str(waive(finding("off_track", result()), date(9999, 12, 1)))


def test_what_is_newly_met_is_said_with_the_day_on_which_it_was_not() -> None:
    """By its figure; a rating by its word."""
    met = result("met")
    text = "newly met: 60 % (2025) against > 70 % by 2027-12-31; not met on 2026-05-01"
    assert str(newly_met(met, result_row(met), DAY)) == text
    rated = replace(met, course=None)
    assert str(newly_met(rated, result_row(rated), DAY)).startswith("newly met: met against ")
