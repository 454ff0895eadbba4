"""What a gate says of bounded figures holds for every value that they may stand for: such values are drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from made import ABOUT, DUE, OUT, figure, result

from aiplus_cli.check.comparing import has_recovered, has_worsened, is_worse_than
from aiplus_cli.check.gates import Checker
from aiplus_cli.check.question import Question
from aiplus_cli.check.records import Check, Earlier, place
from aiplus_cli.judge.deciding import decided
from aiplus_cli.judge.records import Assessment, Report
from aiplus_cli.ledger.bounds import change_bound
from aiplus_cli.ledger.entries import Bound
from aiplus_cli.plan.records import Gate, Plan, Verdict

TODAY, LAST_YEAR = date(2026, 6, 1), date(2025, 3, 1)
BOUNDS: tuple[Bound, ...] = ("", ">", "<", "~")
RANKS: tuple[Verdict, ...] = ("off_track", "at_risk", "on_track")

bounds = st.sampled_from(BOUNDS)
values = st.integers(5, 95)
steps = st.integers(1, 5)
directions = st.sampled_from(("increase", "decrease"))


def inside(value: int, bound: Bound, step: int) -> tuple[int, ...]:
    """Values that a bounded figure may stand for."""
    if bound == "~":
        return (value - step, value, value + step)
    return (value + {"": 0, ">": step, "<": -step}[bound],)


def of(value: int, bound: Bound = "", **changes: Any) -> Assessment:
    return result(latest=figure(str(value), "2025", bound=bound, published=OUT), **changes)


def asked(subject: Assessment, past: Earlier, **gate: Any) -> Check:
    """What a gate on a fall since last year says."""
    plan = Plan.model_validate(
        {"schema": "aiplus.targets/1", "plan": ABOUT, "milestones": (DUE,), "indicators": (subject.indicator,)}
    )
    report = Report(plan, TODAY, TODAY, "default", (subject,), ())
    one = Gate(id="g", indicators=("share",), fail=("regression",), since=LAST_YEAR, **gate)
    (found,) = Checker(report, Question((one,), earlier={LAST_YEAR: {place(subject): past}})).checks()
    return found


def earlier(value: int, bound: Bound = "", **changes: Any) -> Earlier:
    fields: dict[str, Any] = {"carrier": "share", "end": date(2024, 12, 31), **changes}
    return Earlier(LAST_YEAR, "at_risk", value=Decimal(value), bound=bound, **fields)


@given(now=values, bound=bounds, was=values, step=steps, direction=directions)
def test_a_fall_or_none_is_said_where_every_value_inside_the_bound_says_the_same(
    now: int, bound: Bound, was: int, step: int, direction: Any
) -> None:
    """Against an exact earlier value a bounded one passes, fails or is not judged; it never contradicts the truth."""
    said = asked(of(now, bound, direction=direction), earlier(was))
    if said.unjudged:
        return
    truths = [asked(of(true, direction=direction), earlier(was)).fails for true in inside(now, bound, step)]
    assert set(truths) == {said.fails}


@given(now=values, bound=bounds, was=values, was_bound=st.sampled_from((">", "<", "~")), direction=directions)
def test_a_fall_from_a_bound_is_a_fall_from_what_it_proved(
    now: int, bound: Bound, was: int, was_bound: Bound, direction: Any
) -> None:
    """What fell below a floor fell below all that the floor may have stood for; a ceiling has nothing to fall from."""
    said = asked(of(now, bound, direction=direction), earlier(was, was_bound))
    good = ">" if direction == "increase" else "<"
    if was_bound != good:
        assert said.unjudged == "no_comparison"
    elif said.fails and not said.unjudged:
        sign = 1 if direction == "increase" else -1
        assert all(sign * (true - was) < 0 for true in inside(now, bound, 5))


@given(value=values, bound=bounds, step=steps, target=values, op=st.sampled_from((">", "<", ">=", "<=")))
def test_met_and_missed_hold_for_every_value_inside_the_bound(
    value: int, bound: Bound, step: int, target: int, op: Any
) -> None:
    """Once the day has passed a bounded figure decides only what each of its values would decide."""
    direction: Any = "decrease" if op.startswith("<") else "increase"

    def verdict(number: int, sign: Bound) -> str:
        subject = of(number, sign, direction=direction)
        assert subject.course is not None
        goal = subject.course.goal
        asked_for = type(goal)(op, Decimal(target), goal.at, direction, None, goal.baseline)
        return decided(DUE, asked_for, subject.course.series.latest)[0]

    said = verdict(value, bound)
    assert said == "insufficient_data" or {verdict(true, "") for true in inside(value, bound, step)} == {said}


@given(
    now=st.sampled_from(RANKS), now_bound=st.sampled_from(("", ">", "~")), was=st.sampled_from(RANKS),
    true=st.sampled_from(RANKS),
)  # fmt: skip
def test_a_verdict_has_worsened_only_where_every_possible_one_has(
    now: Verdict, now_bound: Bound, was: Verdict, true: Verdict
) -> None:
    """A verdict that is the worst possible one may be any better; against it nothing worsened is proven."""
    best_or_same = RANKS.index(true) >= RANKS.index(now)
    possible = {"": true == now, ">": best_or_same, "~": True}[now_bound]
    said = has_worsened(Earlier(LAST_YEAR, was), of(60, verdict=now, chance="0.5", chance_bound=now_bound))
    if possible and said is not None:
        assert said == (RANKS.index(true) < RANKS.index(was))


@given(now=values, bound=bounds, was=values, step=steps, direction=directions)
def test_what_is_called_recovered_is_better_whatever_the_bound_stands_for(
    now: int, bound: Bound, was: int, step: int, direction: Any
) -> None:
    """`<60` after 55 may be worse, and is not called so."""
    sign = 1 if direction == "increase" else -1
    later = Earlier(TODAY, "on_track", value=Decimal(now), carrier="share", bound=bound)
    if has_recovered(earlier(was), later, sign, "regression"):
        assert all(sign * (true - was) > 0 for true in inside(now, bound, step))


@given(value=values, bound=bounds, floor=values, step=steps, direction=directions)
def test_a_waiver_excuses_no_value_that_may_be_worse_than_its_floor(
    value: int, bound: Bound, floor: int, step: int, direction: Any
) -> None:
    """Each value inside the bound is as good as the floor, or the finding counts."""
    sign = 1 if direction == "increase" else -1
    if not is_worse_than(Decimal(floor), figure(str(value), bound=bound), sign):
        assert all(sign * (true - floor) >= 0 for true in inside(value, bound, step))


@given(first=values, first_bound=bounds, last=values, last_bound=bounds, steps=st.tuples(steps, steps))
def test_a_change_between_bounds_holds_for_every_pair_of_values(
    first: int, first_bound: Bound, last: int, last_bound: Bound, steps: tuple[int, int]
) -> None:
    """At least, at most or exactly so much; about, or not known, claims nothing."""
    bound, said = change_bound(first_bound, last_bound), last - first
    for start in inside(first, first_bound, steps[0]):
        for end in inside(last, last_bound, steps[1]):
            holds = {"": end - start == said, ">": end - start >= said, "<": end - start <= said}
            assert bound in (None, "~") or holds[bound]
