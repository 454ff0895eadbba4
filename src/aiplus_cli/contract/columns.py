"""The rows of a document as a flat table: the columns follow from the type of a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, get_args, get_type_hints

from aiplus_cli.contract.values import Keyed, Part


@dataclass(frozen=True, slots=True)
class CsvColumn:
    """A column's title, the field that it shows, and which part of that, where the field has parts."""

    title: str
    field: str
    part: str = ""

    def value(self, row: object) -> Any:
        """The row's value in this column; None where the whole is."""
        whole = getattr(row, self.field)
        if whole is None or not self.part:
            return whole
        return whole[self.part] if isinstance(whole, Mapping) else getattr(whole, self.part)


@cache
def columns(row_type: type) -> tuple[CsvColumn, ...]:
    """First the plain fields, then the parts of the others, each in the order of the type."""
    found = list(_columns(row_type))
    return tuple(sorted(found, key=lambda column: bool(column.part)))


def _columns(row_type: type) -> Iterator[CsvColumn]:
    for name, hint in get_type_hints(row_type, include_extras=True).items():
        kinds = (hint, *get_args(hint), *getattr(hint, "__metadata__", ()))
        keyed = next((kind for kind in kinds if isinstance(kind, Keyed)), None)
        whole = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Part)), None)
        if keyed:
            yield from (CsvColumn(keyed.column.format(key), name, key) for key in keyed.names)
        elif whole:
            yield from (CsvColumn(_title(name, part), name, part) for part in _names(whole))
        elif name in _names(row_type):
            yield CsvColumn(name, name)


def _names(part_type: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(part_type))


def _title(name: str, part: str) -> str:
    """A part's own name is what the column of the whole would be called."""
    return name if part == "name" else f"{name}_{part}"
