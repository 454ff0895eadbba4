"""Which results and series a gate concerns."""

from __future__ import annotations

from fnmatch import fnmatchcase

from aiplus_cli.check.question import Question
from aiplus_cli.judge.records import Assessment, ContextSeries
from aiplus_cli.plan.records import Gate, Plan


class Scope:
    """The results that a gate concerns: its own ids and patterns, within the filters of the run."""

    def __init__(self, plan: Plan, gate: Gate, question: Question) -> None:
        self._indicators = {
            item.id
            for item in plan.indicators
            if _named(gate.indicators, item.id, item.proxy_for)
            and _named(gate.areas, item.area)
            and (not question.indicators or item.id in question.indicators or item.proxy_for in question.indicators)
            and (not question.areas or item.area in question.areas)
        }
        self._milestones = {
            item.id
            for item in plan.milestones
            if _named(gate.milestones, item.id) and (not question.milestones or item.id in question.milestones)
        }
        named = {item.id for item in plan.indicators if gate.indicators and _named(gate.indicators, item.id)}
        if gate.milestones:  # a pattern of what has milestones means no series; the very name of one does
            named &= set(gate.indicators)
        self._series = named & self._indicators if not question.milestones else set()
        self._regions = gate.regions or question.default_regions
        self._only = question.only_regions
        self._known: dict[str, bool] = {}

    def takes(self, result: Assessment) -> bool:
        """Whether the gate judges the result."""
        known = result.indicator.id in self._indicators and result.milestone.id in self._milestones
        return known and self._takes_region(result.region)

    def takes_series(self, series: ContextSeries) -> bool:
        """Whether the gate concerns a series without a target: where it names it."""
        return series.indicator.id in self._series and self._takes_region(series.region)

    def _takes_region(self, region: str) -> bool:
        if region not in self._known:
            wanted = self._regions is None or any(fnmatchcase(region, pattern) for pattern in self._regions)
            self._known[region] = wanted and (self._only is None or region in self._only)
        return self._known[region]


def _named(patterns: tuple[str, ...], *names: str | None) -> bool:
    if not patterns:
        return True
    return any(name is not None and fnmatchcase(name, pattern) for pattern in patterns for name in names)
