"""Programs that use the package, as mypy reads them: `make lint` fails on a line that it should and does not refuse."""

from __future__ import annotations

from datetime import date

from aiplus_cli import Workspace


def verdicts(house: Workspace) -> list[str]:
    """What a call answers is known."""
    return [row.verdict for row in house.status(as_of=date(2026, 11, 24)).results]


def written(house: Workspace) -> int:
    """The same of a call that writes."""
    return house.import_("figures.csv").written


def wrongly_asked(house: Workspace) -> None:
    """What a call takes is known: a day is no number."""
    house.status(as_of=20261124)  # type: ignore[arg-type]
