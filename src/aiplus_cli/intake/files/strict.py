"""Strict Office Open XML (ISO/IEC 29500) -> the transitional kind, which openpyxl reads: only names differ."""

from __future__ import annotations

import io
import zipfile
from typing import IO

_TELLING = ("_rels/.rels", "xl/workbook.xml")
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = {
    _STRICT + b"spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    _STRICT + b"officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    _STRICT + b"drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}


def transitional(archive: zipfile.ZipFile) -> IO[bytes] | None:
    """A copy of a strict workbook that openpyxl reads, where the workbook itself seems to have no sheets.

    None for a workbook that is not strict.
    """
    parts = [part.filename for part in archive.infolist()]
    if not any(_STRICT in archive.read(part) for part in _TELLING if part in parts):
        return None
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as made:
        for part in parts:
            data = archive.read(part)
            made.writestr(part, _renamed(data) if part.endswith((".xml", ".rels")) else data)
    copy.seek(0)
    return copy


def _renamed(data: bytes) -> bytes:
    for strict, usual in _NAMES.items():
        data = data.replace(strict, usual)
    return data
