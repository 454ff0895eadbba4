"""JSON Schemas, generated: of targets.yaml for editors, of every document for whoever reads it."""

from __future__ import annotations

import json
from functools import cache
from importlib import import_module
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
GROWS = "Later versions only add keys; ignore those you do not know."
TYPES = {
    "targets": "plan.records:Plan",
    "status": "contract.status:StatusDocument",
    "show": "contract.show:ShowDocument",
    "forecast": "contract.forecast:ForecastDocument",
    "backtest": "contract.backtest:BacktestDocument",
    "methods": "contract.methods:MethodsDocument",
    "plan": "contract.plan:PlanOutline",
    "log": "contract.log:LogDocument",
    "validate": "contract.validate:ValidateDocument",
    "check": "contract.check:CheckDocument",
    "figures": "contract.figures:FiguresDocument",
    "failure": "contract.failure:FailureDocument",
    "record": "contract.recording:RecordDocument",
    "import": "contract.importing:ImportDocument",
    "diff": "contract.diff:DiffDocument",
    "due": "contract.due:DueDocument",
    "run": "contract.run:RunDocument",
}
"""Where the type of each document stands."""
NAMES = tuple(TYPES)


class _Written(GenerateJsonSchema):
    """As the documents are written: decimals as numbers, and no title that repeats a name."""

    def decimal_schema(self, schema: Any) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "number"}
        self.update_with_validations(found, schema, self.ValidationsMapping.numeric)
        return found

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False


@cache
def schema_of(name: str) -> dict[str, Any]:
    """The schema of a document, by its name."""
    module, kind = TYPES[name].split(":")
    document = getattr(import_module(f"aiplus_cli.{module}"), kind)
    if name == "targets":
        return {
            "$schema": DIALECT,
            "$id": "aiplus.targets/1",
            **_without_lines(document.model_json_schema(by_alias=True)),
        }
    found = TypeAdapter(document).json_schema(mode="serialization", schema_generator=_Written)
    about = found.pop("description").replace("\n", " ")
    head = {"$schema": DIALECT, "$id": found["properties"]["schema"]["const"], "title": f"aiplus {name}"}
    return {**head, "description": f"{about} {GROWS}", **{key: found[key] for key in found if key != "title"}}


def schema_text(name: str) -> str:
    """The schema as JSON text."""
    return json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n"


def _without_lines(node: Any) -> Any:
    """Without the key that the loader adds to remember where a mapping starts."""
    if isinstance(node, dict):
        return {key: _without_lines(value) for key, value in node.items() if key != "@line"}
    return [_without_lines(item) for item in node] if isinstance(node, list) else node
