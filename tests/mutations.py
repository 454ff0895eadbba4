"""Damage to files: bytes, lines, cells, headers, and the parts of an archive. Used by the fuzz test and tools/."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable

WORDS = [
    b"", b",", b'"', b"\n", b"\0", b"NaN", b"1e999", b"-", b"2025-13", b"=1+1", b"\xff\xfe", "数值".encode("gbk"),
    "时期".encode(), b"id", b"recorded_at", b"99999999999999999999999999", b"../../etc/passwd", b"\x1b[31m", b"]]>",
    b"&x;",
]  # fmt: skip


def mutate(data: bytes, name: str, dice: random.Random) -> bytes:
    """The file, damaged in one to four ways."""
    for _ in range(dice.randint(1, 4)):
        is_zip = data.startswith(b"PK") and len(data) < 100_000 and dice.random() < 0.7
        data = _in_archive(data, dice) if is_zip else dice.choice(_KINDS)(data, dice)
    del name
    return data


def _in_archive(data: bytes, dice: random.Random) -> bytes:
    """Damage one XML part and pack the archive again."""
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            parts = [part for part in old.namelist() if part.endswith(".xml")] or old.namelist()
            chosen = dice.choice(parts)
            for part in old.namelist():
                content = old.read(part)
                new.writestr(part, dice.choice(_KINDS)(content, dice) if part == chosen else content)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        IndexError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ):
        return _flip(data, dice)
    return made.getvalue()


def _flip(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, dice: random.Random) -> bytes:
    at, end = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    return data[:at] + data[end:]


def _double(data: bytes, dice: random.Random) -> bytes:
    at, end = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    return data[:end] + data[at : min(end, at + 2000)] + data[end:]


def _insert(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice(WORDS) + data[at:]


def _cell(data: bytes, dice: random.Random) -> bytes:
    """Put a word in the place of a cell or of an attribute's value."""
    mark = dice.choice([b",", b"\t", b'"', b">", b"\n"])
    pieces = data.split(mark)
    pieces[dice.randrange(len(pieces))] = dice.choice(WORDS)
    return mark.join(pieces)


def _swap(data: bytes, dice: random.Random) -> bytes:
    """Exchange two lines, such as the header and a row."""
    lines = data.split(b"\n")
    one, two = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"\n".join(lines)


_KINDS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _cut, _double, _insert, _cell, _cell, _swap)
