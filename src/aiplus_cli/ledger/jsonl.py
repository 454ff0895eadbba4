"""The ledger: JSON Lines, one entry a line, appended under a lock and never rewritten."""

from __future__ import annotations

import os
import shutil
import time
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from aiplus_cli.errors import AiplusError, EnvironmentProblem, InputProblem, Message, Problem, reason_of
from aiplus_cli.ledger.entries import Entry
from aiplus_cli.ledger.lines import MAX_LINE, decode, encode, line_problem

LOCK_SECONDS = 30.0


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
    entries, lines = ledger.entries, ledger.lines
    for number, raw in enumerate(stream, start=1):
        try:
            if len(raw) > MAX_LINE:
                raise ValueError
            entry = decode(raw)
        except (ValueError, RecursionError) as error:
            if raw.strip():
                ledger.problems.append(line_problem(f"{name}:{number}", raw, error))
            continue
        if entry.id not in seen:
            seen.add(entry.id)
            entries.append(entry)
            lines.append(number)
    return ledger


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
