"""The table of past cases that ships, read when it is asked for."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files as packaged

from aiplus_cli.errors import Bilingual
from aiplus_cli.judge.precedents import PastAdoption


@cache
def past_cases() -> tuple[PastAdoption, ...]:
    """Every series of the table, in its order; tools/precedents.py says what is in it."""
    text = (packaged("aiplus_cli") / "workspace" / "precedents.csv").read_text(encoding="utf-8")
    return tuple(map(_series, csv.DictReader(text.splitlines())))


def _series(row: dict[str, str]) -> PastAdoption:
    return PastAdoption(
        row["group"],
        row["source"],
        row["licence"],
        Bilingual(row["technology"], row["technology_zh"]),
        Bilingual(row["place"], row["place_zh"]),
        float(row["step"]),
        float(row["first"]),
        tuple(map(float, row["values"].split())),
    )
