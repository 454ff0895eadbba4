"""The ledger: JSON Lines, one entry a line, appended under a lock and never rewritten."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from array import array
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Self, TypeVar

import msgspec

from aiplus_cli.errors import AiplusError, EnvironmentProblem, InputProblem, Message, Problem, reason_of
from aiplus_cli.ledger.entries import Entry, Figure, Rating, Withdrawal

MAX_LINE = 64 * 1024
LOCK_SECONDS = 30.0
_FIGURE: msgspec.json.Decoder[Figure] = msgspec.json.Decoder(Figure)
_KINDS: dict[str, msgspec.json.Decoder[Any]] = {
    "figure": _FIGURE,
    "rating": msgspec.json.Decoder(Rating),
    "withdrawal": msgspec.json.Decoder(Withdrawal),
}
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_FIRST_KEYS = ("id", "indicator", "region", "period", "value", "bound")
_NOT_CONTENT = ("id", "recorded_at", "recorded_by")
EntryT = TypeVar("EntryT", bound=Entry)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass
class Ledger:
    """The entries of a file in its order, repeated lines once; `lines[i]` is the line of `entries[i]`.

    `problems` are the lines that could not be read: with any, nothing may be assessed or appended.
    """

    name: str
    entries: list[Entry] = field(default_factory=list)
    lines: array[int] = field(default_factory=lambda: array("L"))
    problems: list[Problem] = field(default_factory=list)

    def ids(self) -> set[str]:
        """The ids of all entries."""
        return {entry.id for entry in self.entries}


def content_id(fields: dict[str, Any]) -> str:
    """The id of an entry: a hash of what it says, not of when and by whom it was recorded.

    Numbers are compared by value: 50 and 50.0 are the same content.
    """
    content = {key: value for key, value in fields.items() if key not in _NOT_CONTENT and value != ""}
    if isinstance(content.get("value"), Decimal):
        content["value"] = f"{content['value'].normalize():f}"
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def id_of(entry: Entry) -> str:
    """The id that the content of an entry gives."""
    return content_id(msgspec.structs.asdict(entry))


def with_id(entry: EntryT) -> EntryT:
    """The entry with the id of its content."""
    return msgspec.structs.replace(entry, id=id_of(entry))


def figure_id(figure: Figure) -> str:
    """As `id_of`, several times as fast: a long file has a million of them."""
    f = figure
    number = f"{f.value.normalize():f}"
    text = (
        f"{{{_fields_before(f.bound, f.indicator, f.note, f.period)}{_fields_after(f.published, f.region, f.replaces)}"
    )
    text += f'{_last_fields(f.source, f.status, f.url)}"value": "{number}"}}'
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _content(**texts: str) -> str:
    quote = json.encoder.encode_basestring
    return "".join(f'"{key}": {quote(text)}, ' for key, text in texts.items() if text)


@lru_cache(maxsize=65536)
def _fields_before(bound: str, indicator: str, note: str, period: str) -> str:
    return _content(bound=bound, indicator=indicator, note=note, period=period)


@lru_cache(maxsize=65536)
def _fields_after(published: date, region: str, replaces: str) -> str:
    return _content(published=published.isoformat(), region=region, replaces=replaces)


@lru_cache(maxsize=65536)
def _last_fields(source: str, status: str, url: str) -> str:
    return _content(source=source, status=status, url=url)


class _Line(msgspec.Struct, gc=False):
    """A figure in the order of the ledger's keys, which encodes in one step."""

    id: str
    indicator: str
    region: str
    period: str
    value: Decimal
    bound: str
    status: str
    published: date
    source: str
    url: str
    note: str
    recorded_at: datetime
    recorded_by: str


def _encode_figure(f: Figure, figure_id: str) -> bytes:
    return _ENCODER.encode(
        _Line(
            id=figure_id,
            indicator=f.indicator,
            region=f.region,
            period=f.period,
            value=f.value,
            bound=f.bound,
            status=f.status,
            published=f.published,
            source=f.source,
            url=f.url,
            note=f.note,
            recorded_at=f.recorded_at,
            recorded_by=f.recorded_by,
        )
    )


class Spool:
    """Encoded entries on disk until it is decided which of them are appended; nothing is left when it is closed."""

    def __init__(self) -> None:
        self._stream: Any = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._ends = array("Q")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # what a full disk did not take is not wanted any more
            self._stream.close()

    def __len__(self) -> int:
        return len(self._ends)

    def add(self, entry: Entry) -> None:
        """Keep an entry under the id of its content; its number is the count of those before it."""
        if type(entry) is Figure and not entry.replaces:
            line = _encode_figure(entry, figure_id(entry)) + b"\n"
        else:
            line = encode(with_id(entry))
        self._stream.write(line)
        self._ends.append((self._ends[-1] if self._ends else 0) + len(line))

    def get(self, number: int) -> Entry:
        """The entry of that number."""
        raw = self._line(number)
        fields = msgspec.json.decode(raw)
        entry: Entry = _KINDS[_kind(fields)].decode(raw)
        return entry

    def _line(self, number: int) -> bytes:
        start = self._ends[number - 1] if number else 0
        self._stream.seek(start)
        line: bytes = self._stream.read(self._ends[number] - start)
        return line

    def lines(self, left_out: Container[int]) -> Iterator[bytes]:
        """The encoded entries in their order, without those of the given numbers."""
        self._stream.seek(0)
        for number, line in enumerate(self._stream):
            if number not in left_out:
                yield line


def encode(entry: Entry) -> bytes:
    """One line of the ledger, numbers digit by digit as recorded."""
    fields = msgspec.structs.asdict(entry)
    ordered = {key: fields.pop(key) for key in _FIRST_KEYS if key in fields} | fields
    if ordered.get("replaces") == "":
        del ordered["replaces"]
    return _ENCODER.encode(ordered) + b"\n"


def read(path: Path) -> Ledger:
    """The whole ledger, with a problem for every unreadable line. A missing file is an empty ledger.

    What looks unreadable may be a line that another program is writing: it is read again under the lock.
    """
    try:
        with path.open("rb") as stream:
            ledger = _read_lines(stream, path.name)
            if ledger.problems:
                _lock(path, stream, shared=True)
                stream.seek(0)
                ledger = _read_lines(stream, path.name)
    except FileNotFoundError:
        return Ledger(path.name)
    except OSError as error:
        raise _os_problem(path, error) from None
    return ledger


def _read_lines(stream: BinaryIO, name: str) -> Ledger:
    ledger = Ledger(name)
    seen: set[str] = set()
    decode, entries, lines = _FIGURE.decode, ledger.entries, ledger.lines
    for number, raw in enumerate(stream, start=1):
        try:
            if len(raw) > MAX_LINE:
                raise ValueError
            figure = decode(raw)
            if not figure.value.is_finite():
                raise ValueError
            entry: Entry = figure
        except (ValueError, RecursionError):
            other = _other_kind(raw, number, ledger.name, ledger.problems)
            if other is None:
                continue
            entry = other
        if entry.id not in seen:
            seen.add(entry.id)
            entries.append(entry)
            lines.append(number)
    return ledger


def _other_kind(raw: bytes, number: int, name: str, problems: list[Problem]) -> Entry | None:
    """A rating or withdrawal; or None, after saying what is wrong with the line."""
    where = f"{name}:{number}"
    if not raw.strip():
        return None
    if len(raw) > MAX_LINE:
        size = Message("the line has {size} bytes", size=len(raw))
        problems.append(Problem(where, size, Message("an entry is at most 64 KiB; cut this line out of the file")))
        return None
    try:
        fields = msgspec.json.decode(raw)
        kind = _kind(fields)
        entry: Entry = _KINDS[kind].decode(raw)
    except (ValueError, RecursionError) as error:
        problems.append(_line_problem(where, raw, error))
        return None
    if isinstance(entry, Figure) and not entry.value.is_finite():
        problems.append(_line_problem(where, raw, ValueError("the value is not a finite number")))
        return None
    return entry


def _kind(fields: Any) -> str:
    if isinstance(fields, dict) and "withdraws" in fields:
        return "withdrawal"
    value = fields.get("value") if isinstance(fields, dict) else None
    return "rating" if isinstance(value, str) and re.match(r"[a-z_]+\Z", value) else "figure"


def _line_problem(where: str, raw: bytes, error: Exception) -> Problem:
    excerpt = _CONTROL.sub("·", raw[:120].decode("utf-8", "replace").strip())
    if raw.startswith((b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")):
        fix = Message("remove the marks and keep the entries of both sides; repeated lines count once")
        return Problem(where, Message("a merge left its mark here"), fix, excerpt)
    if isinstance(error, UnicodeDecodeError):
        return Problem(where, Message("not UTF-8"), Message("write the ledger with 'aiplus record' only"))
    if not raw.endswith(b"\n") and isinstance(error, msgspec.DecodeError):
        return Problem(
            where,
            Message("the last line is torn: it was cut off while being written and was never acknowledged"),
            Message("cut this line out of the file into another one, then record its figure again"),
            excerpt,
        )
    return Problem(
        where,
        Message("not an entry of the ledger: {why}", why=str(error) or type(error).__name__),
        Message("restore the line as it was recorded; docs/ledger.md describes the fields"),
        excerpt,
    )


class Writer:
    """An open, locked ledger: what it holds now, and appends that are on disk when `append` returns."""

    def __init__(self, path: Path, stream: BinaryIO, ledger: Ledger) -> None:
        self.path, self.ledger = path, ledger
        self._stream = stream

    def append(self, entries: list[Entry]) -> None:
        """Append in one write, then fsync; raises EnvironmentProblem, leaving the file as it was."""
        if not entries:
            return
        size = self._stream.seek(0, os.SEEK_END)
        data = b"".join(encode(entry) for entry in entries)
        try:
            _write_all(self._stream, self._missing_newline(size) + data)
            os.fsync(self._stream.fileno())
        except OSError as error:
            os.ftruncate(self._stream.fileno(), size)
            raise _os_problem(self.path, error) from None

    def extend(self, lines: Iterable[bytes]) -> None:
        """Append encoded entries of any number, all or none, even when the program is killed half-way.

        A copy of the ledger is completed and synced, then takes its place; where a file cannot be replaced (it has
        other hard links, or is mounted alone), they are appended in place.
        """
        path = self.path.resolve()
        draft = path.with_name(f".{path.name}.new")
        size = self._stream.seek(0, os.SEEK_END)
        try:
            with draft.open("wb") as copy, path.open("rb") as old:
                shutil.copyfileobj(old, copy, 1 << 20)
                copy.write(self._missing_newline(size))
                copy.writelines(lines)
                copy.flush()
                os.fsync(copy.fileno())
            shutil.copymode(path, draft)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise _os_problem(self.path, error) from None
        self._put(draft, path, size)

    def _put(self, draft: Path, path: Path, size: int) -> None:
        linked = os.fstat(self._stream.fileno()).st_nlink > 1
        try:
            if linked:
                raise OSError
            draft.replace(path)
            _sync_folder(path.parent)
        except OSError:
            self._append_from(draft, size)

    def _append_from(self, draft: Path, size: int) -> None:
        try:
            with draft.open("rb") as done:
                done.seek(size)
                while chunk := done.read(1 << 20):
                    _write_all(self._stream, chunk)
            os.fsync(self._stream.fileno())
        except OSError as error:
            os.ftruncate(self._stream.fileno(), size)
            raise _os_problem(self.path, error) from None
        finally:
            draft.unlink(missing_ok=True)

    def _missing_newline(self, size: int) -> bytes:
        if size == 0:
            return b""
        self._stream.seek(size - 1)
        return b"" if self._stream.read(1) == b"\n" else b"\n"


def _write_all(stream: BinaryIO, data: bytes) -> None:
    written = stream.write(data)
    if written != len(data):
        raise OSError(28, os.strerror(28))


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Lock the ledger, read it, and let entries be appended; raises EnvironmentProblem when it is held too long."""
    try:
        created = not path.exists()
        stream = _open_locked(path)
    except OSError as error:
        raise _os_problem(path, error) from None
    with stream:
        if created:
            _sync_folder(path.parent)
        with path.open("rb") as reader:  # a buffered one: lines are slow to read from the unbuffered stream
            ledger = _read_lines(reader, path.name)
        if ledger.problems:
            raise InputProblem(*ledger.problems)
        yield Writer(path, stream, ledger)


def _open_locked(path: Path) -> Any:
    """The ledger, open and locked; opened again if another program put a longer one in its place while we waited."""
    while True:
        stream = path.open("a+b", buffering=0)
        try:
            _lock(path, stream)
            if os.path.samestat(os.fstat(stream.fileno()), path.stat()):
                return stream
        except BaseException:
            stream.close()
            raise
        stream.close()


def _lock(path: Path, stream: Any, *, shared: bool = False) -> None:
    import portalocker

    kind = portalocker.LOCK_SH if shared else portalocker.LOCK_EX
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            portalocker.lock(stream, kind | portalocker.LOCK_NB)
        except portalocker.LockException:
            if time.monotonic() > deadline:
                raise EnvironmentProblem(
                    Problem(
                        path.name,
                        Message("locked by another program for {seconds} seconds", seconds=int(LOCK_SECONDS)),
                        Message("wait until it has finished, then run the command again"),
                    )
                ) from None
            time.sleep(0.01)
        else:
            return


def _sync_folder(folder: Path) -> None:
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _os_problem(path: Path, error: OSError) -> AiplusError:
    return EnvironmentProblem(
        Problem(
            path.name,
            Message("cannot be read or written: {why}", why=reason_of(error)),
            Message("free the disk or the permissions of the folder; nothing was recorded"),
        )
    )
