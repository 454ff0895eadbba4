"""Of a plan and its figures: which results there are, what each rests on, and what is said of those without figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import WORDS, figure, rating

from aiplus_cli.judge.assess import Selection, assess_plan, baseline_of, targets_in_force, unserved
from aiplus_cli.judge.records import Assessment, Report
from aiplus_cli.judge.series import build_series
from aiplus_cli.ledger.entries import Figure, Rating
from aiplus_cli.plan.records import Plan

ISSUED = "2025-08-21"
GOALS = [{"milestone": "2027", "op": ">", "value": 70}, {"milestone": "2030", "op": ">", "value": 90}]
SERIES = {"area": "all", "name": WORDS, "measure": "number", "direction": "increase", "frequency": "annual"}
HEAD = {**SERIES, "id": "head", "range": [0, 100], "publication_lag": 90, "targets": GOALS}
FIRST = {**SERIES, "id": "first", "basis": "proxy", "proxy_for": "head", "publication_lag": 30}
SECOND = {**SERIES, "id": "second", "basis": "proxy", "proxy_for": "head", "area": "sci"}
USERS = {**SERIES, "id": "users", "basis": "context", "area": "sci"}
ROLE = {**SERIES, "id": "role", "measure": "rating", "targets": [{"milestone": "2027", "clause": "强"}]}
del ROLE["direction"]


def plan_of(*indicators: dict[str, Any]) -> Plan:
    return Plan.model_validate(
        {
            "schema": "aiplus.targets/1",
            "plan": {"id": "p", "title": WORDS, "issuer": WORDS, "document": "1", "issued": ISSUED},
            "areas": [{"id": "sci", "name": WORDS}],
            "milestones": [{"id": y, "due": f"{y}-12-31", "statement": WORDS} for y in ("2027", "2030")],
            "indicators": indicators,
        }
    )


def report_of(
    plan: Plan, *known: Figure | Rating, today: str = "2026-06-01", method: str = "default", **asked: Any
) -> Report:
    current: dict[tuple[str, str], dict[str, Figure | Rating]] = {}
    for entry in known:
        current.setdefault((entry.indicator, entry.region), {})[entry.period] = entry
    day = date.fromisoformat(today)
    return assess_plan(plan, current, as_of=day, today=day, selection=Selection(**asked), method=method)


def places(results: Iterable[Assessment]) -> list[str]:
    return [f"{each.indicator.id} {each.region} {each.milestone.id}" for each in results]


def of(indicator: str, *values: tuple[str, str], region: str = "CN", **changes: Any) -> list[Figure]:
    """The figures of (period, value) pairs."""
    return [figure(value, period, indicator=indicator, region=region, **changes) for period, value in values]


DECIDES = "the figure of the period that ended on 2027-12-31 decides"
LATER = "no rating is known for a period that ended by 2027-12-31"
UP = (("2024", "50"), ("2025", "60"))


# --- which results -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["head CN 2027", "head CN 2030", "role CN 2027"]),
        ({"milestones": ("2030",)}, ["head CN 2030"]),
        ({"indicators": ("role",)}, ["role CN 2027"]),
        ({"indicators": ("first",)}, []),
        ({"areas": ("sci",)}, []),
        ({"areas": ("all",), "indicators": ("head",), "milestones": ("2027",)}, ["head CN 2027"]),
        ({"regions": ("CN-HN",)}, ["head CN-HN 2027", "head CN-HN 2030"]),
        ({"regions": ("CN-HN", "CN"), "milestones": ("2027",)}, ["head CN-HN 2027", "head CN 2027", "role CN 2027"]),
        (
            {"regions": None, "milestones": ("2027",)},
            ["head CN 2027", "role CN 2027", "role CN-BJ 2027", "head CN-GD 2027"],
        ),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_judged_in_the_order_of_the_plan(asked: dict[str, Any], found: list[str]) -> None:
    """The nation always; a region where it is asked for by name, or has a figure; a rating only where there is one."""
    known = [*of("head", *UP), *of("head", *UP, region="CN-GD")]
    rated = rating("at_risk", region="CN-BJ")
    assert places(report_of(plan_of(HEAD, ROLE), *known, rated, **asked).results) == found


def test_an_own_target_makes_a_region_one_that_is_judged() -> None:
    """With or without figures; it counts there in the place of the nation's, and nowhere else."""
    own = {"milestone": "2027", "region": "CN-HN", "op": ">", "value": 75}
    plan = plan_of({**HEAD, "targets": [*GOALS, own]}, ROLE)
    results = report_of(plan, regions=None).results
    heads = [each for each in results if each.indicator.id == "head"]
    assert [(each.region, each.milestone.id, str(each.target.value)) for each in heads] == [
        ("CN", "2027", "70"),
        ("CN", "2030", "90"),
        ("CN-HN", "2027", "75"),
        ("CN-HN", "2030", "90"),
    ]


def test_targets_stand_by_their_day_and_a_draft_is_none() -> None:
    """The order of the file does not matter, nor whether the region's own target stands before the nation's."""
    own = {"milestone": "2027", "region": "CN-HN", "op": ">", "value": 75}
    draft = {"milestone": "2030", "region": "CN-HN", "op": ">", "value": 99, "draft": True}
    for targets in ([*GOALS, own, draft], [draft, own, *reversed(GOALS)]):
        plan = plan_of({**HEAD, "targets": targets})
        found = {r: [t.value for _, t in targets_in_force(plan, plan.indicators[0], r)] for r in ("CN", "CN-HN")}
        assert found == {"CN": [70, 90], "CN-HN": [75, 90]}


@pytest.mark.parametrize(
    ("method", "asked", "found"),
    [
        ("default", {}, []),
        ("un", {"indicators": ("role",)}, []),
        ("un", {}, ["words"]),
        ("un", {"indicators": ("words", "users")}, ["users", "words"]),
        ("linear", {"indicators": ("users",)}, []),
    ],
)
def test_a_method_asked_for_by_name_must_serve_what_has_a_number_or_is_named(
    method: str, asked: dict[str, Any], found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rating is judged by nobody's method, and a series without a target only if it is named."""
    monkeypatch.setattr("aiplus_cli.judge.assess.serves", lambda method, _: method == "linear")
    numbers = {**HEAD, "id": "words", "targets": GOALS[:1]}
    assert [each.id for each in unserved(plan_of(ROLE, USERS, numbers), method, Selection(**asked))] == found


# --- the baseline --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "values", "start"),
    [
        (None, ["2023", "2024", "2025"], "2024"),
        (None, ["2025", "2026"], "2025"),
        (None, ["2025-07", "2025-08-21", "2025-09"], "2025-08-21"),
        ("2023", ["2023", "2024", "2025"], "2023"),
        ("2025", ["2023", "2024", "2025-12"], "2025-12"),
        ("2022", ["2023", "2024", "2025"], "2024"),
    ],
)
def test_the_path_starts_where_it_is_declared_or_with_the_last_period_before_the_plan(
    declared: str | None, values: list[str], start: str
) -> None:
    """Else with the first figure; a declared period that nobody published is not made up."""
    plan = plan_of({**HEAD, "baseline": {"period": declared}} if declared else HEAD)
    series = build_series(of("head", *((period, "50") for period in values)))
    assert series is not None
    assert baseline_of(plan, plan.indicators[0], series).figure.period == start


def test_a_declared_baseline_without_a_figure_is_said() -> None:
    """With the period at which the path starts instead."""
    said = "no figure is known for the declared baseline 2022; the path starts at 2024"
    for declared, reason in (("2022", said), ("2024", None)):
        result = report_of(
            plan_of({**HEAD, "baseline": {"period": declared}}), *of("head", *UP), method="linear"
        ).results[0]
        assert (result.reason and str(result.reason)) == reason


# --- proxies -------------------------------------------------------------------------------------------------------


def test_the_first_proxy_with_figures_leads() -> None:
    """The verdict, the evidence and the ruling are its own; the basis and the sentence say whose they are."""
    known = [*of("second", *UP), *of("first", *UP, region="CN-HN")]
    by_region = {
        region: report_of(plan_of(HEAD, FIRST, SECOND), *known, regions=(region,), indicators=("head",)).results[0]
        for region in ("CN", "CN-HN", "CN-GD")
    }
    assert {region: each.lead for region, each in by_region.items()} == {
        "CN": "second",
        "CN-HN": "first",
        "CN-GD": None,
    }
    result = by_region["CN"]
    taken = result.through
    assert taken is not None
    assert (taken.indicator.id, taken.region, taken.milestone.id, taken.target) == (
        "second",
        "CN",
        "2027",
        result.target,
    )
    assert (result.basis, result.verdict, result.ruling, result.evidence, result.course) == (
        "proxy",
        taken.verdict,
        taken.ruling,
        taken.evidence,
        None,
    )
    assert taken.course is not None
    assert taken.course.path is not None
    assert [corner[1] for corner in taken.course.path.corners] == [70, 90]
    assert str(result.reason) == "no published series of its own; the verdict is that of second"


def test_a_proxy_asked_for_comes_with_what_it_stands_for() -> None:
    """And what it stands for comes with its proxies."""
    plan = plan_of(HEAD, FIRST, SECOND, USERS)
    by_proxy, by_head = (report_of(plan, indicators=(name,), milestones=("2027",)) for name in ("first", "head"))
    assert places(by_proxy.results) == ["first CN 2027"]
    assert places(by_head.results) == ["head CN 2027", "first CN 2027", "second CN 2027"]
    assert places(report_of(plan, areas=("sci",), milestones=("2027",)).results) == ["second CN 2027"]


# --- without figures -----------------------------------------------------------------------------------------------


def test_before_the_first_figure_there_is_no_data() -> None:
    """Neither evidence nor a course."""
    result = report_of(plan_of(HEAD)).results[0]
    assert (result.verdict, str(result.reason)) == (
        "no_data",
        "no figure was published on or before the date asked for",
    )
    assert (result.evidence.newest, result.course, result.ruling, result.basis, result.region) == (
        None,
        None,
        None,
        "official",
        "CN",
    )


@pytest.mark.parametrize(
    ("today", "verdict", "said"),
    [
        ("2028-04-29", "awaiting", f"{DECIDES}; it should be out by 2028-04-29"),
        ("2028-04-30", "no_data", "no figure is known for a period that ended by 2027-12-31"),
    ],
)  # fmt: skip
def test_figures_of_later_periods_alone_decide_nothing(today: str, verdict: str, said: str) -> None:
    """The series is current, and yet nobody knows how it stood on the day."""
    result = report_of(plan_of(HEAD), *of("head", ("2028-01", "80")), today=today).results[0]
    assert (result.verdict, str(result.reason)) == (verdict, said)
    assert result.evidence.newest is not None
    assert result.evidence.newest.period == "2028-01"


def test_of_a_proxy_with_later_figures_the_evidence_is_shown() -> None:
    """Of the region asked for, by the lag of the proxy: 30 days and 30 of grace after the year's end."""
    plan = plan_of(HEAD, FIRST)
    known = [*of("first", ("2028-01", "80")), *of("first", ("2028-02", "81"), region="CN-HN")]
    for region, newest in (("CN", "2028-01"), ("CN-HN", "2028-02")):
        result = report_of(plan, *known, today="2028-02-20", regions=(region,)).results[0]
        assert (result.indicator.id, result.region, result.verdict) == ("head", region, "awaiting")
        assert result.evidence.newest is not None
        assert result.evidence.newest.period == newest
    late = report_of(plan, *known, today="2028-04-01").results[0]
    assert late.verdict == "no_data"


# --- the course ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bound", "observed", "required"), [("", "", ""), (">", ">", "<"), ("<", "<", ">"), ("~", "~", "~")]
)
def test_a_course_has_the_pace_so_far_and_the_pace_that_is_needed(bound: Any, observed: str, required: str) -> None:
    """From 50 to 60 in a year, and from 60 to 70 in two; after a floor at most so much is needed."""
    known = [*of("head", UP[0]), *of("head", UP[1], bound=bound)]
    result = report_of(plan_of(HEAD), *known, method="linear").results[0]
    course = result.course
    assert course is not None
    assert (result.basis, course.observed, course.required) == ("official", Decimal(10), Decimal(5))
    assert (course.observed_bound, course.required_bound) == (observed, required)
    assert (course.goal.op, course.goal.value, course.goal.range) == (">", Decimal(70), (Decimal(0), Decimal(100)))
    assert course.goal.baseline.figure.period == "2024"


def test_what_is_met_needs_no_pace() -> None:
    """Before the day as well as after it; the reason says that a figure is provisional."""
    known = [*of("head", UP[0]), *of("head", ("2025", "71"), status="P")]
    result = report_of(plan_of(HEAD), *known, method="linear").results[0]
    assert (result.verdict, str(result.reason)) == ("met", "provisional: the figure of 2025 is not final")
    assert result.course is not None
    assert result.course.required is None
    assert result.ruling is not None
    assert result.ruling.method == "linear"


def test_words_are_judged_by_no_method_that_needs_a_number() -> None:
    """The reason says which one; a series between two floors has no pace, and no bound of one."""
    words = {**HEAD, "targets": [{"milestone": "2027", "clause": "强"}]}
    known = [figure("50", "2024", indicator="head", bound=">"), figure("60", "2025", indicator="head", bound=">")]
    result = report_of(plan_of(words), *known, method="linear").results[0]
    assert (result.verdict, result.ruling) == ("not_quantified", None)
    assert str(result.reason) == "the plan gives words only; linear needs a number"
    assert result.course is not None
    assert (result.course.observed, result.course.observed_bound, result.course.required) == (None, "", None)


# --- after the day -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "verdict"), [("71", "met"), ("70", "missed")])
@pytest.mark.parametrize(("method", "measure"), [("linear", "acceleration"), ("calibrated", "probability")])
def test_once_decided_a_measure_stays_and_a_chance_goes(value: str, verdict: str, method: str, measure: str) -> None:
    """Nothing is left to chance; nothing more is required a year."""
    known = of("head", ("2026", "60"), ("2027", value))
    result = report_of(plan_of(HEAD), *known, today="2028-04-01", method=method).results[0]
    assert result.verdict == verdict
    assert result.outcome is not None
    assert (result.outcome.metric, result.outcome.probability, result.outcome.interval) == (measure, None, None)
    assert result.course is not None
    assert (result.course.required, result.course.observed) == (None, Decimal(value) - 60)
    if method == "calibrated":
        assert result.outcome.value is None


def test_the_class_and_the_measure_of_what_was_decided_are_those_of_the_method() -> None:
    """`open-sdg` of 50, 60 and 71: growth of 18 % a year, of what 70 in 2027 would have asked."""
    known = of("head", ("2025", "50"), ("2026", "60"), ("2027", "71"))
    early, late = (
        report_of(plan_of(HEAD), *known, today=day, method="open-sdg").results[0]
        for day in ("2027-12-31", "2028-04-01")
    )
    assert early.outcome is not None
    assert late.outcome is not None
    assert late.outcome.label == early.outcome.label == "target_achieved"
    assert late.outcome.value == early.outcome.value is not None


def test_while_it_is_awaited_no_method_is_asked() -> None:
    """The earlier figures are shown, and no ruling."""
    result = report_of(plan_of(HEAD), *of("head", *UP), today="2028-01-05", method="linear").results[0]
    assert (result.verdict, result.ruling) == ("awaiting", None)
    assert result.course is not None
    assert (result.course.required, result.course.observed) == (None, Decimal(10))


# --- ratings and context -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "today", "verdict", "said", "rated"),
    [
        ([], "2026-06-01", "not_quantified", "the plan gives words only, and nobody has rated it", False),
        ([rating("at_risk")], "2026-06-01", "at_risk", "rated by analyst, not measured", True),
        ([rating("met", "2027")], "2028-06-01", "met", "rated by analyst, not measured", True),
        ([rating("on_track", "2027")], "2028-06-01", "missed", "rated by analyst, not measured", True),
        ([rating("met", "2028-01")], "2028-06-01", "not_quantified", LATER, False),
    ],
)  # fmt: skip
def test_a_goal_in_words_is_as_it_was_rated(
    known: list[Rating], today: str, verdict: str, said: str, *, rated: bool
) -> None:
    """The newest rating is the evidence even where it is of a period after the day."""
    result = report_of(plan_of(ROLE), *known, today=today).results[0]
    assert (result.verdict, str(result.reason), result.rating is not None) == (verdict, said, rated)
    assert result.evidence.newest == (known[0] if known else None)
    assert (result.indicator.id, result.region, result.milestone.id, result.basis) == ("role", "CN", "2027", "official")


def test_a_series_without_a_target_is_shown_with_its_pace() -> None:
    """In the nation always, in a region where it has figures; a floor makes the pace one."""
    plan = plan_of(USERS)
    floor = [*of("users", ("2024", "4")), *of("users", ("2025", "5"), bound=">")]
    nation, region = report_of(plan, *floor, *of("users", ("2025", "1"), region="CN-HN"), regions=None).context
    assert (nation.region, nation.observed, nation.observed_bound) == ("CN", Decimal(1), ">")
    assert (region.region, region.observed, region.observed_bound) == ("CN-HN", None, "")
    assert [each.evidence.newest and each.evidence.newest.period for each in (nation, region)] == ["2025", "2025"]
    (empty,) = report_of(plan, regions=("CN", "CN-HN")).context
    assert (empty.region, empty.series, empty.evidence.newest, empty.observed_bound) == ("CN", None, None, "")


# --- where the calendar and the day of a milestone end -------------------------------------------------------------


def test_a_milestone_that_has_passed_is_left_to_a_proxy_with_figures_of_its_time() -> None:
    """One whose figures begin only later leads from then on."""
    later = of("first", ("2028", "80"), ("2029", "85"))
    then = of("second", ("2026", "60"), ("2027", "65"))
    report = report_of(plan_of(HEAD, FIRST, SECOND), *later, *then, today="2030-06-01")
    assert [(each.milestone.id, each.lead) for each in report.results if each.indicator.id == "head"] == [
        ("2027", "second"),
        ("2030", "first"),
    ]


def test_after_the_last_period_of_the_calendar_nothing_is_due() -> None:
    """What is known then stays fresh."""
    (first, *_) = report_of(plan_of(HEAD), *of("head", ("9998", "50"), ("9999", "60")), today="9999-12-31").results
    evidence = first.evidence
    assert (evidence.freshness, evidence.next_period, evidence.missing) == ("fresh", None, ())
