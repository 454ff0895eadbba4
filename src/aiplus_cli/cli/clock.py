"""The clock: read here, and nowhere else in the program."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from aiplus_cli.errors import InputProblem, Problem


def days(as_of: str | None, today: str | None) -> tuple[date, date]:
    """(as_of, today): today defaults to as_of, else AIPLUS_TODAY, else the system's date; as_of to today."""
    from aiplus_cli.plan.periods import parse_date

    problems: list[Problem] = []

    def read(text: str | None, where: str) -> date | None:
        try:
            return parse_date(text, where=where) if text else None
        except InputProblem as error:
            problems.extend(error.problems)
            return None

    known, set_to = read(as_of, "--as-of"), read(today, "--today")
    now = set_to or known or read(os.environ.get("AIPLUS_TODAY"), "AIPLUS_TODAY")
    if problems:
        raise InputProblem(*problems)
    now = now or datetime.now().astimezone().date()
    return known or now, now


def now_utc() -> datetime:
    """The time of recording, to the second; SOURCE_DATE_EPOCH, seconds since 1970, sets it for runs to be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal() and len(epoch) < 12:
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now(UTC).replace(microsecond=0)
