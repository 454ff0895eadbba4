"""The least that any such status could cost: the same imports, the same two files parsed, as many rows printed."""

from __future__ import annotations

import json
from pathlib import Path

import pydantic
import typer
import yaml
from rich.console import Console
from rich.table import Table

ROWS = 30


class Row(pydantic.BaseModel):
    """One model, as any program with pydantic has."""

    name: str
    value: str


def main() -> None:
    """Parse and print."""
    yaml.load(Path("targets.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    figures = [json.loads(line) for line in Path("progress.jsonl").read_bytes().splitlines()]
    table = Table(box=None)
    for title in (
        "Indicator",
        "By",
        "Latest",
        "Expected",
        "Target",
        "Gap",
        "Buffer",
        "Needed",
        "Pace",
        "Verdict",
        "Evidence",
    ):
        table.add_column(title)
    for figure in figures[:ROWS]:
        row = Row(name=figure["indicator"], value=str(figure["value"]))
        table.add_row(row.name, *[row.value] * 10)
    Console(width=200).print(table)


typer.run(main)
