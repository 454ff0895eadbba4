"""What can be asked for once or more often; a file of its own, as to record or import nothing else is asked."""

from __future__ import annotations

from collections.abc import Sequence

IdsAsked = str | Sequence[str] | None
"""One id or name, or several; none asks for what the call says."""


def several(names: IdsAsked) -> tuple[str, ...]:
    """The names as they were given, also where it is one."""
    return (names,) if isinstance(names, str) else tuple(names or ())
