"""Once the day of a milestone has passed: the figure that decides, and until when it is awaited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from aiplus_cli.errors import Message, joined
from aiplus_cli.judge.records import Goal, Point
from aiplus_cli.ledger.entries import Figure, Rating
from aiplus_cli.ledger.vintages import period_end
from aiplus_cli.plan.periods import MONTHS_PER_PERIOD, add_months, months_between, plus_days
from aiplus_cli.plan.records import Indicator, Milestone, Verdict


def deciding_end(indicator: Indicator, due: date, ends: Iterable[date]) -> date:
    """The end of the period that decides: the last one of the usual cycle that ended on the due date or before."""
    months = MONTHS_PER_PERIOD[indicator.frequency]
    next_day = plus_days(due, 1)
    end = next_day - timedelta(days=next_day.day)
    return add_months(end, -((end.month - usual_month(ends, months)) % months))


def usual_month(ends: Iterable[date], months: int) -> int:
    """The month, counted within a cycle of so many, in which periods end: the calendar's, unless no figure says so.

    A single figure off the calendar is no cycle; two are, where none is on it.
    """
    found = Counter(end.month % months for end in ends)
    usual, count = found.most_common(1)[0] if found else (0, 0)
    return usual if count > 1 and not found[0] else 0


def last_day(indicator: Indicator, end: date) -> date:
    """The day by which the figure of a period should be out: its end, the usual lag and the grace."""
    day = plus_days(end, indicator.publication_lag + indicator.grace)
    return max(day, indicator.no_data_until.until) if indicator.no_data_until else day


def decided(milestone: Milestone, goal: Goal, latest: Point) -> tuple[Verdict, Message | None]:
    """The verdict of the figure that decides."""
    figure = latest.figure
    notes = [note for note in (provisional(figure), _early(figure, milestone)) if note]
    said = joined(*notes, between=Message("; ")) if notes else None
    if goal.met_by(figure):
        return "met", said
    if goal.failed_by(figure):
        return "missed", said
    return "insufficient_data", Message(
        "{bound}{value} proves neither that the target is reached nor that it is not",
        bound=figure.bound,
        value=figure.value,
    )


def undecided(indicator: Indicator, end: date, latest: Figure | Rating | None, today: date) -> tuple[Verdict, Message]:
    """What is said as long as the figure of the period that ended on `end` is not known; `latest` is an earlier one."""
    day = last_day(indicator, end)
    latest_is = [Message("; the latest is of {period}", period=latest.period)] if latest else []
    if today <= day:
        why = Message(
            "the figure of the period that ended on {end} decides; it should be out by {day}", end=end, day=day
        )
        return "awaiting", joined(why, *latest_is)
    why = Message("the figure of the period that ended on {end} decides; it was due by {day}", end=end, day=day)
    return "insufficient_data", joined(why, *latest_is)


def provisional(figure: Figure | Rating) -> Message | None:
    """That an estimate or a provisional figure decides provisionally; None for any other."""
    if figure.status == "E":
        return Message("provisional: the figure of {period} is an estimate", period=figure.period)
    if figure.status == "P":
        return Message("provisional: the figure of {period} is not final", period=figure.period)
    return None


def _early(figure: Figure, milestone: Milestone) -> Message | None:
    days = (milestone.due - period_end(figure)).days
    months = months_between(period_end(figure), milestone.due)
    if days <= 0:
        return None
    if months:
        return Message.plural(
            "judged on {period}, which ended {n} month before the due date",
            "judged on {period}, which ended {n} months before the due date",
            n=months,
            period=figure.period,
        )
    return Message.plural(
        "judged on {period}, which ended {n} day before the due date",
        "judged on {period}, which ended {n} days before the due date",
        n=days,
        period=figure.period,
    )
