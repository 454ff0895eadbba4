"""The two days that most calls are asked with, and the clock that they fall back on."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import Protocol

from aiplus_cli.errors import Message, Problem, UsageProblem, as_usage
from aiplus_cli.plan.periods import parse_date, parse_days
from aiplus_cli.plan.records import Plan

DateLike = date | str
"""A day: a date, or text such as 2026-10-31."""


class Clock(Protocol):
    """What a workspace takes the time from."""

    def today(self) -> date:
        """The day on which a question is asked that names none."""

    def now(self) -> datetime:
        """When an entry is recorded, with its time zone."""


def moment() -> datetime:
    """Now, as the computer knows it."""
    return datetime.now(UTC)


class SystemClock:
    """The computer's own; its day is that of a time zone, or where it is set to none, of where the computer stands."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        self.zone = zone

    def within(self, zone: tzinfo | None) -> SystemClock:
        """The same clock in another time zone."""
        return type(self)(zone)

    def today(self) -> date:
        return moment().astimezone(self.zone).date()

    def now(self) -> datetime:
        return moment().replace(microsecond=0)


def clock_of(plan: Plan, given: Clock | None) -> Clock:
    """The clock that was given, or the computer's, which shows the day of the plan's time zone wherever it stands.

    A clock of somebody's own knows best.
    """
    clock = given or SystemClock()
    return clock.within(plan.about.zone) if isinstance(clock, SystemClock) else clock


def read_day(day: DateLike, *, where: str) -> date:
    """The day, that of a datetime as its own clock shows it; raises UsageProblem for text that is none."""
    if isinstance(day, str):
        with as_usage():
            return parse_date(day, where=where)
    return day.date() if isinstance(day, datetime) else day


def read_both(
    first: tuple[str, DateLike | None], second: tuple[str, DateLike | None]
) -> tuple[date | None, date | None]:
    """Two days, each by the name of its option; raises UsageProblem with what is wrong of both."""
    problems: list[Problem] = []

    def read(where: str, day: DateLike | None) -> date | None:
        try:
            return None if day is None else read_day(day, where=where)
        except UsageProblem as error:
            problems.extend(error.problems)
            return None

    days = read(*first), read(*second)
    if problems:
        raise UsageProblem(*problems)
    return days


def read_days(as_of: DateLike | None, today: DateLike | None, clock: Clock) -> tuple[date, date]:
    """(as_of, today): today defaults to as_of, else the clock's; as_of to today. Empty text is none.

    Raises UsageProblem for texts that are no days, and for a vintage after today.
    """
    known, set_to = read_both(("--as-of", as_of or None), ("--today", today or None))
    if known and set_to and known > set_to:
        what = Message("{first} is later than {last}", first=known, last=f"--today {set_to}")
        raise UsageProblem(Problem("--as-of", what, Message("nobody knows then what is published later")))
    now = set_to or known or clock.today()
    return known or now, now


def read_gap(days: int | str | None, *, where: str) -> int | None:
    """A number of days, also as text such as 30d; raises UsageProblem for text that is none."""
    with as_usage():
        return parse_days(days, where=where) if isinstance(days, str) else days
