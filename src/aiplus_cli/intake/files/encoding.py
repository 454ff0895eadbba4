"""Which encoding a text file is in: its mark, else UTF-8 if it is valid, else GB18030; no guess from words."""

from __future__ import annotations

import codecs
from pathlib import Path

from aiplus_cli.errors import InputProblem, Message, Problem, UsageProblem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
MAX_LINE = 16 << 20


def find_encoding(path: Path, name: str, asked: str | None = None) -> str:
    """The encoding that reads the whole file; raises InputProblem with the line where none does."""
    _refuse_long_lines(path, name)
    with path.open("rb") as stream:
        start = stream.read(_CHUNK)
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
    if asked:
        encodings = [_known(asked)]
    elif marked:
        encodings = [marked]
    elif b"\0" in start:
        raise InputProblem(
            Problem(
                name,
                Message("the file has NUL bytes: it is no text table, or UTF-16 without a mark"),
                Message("save it as UTF-8, or say --encoding utf-16-le"),
            )
        )
    else:
        encodings = ["utf-8", "gb18030"]
    line: int | None = None
    for encoding in encodings:
        line = _first_bad_line(path, encoding)
        if line is None:
            return encoding
    raise InputProblem(
        Problem(
            f"{name}:{line}",
            Message("the text is not in {encodings}", encodings=list(encodings)),
            Message("save the file as UTF-8, or name its encoding with --encoding"),
        )
    )


def _refuse_long_lines(path: Path, name: str) -> None:
    """A line is held in memory whole."""
    run = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            run = 0 if b"\n" in chunk or b"\r" in chunk else run + len(chunk)
            if run > MAX_LINE:
                raise InputProblem(
                    Problem(
                        name,
                        Message("a line is longer than {size} MiB", size=MAX_LINE >> 20),
                        Message("check that it is the right file"),
                    )
                )


def _known(asked: str) -> str:
    try:
        if codecs.lookup(asked)._is_text_encoding:  # noqa: SLF001 - the only way to ask
            b"".decode(asked)
            return asked
    except (LookupError, ValueError):
        pass
    raise UsageProblem(
        Problem(
            "--encoding",
            Message("'{text}' is no encoding", text=asked),
            Message("use utf-8, gb18030, utf-16 or another that Python knows"),
        )
    )


def _first_bad_line(path: Path, encoding: str) -> int | None:
    """The line whose bytes the encoding does not allow, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeError as error:
                before = chunk[: getattr(error, "start", 0)]
                return line + before.count(b"\n")
            if not chunk:
                return None
            line += chunk.count(b"\n")
