"""aiplus.plan/1: the outline of the plan, and which indicators watch each part of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from aiplus_cli.contract.status import unit_text
from aiplus_cli.contract.values import Part
from aiplus_cli.contract.version import tool_version
from aiplus_cli.plan.records import Area, Basis, Indicator, Milestone, Names, Plan


@dataclass(frozen=True, slots=True)
class BothNames(Part):
    """One text in two languages."""

    zh: str
    """In Chinese."""
    en: str
    """In English."""


@dataclass(frozen=True, slots=True)
class MilestoneRow(Part):
    """A dated stage."""

    id: str
    """The milestone's id."""
    due: date
    """The milestone's day."""
    region: str | None
    """The region whose own plan it is a stage of; null for a stage of the whole plan."""
    statement: BothNames
    """The words of the plan."""
    watched_by: tuple[str, ...]
    """The indicators that have a target for it."""


@dataclass(frozen=True, slots=True)
class ActionRow(Part):
    """One action of an area."""

    id: str
    """The action's id."""
    name: BothNames
    """Its name."""
    watched_by: tuple[str, ...]
    """The indicators that watch it."""


@dataclass(frozen=True, slots=True)
class AreaRow(Part):
    """A part of the plan."""

    id: str
    """The area's id."""
    name: BothNames
    """Its name."""
    watched_by: tuple[str, ...]
    """The indicators that watch it as a whole."""
    actions: tuple[ActionRow, ...]
    """Its actions."""


@dataclass(frozen=True, slots=True)
class IndicatorRow(Part):
    """Something that is watched."""

    id: str
    """The indicator's id."""
    name: BothNames
    """Its name."""
    measure: Literal["number", "rating"]
    """Whether it is a number or an analyst's rating."""
    unit: str | None
    """The unit as targets.yaml has it, the Chinese one where it has two."""
    basis: Basis
    """Whether the series is official, a proxy, or context."""
    stands_for: str | None
    """The indicator that this one is a proxy of."""


@dataclass(frozen=True, slots=True)
class PlanOutline(Part):
    """The plan: milestones, areas, actions and capabilities, and what watches each. `targets` exports all of it."""

    schema: Literal["aiplus.plan/1"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    plan: str
    """The plan's id."""
    title: BothNames
    """The plan's title."""
    issuer: BothNames
    """Who issued it."""
    document: str
    """The number of the document."""
    issued: date
    """The day it was issued."""
    milestones: tuple[MilestoneRow, ...]
    """Its dated stages."""
    watched_by: tuple[str, ...]
    """The indicators that watch the whole plan."""
    areas: tuple[AreaRow, ...]
    """Its areas."""
    capabilities: tuple[AreaRow, ...]
    """What supports the areas; a capability has no actions."""
    indicators: tuple[IndicatorRow, ...]
    """Everything that is watched."""


def both(names: Names) -> BothNames:
    return BothNames(names.zh, names.en)


def plan_outline(plan: Plan) -> PlanOutline:
    """The plan in the form of the contract."""
    about, watched = plan.about, plan.indicators
    return PlanOutline(
        schema="aiplus.plan/1",
        tool_version=tool_version(),
        plan=about.id,
        title=both(about.title),
        issuer=both(about.issuer),
        document=about.document,
        issued=about.issued,
        milestones=tuple(_milestone_row(milestone, watched) for milestone in plan.milestones),
        watched_by=tuple(each.id for each in watched if each.area == "all"),
        areas=tuple(_area_row(area, watched) for area in plan.areas if area.kind == "area"),
        capabilities=tuple(_area_row(area, watched) for area in plan.areas if area.kind == "capability"),
        indicators=tuple(
            IndicatorRow(each.id, both(each.name), each.measure, unit_text(each), each.basis, each.proxy_for)
            for each in watched
        ),
    )


def _milestone_row(milestone: Milestone, watched: Iterable[Indicator]) -> MilestoneRow:
    watching = [each.id for each in watched if any(target.milestone == milestone.id for target in each.targets)]
    return MilestoneRow(milestone.id, milestone.due, milestone.region, both(milestone.statement), tuple(watching))


def _area_row(area: Area, watched: Iterable[Indicator]) -> AreaRow:
    actions = (
        ActionRow(action.id, both(action.name), tuple(each.id for each in watched if each.action == action.id))
        for action in area.actions
    )
    alone = tuple(each.id for each in watched if each.area == area.id and each.action is None)
    return AreaRow(area.id, both(area.name), alone, tuple(actions))
