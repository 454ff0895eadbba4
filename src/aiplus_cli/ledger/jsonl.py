"""The ledger: JSON Lines, one entry a line, appended under a lock and never rewritten."""

from __future__ import annotations

import errno
import os
import shutil
import time
from array import array
from codecs import BOM_UTF8
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BufferedReader, FileIO
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from aiplus_cli.disk import Draft, close_quietly, draft_of, need_file, sync_folder
from aiplus_cli.errors import AiplusError, EnvironmentProblem, InputProblem, Message, Problem, reason_of
from aiplus_cli.ledger.entries import Entry
from aiplus_cli.ledger.lines import MAX_LINE, decode, decode_figures, edited_fault, encode, id_of, line_problem

LOCK_SECONDS = 30.0
AT_ONCE = 64
"""Lines that are read together: one that is no figure, such as a withdrawal, has its neighbours read one by one too."""
SHARED_LOCKS = os.name != "nt"  # Windows has them through a package of its own only, which no reading should need
_NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS}


@dataclass
class Ledger:
    """The entries of a file in its order, repeated lines once; `lines[i]` is the line of `entries[i]`.

    `problems` are the lines that could not be read, or whose content does not give their id: with any, nothing may be
    assessed or appended. The latter are kept among the entries, as others may refer to them.
    """

    name: str
    entries: list[Entry] = field(default_factory=list)
    lines: array[int] = field(default_factory=lambda: array("L"))
    problems: list[Problem] = field(default_factory=list)

    def ids(self) -> set[str]:
        """The ids of all entries."""
        return {entry.id for entry in self.entries}


def read(path: Path) -> Ledger:
    """The whole ledger, with a problem for every unreadable line. A missing file is an empty ledger.

    What cannot be read, or looks unreadable, may be held or half written by another program: it is read again under
    the lock.
    """
    try:
        need_file(path)
        with path.open("rb") as stream:
            return _read_unlocked(stream, path.name) or _read_locked(path, stream)
    except FileNotFoundError:
        return Ledger(path.name)
    except OSError as error:
        raise _os_problem(path, error) from None


def _read_unlocked(stream: BinaryIO, name: str) -> Ledger | None:
    """The ledger where all of it can be read; Windows lets nobody but its holder read a locked file."""
    try:
        ledger = _read_lines(stream, name)
    except PermissionError:
        return None
    return None if ledger.problems else ledger


def _read_locked(path: Path, stream: BinaryIO) -> Ledger:
    _lock(path, stream, shared=True)
    stream.seek(0)
    return _read_lines(stream, path.name)


def _read_lines(stream: BinaryIO, name: str) -> Ledger:
    reading = _Reading(Ledger(name), iter(partial(stream.readline, MAX_LINE + 1), b""))
    while lines := list(islice(reading.pieces, AT_ONCE)):
        reading.take(lines)
    ledger, edited = reading.ledger, reading.edited
    if edited or len(ledger.ids()) < len(ledger.entries):
        _name_edited(ledger, edited)
        _drop_repeated(ledger, set(edited))
    return ledger


@dataclass
class _Reading:
    """A ledger that is being read: `count` lines so far, `edited` are the entries that do not have their id.

    The file comes in `pieces`, each a line or a part of one: a line may be of any length, and is never held whole.
    """

    ledger: Ledger
    pieces: Iterator[bytes]
    count: int = 0
    edited: list[int] = field(default_factory=list)

    def take(self, lines: Sequence[bytes]) -> None:
        """Read these pieces, and what the last of them lacks; together where all of them are figures."""
        figures = decode_figures(lines)
        if figures is None:
            self._take_each(iter(lines))
            return
        self.ledger.entries += figures
        self.ledger.lines.extend(range(self.count + 1, self.count + len(lines) + 1))
        self.count += len(lines)

    def _take_each(self, pieces: Iterator[bytes]) -> None:
        for raw in pieces:
            self.count += 1
            rest = _skip_rest(raw, chain(pieces, self.pieces)) if len(raw) > MAX_LINE else 0
            self._take_one(raw.removeprefix(BOM_UTF8) if self.count == 1 else raw, rest)

    def _take_one(self, raw: bytes, rest: int) -> None:
        ledger = self.ledger
        try:
            if rest or len(raw) > MAX_LINE:
                raise ValueError
            entry = decode(raw)
        except (ValueError, RecursionError) as error:
            if raw.strip() or rest:
                ledger.problems.append(line_problem(f"{ledger.name}:{self.count}", raw, error, rest=rest))
            return
        if id_of(entry) != entry.id:
            self.edited.append(len(ledger.entries))
        ledger.entries.append(entry)
        ledger.lines.append(self.count)


def _skip_rest(raw: bytes, pieces: Iterator[bytes]) -> int:
    """Read on to the end of a line; how many bytes that were."""
    size = 0
    while raw and not raw.endswith(b"\n"):
        raw = next(pieces, b"")
        size += len(raw)
    return size


def _name_edited(ledger: Ledger, edited: Iterable[int]) -> None:
    """A problem for each of these entries, whose content does not give their id."""
    first: dict[str, int] = {}
    for entry, line in zip(ledger.entries, ledger.lines, strict=True):
        first.setdefault(entry.id, line)
    for index in edited:
        entry, line = ledger.entries[index], ledger.lines[index]
        other = first[entry.id]
        ledger.problems.append(edited_fault(entry, other if other < line else None).at(f"{ledger.name}:{line}"))


def _drop_repeated(ledger: Ledger, edited: Container[int]) -> None:
    """A line that says again what an earlier one said counts once, as after a merge."""
    seen: set[str] = set()
    kept = []
    for index, entry in enumerate(ledger.entries):
        if index in edited or entry.id not in seen:
            kept.append(index)
        seen.add(entry.id)
    ledger.entries = [ledger.entries[index] for index in kept]
    ledger.lines = array("L", (ledger.lines[index] for index in kept))


class Writer:
    """An open, locked ledger: what it holds now, and appends that are on disk when `append` returns."""

    def __init__(self, path: Path, stream: FileIO, ledger: Ledger) -> None:
        self.path, self.ledger = path, ledger
        self._stream = stream

    def append(self, entries: list[Entry]) -> None:
        """Append in one write, then fsync; raises EnvironmentProblem, leaving the file as it was."""
        if not entries:
            return
        size = self._size()
        data = b"".join(encode(entry) for entry in entries)
        try:
            _write_all(self._stream, self._missing_newline(size) + data)
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise self._taken_back(size, error) from None

    def _taken_back(self, size: int, error: OSError) -> AiplusError:
        """Cut off what was written, and give back what to raise: where even that fails, it says so."""
        try:
            os.ftruncate(self._stream.fileno(), size)
            os.fsync(self._stream.fileno())
        except OSError:
            return _in_doubt(self.path, error)
        return _os_problem(self.path, error)

    def extend(self, lines: Iterable[bytes]) -> None:
        """Append encoded entries of any number, all or none, even when the program is killed half-way; the last call.

        A copy of the ledger is completed and synced, then takes its place; where a file cannot be replaced (it has
        other hard links, is mounted alone, or Windows has it open), they are appended in place.
        """
        size = self._size()
        try:
            with draft_of(self.path) as draft:
                with _buffered(self._stream) as old:
                    shutil.copyfileobj(old, draft.stream, 1 << 20)
                draft.stream.write(self._missing_newline(size))
                draft.stream.writelines(lines)
                draft.finish()
                if self._replaced_by(draft):
                    self._confirm(draft.target.parent)
                else:
                    self._append_from(draft.path, size)
        except OSError as error:
            raise _os_problem(self.path, error) from None

    def _replaced_by(self, draft: Draft) -> bool:
        if os.fstat(self._stream.fileno()).st_nlink > 1:
            return False
        try:
            draft.put()
        except OSError:
            return False
        return True

    def _confirm(self, folder: Path) -> None:
        try:
            sync_folder(folder)
        except OSError as error:
            raise _in_doubt(self.path, error) from None

    def _append_from(self, draft: Path, size: int) -> None:
        try:
            with draft.open("rb") as done:
                done.seek(size)
                while chunk := done.read(1 << 20):
                    _write_all(self._stream, chunk)
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise self._taken_back(size, error) from None

    def _size(self) -> int:
        try:
            return self._stream.seek(0, os.SEEK_END)
        except OSError as error:
            raise _os_problem(self.path, error) from None

    def _missing_newline(self, size: int) -> bytes:
        if size == 0:
            return b""
        self._stream.seek(size - 1)
        return b"" if self._stream.read(1) == b"\n" else b"\n"


def _write_all(stream: FileIO, data: bytes) -> None:
    written = stream.write(data)
    if written != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Lock the ledger, read it, and let entries be appended; raises EnvironmentProblem when it is held too long."""
    try:
        stream = _open_locked(path)
    except OSError as error:
        raise _os_problem(path, error) from None
    try:
        ledger = _read_held(path, stream)
        if ledger.problems:
            raise InputProblem(*ledger.problems)
        yield Writer(path, stream, ledger)
    finally:
        close_quietly(stream)


def _read_held(path: Path, stream: FileIO) -> Ledger:
    """The ledger as it stands; raises EnvironmentProblem."""
    try:
        with _buffered(stream) as reader:
            return _read_lines(reader, path.name)
    except OSError as error:
        raise _os_problem(path, error) from None


@contextmanager
def _buffered(stream: FileIO) -> Iterator[BinaryIO]:
    """The locked handle from its start, read in large pieces: where locks are mandatory, no other reads the file."""
    stream.seek(0)
    reader = BufferedReader(stream, 1 << 16)
    try:
        yield reader
    finally:
        reader.detach()


def _open_locked(path: Path) -> FileIO:
    """The ledger, open and locked; opened again if another program put a longer one in its place while we waited."""
    if path.exists():
        need_file(path)
    while True:
        created = not path.exists()
        stream = path.open("a+b", buffering=0)
        try:
            _lock(path, stream)
            if created:
                sync_folder(path.parent)
            if os.path.samestat(os.fstat(stream.fileno()), path.stat()):
                return stream
        except BaseException:
            close_quietly(stream)
            raise
        close_quietly(stream)


def _lock(path: Path, stream: BinaryIO | FileIO, *, shared: bool = False) -> None:
    """Wait for the lock; raises EnvironmentProblem when it is held too long, and where the disk has none."""
    import portalocker

    kind = portalocker.LOCK_SH if shared and SHARED_LOCKS else portalocker.LOCK_EX
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            portalocker.lock(stream, kind | portalocker.LOCK_NB)
        except portalocker.LockException as error:
            if _knows_no_locks(error):
                raise EnvironmentProblem(_no_locks(path)) from None
            if time.monotonic() > deadline:
                raise EnvironmentProblem(_held(path)) from None
            time.sleep(0.01)
        else:
            return


def _knows_no_locks(error: Exception) -> bool:
    return any(getattr(cause, "errno", None) in _NO_LOCKS for cause in error.args)


def _no_locks(path: Path) -> Problem:
    return Problem(
        path.name,
        Message("cannot be locked: the disk that it is on knows no locks"),
        Message("move the workspace to a disk that does, such as one of this computer; nothing was recorded"),
    )


def _held(path: Path) -> Problem:
    return Problem(
        path.name,
        Message("locked by another program for {seconds} seconds", seconds=int(LOCK_SECONDS)),
        Message("wait until it has finished, then run the command again"),
    )


def _os_problem(path: Path, error: OSError) -> AiplusError:
    return EnvironmentProblem(
        Problem(
            path.name,
            Message("cannot be read or written: {why}", why=reason_of(error)),
            Message("free the disk or the permissions of the folder; nothing was recorded"),
        )
    )


def _in_doubt(path: Path, error: OSError) -> AiplusError:
    """The disk fails where nothing can be taken back: a power cut may yet undo what was written, or bring it back."""
    return EnvironmentProblem(
        Problem(
            path.name,
            Message(
                "the disk failed while it was written: {why}; what is new may be in it or not", why=reason_of(error)
            ),
            Message("look after the disk, see with 'aiplus log' what is recorded, then run the command again"),
        )
    )
