"""What bounds prove of a difference: `>` at least, `<` at most, `~` about; None says that nothing is known."""

from __future__ import annotations

from aiplus_cli.ledger.entries import Bound, FigureBound

_SIDES: dict[FigureBound, Bound] = {"": "", ">": ">", ">=": ">", "<": "<", "<=": "<", "~": "~"}
_TURNED: dict[Bound, Bound] = {"": "", ">": "<", "<": ">", "~": "~"}


def side(bound: FigureBound) -> Bound:
    """On which side of a figure its true value lies: whether that may be the figure itself makes no difference here."""
    return _SIDES[bound]


def turned(bound: FigureBound) -> Bound:
    """The bound of what falls when the value rises."""
    return _TURNED[side(bound)]


def change_bound(first: FigureBound, last: FigureBound) -> Bound | None:
    """The bound of `last` minus `first`; None where it can be anything, as between two floors."""
    start, last = turned(first), side(last)
    if not start or not last:
        return start or last
    if "~" in (start, last):
        return "~"
    return last if start == last else None
