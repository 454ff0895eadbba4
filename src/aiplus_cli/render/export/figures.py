"""The ledger in the formats of machines: every entry, in the order of the file, each number as published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from aiplus_cli.contract.encode import encode_json, harmless
from aiplus_cli.contract.export import Content
from aiplus_cli.contract.figures import FigureRow
from aiplus_cli.contract.values import keys
from aiplus_cli.render import Options
from aiplus_cli.render.data import csv_lines, csv_text

_SDMX_NAMES = {
    "INDICATOR": "indicator", "REF_AREA": "region", "TIME_PERIOD": "period", "OBS_VALUE": "value",
    "OBS_STATUS": "status", "BOUND": "bound", "PUBLISHED": "published", "SOURCE": "source", "URL": "url",
    "NOTE": "note", "ID": "id", "REPLACES": "replaces", "WITHDRAWS": "withdraws", "REASON": "reason",
    "RECORDED_AT": "recorded_at", "RECORDED_BY": "recorded_by",
}  # fmt: skip
_SDMX_HEAD = {"STRUCTURE": "dataflow", "STRUCTURE_ID": "AIPLUS:FIGURES(1.0.0)", "ACTION": "I"}
_HALF = re.compile(r"([0-9]{4})-H([12])\Z")
_LINE = msgspec.json.Encoder(decimal_format="number")


def render_csv(content: Content, options: Options) -> str:
    """One row for each entry."""
    del options
    return csv_text(FigureRow, content.figures.figures)


def render_json(content: Content, options: Options) -> str:
    """The entries as aiplus.figures/1, every key in each."""
    del options
    return encode_json(content.figures)


def render_jsonl(content: Content, options: Options) -> str:
    """An entry a line, as the ledger has them, the keys in the order of the columns."""
    del options
    return harmless(b"".join(_line(row) for row in content.figures.figures).decode())


def _line(row: FigureRow) -> bytes:
    said = {name: value for name, value in keys(row).items() if value is not None}
    if said.get("replaces") == "":
        del said["replaces"]
    return _LINE.encode(said) + b"\n"


def render_sdmx_csv(content: Content, options: Options) -> str:
    """SDMX-CSV 2.0: the dimensions are indicator, area, time and the entry's id; the rest are attributes."""
    del options
    return csv_lines((*_SDMX_HEAD, *_SDMX_NAMES), map(_sdmx_row, content.figures.figures))


def _sdmx_row(row: FigureRow) -> Iterator[Any]:
    said = {**keys(row), "period": sdmx_period(row.period)}
    yield from _SDMX_HEAD.values()
    yield from (said[name] for name in _SDMX_NAMES.values())


def sdmx_period(period: str | None) -> str | None:
    """A half year is a semester in SDMX, 2025-S1; the other periods are written alike."""
    return _HALF.sub(r"\1-S\2", period) if period else period
