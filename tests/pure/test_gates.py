"""A gate and a result: what was asked, found and left, and the finding with its place, level and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import ABOUT, DUE, NOW, OUT, THEN, assessed, figure, indicator, rating, result

from aiplus_cli.check.gates import Checker
from aiplus_cli.check.question import Question
from aiplus_cli.check.records import Check, Earlier, Finding, Subject, place
from aiplus_cli.judge.records import NO_EVIDENCE, Assessment, ContextSeries, Report
from aiplus_cli.judge.series import build_series
from aiplus_cli.ledger.entries import Bound, Figure
from aiplus_cli.plan.records import Gate, Plan, Target, Verdict

TODAY = date(2026, 6, 1)
LAST_YEAR = date(2025, 3, 1)


NOTHING = replace(result("no_data"), evidence=NO_EVIDENCE, course=None, ruling=None)
CONTEXT = ContextSeries(
    indicator(basis="context", **{"@line": 20}),
    "CN",
    build_series([THEN, NOW]),
    None,
    result().evidence,
)


def checks(subject: Subject, gate: dict[str, Any], **asked: Any) -> list[Check]:
    """What a gate that names the indicator finds of it."""
    plan = Plan.model_validate(
        {"schema": "aiplus.targets/1", "plan": ABOUT, "milestones": (DUE,), "indicators": (subject.indicator,)}
    )
    results, context = ((subject,), ()) if isinstance(subject, Assessment) else ((), (subject,))
    report = Report(plan, TODAY, TODAY, "default", results, context)
    one = Gate(id="g", indicators=("share",), **gate)
    return list(Checker(report, Question((one,), **asked)).checks())


def only(subject: Subject, gate: dict[str, Any], **asked: Any) -> Check:
    """The one check of a gate that asks one thing."""
    (found,) = checks(subject, gate, **asked)
    return found


def not_judged(subject: Subject, why: str, op: str | None = None, asked: Any = None) -> Finding:
    """The finding of a gate that could not judge what it names, and does not allow that."""
    latest = subject.latest
    return Finding("g", "not_judged", "fail", "evidence", 20, subject, latest, why, op, asked)


def unjudged(subject: Subject, aspect: Any, why: Any) -> Check:
    """A check that could judge nothing, with its finding."""
    return Check("g", aspect, subject, None, None, None, finding=not_judged(subject, why), unjudged=why)


# --- the verdict ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("gate", "level"), [({"fail": ("at_risk",)}, "fail"), ({"warn": ("at_risk",)}, "warn")])
def test_a_verdict_that_the_gate_names_is_found_at_the_line_of_the_target(gate: dict[str, Any], level: Any) -> None:
    """With the value, what was asked, and since when: the day on which the figure was published."""
    subject = result()
    finding = Finding("g", "at_risk", level, "progress", 30, subject, NOW, Decimal(60), ">", Decimal(70), OUT)
    assert only(subject, gate) == Check("g", "verdict", subject, Decimal(60), ">", Decimal(70), finding=finding)


def test_a_verdict_that_the_gate_does_not_name_passes() -> None:
    """What was found is said even so, with the bound of the figure and what is left before it fails."""
    subject = result(latest=figure("60", "2025", bound=">"))
    asked: list[object] = []

    def slack(subject: Assessment, words: tuple[Verdict, ...]) -> Decimal:
        asked.append((subject, words))
        return Decimal(3)

    found = only(subject, {"fail": ("off_track", "missed"), "warn": ("no_data",)}, slack=slack)
    assert found == Check("g", "verdict", subject, Decimal(60), ">", Decimal(70), Decimal(3), "unit", None, ">")
    assert asked == [(subject, ("missed", "off_track"))]
    checks(subject, {"warn": ("off_track", "stale")}, slack=slack)
    assert asked[1:] == [(subject, ("off_track",))]


# --- the position --------------------------------------------------------------------------------------------------

PATH = Decimal("51.98")


def standing(latest: str, op: str = ">=", target: str = "70", base: str = "40", **changes: Any) -> Assessment:
    """A row whose path is at 51.98 a year after its start at 40; `<=` is for what falls."""

    def known(text: str, period: str) -> Figure:
        return figure(text.lstrip("<>~"), period, bound=text.rstrip("0123456789."), published=OUT)

    targets = [{"milestone": "2027", "op": op, "value": target, "@line": 30}]
    falls = {"direction": "decrease"} if op[0] == "<" else {}
    changes = {"targets": targets, "range": None, "method": "linear", "@line": 20, **falls, **changes}
    return assessed("2026-11-24", known(base, "2025-06"), known(latest, "2026-06"), **changes)


@pytest.mark.parametrize(("gate", "level"), [({"fail": ("behind",)}, "fail"), ({"warn": ("behind",)}, "warn")])
def test_a_figure_behind_its_path_is_found_whatever_its_verdict(gate: dict[str, Any], level: Any) -> None:
    """At 51 it is 0.98 short; half a unit of its last decimal is not asked of it. It stands since it was published."""
    said = only(standing("51"), gate)
    assert said.finding is not None
    assert (said.finding.rule, said.finding.level, said.finding.kind) == ("behind", level, "progress")
    assert (said.finding.line, said.finding.since, said.found, said.op) == (30, OUT, Decimal(51), ">=")
    assert isinstance(said.asked, Decimal)
    assert said.slack is not None
    assert (round(said.asked, 2), round(said.slack, 2)) == (PATH - Decimal("0.5"), Decimal("-0.48"))


@pytest.mark.parametrize(
    ("subject", "is_behind"),
    [
        (standing("51.9"), True),
        (standing("52.0"), False),
        (standing("52"), False),
        (standing("60"), False),
        (standing(">52"), False),
        (standing(">51"), None),
        (standing("<51"), True),
        (standing("<60"), None),
        (standing("~60"), None),
        (standing("280", "<=", "200", "300"), True),
        (standing("230", "<=", "200", "300"), False),
        (standing("<250", "<=", "200", "300"), False),
        (standing("<280", "<=", "200", "300"), None),
        (standing("65", base="80"), True),
        (standing("75", base="80"), False),
        (standing("75"), False),
    ],
)
def test_only_what_is_proven_to_be_behind_fails(subject: Assessment, *, is_behind: bool | None) -> None:
    """Better and worse are those of the direction; what bounds leave open is not judged, and a level is to be held."""
    said = only(subject, {"fail": ("behind",)})
    assert (said.unjudged is None) == (is_behind is not None)
    found = said.finding.rule if said.finding else None
    assert found == ("not_judged" if is_behind is None else "behind" if is_behind else None)


@pytest.mark.parametrize(
    ("subject", "slack_bound"),
    [
        (standing("60"), ""),
        (standing(">60"), ">"),
        (standing("45", base=">40"), "<"),
        (standing("<250", "<=", "200", "300"), ">"),
    ],
)
def test_what_is_left_before_a_figure_is_behind_is_as_exact_as_its_gap(subject: Assessment, slack_bound: Bound) -> None:
    """A floor is at least so far ahead, and a figure at most so far from a path that starts at a floor."""
    assert only(subject, {"fail": ("behind",)}).slack_bound == slack_bound


def test_a_rating_is_not_asked_for_its_position_beside_other_words() -> None:
    """Its words have no path; the gate judges what it can."""
    rated = replace(result(measure="rating", direction=None, unit=None), course=None, rating=rating("at_risk"))
    assert [each.aspect for each in checks(rated, {"fail": ("behind", "at_risk")})] == ["verdict"]


def test_without_a_path_a_position_is_not_judged_but_what_is_met_needs_none() -> None:
    """A path that only begins at the latest figure, a series without a target, and a figure that meets its target."""
    begun, met = standing("45"), standing("75")
    assert begun.course is not None
    no_path = replace(begun, course=replace(begun.course, path=None))
    asked = {"fail": ("behind",)}
    assert only(no_path, asked) == unjudged(no_path, "position", "no_path")
    assert only(CONTEXT, asked).unjudged == "no_target"
    assert met.course is not None
    whole = only(replace(met, course=replace(met.course, path=None)), asked)
    assert (whole.unjudged, whole.finding, whole.is_evaluated) == (None, None, True)
    assert only(result("awaiting"), asked).unjudged == "awaiting"
    assert only(result("insufficient_data"), asked).unjudged == "insufficient_data"


def test_a_verdict_stands_since_the_day_that_is_told_and_a_missed_target_since_its_day() -> None:
    """What is told counts before the day on which the figure was published."""
    late, missed = result(), result("missed")
    since = {"verdict_since": lambda _: date(2025, 1, 1)}
    findings = [only(each, {"fail": ("at_risk", "missed")}, **since).finding for each in (late, missed)]
    assert [finding and finding.since for finding in findings] == [date(2025, 1, 1), DUE.due]


def test_a_target_in_words_is_judged_by_its_verdict() -> None:
    """There is no number to ask for; a target without a line of its own is found at its indicator's."""
    subject = replace(result(), target=Target(milestone="2027"))
    found = only(subject, {"fail": ("at_risk",)})
    assert (found.found, found.op, found.asked) == ("at_risk", None, None)
    assert found.finding == Finding("g", "at_risk", "fail", "progress", 20, subject, NOW, "at_risk", since=OUT)


@pytest.mark.parametrize("verdict", ["insufficient_data", "no_data", "not_quantified"])
def test_a_verdict_that_is_none_is_said_or_allowed(verdict: Any) -> None:
    """A gate that names it finds it; one that allows it passes; any other could not judge."""
    subject = result(verdict)
    named, allowed, other = (
        only(subject, {"fail": ("off_track",), **how}) for how in ({"warn": (verdict,)}, {"allow": (verdict,)}, {})
    )
    assert named.finding is not None
    assert (named.finding.rule, named.finding.level, named.finding.kind, named.unjudged) == (
        verdict,
        "warn",
        "evidence",
        None,
    )
    assert (allowed.finding, allowed.unjudged) == (None, verdict)
    assert other.finding == not_judged(subject, verdict, ">", Decimal(70))


@pytest.mark.parametrize(
    ("gate", "aspect"),
    [
        ({"fail": ("off_track",)}, "verdict"),
        ({"fail_probability_below": Decimal("0.5")}, "probability"),
        ({"fail": ("worsened",)}, "worsened"),
    ],
)
def test_a_series_without_a_target_has_no_verdict_and_no_chance(gate: dict[str, Any], aspect: str) -> None:
    """A gate that names it and asks for one of these could not judge it."""
    assert only(CONTEXT, gate) == unjudged(CONTEXT, aspect, "no_target")


def test_a_gate_that_asks_nothing_of_what_it_names_could_not_judge_it() -> None:
    """Words that are for other things leave a result in words, or a series without a target, unjudged."""
    assert only(CONTEXT, {}) == unjudged(CONTEXT, "verdict", "no_target")
    subject = replace(
        result("not_quantified"), indicator=indicator(measure="rating", unit=None, direction=None, **{"@line": 20})
    )
    asked = {"fail_probability_below": Decimal("0.5")}
    assert only(subject, asked) == unjudged(subject, "verdict", "not_quantified")


# --- the evidence --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("freshness", "words", "since"),
    [
        ("fresh", ("stale", "due"), None),
        ("due", ("stale",), None),
        ("due", ("due",), date(2026, 5, 1)),
        ("stale", ("stale",), date(2026, 7, 1)),
    ],
)
def test_evidence_counts_the_days_until_it_is_stale(freshness: Any, words: tuple[str, ...], since: date | None) -> None:
    """Due since the day on which the next figure should be out, stale since the day after the last of grace."""
    subject = result(freshness=freshness)
    finding = None
    if since:
        finding = Finding("g", freshness, "fail", "evidence", 20, subject, NOW, "2025", "<=", "2026-06-30", since)
    expected = Check("g", "evidence", subject, freshness, "<=", "2026-06-30", Decimal(29), "days", finding)
    assert only(subject, {"fail": words}) == expected


def test_no_evidence_at_all_is_found_where_the_gate_names_it() -> None:
    """Else the gate could not judge; what it says of the verdict is not said twice."""
    finding = Finding("g", "none", "fail", "evidence", 20, NOTHING)
    assert only(NOTHING, {"fail": ("none",)}) == Check(
        "g", "evidence", NOTHING, "none", None, None, None, "days", finding
    )
    assert only(NOTHING, {"fail": ("stale",)}) == unjudged(NOTHING, "evidence", "no_data")
    assert [check.aspect for check in checks(NOTHING, {"fail": ("none", "no_data")})] == ["verdict"]


# --- the chance ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chance", "level", "asked"),
    [("0.5", None, "0.5"), ("0.4999", "warn", "0.5"), ("0.2", "warn", "0.5"), ("0.1999", "fail", "0.2")],
)
def test_a_chance_exactly_on_its_gate_passes(chance: str, level: Any, asked: str) -> None:
    """Below 0.5 warns and below 0.2 fails: 0.5 is not below 0.5, and 0.2 not below 0.2."""
    gate = {"fail_probability_below": Decimal("0.2"), "warn_probability_below": Decimal("0.5")}
    subject, least, found = result(chance=chance), Decimal(asked), Decimal(chance)
    finding = None
    if level:
        finding = Finding("g", "probability", level, "progress", 30, subject, NOW, found, ">=", least, OUT)
    said = only(subject, gate)
    if level is None:
        least = Decimal("0.2")
    assert said == Check("g", "probability", subject, found, ">=", least, found - least, "probability", finding)


def test_a_chance_of_at_most_so_much_is_none_and_one_of_at_least_so_much_is_said_so() -> None:
    """From a ceiling no least chance is known, which fails the gate as a thing that nobody could judge."""
    gate = {"warn_probability_below": Decimal("0.5")}
    low, high = (result(chance="0.6", chance_bound=bound) for bound in ("<", ">"))
    assert only(high, gate) == Check(
        "g", "probability", high, Decimal("0.6"), ">=", Decimal("0.5"), Decimal("0.1"), "probability", None, ">"
    )
    finding = Finding("g", "probability", "fail", "assessment", 30, low, NOW, None, ">=", Decimal("0.5"), OUT)
    assert only(low, gate) == Check(
        "g", "probability", low, None, ">=", Decimal("0.5"), None, "probability", finding, "<"
    )


@pytest.mark.parametrize(("verdict", "found"), [("met", "1"), ("missed", "0")])
def test_once_the_value_has_decided_the_chance_is_all_or_nothing(verdict: Any, found: str) -> None:
    """Whatever method there was."""
    said = only(result(verdict), {"fail_probability_below": Decimal("0.5")})
    assert (said.found, said.finding is None) == (Decimal(found), verdict == "met")


def test_what_is_awaited_has_no_chance_and_fails_no_gate() -> None:
    """Past its day nothing is left to chance, and nobody can know yet."""
    subject = result("awaiting", chance="0.1")
    gate = {"fail_probability_below": Decimal("0.2"), "warn_probability_below": Decimal("0.5")}
    said = only(subject, gate)
    assert (said.found, said.op, said.asked, said.scale) == (None, ">=", Decimal("0.2"), "probability")
    assert (said.unjudged, said.finding) == ("awaiting", None)


@pytest.mark.parametrize(
    ("gate", "aspect"),
    [
        ({"fail": ("missed",)}, "verdict"),
        ({"warn": ("provisional",)}, "provisional"),
        ({"fail": ("worsened",), "since": LAST_YEAR}, "worsened"),
    ],
)
def test_what_is_awaited_is_not_judged_and_no_finding(gate: dict[str, Any], aspect: str) -> None:
    """Nobody can know yet whether it is missed, worse or final: it has not passed, and it fails no gate."""
    subject = result("awaiting")
    said = only(subject, gate, earlier={LAST_YEAR: {place(subject): earlier(verdict="on_track")}})
    assert (said.aspect, said.unjudged, said.finding, said.is_evaluated) == (aspect, "awaiting", None, False)


def test_what_was_awaited_is_no_verdict_to_fall_back_from() -> None:
    """From awaiting to missed nothing worsened: the figure came out."""
    subject = result("missed")
    past = {LAST_YEAR: {place(subject): earlier(verdict="awaiting")}}
    assert only(subject, {"warn": ("worsened",), "since": LAST_YEAR}, earlier=past).unjudged == "no_comparison"


def test_a_gate_on_awaiting_finds_it() -> None:
    """Whoever wants to hear of it names the word."""
    said = only(result("awaiting"), {"fail": ("awaiting",)})
    assert (said.unjudged, said.finding and said.finding.rule) == (None, "awaiting")


@pytest.mark.parametrize(
    ("gate", "level"), [({"fail": ("provisional",)}, "fail"), ({"warn": ("provisional",)}, "warn")]
)
@pytest.mark.parametrize("status", ["P", "E"])
def test_a_verdict_by_a_figure_that_is_not_final_is_found(gate: dict[str, Any], level: Any, status: Any) -> None:
    """Whatever the verdict; by a gate that names it and no other, as what wants evidence."""
    latest = figure("60", "2025", published=OUT, status=status)
    subject = result("on_track", latest=latest)
    finding = Finding("g", "provisional", level, "evidence", 30, subject, latest, status, since=OUT)
    assert only(subject, gate) == Check("g", "provisional", subject, status, None, None, finding=finding)
    assert only(subject, {"fail": ("off_track",)}).finding is None


def test_a_final_figure_passes_a_gate_on_what_is_not() -> None:
    """A figure with a break, too, is final."""
    for status in ("A", "B"):
        subject = result("on_track", latest=figure("60", "2025", status=status))
        assert only(subject, {"fail": ("provisional",)}) == Check("g", "provisional", subject, status, None, None)


def test_where_no_verdict_rests_on_a_figure_finality_is_not_judged() -> None:
    """A series without a target has none, nor has one with too few figures."""
    assert only(CONTEXT, {"fail": ("provisional",)}) == unjudged(CONTEXT, "provisional", "no_target")
    subject = result("insufficient_data")
    assert only(subject, {"fail": ("provisional",)}) == unjudged(subject, "provisional", "insufficient_data")


@pytest.mark.parametrize(
    ("now", "now_bound", "was", "was_bound", "worse"),
    [
        ("off_track", "", "on_track", "", True),
        ("off_track", "<", "on_track", "", True),
        ("off_track", ">", "on_track", "", None),
        ("off_track", "~", "on_track", "", None),
        ("off_track", "", "on_track", ">", True),
        ("off_track", "", "on_track", "~", None),
        ("at_risk", ">", "off_track", "", False),
        ("at_risk", ">", "off_track", ">", False),
        ("off_track", ">", "off_track", "", False),
        ("at_risk", "~", "off_track", "", None),
    ],
)
def test_a_verdict_from_bounds_has_worsened_where_that_is_proven(
    now: Any, now_bound: Any, was: Any, was_bound: Any, *, worse: bool | None
) -> None:
    """What is off track at worst may be on track; against a verdict at least so good a worse one is a fall."""
    subject = result(now, chance="0.2", chance_bound=now_bound)
    past = earlier("55", verdict=was, verdict_bound=was_bound)
    said = only(subject, {"fail": ("worsened",), "since": LAST_YEAR}, earlier={LAST_YEAR: {place(subject): past}})
    if worse is None:
        assert said.unjudged == "no_comparison"
        assert said.finding == not_judged(subject, "no_comparison", ">=", was)
    else:
        assert (said.unjudged, said.finding is not None) == (None, worse)


def test_the_same_rough_figure_has_not_worsened_by_itself() -> None:
    """`~60` then and now, and the verdict the same: nothing fell."""
    latest = figure("60", "2025", bound="~", published=OUT)
    subject = result("off_track", latest=latest, chance="0.2", chance_bound="~")
    past = earlier("60", bound="~", end=date(2025, 12, 31), verdict="off_track", verdict_bound="~")
    said = only(subject, {"fail": ("worsened",), "since": LAST_YEAR}, earlier={LAST_YEAR: {place(subject): past}})
    assert (said.unjudged, said.finding) == (None, None)


@pytest.mark.parametrize(
    ("direction", "bound", "slack_bound"),
    [
        ("increase", ">", ">"),
        ("increase", "<", "<"),
        ("decrease", ">", "<"),
        ("decrease", "<", ">"),
        ("increase", "", ""),
    ],
)
def test_the_slack_of_a_bounded_figure_is_a_bound(direction: Any, bound: Bound, slack_bound: Bound) -> None:
    """`>60` is at least 5 above 55; where less is better, `<60` is."""
    subject = result("on_track", latest=figure("60", "2025", bound=bound), direction=direction)
    said = only(subject, {"fail": ("off_track",)}, slack=lambda *_: Decimal(5))
    assert said.slack_bound == slack_bound


def test_a_result_without_data_has_no_chance() -> None:
    """It fails the gate, unless the gate allows that."""
    subject, gate = result("no_data"), {"fail_probability_below": Decimal("0.5")}
    finding = Finding("g", "probability", "fail", "assessment", 30, subject, NOW, None, ">=", Decimal("0.5"), OUT)
    assert only(subject, gate).finding == finding
    assert only(subject, {**gate, "allow": ("no_data",)}) == Check(
        "g", "probability", subject, None, None, None, unjudged="no_data"
    )


# --- compared with earlier -----------------------------------------------------------------------------------------


def earlier(value: str | None = "55", **changes: Any) -> Earlier:
    """What was known a year ago."""
    past = Earlier(LAST_YEAR, "on_track", "linear", value and Decimal(value), "share", date(2024, 12, 31))  # type: ignore[arg-type]
    return replace(past, **changes)


def fallen(subject: Subject, past: Earlier, **gate: Any) -> Check:
    asked = {"fail": ("regression",), "since": LAST_YEAR, **gate}
    return only(subject, asked, earlier={LAST_YEAR: {place(subject): past}})


@pytest.mark.parametrize(
    ("past", "gate", "asked", "slack"),
    [
        ("55", {}, "55", "5"),
        ("60", {}, "60", "0"),
        ("61", {}, "61", "-1"),
        ("61", {"tolerance": Decimal(1)}, "60", "0"),
        ("62", {"tolerance": Decimal("1.5")}, "60.5", "-0.5"),
    ],
)
@pytest.mark.parametrize("subject", [result(), CONTEXT], ids=["result", "series"])
def test_a_value_may_not_fall_below_what_it_was_by_more_than_the_tolerance(
    subject: Subject, past: str, gate: dict[str, Any], asked: str, slack: str
) -> None:
    """A value that is as good passes; the finding is at the line of the indicator and says when the mark was known."""
    least, finding = Decimal(asked), None
    latest = subject.latest
    if slack.startswith("-"):
        finding = Finding(
            "g", "regression", "fail", "progress", 20, subject, latest, Decimal(60), ">=", least, OUT, LAST_YEAR
        )
    expected = Check("g", "regression", subject, Decimal(60), ">=", least, Decimal(slack), "unit", finding)
    assert fallen(subject, earlier(past), **gate) == expected


def test_of_what_is_to_fall_a_rise_is_the_fall_back() -> None:
    """From 55 to 60, where less is better."""
    said = fallen(result(direction="decrease"), earlier("55"), tolerance=Decimal(1))
    assert (said.op, said.asked, said.slack) == ("<=", Decimal(56), Decimal(-4))
    assert said.finding is not None


@pytest.mark.parametrize(
    ("now", "was", "slack"),
    [
        (">60", "55", "5"),
        ("<60", "55", None),
        ("~60", "55", None),
        ("60", ">55", "5"),
        ("60", "<55", None),
        ("60", "~55", None),
        (">60", "65", None),
        ("<60", "65", "-5"),
        ("60", ">65", "-5"),
        ("60", "<65", None),
        ("60", "~65", None),
    ],
)
def test_a_fall_is_proven_as_far_as_both_bounds_tell(now: str, was: str, slack: str | None) -> None:
    """`<60` may be any less; what leaves it open which is the better could not be compared."""
    latest = figure(now.lstrip("<>~"), "2025", bound=now[0] if now[0] in "<>~" else "", published=OUT)
    past = earlier(was.lstrip("<>~"), bound=was[0] if was[0] in "<>~" else "")
    subject = result(latest=latest)
    said = fallen(subject, past)
    assert said.slack == (slack and Decimal(slack))
    assert said.unjudged == (None if slack else "no_comparison")
    if slack is None:
        assert said.finding == not_judged(subject, "no_comparison", ">=", Decimal(was[1:] if was[0] in "<>~" else was))


@pytest.mark.parametrize("bound", ["<", "~", ">"])
def test_the_same_bounded_figure_is_no_fall(bound: Bound) -> None:
    """Whatever it is worth, it is worth as much as it was; of another period it would be open."""
    subject = result(latest=figure("60", "2025", bound=bound))
    same = earlier("60", bound=bound, end=date(2025, 12, 31))
    assert (fallen(subject, same).slack, fallen(subject, same).finding) == (Decimal(0), None)
    assert (fallen(subject, replace(same, end=date(2024, 12, 31))).slack is None) == (bound != ">")


@pytest.mark.parametrize(
    "past",
    [earlier(None), earlier(carrier="other"), None],
    ids=["no value", "of another indicator", "nothing known"],
)
def test_without_an_earlier_value_of_the_same_indicator_there_is_nothing_to_compare(past: Earlier | None) -> None:
    """Said once of the gate; where another gate compares, of the result."""
    subject = result()
    known = {LAST_YEAR: {place(subject): past} if past else {}}
    said = only(subject, {"fail": ("regression",), "since": LAST_YEAR}, earlier=known)
    assert said == Check("g", "regression", subject, None, None, None, unjudged="no_comparison")


def test_nothing_is_compared_across_a_break_in_the_series() -> None:
    """A value of a period before the break was counted in another way; one of the break itself is of the new count."""
    series = build_series([figure("50", "2024", status="B"), NOW])
    assert series is not None
    subject = result()
    assert subject.course is not None
    subject = replace(subject, course=replace(subject.course, series=series))
    before, at = earlier("55", end=date(2023, 12, 31)), earlier("55", end=date(2024, 12, 31))
    assert fallen(subject, before).unjudged == "no_comparison"
    assert fallen(subject, at).slack == Decimal(5)
    assert fallen(subject, replace(before, end=None)).slack == Decimal(5)


def test_without_a_value_nothing_is_compared() -> None:
    """A rating has no number, and a series without figures none yet."""
    words: dict[str, Any] = {"measure": "rating", "unit": None, "direction": None}
    rated = replace(result(**words), course=None, rating=rating("at_risk"))
    for asked, aspect in (({"fail": ("regression",)}, "regression"), ({"ratchet": True}, "ratchet")):
        assert only(NOTHING, asked) == unjudged(NOTHING, aspect, "no_data")
        assert only(rated, asked) == unjudged(rated, aspect, "not_quantified")


@pytest.mark.parametrize(("best", "slack"), [("55", "5"), ("60", "0"), ("61", "-1"), (None, None)])
def test_the_ratchet_holds_the_best_figure_there_was(best: str | None, slack: str | None) -> None:
    """It fails whether or not the gate names a word; nothing to hold is nothing to compare with."""
    subject = result()
    mark = best and figure(best, "2023", published=LAST_YEAR)
    said = only(subject, {"ratchet": True}, best={("share", "CN"): mark} if mark else None)
    if best is None:
        assert said == unjudged(subject, "ratchet", "no_comparison")
        return
    least, finding = Decimal(best), None
    if slack == "-1":
        finding = Finding(
            "g", "ratchet", "fail", "progress", 20, subject, NOW, Decimal(60), ">=", least, OUT, LAST_YEAR
        )
    assert said == Check("g", "ratchet", subject, Decimal(60), ">=", least, Decimal(slack or 0), "unit", finding)


@pytest.mark.parametrize(
    ("was", "method", "why", "fails"),
    [
        ("on_track", "linear", None, True),
        ("on_track", None, None, True),
        ("on_track", "calibrated", "no_comparison", False),
        ("at_risk", "linear", None, False),
        ("off_track", "linear", None, False),
        ("no_data", "linear", "no_comparison", False),
    ],
)
def test_a_verdict_is_worse_than_one_of_the_same_method(
    was: Any, method: str | None, why: str | None, *, fails: bool
) -> None:
    """The finding is at the line of the target, since the figure was published."""
    subject = result()
    past = earlier(verdict=was, method=method)
    said = only(subject, {"warn": ("worsened",), "since": LAST_YEAR}, earlier={LAST_YEAR: {place(subject): past}})
    if why:
        assert (said.aspect, said.unjudged, said.finding) == ("worsened", why, None)
        return
    finding = Finding("g", "worsened", "warn", "progress", 30, subject, NOW, "at_risk", ">=", was, OUT, LAST_YEAR)
    assert said == Check("g", "worsened", subject, "at_risk", ">=", was, finding=finding if fails else None)


def test_what_has_no_verdict_has_not_worsened() -> None:
    """Nor could the gate judge it."""
    subject = result("insufficient_data")
    past = {LAST_YEAR: {place(subject): earlier()}}
    said = only(subject, {"fail": ("worsened",), "since": LAST_YEAR}, earlier=past)
    assert said == unjudged(subject, "worsened", "insufficient_data")


def test_since_last_looks_at_the_last_run_and_since_at_its_day() -> None:
    """A gate that names neither has nothing to compare with."""
    subject = result()
    here = {place(subject): earlier("55")}
    there = {place(subject): earlier("50")}
    asked = {"earlier": {LAST_YEAR: here}, "previous": there}
    values = [
        only(subject, {"fail": ("regression",), **gate}, **asked).asked
        for gate in ({"since": LAST_YEAR}, {"since_last": True}, {})
    ]
    assert values == [Decimal(55), Decimal(50), None]
