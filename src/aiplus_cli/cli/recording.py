"""What the commands that write entries share: the day of publication, who records, and texts that fit a line."""

from __future__ import annotations

import os
from datetime import date

from aiplus_cli.cli import clock
from aiplus_cli.errors import InputProblem, Message, Problem


def day_published(text: str | None, *, where: str = "--published") -> date:
    """The day that was given, today by default; raises InputProblem for no date and for a day to come."""
    from aiplus_cli.plan.periods import parse_date

    _, today = clock.days(None, None)
    day = parse_date(text, where=where) if text else today
    if day > today:
        raise InputProblem(
            Problem(
                where,
                Message("{day} has not come yet; today is {today}", day=day, today=today),
                Message("give the day on which the figure was published"),
            )
        )
    return day


def refuse_control(texts: dict[str, str]) -> None:
    """Raise InputProblem for every text, by its option, that has control characters or more than 2000 signs."""
    from aiplus_cli.ledger.soundness import CONTROL

    problems = [
        Problem(
            option,
            Message("the text has a line break or another control character"),
            Message("write it on one line, with plain characters"),
        )
        for option, text in texts.items()
        if CONTROL.search(text) or len(text) > 2000 or not _encodable(text)
    ]
    if problems:
        raise InputProblem(*problems)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def who_records() -> str:
    """AIPLUS_RECORDED_BY, else the name of the user, else unknown."""
    import getpass

    try:
        return os.environ.get("AIPLUS_RECORDED_BY") or getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"
