"""JSON and JSON Lines: one figure an object; the objects' keys are the header."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from aiplus_cli.errors import Fault, InputProblem, Message, Problem
from aiplus_cli.intake.files.cells import MAX_COLUMNS, BadCell, Cell, NumberCell, Row, Sheet, too_large, unreadable
from aiplus_cli.intake.files.encoding import find_encoding
from aiplus_cli.ledger.soundness import TOO_LONG
from aiplus_cli.plan.numbers import is_short

MAX_BYTES = 16 << 20
_SHOWN = 80
_NESTED = Fault(
    Message("a list or an object stands where one value should"), Message("write one value, or take the key out")
)


def read_json(path: Path, name: str, encoding: str | None = None) -> list[Sheet]:
    """The objects of a JSON list, or of a list under `figures`."""
    if path.stat().st_size > MAX_BYTES:
        raise unreadable(name, Message("more than 16 MiB of JSON; use JSON Lines"))
    text = path.read_text(encoding=find_encoding(path, name, encoding))
    data = _parse(text, name)
    if isinstance(data, dict):
        data = data.get("figures", [data])
    if not isinstance(data, list):
        raise unreadable(name, Message("the file is no list of objects"))
    return [_sheet(name, lambda: enumerate(data, start=1))]


def resource_of(path: Path, name: str) -> str | None:
    """The file of a data package's figures, which must lie beside it; None for other JSON."""
    if path.stat().st_size > MAX_BYTES:
        return None
    data = _parse(path.read_text(encoding=find_encoding(path, name)), name)
    if not isinstance(data, dict) or not isinstance(data.get("resources"), list):
        return None
    found = [item for item in data["resources"] if isinstance(item, dict) and item.get("name") == "figures"]
    place = found[0].get("path") if found else None
    if not isinstance(place, str) or not place or place in (".", "..") or set(place) & set("/\\:\0"):
        raise InputProblem(
            Problem(
                name,
                Message("no resource 'figures' whose path is a file beside this one"),
                Message("put the package's files into one folder"),
            )
        )
    return place


def read_lines(path: Path, name: str, encoding: str | None = None) -> list[Sheet]:
    """The objects of a JSON Lines file, read twice: for the keys, then for the values."""
    found = find_encoding(path, name, encoding)
    return [_sheet(name, lambda: _items(path, name, found))]


def _items(path: Path, name: str, encoding: str) -> Iterator[tuple[int, Any]]:
    with path.open(encoding=encoding, newline="\n") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield number, _parse(line, f"{name}:{number}")


def _parse(text: str, where: str) -> Any:
    try:
        return json.loads(
            text, parse_float=_number, parse_int=_number, parse_constant=_refuse, object_pairs_hook=_object
        )
    except (ValueError, RecursionError) as error:
        raise unreadable(where, error) from None


def _number(text: str) -> Decimal | BadCell:
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent that no Decimal has
        return BadCell(text[:_SHOWN], TOO_LONG)
    return number if is_short(number) else BadCell(text[:_SHOWN], TOO_LONG)


def _refuse(word: str) -> Any:
    message = f"{word} is no number"
    raise ValueError(message)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "a key stands twice in one object"
        raise ValueError(message)
    return found


def _sheet(name: str, items: Callable[[], Iterable[tuple[int, Any]]]) -> Sheet:
    keys: dict[str, None] = {}
    for number, item in items():
        if not isinstance(item, dict):
            where = f"{name}:{number}"
            raise unreadable(where, Message("not an object"))
        keys.update(dict.fromkeys(item))
        if len(keys) > MAX_COLUMNS:
            raise too_large(name)
    return Sheet(name, _rows(items(), list(keys)), keys=tuple(keys))


def _rows(items: Iterable[tuple[int, Any]], keys: list[str]) -> Iterator[Row]:
    if keys:
        yield 0, list(keys)
    for number, item in items:
        yield number, [_cell(item.get(key)) for key in keys]


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, BadCell):
        return value
    if isinstance(value, Decimal):
        return NumberCell(value, value)
    if isinstance(value, dict | list):
        return BadCell("…", _NESTED)
    return str(value).lower() if isinstance(value, bool) else str(value)
