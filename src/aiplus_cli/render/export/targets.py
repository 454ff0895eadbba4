"""The plan for machines: as JSON that targets.yaml could be written in, and its targets as rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aiplus_cli.contract.encode import encode_json
from aiplus_cli.contract.export import Content
from aiplus_cli.contract.status import unit_text
from aiplus_cli.plan.records import Indicator, Plan, Target
from aiplus_cli.render import Options
from aiplus_cli.render.data import csv_lines

_OF_INDICATOR = (
    "indicator", "name_zh", "name_en", "area", "action", "measure", "unit",
    "direction", "basis", "proxy_for", "frequency", "publication_lag",
)  # fmt: skip
_OF_TARGET = ("milestone", "due", "region", "op", "value", "clause", "document", "draft", "note")


def render_json(content: Content, options: Options) -> str:
    """The whole plan with the keys of targets.yaml, which reads it back; what is not set is left out."""
    del options
    return encode_json(content.plan.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True))


def render_csv(content: Content, options: Options) -> str:
    """One row for each target; an indicator without any has one row with the target's columns empty."""
    del options
    return csv_lines((*_OF_INDICATOR, *_OF_TARGET), _rows(content.plan))


def _rows(plan: Plan) -> Iterator[list[Any]]:
    due = {milestone.id: milestone.due for milestone in plan.milestones}
    for indicator in plan.indicators:
        head = _indicator_cells(indicator)
        for target in indicator.targets:
            yield head + _target_cells(target, due[target.milestone])
        if not indicator.targets:
            yield head + [None] * len(_OF_TARGET)


def _indicator_cells(indicator: Indicator) -> list[Any]:
    return [
        indicator.id, indicator.name.zh, indicator.name.en, indicator.area, indicator.action, indicator.measure,
        unit_text(indicator), indicator.direction, indicator.basis, indicator.proxy_for, indicator.frequency,
        indicator.publication_lag,
    ]  # fmt: skip


def _target_cells(target: Target, due: Any) -> list[Any]:
    return [
        target.milestone, due, target.region, target.op, target.value, target.clause, target.document,
        "true" if target.draft else "false", target.note,
    ]  # fmt: skip
