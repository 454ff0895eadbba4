"""Delimited text: CSV, TSV and their kin, row by row, so that a long file needs no memory."""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from aiplus_cli.errors import InputProblem, Message, Problem
from aiplus_cli.foreign import in_our_words
from aiplus_cli.intake.files.cells import FOOT, MAX_COLUMNS, Row, Sheet, too_large
from aiplus_cli.intake.files.encoding import find_encoding

_DELIMITERS = (",", "\t", ";", "|")
_PREVIEW = 64 * 1024


def read_text(path: Path, name: str, encoding: str | None = None) -> list[Sheet]:
    """The one table of a delimited file."""
    found = find_encoding(path, name, encoding)
    with path.open(encoding=found, newline="") as stream:
        delimiter = find_delimiter(stream.read(_PREVIEW))
    text = _Text(path, name, found, delimiter)
    return [Sheet(name, text.rows(), size=path.stat().st_size, position=text.position, last_rows=text.last_rows)]


def find_delimiter(preview: str) -> str:
    """The delimiter that gives most lines the same number of cells, at least two; a comma where none does."""
    lines = preview.splitlines()[:40]

    def evenness(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        except csv.Error:
            return 0, 0
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return times, width

    return max(_DELIMITERS, key=evenness)


class _Text:
    """The rows of an open file, and how far it has been read."""

    def __init__(self, path: Path, name: str, encoding: str, delimiter: str) -> None:
        self.path, self.name, self.encoding, self.delimiter = path, name, encoding, delimiter
        self._binary: BinaryIO | None = None

    def position(self) -> int:
        return self._binary.tell() if self._binary and not self._binary.closed else 0

    def last_rows(self) -> list[Row]:
        """The last rows by a reading of its own; none where they cannot be read, which the other reading tells."""
        try:
            return list(deque(_Text(self.path, self.name, self.encoding, self.delimiter).rows(), maxlen=FOOT))
        except InputProblem:
            return []

    def rows(self) -> Iterator[Row]:
        with self.path.open("rb") as self._binary:
            stream = io.TextIOWrapper(self._binary, encoding=self.encoding, newline="")
            reader = csv.reader(stream, delimiter=self.delimiter, strict=True)
            line = 1
            try:
                for row in reader:
                    cells: list[Any] = row
                    if len(cells) > MAX_COLUMNS and any(cells[MAX_COLUMNS:]):
                        raise too_large(self.name)
                    yield line, cells
                    line = reader.line_num + 1
            except csv.Error as error:
                raise InputProblem(
                    Problem(
                        f"{self.name}:{line}",
                        Message("no well-formed row begins here: {why}", why=in_our_words(error)),
                        Message("check the quotes of this row: one is missing, or stands inside a cell"),
                    )
                ) from None
