"""What bounds prove of a difference: `>` at least, `<` at most, `~` about; None says that nothing is known."""

from __future__ import annotations

from aiplus_cli.ledger.entries import Bound

_TURNED: dict[Bound, Bound] = {"": "", ">": "<", "<": ">", "~": "~"}


def turned(bound: Bound) -> Bound:
    """The bound of what falls when the value rises."""
    return _TURNED[bound]


def change_bound(first: Bound, last: Bound) -> Bound | None:
    """The bound of `last` minus `first`; None where it can be anything, as between two floors."""
    start = turned(first)
    if not start or not last:
        return start or last
    if "~" in (start, last):
        return "~"
    return last if start == last else None
