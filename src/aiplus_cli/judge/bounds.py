"""A bounded figure is an interval without an end on the side of its sign: what it proves, and what follows from two.

What follows from them is `>` at least, `<` at most, `~` about; None says that nothing is known.
"""

from __future__ import annotations

from msgspec import structs

from aiplus_cli.errors import Message
from aiplus_cli.judge.records import Goal, Outcome, Point
from aiplus_cli.ledger.bounds import change_bound, side, turned
from aiplus_cli.ledger.entries import Bound, FigureBound


def progress_bound(goal: Goal, bound: FigureBound) -> Bound:
    """The bound of the progress towards a goal: of what is to fall, at most 20 is progress of at least so much."""
    return side(bound) if goal.sign > 0 else turned(bound)


def as_far_as_proven(goal: Goal, first: Point, last: Point, outcome: Outcome) -> Outcome:
    """What the growth between two points proves, of what a method said of their bare values."""
    if first is last:
        return with_bound(goal, last, outcome, progress_bound(goal, last.figure.bound))
    change = change_bound(first.figure.bound, last.figure.bound)
    return with_bound(goal, last, outcome, None if change is None else progress_bound(goal, change))


def with_bound(goal: Goal, latest: Point, outcome: Outcome, bound: Bound | None) -> Outcome:
    """The outcome, where the progress behind it is at least (`>`), at most (`<`) or about (`~`) what was judged.

    At least: the verdict is the worst that is possible. At most: only `off_track` is proven, the best that is possible.
    None: nothing but what is met is known, and no chance of its staying so.
    """
    figure = latest.figure
    if goal.met_by(figure):
        reason = outcome.reason if outcome.verdict == "met" else None
        if bound is None:  # reached for sure, but nothing is known of what may come
            outcome = Outcome("met", outcome.metric, None, outcome.label)
        return structs.replace(outcome, verdict="met", reason=reason, bound=bound or progress_bound(goal, figure.bound))
    if goal.reached(figure.value):
        why = Message(
            "{bound}{value} proves neither that the target is reached nor that it is not",
            bound=figure.bound,
            value=figure.value,
        )
        return Outcome("insufficient_data", outcome.metric, None, reason=why)
    if outcome.verdict == "insufficient_data" or bound == "":
        return outcome
    if bound is None:
        why = Message("the change between two bounded figures is not known")
        return Outcome("insufficient_data", outcome.metric, None, reason=why)
    if bound == "<" and outcome.verdict != "off_track":
        why = Message("the progress is at most this; a bound proves no more")
        return Outcome("insufficient_data", outcome.metric, None, reason=why)
    return structs.replace(outcome, bound=bound)
