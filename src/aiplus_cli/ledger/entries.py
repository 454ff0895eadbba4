"""What the program writes: the lines of the ledger.

They are msgspec structs, because pydantic reads a JSON number through a binary float (`50.0` becomes 50).
Their fields stand in the order of the file: whatever lists them derives from FIELDS.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from aiplus_cli.errors import written

Bound = Literal["", ">", "<", "~"]
"""What a number is that was worked out from figures: exact, at least, at most, about."""
FigureBound = Literal["", ">", ">=", "<", "<=", "~"]
"""What a figure is: exact, more than, at least, less than, at most, about."""
Status = Literal["A", "P", "E", "F", "B"]
RatingWord = Literal["met", "on_track", "at_risk", "off_track"]
RecordedAt = Annotated[datetime, msgspec.Meta(tz=True)]


class _Published(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False, kw_only=True):
    id: str
    indicator: str
    region: str
    period: str
    value: Decimal | RatingWord
    bound: FigureBound = ""
    status: Status = "A"
    published: date
    source: str
    url: str = ""
    note: str = ""
    replaces: str = ""
    recorded_at: RecordedAt
    recorded_by: str


class Figure(_Published, frozen=True, forbid_unknown_fields=True, gc=False, kw_only=True):
    """One published value of an indicator, exactly as published; `bound` `>=` says that it is a floor."""

    value: Decimal


class Rating(_Published, frozen=True, forbid_unknown_fields=True, gc=False, kw_only=True):
    """An analyst's judgement of a goal that the plan gives in words only."""

    value: RatingWord
    bound: Literal[""] = ""


class Withdrawal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False, kw_only=True):
    """Takes a line back from its `published` date on, with a reason."""

    id: str
    withdraws: str
    reason: str
    published: date
    recorded_at: RecordedAt
    recorded_by: str


Published = Figure | Rating
Entry = Published | Withdrawal

TEXTS = ("source", "url", "note")
"""What a figure says in free text."""
RECORDING = ("recorded_at", "recorded_by")
"""When and through whom the ledger knew: no part of an entry's content."""
_OF_WITHDRAWALS = [name for name in Withdrawal.__struct_fields__ if name not in Figure.__struct_fields__]
FIELDS = (*Figure.__struct_fields__[: -len(RECORDING)], *_OF_WITHDRAWALS, *RECORDING)
"""Every field that an entry may have: the columns of an export."""


def as_published(bound: str, value: Decimal | str) -> str:
    """A value with its bound, every digit and no exponent: `>50.0`."""
    return f"{bound}{written(value) if isinstance(value, Decimal) else value}"
