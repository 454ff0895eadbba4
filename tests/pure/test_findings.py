"""Of what the gates found: what is waived, new or resolved, in which order it stands, and what is said of the run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import ABOUT, DUE, NOW, THEN, WORDS, assessed, figure, indicator, rating, result

from aiplus_cli.check import check_report, findings_of
from aiplus_cli.check.question import COMMAND_LINE, SINCE_LAST, Question, override
from aiplus_cli.check.records import CheckReport, Earlier, Finding, Identity, Subject, place
from aiplus_cli.judge.records import NO_EVIDENCE, Assessment, ContextSeries, Report, ResultKey
from aiplus_cli.judge.series import build_series
from aiplus_cli.plan.records import Gate, Milestone, Plan, Waiver

TODAY = date(2026, 6, 1)
LATE = Milestone.model_validate({"id": "2030", "due": "2030-12-31", "statement": WORDS})
LAST_RUN = date(2026, 5, 1)


def of(name: str, verdict: Any = "at_risk", **changes: Any) -> Assessment:
    """A result of another indicator."""
    return result(verdict, id=name, **changes)


def report_of(
    *results: Assessment, context: tuple[ContextSeries, ...] = (), waivers: tuple[Waiver, ...] = ()
) -> Report:
    subjects: tuple[Subject, ...] = (*results, *context)
    indicators = {each.indicator.id: each.indicator for each in subjects}
    plan = Plan.model_validate(
        {
            "schema": "aiplus.targets/1",
            "plan": ABOUT,
            "milestones": (DUE, LATE),
            "indicators": tuple(indicators.values()),
            "waivers": waivers,
        }
    )
    return Report(plan, TODAY, TODAY, "default", results, context)


def checked(
    *results: Assessment, gates: tuple[Gate, ...], waivers: tuple[Waiver, ...] = (), **asked: Any
) -> CheckReport:
    return check_report(report_of(*results, waivers=waivers), Question(gates, **asked))


def gate(name: str = "g", **asks: Any) -> Gate:
    return Gate(id=name, **{"indicators": ("*",), **asks})


FAILS = gate(fail=("at_risk", "off_track", "stale"))


def told(found: CheckReport) -> list[tuple[str, str, str]]:
    return [(each.gate, each.rule, each.result.indicator.id if each.result else "") for each in found.findings]


# --- order ---------------------------------------------------------------------------------------------------------


def test_the_worst_comes_first() -> None:
    """What fails before what warns, progress before evidence, then the verdict, the day, and the order of the gates."""
    later = replace(of("late", "off_track"), milestone=LATE)
    results = (
        of("stale", "on_track", freshness="stale"),
        of("risk"),
        later,
        of("lag", "off_track"),
        of("warned", "missed"),
    )
    gates = (gate("two", fail=("at_risk", "off_track")), gate("one", fail=("at_risk", "stale"), warn=("missed",)))
    assert told(checked(*results, gates=gates)) == [
        ("two", "off_track", "lag"),
        ("two", "off_track", "late"),
        ("two", "at_risk", "risk"),
        ("one", "at_risk", "risk"),
        ("one", "stale", "stale"),
        ("one", "missed", "warned"),
    ]


def test_what_is_wrong_with_the_run_stands_in_the_order_of_the_gates() -> None:
    """What the command line asks comes last, whenever it was found."""
    last = gate("last", fail=("worsened",), since_last=True, **{"@line": 8})
    of_last, of_first = waiver(gate="last"), waiver("users")
    found = checked(of("a", "on_track"), gates=(FAILS, last), waivers=(of_last, of_first), gap=9, max_gap=9)
    assert [(each.gate, each.rule) for each in found.findings] == [
        ("g", "unused_waiver"),
        ("last", "unused_waiver"),
        ("last", "no_run"),
    ]


def test_under_strict_every_warning_fails() -> None:
    """Nothing else of a finding changes."""
    plain, strict = (checked(of("a"), gates=(gate(warn=("at_risk",)),), strict=strict) for strict in (False, True))
    assert (plain.exit_code, strict.exit_code) == (0, 10)
    assert strict.findings == tuple(replace(each, level="fail") for each in plain.findings)


# --- since the last run --------------------------------------------------------------------------------------------


def test_a_finding_is_new_that_the_last_run_did_not_have() -> None:
    """What options ask is asked anew each time, and is neither new nor old."""
    gates = (FAILS, gate(COMMAND_LINE, fail=("at_risk",)))
    known = frozenset({Identity("g", "at_risk", "old", "CN", "2027")})
    found = checked(of("old"), of("fresh"), gates=gates, known=known).findings
    assert {(each.gate, each.identity.indicator): each.new for each in found} == {
        ("g", "old"): False,
        ("g", "fresh"): True,
        (COMMAND_LINE, "old"): None,
        (COMMAND_LINE, "fresh"): None,
    }
    assert [each.new for each in checked(of("old"), gates=(FAILS,)).findings] == [None]


GONE = Identity("g", "off_track", "share", "CN", "2027")


@pytest.mark.parametrize(
    ("value", "changes", "earlier", "is_resolved"),
    [
        ("59", {}, {}, True),
        ("60", {}, {}, False),
        ("61", {}, {}, False),
        ("61", {"direction": "decrease"}, {}, True),
        ("59", {"direction": "decrease"}, {}, False),
        ("59", {}, {"carrier": "proxy"}, False),
        (None, {}, {}, False),
        (None, {"verdict": "on_track"}, {"verdict": "off_track"}, True),
        (None, {"verdict": "on_track"}, {"verdict": "on_track"}, False),
        (None, {"verdict": "at_risk"}, {"verdict": "on_track"}, False),
        (None, {"verdict": "awaiting"}, {"verdict": "off_track"}, False),
        ("59", {"verdict": "awaiting"}, {}, False),
        ("59", {"verdict": "missed"}, {}, False),
        ("59", {}, {"bound": ">"}, True),
        ("59", {}, {"bound": "<"}, False),
        ("59", {}, {"bound": "~"}, False),
    ],
)
def test_progress_is_resolved_where_the_value_recovered(
    value: str | None, changes: dict[str, Any], earlier: dict[str, Any], *, is_resolved: bool
) -> None:
    """Not where a gate or a target was loosened, nor where it is missed by now; a rating, where it is better."""
    verdict = changes.pop("verdict", "on_track")
    past = Earlier(LAST_RUN, "on_track", value=value and Decimal(value), carrier="share")  # type: ignore[arg-type]
    subject = result(verdict, **changes)
    previous = {place(subject): replace(past, **earlier)}
    found = checked(subject, gates=(FAILS,), known=frozenset({GONE}), previous=previous)
    assert found.resolved == ((GONE,) if is_resolved else ())


@pytest.mark.parametrize(
    ("latest", "is_resolved"), [("60", True), ("45", False), (">45", False), ("40", False), (">60", True)]
)
def test_a_row_is_behind_no_more_where_its_figure_is_better_and_on_its_path(latest: str, *, is_resolved: bool) -> None:
    """From 40 the path is at 52 after a year; where bounds hide which it is, nothing is said to be over."""
    bound: Any = latest[0].strip("0123456789")
    now = figure(latest.lstrip(">"), "2026-06", bound=bound)
    aim = {"milestone": "2027", "op": ">=", "value": 70}
    subject = assessed("2026-11-24", figure("40", "2025-06"), now, targets=[aim])
    past = Earlier(LAST_RUN, "off_track", value=Decimal(41), carrier="share")
    gone = Identity("g", "behind", "share", "CN", "2027")
    found = checked(subject, gates=(gate(warn=("stale",)),), known=frozenset({gone}), previous={place(subject): past})
    assert found.resolved == ((gone,) if is_resolved else ())


def test_what_is_no_progress_is_resolved_when_it_is_not_found_any_more() -> None:
    """In the order of the names; a run with filters, or one that was not asked, cannot tell."""
    subject = result("on_track")
    stale = [Identity("g", "stale", name, "CN", "2027") for name in ("b", "a")]
    known = frozenset({*stale, GONE})
    assert checked(subject, gates=(FAILS,), known=known).resolved == tuple(sorted(stale))
    assert checked(subject, gates=(FAILS,), known=known, milestones=("2027",)).resolved == ()
    assert checked(subject, gates=(FAILS,)).resolved == ()
    still = checked(result("off_track"), gates=(FAILS,), known=frozenset({GONE}))
    assert (still.resolved, [each.new for each in still.findings]) == ((), [False])


def test_a_report_is_remembered_by_its_newest_figures() -> None:
    """Of each result and each series the day, the verdict, the method, and the value with its bound and its end."""
    series = build_series([THEN, figure("60", "2025", bound=">")])
    assert series is not None
    subject = result(latest=figure("60", "2025-06", bound="<"))
    shown = ContextSeries(indicator(id="users", basis="context"), "CN-HN", series, None, result().evidence)
    words = replace(of("words"), course=None, evidence=replace(subject.evidence, newest=rating("met")))
    empty = replace(of("none", "no_data"), course=None, ruling=None, evidence=NO_EVIDENCE)
    end = date(2025, 12, 31)
    assert findings_of(report_of(subject, words, empty, context=(shown,))) == {
        ResultKey("share", "CN", "2027"): Earlier(
            TODAY, "at_risk", "linear", Decimal(60), "share", date(2025, 6, 30), "<"
        ),
        ResultKey("words", "CN", "2027"): Earlier(TODAY, "at_risk", "linear"),
        ResultKey("none", "CN", "2027"): Earlier(TODAY, "no_data"),
        ResultKey("users", "CN-HN", ""): Earlier(TODAY, None, None, Decimal(60), "share", end),
    }


@pytest.mark.parametrize(("was", "is_new"), [("on_track", True), ("met", False), (None, True)])
def test_a_milestone_is_newly_met_that_was_not_met_before(was: Any, *, is_new: bool) -> None:
    """Once of each fact; without a day to compare with nobody can tell."""
    subject = result("met")
    past = {place(subject): Earlier(LAST_RUN, was)} if was else {}
    found = checked(subject, gates=(FAILS,), before=(LAST_RUN, past))
    assert (found.newly_met, found.met_since) == ((subject,) if is_new else (), LAST_RUN)
    assert (checked(subject, gates=(FAILS,)).newly_met, checked(subject, gates=(FAILS,)).met_since) == ((), None)


# --- the policy and the run ----------------------------------------------------------------------------------------


def test_every_gate_that_judges_nothing_is_found() -> None:
    """At its own line, or at the first; a run with filters leaves that to the next one without."""
    idle = [gate("far", indicators=("nothing",)), Gate.model_validate({"id": "near", "indicators": ["no"], "@line": 7})]
    gates = (FAILS, *idle, gate("since", fail=("regression",), since=LAST_RUN, **{"@line": 9}))
    found = checked(of("a", "on_track"), gates=gates)
    assert found.findings == (
        Finding("far", "nothing_judged", "fail", "assessment", 1),
        Finding("near", "nothing_judged", "fail", "assessment", 7),
        Finding("since", "nothing_judged", "fail", "assessment", 9, since=LAST_RUN),
    )
    assert checked(of("a", "on_track"), gates=gates, indicators=("a",)).findings == ()


@pytest.mark.parametrize(
    "spared",
    [
        SINCE_LAST,
        gate("allows", fail=("regression",), since=LAST_RUN, allow=("no_comparison",)),
    ],
    ids=["--since-last", "a gate that allows it"],
)
def test_a_gate_that_allows_it_may_have_nothing_to_compare_with(spared: Gate) -> None:
    """And the ones after it are looked at even so."""
    gates = (FAILS, spared, gate("far", indicators=("nothing",)))
    found = checked(of("a", "on_track"), gates=gates, previous={})
    assert told(found) == [("far", "nothing_judged", "")]


@pytest.mark.parametrize(("subjects", "found"), [((of("a", "no_data"),), "none"), ((), None)])
def test_a_run_that_judged_nothing_at_all_is_no_success(subjects: tuple[Assessment, ...], found: str | None) -> None:
    """Whether the results have no data, or there are none."""
    result_of = checked(*subjects, gates=(gate(warn=("no_data",)),))
    last = Finding("*", "nothing_judged", "fail", "evidence", 1, found=found)
    assert last in result_of.findings
    assert result_of.exit_code == 11


@pytest.mark.parametrize(
    ("gap", "most", "found"), [(35, 35, False), (36, 35, True), (None, 35, True), (99, None, False)]
)
def test_the_last_run_may_be_so_many_days_old(gap: int | None, most: int | None, *, found: bool) -> None:
    """One day more is too old, and so is none at all."""
    said = checked(of("a", "on_track"), gates=(FAILS,), gap=gap, max_gap=most).findings
    age = None if gap is None else Decimal(gap)
    old = Finding(COMMAND_LINE, "old_run", "fail", "evidence", 1, found=age, op="<=", asked=Decimal(35))
    assert said == ((old,) if found else ())


def test_a_gate_that_looks_at_the_last_run_misses_it() -> None:
    """It warns, at the line of the gate; the other gates do not need one."""
    gates = (FAILS, gate("last", fail=("worsened",), since_last=True, **{"@line": 8}))
    assert checked(of("a", "on_track"), gates=gates).findings == (Finding("last", "no_run", "warn", "assessment", 8),)
    assert told(checked(of("a", "on_track"), gates=gates[:1])) == []


# --- waivers -------------------------------------------------------------------------------------------------------


def waiver(name: str = "share", **changes: Any) -> Waiver:
    """One for the gate `g`, granted in May and in force until June."""
    dated = {"granted": "2026-05-01", "expires": "2026-06-30", "@line": 40}
    named = {"indicator": name, "milestone": "2027", "gate": "g", "reason": "x", "owner": "o"}
    return Waiver.model_validate({**named, **dated, **changes})


@pytest.mark.parametrize(
    ("changes", "state", "is_waived"),
    [
        ({}, "waived", True),
        ({"expires": "2026-06-01"}, "waived", True),
        ({"expires": "2026-05-31"}, "expired", False),
        ({"granted": "2026-06-01"}, "waived", True),
        ({"granted": "2026-06-02"}, "not_yet", False),
        ({"floor": 60}, "waived", True),
        ({"floor": 59}, "waived", True),
        ({"floor": 61}, "floor", False),
        ({"milestone": "2030"}, "unused", False),
    ],
)
def test_a_waiver_holds_from_its_first_day_to_its_last_and_down_to_its_floor(
    changes: dict[str, Any], state: Any, *, is_waived: bool
) -> None:
    """A value exactly on the floor is excused; the finding says what its waiver did."""
    one = waiver(**changes)
    found = checked(result(), gates=(FAILS,), waivers=(one,))
    assert [(each.waiver, each.state) for each in found.waivers] == [(one, state)]
    assert (len(found.waived), [each.rule for each in found.findings if each.result]) == (
        (1, []) if is_waived else (0, ["at_risk"])
    )
    known = state in ("waived", "expired", "floor")
    said = [*found.waived, *(each for each in found.findings if each.result)][0]
    assert (said.waiver, said.excuse) == ((one, state) if known else (None, None))


def test_of_what_is_to_fall_the_floor_is_a_ceiling() -> None:
    """60 is worse than 59 and better than 61; without a figure nobody can say that it is not worse."""
    states = [
        checked(result(direction="decrease"), gates=(FAILS,), waivers=(waiver(floor=floor),)).waivers[0].state
        for floor in (59, 60, 61)
    ]
    assert states == ["floor", "waived", "waived"]
    bare = replace(result("no_data"), course=None, evidence=NO_EVIDENCE)
    gates = (gate(fail=("no_data",)),)
    assert checked(bare, gates=gates, waivers=(waiver(floor=1),)).waivers[0].state == "floor"


@pytest.mark.parametrize(
    ("direction", "bound", "state"),
    [
        ("increase", ">", "waived"),
        ("increase", "<", "floor"),
        ("increase", "~", "floor"),
        ("decrease", ">", "floor"),
        ("decrease", "<", "waived"),
    ],
)
def test_a_bound_that_may_be_worse_than_the_floor_is_not_excused(direction: Any, bound: Any, state: str) -> None:
    """`<60` may be any less, so that nobody can say that it is no worse than the floor of its waiver."""
    floor = 55 if direction == "increase" else 65
    subject = result(latest=figure("60", "2025", bound=bound), direction=direction)
    assert checked(subject, gates=(FAILS,), waivers=(waiver(floor=floor),)).waivers[0].state == state


def test_what_is_awaited_is_no_run_that_judged_nothing() -> None:
    """All targets past their day, none of their figures out yet: nothing fails, and nothing is called judged."""
    found = checked(result("awaiting"), gates=(gate(fail=("missed",)),))
    assert ([each.rule for each in found.findings], found.judged) == ([], 0)


def test_a_renewed_waiver_gives_way_to_the_one_that_holds() -> None:
    """Whatever their order in the file; the one that is to come waits."""
    spent = waiver(granted="2026-03-01", expires="2026-04-30")
    holds, coming = waiver(), waiver(granted="2026-07-01", expires="2026-08-31")
    for order in ((spent, holds, coming), (coming, holds, spent)):
        found = checked(result(), gates=(FAILS,), waivers=order)
        assert {each.waiver.granted: each.state for each in found.waivers} == {
            spent.granted: "renewed",
            holds.granted: "waived",
            coming.granted: "not_yet",
        }


def test_a_waiver_without_use_warns_unless_a_filter_hides_what_it_is_for() -> None:
    """An expired one may stay; where its result was judged, no filter is to blame."""
    other, spent = waiver("users"), waiver("gone", expires="2026-05-31")
    found = checked(result(), gates=(FAILS,), waivers=(other, spent))
    assert [(each.state) for each in found.waivers] == ["unused", "expired"]
    assert found.findings[1:] == (Finding("g", "unused_waiver", "warn", "assessment", 40, waiver=other),)
    narrow = checked(result("on_track"), gates=(FAILS,), waivers=(other, waiver()), indicators=("share",))
    assert [each.state for each in narrow.waivers] == ["not_judged", "unused"]


def test_of_several_findings_the_waiver_says_the_worst_that_it_did() -> None:
    """A result that is off track and stale is waived twice, or not at all."""
    both = checked(result(freshness="stale"), gates=(FAILS,), waivers=(waiver(),))
    assert (len(both.waived), len(both.findings), both.waivers[0].state) == (2, 0, "waived")
    newer = figure("62", "2026")
    evidence = result(latest=newer, freshness="stale").evidence
    mixed = checked(replace(result(), evidence=evidence), gates=(FAILS,), waivers=(waiver(floor=61),))
    assert ([each.rule for each in mixed.waived], mixed.waivers[0].state) == (["stale"], "floor")


# --- options -------------------------------------------------------------------------------------------------------


POLICY = (gate("a", fail=("missed", "off_track"), warn=("at_risk",)), gate("b", warn=("stale", "regression")))


@pytest.mark.parametrize(
    ("fail_on", "warn_on", "words"),
    [
        (None, None, [("a", "missed off_track", "at_risk"), ("b", "", "stale regression")]),
        (("at_risk",), None, [("a", "at_risk", ""), ("b", "", "stale regression")]),
        (("off_track", "stale"), None, [("a", "off_track", "at_risk"), ("b", "stale", "regression")]),
        (None, ("off_track",), [("a", "missed", "off_track"), ("b", "", "regression")]),
        (("missed",), ("off_track",), [("a", "missed", "off_track"), ("b", "", "regression")]),
        (("none",), None, [("a", "", "at_risk"), ("b", "", "stale regression"), (COMMAND_LINE, "none", "")]),
        (None, ("none",), [("a", "missed off_track", ""), ("b", "", "regression"), (COMMAND_LINE, "", "none")]),
    ],
)  # fmt: skip
def test_flags_move_words_between_what_fails_and_what_warns(
    fail_on: Any, warn_on: Any, words: list[tuple[str, str, str]]
) -> None:
    """Where the policy has them; what no gate has is asked of everything; what compares with earlier days stays."""
    found = override(POLICY, fail_on, warn_on)
    assert [(each.id, " ".join(each.fail), " ".join(each.warn)) for each in found] == words


@pytest.mark.parametrize(
    ("asked", "narrowed"),
    [
        ({}, False),
        ({"overridden": True}, True),
        ({"milestones": ("2027",)}, True),
        ({"areas": ("sci",)}, True),
        ({"indicators": ("share",)}, True),
        ({"only_regions": ("CN",)}, True),
        ({"default_regions": None}, False),
    ],
)
def test_a_run_is_narrowed_by_what_leaves_out_part_of_the_policy(asked: dict[str, Any], *, narrowed: bool) -> None:
    """Filters and changed words; not the regions of the gates that name none."""
    assert Question((FAILS,), **asked).narrowed == narrowed


def test_filters_and_patterns_say_what_a_gate_concerns() -> None:
    """Indicators by id, pattern or what they stand for; areas, milestones and regions; both must take it."""
    proxy = of("gen", proxy_for="share", basis="proxy")
    other = replace(of("users", area="sci"), region="CN-HN")
    late = replace(result(), milestone=LATE)
    results = (result(), proxy, other, late)

    def taken(asked: dict[str, Any] | None = None, **names: Any) -> list[str]:
        found = checked(*results, gates=(Gate(id="g", fail=("at_risk",), **names),), **(asked or {}))
        return [f"{each.result.indicator.id} {each.result.region}" for each in found.checks]

    everything = {"default_regions": None}
    assert taken() == ["share CN", "gen CN", "share CN"]
    assert taken(everything) == ["share CN", "gen CN", "users CN-HN", "share CN"]
    assert taken(indicators=("share",), milestones=("2027",)) == ["share CN", "gen CN"]
    assert taken(indicators=("g?n", "x")) == ["gen CN"]
    assert taken(everything, areas=("s*",)) == ["users CN-HN"]
    assert taken(regions=("CN-*",)) == ["users CN-HN"]
    assert taken(milestones=("2030",)) == ["share CN"]
    assert taken({**everything, "only_regions": ("CN-HN",)}) == ["users CN-HN"]
    assert taken({"indicators": ("share",)}, milestones=("2027",)) == ["share CN", "gen CN"]
    assert taken({"areas": ("sci",), **everything}) == ["users CN-HN"]
    assert taken({"milestones": ("2030",)}) == ["share CN"]
    assert taken({"milestones": ("2030",)}, milestones=("2027",)) == []


def test_a_verdict_borrowed_from_a_proxy_is_judged_once() -> None:
    """With the proxy where that is judged too; else with what it stands for, on the figure of the proxy."""
    proxy = of("gen", proxy_for="share", basis="proxy")
    head = replace(result(), course=None, evidence=NO_EVIDENCE, through=proxy)
    both = checked(head, proxy, gates=(FAILS,))
    assert [each.result for each in both.findings] == [proxy]
    alone = checked(head, proxy, gates=(gate(fail=("at_risk",), areas=("all",), indicators=("sh*",)),))
    assert [(each.result, each.figure) for each in alone.findings] == [(proxy, NOW)]
