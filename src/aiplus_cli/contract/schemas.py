"""JSON Schemas: of targets.yaml for editors, of the JSON output for whoever reads it."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any


def _targets() -> str:
    from aiplus_cli.plan.records import Plan

    schema = _without_lines(Plan.model_json_schema(by_alias=True))
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "aiplus.targets/1", **schema}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _without_lines(node: Any) -> Any:
    """Without the key that the loader adds to remember where a mapping starts."""
    if isinstance(node, dict):
        return {key: _without_lines(value) for key, value in node.items() if key != "@line"}
    return [_without_lines(item) for item in node] if isinstance(node, list) else node


def _shipped(name: str) -> Callable[[], str]:
    return lambda: (files("aiplus_cli.contract") / f"{name}.schema.json").read_text(encoding="utf-8")


SCHEMAS: dict[str, Callable[[], str]] = {
    "targets": _targets,
    "status": _shipped("status"),
    **{name: _shipped(name) for name in ("forecast", "backtest", "check", "diff", "due", "run")},
}
