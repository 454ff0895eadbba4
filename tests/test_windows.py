"""What holds on Windows, shown on any system: its locks, its open files, its line ends and its language are played."""

from __future__ import annotations

import ctypes
import errno
import io
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import msgspec
import portalocker
import pytest

from aiplus_cli import disk
from aiplus_cli.cli.language import language_without_options
from aiplus_cli.ledger import jsonl
from conftest import LEDGER, PLAN, run_aiplus, write_workspace

RECORD = ["record", "users", "6.02", "--period", "2025-12", "--source", "s"]
TABLE = "指标,2023年\nusers,2\n"


class Handle(io.FileIO):
    """An open file as Windows has it: what one handle has locked, no other handle reads or writes."""

    lockers: ClassVar[dict[int, Handle]] = {}
    opened: ClassVar[list[Handle]] = []

    def __init__(self, file: Any, mode: str) -> None:
        super().__init__(file, mode)
        self.inode = os.fstat(self.fileno()).st_ino
        self.opened.append(self)

    def lock(self) -> None:
        """Hold the whole file until the handle is closed; raises what the library raises when another holds it."""
        if self.lockers.get(self.inode, self) is not self:
            raise portalocker.AlreadyLocked(PermissionError(errno.EACCES, "locked"))
        self.lockers[self.inode] = self

    def _need_the_lock(self) -> None:
        if self.lockers.get(self.inode, self) is not self:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    def readinto(self, buffer: Any) -> int | None:
        self._need_the_lock()
        return super().readinto(buffer)

    def read(self, size: int | None = -1) -> bytes:
        self._need_the_lock()
        return super().read(-1 if size is None else size) or b""

    def readall(self) -> bytes:
        self._need_the_lock()
        return super().readall() or b""

    def write(self, data: Any) -> int:
        self._need_the_lock()
        return super().write(data)

    def close(self) -> None:
        if self in self.opened:
            self.opened.remove(self)
        if self.lockers.get(self.inode) is self:
            del self.lockers[self.inode]
        super().close()


def open_as_windows(whole: Any) -> Any:
    """Binary files by name through handles that keep to each other's locks."""

    def opened(file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **named: Any) -> Any:
        if "b" not in mode or "opener" in named:
            return whole(file, mode, buffering, *rest, **named)
        raw = Handle(file, mode.replace("b", ""))
        if buffering == 0:
            return raw
        return io.BufferedReader(raw) if "r" in mode else io.BufferedWriter(raw)

    return opened


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Mandatory locks, no shared ones, no open file replaced, no folder synced."""
    replace = os.replace

    def lock(stream: Any, flags: Any) -> None:
        assert not flags & portalocker.LOCK_SH, "shared locks need a package of their own there"
        getattr(stream, "raw", stream).lock()

    def replace_closed(source: Path, target: Path) -> None:
        files = [path.stat().st_ino for path in (source, target) if path.exists()]
        if any(handle.inode in files for handle in Handle.opened):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        replace(source, target)

    monkeypatch.setattr(io, "open", open_as_windows(io.open))
    monkeypatch.setattr(portalocker, "lock", lock)
    monkeypatch.setattr(os, "replace", replace_closed)
    monkeypatch.setattr(jsonl, "SHARED_LOCKS", False)
    monkeypatch.setattr(disk, "CLOSES_FIRST", True)
    monkeypatch.delattr(os, "O_DIRECTORY")
    yield
    assert Handle.opened == []
    Handle.lockers.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace in a folder with blanks and hanzi in its name."""
    home = tmp_path / "王 小明" / "我的 计划"
    home.mkdir(parents=True)
    return write_workspace(home, {"targets.yaml": PLAN, "progress.jsonl": LEDGER, "表 一.csv": TABLE})


def ids(folder: Path) -> list[str]:
    ledger = jsonl.read(folder / "progress.jsonl")

    assert ledger.problems == []
    return [entry.id for entry in ledger.entries]


@pytest.mark.usefixtures("windows")
def test_the_played_locks_are_mandatory(folder: Path) -> None:
    """The stage is right: while one handle holds the file, reading it through another is refused."""
    with jsonl.writing(folder / "progress.jsonl"), pytest.raises(PermissionError):
        (folder / "progress.jsonl").read_bytes()


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize(
    "command", [RECORD, ["import", "表 一.csv", "--source", "s"], ["withdraw", "c38225f0c8e5db89", "--reason", "wrong"]]
)
def test_what_is_recorded_under_a_mandatory_lock_is_in_the_ledger(command: list[str], folder: Path) -> None:
    """Once the ledger is locked, it is read and written through the handle that holds it and no other."""
    before = ids(folder)
    done = run_aiplus(command, folder)

    assert done.code == 0, done.err
    assert ids(folder)[:-1] == before
    assert (folder / "progress.jsonl").read_bytes().startswith(LEDGER.encode())


@pytest.mark.usefixtures("windows")
def test_an_import_appends_in_place_where_an_open_file_cannot_be_replaced(folder: Path) -> None:
    """The ledger is the same file as before, with the new line, and no draft is left beside it."""
    path = folder / "progress.jsonl"
    inode = path.stat().st_ino
    run_aiplus(["import", "表 一.csv", "--source", "s"], folder)

    assert path.stat().st_ino == inode
    assert len(path.read_text(encoding="utf-8").splitlines()) == len(LEDGER.splitlines()) + 1
    assert sorted(each.name for each in folder.iterdir()) == ["progress.jsonl", "targets.yaml", "表 一.csv"]


@pytest.mark.usefixtures("windows")
def test_a_reader_waits_for_the_program_that_holds_the_ledger(folder: Path) -> None:
    """A ledger read while another program records is the ledger after it."""
    path = folder / "progress.jsonl"
    found: list[jsonl.Ledger] = []
    with jsonl.writing(path) as writer:
        reader = threading.Thread(target=lambda: found.append(jsonl.read(path)))
        reader.start()
        time.sleep(0.2)
        waiting = not found
        writer.append([msgspec.structs.replace(writer.ledger.entries[0], id="new")])
    reader.join(30)

    assert waiting
    assert [entry.id for entry in found[0].entries][-1] == "new"


@pytest.mark.usefixtures("windows")
def test_a_ledger_held_too_long_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for nothing is told so with code 4, reading as well as recording."""
    monkeypatch.setattr(jsonl, "LOCK_SECONDS", 0.05)
    with jsonl.writing(folder / "progress.jsonl"):
        found = [run_aiplus(command, folder) for command in (["status"], RECORD)]

    assert [done.code for done in found] == [4, 4]
    assert all("progress.jsonl: locked by another program" in done.err for done in found)


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOTSUP, errno.EINVAL])
def test_a_disk_without_locks_is_called_so(code: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once, and not as another program that would be waited for."""

    def lock(*_: object) -> None:
        raise portalocker.LockException(OSError(code, os.strerror(code)))

    monkeypatch.setattr(portalocker, "lock", lock)
    started = time.monotonic()
    done = run_aiplus(RECORD, folder)

    assert time.monotonic() - started < 10
    assert done.code == 4
    assert "progress.jsonl: cannot be locked: the disk that it is on knows no locks" in done.err
    assert (folder / "progress.jsonl").read_text(encoding="utf-8") == LEDGER


def test_files_with_the_line_ends_of_windows_say_the_same(tmp_path: Path) -> None:
    """An editor or a checkout with other line ends changes no answer, and recording goes on from there."""
    for name, end in (("unix", "\n"), ("windows", "\r\n")):
        (tmp_path / name).mkdir()
        for file, text in (("targets.yaml", PLAN), ("progress.jsonl", LEDGER)):
            (tmp_path / name / file).write_bytes(text.replace("\n", end).encode())
    commands = [["validate"], ["status"], ["check"], ["show", "gen"], RECORD, ["status", "--format", "json"]]
    unix, dos = ([run_aiplus(command, tmp_path / name) for command in commands] for name in ("unix", "windows"))

    assert dos == unix
    assert ids(tmp_path / "windows") == ids(tmp_path / "unix")


def test_an_error_names_the_line_of_a_file_with_windows_line_ends(tmp_path: Path) -> None:
    """Lines are counted and quoted as the editor shows them, without a stray sign at their end."""
    plan = PLAN.replace("measure: rating", "measure: ratin").replace("\n", "\r\n")
    (tmp_path / "targets.yaml").write_bytes(plan.encode())
    done = run_aiplus(["validate"], tmp_path)
    line = next(n for n, text in enumerate(PLAN.splitlines(), 1) if "measure: rating" in text)

    assert done.code == 3
    assert f"targets.yaml:{line}:" in done.err
    assert "\r" not in done.err
    assert "\\r" not in done.err


def test_text_files_are_written_with_the_same_line_ends_everywhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept in git differs in its content only, whoever wrote it where."""
    monkeypatch.setattr(os, "linesep", "\r\n")
    for command in (["status", "--output", "a.txt"], ["snapshot"], ["init", "new"], RECORD):
        assert run_aiplus(command, folder).code == 0
    written = [path for path in folder.rglob("*") if path.is_file()]

    assert len(written) > 6
    assert [path.name for path in written if b"\r" in path.read_bytes()] == []


@pytest.mark.parametrize(
    ("menus", "variables", "spoken"),
    [
        (0x0804, {}, "zh"),  # Chinese as in China
        (0x0404, {}, "zh"),  # as in Taiwan
        (0x1004, {}, "zh"),  # as in Singapore
        (0x0409, {}, "en"),
        (0x0411, {}, "en"),  # Japanese, which there is no catalogue for
        (0x0804, {"LANG": "en_US.UTF-8"}, "en"),
        (0x0409, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (0x0804, {"AIPLUS_LANG": "en"}, "en"),
    ],
)
def test_windows_is_spoken_to_in_the_language_of_its_menus(
    menus: int, variables: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no variable says otherwise, as it is there unless someone sets one."""
    for name in ("AIPLUS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: menus)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)

    assert language_without_options("win32") == spoken


def test_other_systems_are_spoken_to_in_the_language_of_their_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any, in English."""
    for name in ("AIPLUS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    assert language_without_options("linux") == "en"
    monkeypatch.setenv("LC_MESSAGES", "zh_CN.UTF-8")
    assert language_without_options("linux") == "zh"
