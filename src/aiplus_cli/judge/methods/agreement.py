"""`agreement` of `linear` and `open-sdg`: the default where a number has no range.

Both on_track: on_track; both off_track: off_track; else at_risk, because the verdict depends on the method.
"""

from __future__ import annotations

from msgspec import structs

from aiplus_cli.errors import Message
from aiplus_cli.judge.methods import linear, open_sdg
from aiplus_cli.judge.records import Equation, Goal, Outcome, Series

QUESTION = Message("Do linear and open-sdg agree?")
RULE = Message("both on track: on track; both off track: off track; else at risk")
SOURCE = "linear; open-sdg"
METRIC = linear.METRIC
CUTS = linear.CUTS
FORMULAS = (*linear.FORMULAS, *open_sdg.FORMULAS)
JUDGES_WORDS = False
NEEDS_RANGE = False


def judge(goal: Goal, series: Series) -> Outcome:
    """The common verdict of the two; that of `linear` where `open-sdg` is undefined."""
    one, other = linear.judge(goal, series), open_sdg.judge(goal, series)
    if {one.bound, other.bound} == {"<", ">"}:
        why = Message("the change between two bounded figures is not known")
        return Outcome("insufficient_data", METRIC, None, other.label, reason=why)
    return structs.replace(_joined(one, other), bound=one.bound or other.bound)


def _joined(one: Outcome, other: Outcome) -> Outcome:
    if one.verdict == "insufficient_data":
        return Outcome("insufficient_data", METRIC, one.value, other.label, reason=one.reason)
    if other.verdict == "insufficient_data" and other.label is None:  # a bound does not tell
        return Outcome("insufficient_data", METRIC, None, reason=other.reason)
    if other.verdict == "insufficient_data":  # no growth from or to a value not above zero: linear alone can tell
        return Outcome(one.verdict, METRIC, one.value, other.label, reason=other.reason)
    if one.verdict == other.verdict:
        return Outcome(one.verdict, METRIC, one.value, other.label, reason=one.reason)
    return Outcome("at_risk", METRIC, one.value, other.label, reason=Message("depends on the method"))


def working(goal: Goal, series: Series) -> tuple[Equation, ...]:
    """The arithmetic of both."""
    return (*linear.working(goal, series), *open_sdg.working(goal, series))
