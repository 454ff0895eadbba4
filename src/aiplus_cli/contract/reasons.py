"""One sentence on why a result is judged as it is, made from its numbers alone, in both languages.

Where the figure stands, what is needed from there on, and what the method makes of it: each is a clause that speaks for
the target or against it, and "but" stands where the next one speaks otherwise.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from aiplus_cli.contract import phrases
from aiplus_cli.contract.numbers import rounded, times
from aiplus_cli.errors import Message, joined
from aiplus_cli.judge.bounds import progress_bound
from aiplus_cli.judge.compare import hangs_on_method
from aiplus_cli.judge.methods.calibrated import history, likelihood
from aiplus_cli.judge.methods.linear import CUTS as PACE_CUTS
from aiplus_cli.judge.records import Assessment, Course, Goal, Outcome, PathStanding
from aiplus_cli.ledger.bounds import side, turned
from aiplus_cli.ledger.entries import Bound
from aiplus_cli.plan.records import Indicator, Verdict

UNKNOWN = Message("nothing is known that it could be judged by")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of the sentence; `is_good` says whether it speaks for the target, None where it leaves that open.

    One that is aside is a sentence of its own.
    """

    said: Message
    is_good: bool | None
    is_aside: bool = False


def because(result: Assessment, by_method: Mapping[str, Verdict | None] | None = None) -> Message:
    """Why the verdict is what it is, and where the methods differ, what each says.

    What has no numbers of its own is said in the words of its reason.
    """
    said = _because(result)
    if by_method is None or not hangs_on_method(by_method.values()):
        return said
    return Message("{one}; {other}", one=said, other=phrases.hanging(by_method))


def _because(result: Assessment) -> Message:
    if result.through is not None:
        name = phrases.name(result.through.indicator.name)
        return Message("by its proxy, {name}: {reason}", name=name, reason=_because(result.through))
    course = result.course
    if course is not None and result.verdict == "met":
        return _met(result, course)
    if course is not None and result.verdict == "missed":
        return _missed(result, course)
    clauses = list(_clauses(result, course)) if course is not None else []
    return _sentence(clauses) if clauses else result.reason or UNKNOWN


def _sentence(clauses: list[Clause]) -> Message:
    """The clauses one after another."""
    said = clauses[0].said
    for before, clause in itertools.pairwise(clauses):
        parts = {"one": said, "other": clause.said}
        if clause.is_aside:
            said = Message("{one}; {other}", **parts)
        elif before.is_good is (not clause.is_good) and clause.is_good is not None:
            said = Message("{one}, but {other}", **parts)
        else:
            said = Message("{one}, and {other}", **parts)
    return said


def _clauses(result: Assessment, course: Course) -> Iterator[Clause]:
    """What speaks for and against a result that a method judged."""
    outcome = result.outcome
    if outcome is None or result.verdict not in ("on_track", "at_risk", "off_track"):
        return
    if course.path is not None:
        yield _standing(course.path, course.goal, result.indicator)
    found = [*_needed(course, result.indicator), *_measured(outcome, is_good=result.verdict == "on_track")]
    yield from found
    if not found and outcome.reason is not None:
        yield Clause(outcome.reason, None, is_aside=True)


# --- where it stands --------------------------------------------------------------------------------------------


def _standing(path: PathStanding, goal: Goal, indicator: Indicator) -> Clause:
    """How far ahead of its path it is, or behind; of a level to hold, better or worse."""
    if path.position is None:
        return Clause(Message("bounds leave open whether it is ahead of its path"), None)
    if path.position == "on_path":
        return Clause(Message("at the level to hold") if path.is_level else Message("on its path"), is_good=True)
    is_ahead = path.position == "ahead"
    lead = progress_bound(goal, path.gap_bound)
    n = _points(path.gap, lead if is_ahead else turned(lead), indicator)
    if path.is_level:
        said = Message("better than the level to hold by {n}", n=n) if is_ahead else _worse(n)
    else:
        said = Message("ahead of its path by {n}", n=n) if is_ahead else Message("behind its path by {n}", n=n)
    return Clause(said, is_ahead)


def _worse(n: Message) -> Message:
    return Message("worse than the level to hold by {n}", n=n)


# --- what is needed ---------------------------------------------------------------------------------------------


def _needed(course: Course, indicator: Indicator) -> Iterator[Clause]:
    """The change a year from the latest figure on, against that of the last years."""
    required = course.required
    if required is None or course.goal.sign * required <= 0:
        return
    rises = required > 0
    n = _points(required, course.required_bound if rises else turned(course.required_bound), indicator)
    said = (
        Message("has to rise by {n} a year from here", n=n)
        if rises
        else Message("has to fall by {n} a year from here", n=n)
    )
    compared = _compared(course, required, indicator)
    if compared is None:
        yield Clause(said, None)
    else:
        yield Clause(Message("{text} ({detail})", text=said, detail=compared.said), compared.is_good)


def _compared(course: Course, required: Decimal, indicator: Indicator) -> Clause | None:
    """The pace needed over the pace so far; None where nobody knows one."""
    observed = course.observed
    if observed is None:
        return None
    ratio = phrases.pace_of(observed, course.observed_bound, required, course.required_bound)
    if ratio is not None:
        text = times(ratio.value, 2, apart_from=PACE_CUTS)
        return Clause(Message("{n} times the pace so far", n=_sized(ratio.bound, text)), _is_slower(*ratio))
    if course.observed_bound or observed * required > 0:
        return None
    return Clause(_moved(observed, indicator), is_good=False)


def _moved(observed: Decimal, indicator: Indicator) -> Message:
    """The change a year so far, which is not towards the target."""
    if not observed:
        return Message("so far it has not moved")
    n = _points(observed, "", indicator)
    if observed > 0:
        return Message("so far it rose by {n} a year", n=n)
    return Message("so far it fell by {n} a year", n=n)


def _is_slower(ratio: Decimal, bound: Bound) -> bool | None:
    """Whether no more than the pace so far is needed; None where bounds leave it open."""
    is_slower = ratio <= 1
    return is_slower if bound in ("", "<" if is_slower else ">") else None


# --- what the method says ---------------------------------------------------------------------------------------


def _measured(outcome: Outcome, *, is_good: bool) -> Iterator[Clause]:
    """The chance and what it came to in the past, or the method's measure, where the pace needed does not say it."""
    if outcome.probability is not None:
        yield Clause(_chance(outcome.probability, outcome.bound), is_good)
    elif outcome.value is not None:
        said = _measure(outcome.metric, outcome.value, outcome.metric_bound)
        if said is not None:
            yield Clause(said, is_good)


def _measure(metric: str, value: Decimal, bound: Bound) -> Message | None:
    """The measure of a method that gives no chance; None of `linear`, whose measure is the pace needed."""
    if metric == "ratio":
        return Message("its yearly growth is {n} times what is required", n=_sized(bound, times(value, 2)))
    percent = _sized(bound, times(value * 100, 1, scale=100))
    if metric == "gap_closed":
        return Message("at its growth so far, {n} % of the way is covered by its day", n=percent)
    return Message("its yearly growth towards the goal is {n} %", n=percent) if metric == "growth" else None


def _chance(chance: Decimal, bound: Bound) -> Message:
    """The chance in figures and in words, and what past cases with such a chance came to."""
    size = _sized(bound, phrases.share_text(chance))
    said = Message(
        "the chance to arrive in time is {n} % ({words})", n=size, words=phrases.likelihood(likelihood(chance), bound)
    )
    if not 0 < chance < 1:
        return said
    return Message("{label}: {text}", label=said, text=history(chance))


# --- what is over -----------------------------------------------------------------------------------------------


def _met(result: Assessment, course: Course) -> Message:
    """By how much it is beyond the target, since which period, and whether that can still change."""
    n, since = _from_target(course, result.indicator), _met_since(course)
    if n is not None:
        said = Message("beyond the target by {n}, which is met since {period}", n=n, period=since)
    elif course.latest.bound:
        said = Message("at the target or beyond it since {period}", period=since)
    else:
        said = Message("at the target since {period}", period=since)
    return Message("{one}; {other}", one=said, other=_lasting(result))


def _met_since(course: Course) -> str:
    """The first of the periods, in an unbroken run up to the latest, whose figures meet the target."""
    met = itertools.takewhile(lambda point: course.goal.met_by(point.figure), reversed(course.series.points))
    return [course.latest.period, *(point.figure.period for point in met)][-1]


def _lasting(result: Assessment) -> Message:
    """Whether a later figure can overturn it."""
    if result.is_provisional:
        return Message("the figure is not final")
    if result.is_over:
        return Message("its day has passed")
    return Message("its day, {due}, is still to come", due=result.milestone.due)


def _missed(result: Assessment, course: Course) -> Message:
    """By how much it fell short on its day."""
    n = _from_target(course, result.indicator)
    if n is not None:
        said = Message("short of the target by {n} on its day", n=n)
    elif course.latest.bound:
        said = Message("not up to the target on its day")
    else:
        said = Message("exactly at the target, which is strict")
    return Message("{one}; {other}", one=said, other=_lasting(result))


def _from_target(course: Course, indicator: Indicator) -> Message | None:
    """How far the figure is from the target, on whichever side; None at the target."""
    target, latest = course.goal.value, course.latest
    if target is None or latest.value == target:
        return None
    bound = side(latest.bound) if latest.value > target else turned(latest.bound)
    return _points(latest.value - target, bound, indicator)


# --- numbers ----------------------------------------------------------------------------------------------------


def _points(change: Decimal, bound: Bound, indicator: Indicator) -> Message:
    """The size of a difference in the indicator's unit, percentage points for a share; `bound` is that of the size."""
    number = rounded(abs(change), 1, apart_from=[Decimal(0)])
    if phrases.unit(indicator).en == "%":
        return Message("{n} percentage points", n=_sized(bound, number))
    return _sized(bound, number, phrases.with_unit(number.lstrip("<>"), indicator))


def _sized(bound: Bound, text: str, whole: object = None) -> Message:
    """A number as words say it: `at least 0.1`; `whole` is the number with its unit, where that goes with it."""
    n = text.lstrip("<>") if whole is None else whole
    if text[0] in "<>" and bound in ("", text[0]):
        return Message("more than {n}", n=n) if text[0] == ">" else Message("less than {n}", n=n)
    if bound == ">":
        return Message("at least {n}", n=n)
    if bound == "<":
        return Message("at most {n}", n=n)
    return Message("about {n}", n=n) if bound else joined(n)
