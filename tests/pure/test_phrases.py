"""What is said of one number or one finding, in a few words: with its sign, its unit and what is to be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import ABOUT, DUE, NOW, WORDS, figure, indicator, rating, result

from aiplus_cli.check.records import Finding, Subject
from aiplus_cli.contract.fixes import fix_of
from aiplus_cli.contract.phrases import (
    bounded,
    chance,
    measure,
    name,
    pace,
    published,
    target,
    unit,
    verdict,
    verdicts_by_method,
    with_unit,
)
from aiplus_cli.contract.plan import plan_outline
from aiplus_cli.contract.status import Metric, ResultRow, result_row
from aiplus_cli.contract.values import Amount, Measure
from aiplus_cli.judge.records import Assessment
from aiplus_cli.plan.records import Names, Plan, Waiver

PEOPLE = indicator({"zh": "亿人", "en": "100m people"})


def row(**changes: Any) -> ResultRow:
    """The row of a result, with these fields."""
    return replace(result_row(result()), **changes)


# --- numbers ---------------------------------------------------------------------------------------------------


def test_a_number_has_its_unit_in_both_languages() -> None:
    """A unit that begins with a number is set apart; a rating has none."""
    assert (str(with_unit("5", PEOPLE)), with_unit("5", PEOPLE).zh) == ("5 × 100m people", "5 亿人")
    assert (str(with_unit("5", indicator())), with_unit("5", indicator()).zh) == ("5 %", "5 %")
    bare = indicator(None, measure="rating", direction=None)
    assert (str(unit(bare)), unit(bare).zh, str(with_unit("5", bare))) == ("", "", "5")
    assert (str(name(Names(zh="话", en="words"))), name(Names(zh="话", en="words")).zh) == ("words", "话")


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (figure("50.0", "2026-06", bound=">"), ">50.0 % (2026-06)"),
        (figure("50", "2025", status="P"), "50 % prov. (2025)"),
        (figure("50", "2025", status="E"), "50 % est. (2025)"),
        (rating("met"), "-"),
    ],
)
def test_a_figure_is_said_as_it_was_published(shown: Any, said: str) -> None:
    """With its bound, its unit, what is to be known of it, and what it is of."""
    assert str(published(shown, indicator())) == said


def test_a_target_is_said_with_its_operator_or_in_its_own_words() -> None:
    """A dash where it has neither."""
    assert str(target(row(op=">", target=Decimal("70.0")), indicator())) == "> 70.0 %"
    assert target(row(target=None, clause="明显增强"), indicator()) == "明显增强"
    assert target(row(target=None, clause=None), indicator()) == "-"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"verdict": "at_risk", "provisional": False}, "at risk"),
        ({"verdict": "at_risk", "provisional": True}, "at risk (prov.)"),
        ({"verdict": "awaiting", "awaited_until": date(2028, 4, 29)}, "awaiting (2028-04-29)"),
        ({"verdict": None}, "-"),
    ],
)
def test_a_verdict_says_until_when_it_is_awaited_and_whether_it_may_change(changes: Any, said: str) -> None:
    """A series without a target has none."""
    assert str(verdict(row(**{"awaited_until": None, "provisional": False, **changes}))) == said


@pytest.mark.parametrize(
    ("observed", "required", "bounds", "said"),
    [
        ("10", "13", ("", ""), "1.30×"),
        ("10", "10.001", ("", ""), "1.0001×"),
        ("10", "13", (">", ""), "≤ 1.30×"),
        ("10", "13", ("", ">"), "≥ 1.30×"),
        ("10", "13", ("<", ""), "≥ 1.30×"),
        ("-10", "-13", ("<", ""), "≤ 1.30×"),
        ("10", "13", (">", ">"), "-"),
        ("10", None, ("", ""), "-"),
        (None, "13", ("", ""), "-"),
    ],
)
def test_the_pace_is_the_required_one_over_the_observed(
    observed: str | None, required: str | None, bounds: tuple[Any, Any], said: str
) -> None:
    """At most or at least so many times where one of the two is a bound; a dash where that can be anything."""
    paces = [None if text is None else Amount(text) for text in (observed, required)]
    found = row(
        observed_per_year=paces[0], required_per_year=paces[1], observed_bound=bounds[0], required_bound=bounds[1]
    )
    assert pace(found) == said


@pytest.mark.parametrize(
    ("kind", "value", "bound", "said"),
    [
        ("ratio", "0.5", "", "R = 0.50"),
        ("ratio", "0.5", ">", "R ≥ 0.50"),
        ("ratio", "0.9499999", "", "R <0.95"),
        ("ratio", "2000", "", "R >1000"),
        ("gap_closed", "0.5", "", "50.0 %"),
        ("gap_closed", "0.5", "<", "≤ 50.0 %"),
        ("growth", "0.0123", "", "1.2 %"),
        ("gap_closed", "2000", "", ">100000 %"),
        ("acceleration", "1", "", "-"),
        ("ratio", None, "", "-"),
    ],
)
def test_a_measure_is_said_as_its_method_counts(kind: Any, value: str | None, bound: Any, said: str) -> None:
    """Never as if it were on the other side of a cut."""
    metric = Metric(kind, None if value is None else Measure(value), None, bound)
    assert measure(row(metric=metric, method="open-sdg")) == said


def test_without_a_method_there_is_no_measure() -> None:
    """Where comparing decides, nothing is measured."""
    metric = Metric("ratio", Measure("0.5"), None, "")
    assert [measure(row(metric=found, method=method)) for found, method in ((metric, None), (None, "un"))] == ["-", "-"]


@pytest.mark.parametrize(
    ("value", "bound", "said"),
    [("0.5", "", "50 %"), ("0.5", ">", "≥ 50 %"), ("0.004", "", "0.4 %"), ("0.6666", "", "66.66 %"), (None, "", "-")],
)
def test_a_chance_is_a_share_that_keeps_its_side_of_a_cut(value: str | None, bound: Any, said: str) -> None:
    """Between two thirds and what is just below lies a word."""
    found = row(probability=None if value is None else Measure(value), probability_bound=bound)
    assert chance(found) == said


@pytest.mark.parametrize(
    ("bound", "text", "said"),
    [(">", "5", "≥ 5"), ("<", "5", "≤ 5"), ("~", "5", "≈ 5"), ("", "5", "5"), (None, "5", "5"), (">", ">9", ">9")],
)
def test_a_bound_is_said_once(bound: Any, text: str, said: str) -> None:
    """More than `>9` need not be said."""
    assert bounded(bound, text) == said


def test_methods_are_grouped_by_their_verdict() -> None:
    """Those that cannot judge are left out."""
    found = row(by_method={"linear": "on_track", "un": "off_track", "open-sdg": "on_track", "calibrated": None})
    assert str(verdicts_by_method(found.by_method)) == "linear, open-sdg: on track; un: off track"


# --- what to do ------------------------------------------------------------------------------------------------

AT_SOURCE = (
    f"check the figure at its source; if it is wrong: aiplus record share VALUE --period 2025 --replaces {NOW.id}"
)
BORROWED = replace(result(), course=None, through=result(id="proxy"))
WAIVER = Waiver.model_validate(
    {"gate": "g", "indicator": "share", "milestone": "2027", "reason": "x", "owner": "o", "expires": "2026-06-30"}
)


def finding(rule: Any, subject: Subject | None = None, **changes: Any) -> Finding:
    """One of the gate `g`."""
    return Finding("g", rule, "fail", "progress", 1, subject, **changes)


def rated(verdict: Any = "no_data") -> Assessment:
    found = result(verdict)
    return replace(found, indicator=indicator(None, id="role", measure="rating", direction=None))


@pytest.mark.parametrize(
    ("found", "fix"),
    [
        (
            finding("no_data", rated()),
            "rate it: aiplus record role RATING --period 2026 (met, on_track, at_risk or off_track)",
        ),
        (
            finding("stale", result(publisher="NBS", owner="Li"), figure=NOW),
            "record the next figure: aiplus record share VALUE --period PERIOD (published by NBS)",
        ),
        (
            finding("due", result(owner="Li"), figure=NOW),
            "record the next figure: aiplus record share VALUE --period PERIOD (published by Li)",
        ),
        (finding("no_data", result()), "record a figure: aiplus record share VALUE --period PERIOD (published by -)"),
        (finding("none", BORROWED), "record a figure: aiplus record proxy VALUE --period PERIOD (published by -)"),
        (
            finding("insufficient_data", result("insufficient_data"), figure=NOW),
            "record another figure: aiplus record share VALUE --period PERIOD",
        ),
        (
            finding("awaiting", result("awaiting"), figure=NOW),
            "record another figure: aiplus record share VALUE --period PERIOD",
        ),
        (
            finding("not_judged", result(), figure=NOW, found="no_comparison"),
            "name other indicators in the gate, or let it stay unjudged: allow: [no_comparison]",
        ),
        (
            finding("probability", result(), figure=NOW),
            "choose a method that gives probabilities, or ask for a verdict instead",
        ),
        (
            finding("not_quantified", result("not_quantified"), figure=NOW),
            "give the target an 'op' and a 'value', or judge it by open-sdg, which needs none",
        ),
        *(
            (
                finding(rule, result(), figure=NOW),
                AT_SOURCE,
            )
            for rule in ("regression", "ratchet")
        ),
        (
            finding("off_track", result(), figure=NOW),
            "'aiplus show share --explain' shows the arithmetic; record newer figures",
        ),
        (
            finding("probability", result(), figure=NOW, found=Decimal("0.1")),
            "'aiplus show share --explain' shows the arithmetic; record newer figures",
        ),
        (finding("unused_waiver", waiver=WAIVER), "remove the waiver, or correct what it names"),
        (finding("no_run"), "record this month's run: aiplus snapshot"),
        (finding("old_run"), "record this month's run: aiplus snapshot"),
        (finding("nothing_judged"), "check the options, the gates of the policy and the targets of the plan"),
    ],
)
def test_every_finding_says_what_to_do_next(found: Finding, fix: str) -> None:
    """A command that can be copied, with the series whose figures count, or the edit of targets.yaml."""
    assert str(fix_of(found, 2026)) == fix


# --- the outline of a plan -------------------------------------------------------------------------------------


def test_the_outline_says_what_watches_each_part() -> None:
    """The whole, an area, one of its actions, a capability and a milestone, each by its own."""
    aim = [{"milestone": "2027", "op": ">", "value": 70}]
    item = {"name": WORDS, "measure": "number", "unit": "%", "direction": "increase", "frequency": "annual"}
    plan = Plan.model_validate(
        {
            "schema": "aiplus.targets/1",
            "plan": ABOUT,
            "milestones": [DUE, {"id": "2030", "due": "2030-12-31", "statement": WORDS, "region": "CN-HN"}],
            "areas": [
                {"id": "sci", "name": WORDS, "actions": [{"id": "disc", "name": WORDS}]},
                {"id": "data", "name": WORDS, "kind": "capability"},
            ],
            "indicators": [
                {"id": "whole", "area": "all", "targets": aim, **item},
                {"id": "part", "area": "sci", **item},
                {"id": "deed", "area": "sci", "action": "disc", "targets": aim, **item},
                {"id": "power", "area": "data", "basis": "proxy", "proxy_for": "whole", **item},
            ],
        }
    )
    found = plan_outline(plan)
    assert (found.schema, found.plan, found.document, str(found.issued)) == ("aiplus.plan/1", "p", "1", "2025-08-21")
    assert (found.title.zh, found.title.en, found.issuer.zh) == ("话", "words", "话")
    assert [(each.id, each.region, each.watched_by) for each in found.milestones] == [
        ("2027", None, ("whole", "deed")),
        ("2030", "CN-HN", ()),
    ]
    assert found.watched_by == ("whole",)
    assert [(each.id, each.watched_by) for each in (*found.areas, *found.capabilities)] == [
        ("sci", ("part",)),
        ("data", ("power",)),
    ]
    assert [(each.id, each.watched_by) for each in found.areas[0].actions] == [("disc", ("deed",))]
    assert [(each.id, each.unit, each.basis, each.stands_for) for each in found.indicators][3] == (
        ("power", "%", "proxy", "whole")
    )
