"""The clock of the command line: AIPLUS_TODAY and SOURCE_DATE_EPOCH set it, else it is the computer's."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime

from aiplus_cli.workspace.dates import SystemClock, read_day

_SECONDS = re.compile(r"[0-9]{1,11}")


class CommandClock(SystemClock):
    """Read when a command needs to know, and only then."""

    def today(self) -> date:
        """AIPLUS_TODAY, else the computer's day; raises InputProblem for a variable that is no day."""
        text = os.environ.get("AIPLUS_TODAY")
        return read_day(text, where="AIPLUS_TODAY") if text else super().today()

    def now(self) -> datetime:
        """The time to the second; SOURCE_DATE_EPOCH, seconds since 1970, sets it for runs that are to be repeated."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if _SECONDS.fullmatch(epoch):
            return datetime.fromtimestamp(int(epoch), UTC)
        return super().now()
