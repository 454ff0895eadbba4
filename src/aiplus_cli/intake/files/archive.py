"""Zip archives of XML (XLSX, ODS): opened with limits, read as a stream, entities refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.parsers import expat

from aiplus_cli.errors import InputProblem, Message, Problem
from aiplus_cli.intake.files.cells import unreadable

MAX_UNPACKED = 256 << 20
MAX_FILES = 10_000
MAX_TOKEN = 1 << 20
MAX_TEXT = 100_000
"""Characters of a cell; Excel allows a third of that."""
_LONG = "a tag or a cell in it is too long"
_SMALL_PARTS = {
    "xl/sharedStrings.xml": 16 << 20, "xl/styles.xml": 4 << 20, "xl/workbook.xml": 4 << 20,
    "[Content_Types].xml": 4 << 20, "xl/_rels/workbook.xml.rels": 4 << 20,
}  # fmt: skip
"""Parts that a reader holds in memory whole."""


@contextmanager
def open_archive(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    """The archive, if what it says it unpacks to is of a sane size; a member never unpacks to more than it says."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            large = [part for part in parts if part.file_size > _SMALL_PARTS.get(part.filename, MAX_UNPACKED)]
            if size > MAX_UNPACKED or len(parts) > MAX_FILES or large:
                raise InputProblem(
                    Problem(
                        name,
                        Message("the file unpacks to {size} MiB", size=size >> 20),
                        Message("save the table alone as CSV"),
                    )
                )
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise unreadable(name, error) from None


def parse_xml(
    archive: zipfile.ZipFile,
    part: str,
    name: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Send a part's events to the three functions; a document type, which entities need, is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with archive.open(part) as stream:
            fed = 0
            while chunk := stream.read(1 << 16):
                parser.Parse(chunk)
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > MAX_TOKEN:
                    raise ValueError(_LONG)
            parser.Parse(b"", True)  # noqa: FBT003 - the end, in the parser's words
    except (KeyError, expat.ExpatError, ValueError, zipfile.BadZipFile, EOFError, OSError) as error:
        raise unreadable(name, error) from None
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise unreadable(name, error) from None
        raise


def check_length(length: int) -> None:
    """Raise ValueError for a cell that is longer than cells can be."""
    if length > MAX_TEXT:
        raise ValueError(_LONG)


def _refuse_doctype(*_: Any) -> None:
    message = "it declares a document type"
    raise ValueError(message)
