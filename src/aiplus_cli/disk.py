"""Reading files that end; writing them whole or not at all, never over one that is being read, and on the disk."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from aiplus_cli.errors import (
    EnvironmentProblem,
    Message,
    Problem,
    UsageProblem,
    did_you_mean,
    reason_of,
    unconfirmed,
    unreadable,
    unwritable,
)

STDOUT = 1
CLOSES_FIRST = os.name == "nt"  # Windows renames no open file
DRAFT = ".aiplus-"
"""How the name of a file begins that is to take the place of another."""
_RANDOM = "[0-9a-f]" * 16
_AT_ONCE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""A link is not followed, and a pipe not waited for."""
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
_NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES, errno.EPERM, errno.EBADF}


def write_file(path: Path, content: str | bytes, *, keep: Iterable[Path] = ()) -> None:
    """Put a file in its place in one step; raises EnvironmentProblem and leaves the old one on failure.

    A link is followed. What is no regular file, such as a pipe, and standard output by any name are written to.
    `keep` are the files that the command reads: under whatever name they are meant, UsageProblem is raised.
    """
    data = content.encode() if isinstance(content, str) else content
    refuse_kept([path], keep)
    try:
        if _is_stdout(path):
            with open(STDOUT, "wb", closefd=False) as stream:
                stream.write(data)
        elif path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            _replace_file(path, data)
    except OSError as error:
        raise unwritable(path, error) from None


def write_inside(path: Path, content: str | bytes) -> None:
    """As `write_file`, but a link that leads out of the file's folder is not followed: EnvironmentProblem is raised."""
    _need_inside(path)
    write_file(path, content)


def write_new_inside(path: Path, content: str | bytes) -> bool:
    """As `write_inside`, but nothing is written over; whether the place was free, of programs at once for one alone."""
    _need_inside(path)
    if path.exists():
        _remove_abandoned(path.parent)
        return False
    try:
        with draft_of(path) as draft:
            draft.stream.write(content.encode() if isinstance(content, str) else content)
            draft.finish()
            if not draft.put_new():
                return False
    except OSError as error:
        raise unwritable(path, error) from None
    _confirm(path, path.parent)
    return True


def _need_inside(path: Path) -> None:
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(path.parent)):
        what = Message("it is a link to another file, which is left alone")
        raise EnvironmentProblem(Problem(str(path), what, Message("move the link away")))


def need_file(path: Path) -> None:
    """Raise OSError for a pipe or a device, which may never begin or never end, and for what is not there."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE), str(path))


def absent(path: Path) -> Problem:
    """What to say of a file that there is not: where it was looked for, and names in that folder that are like it."""
    what = Message("there is no such file or folder")
    try:
        folder = path.absolute().parent
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names are wanted, and not paths
    except OSError as error:
        fix = Message("its folder cannot be read: {why}", why=reason_of(error))
        return Problem(str(path), what, fix)
    searched = Message("it was looked for in {folder}; check its name", folder=str(folder))
    near = did_you_mean(path.name, names, searched)
    both = Message("it was looked for in {folder}; {near}", folder=str(folder), near=near)
    return Problem(str(path), what, searched if near is searched else both)


def unread(path: Path, error: OSError) -> EnvironmentProblem:
    """What to raise for a file that cannot be read; of one that there is not, as `absent` says it."""
    return EnvironmentProblem(absent(path)) if error.errno == errno.ENOENT else unreadable(path, error)


def read_bytes(path: Path, limit: int) -> bytes:
    """The bytes of a file, at most one more than the limit; raises OSError as `need_file` does."""
    need_file(path)
    with path.open("rb") as stream:
        return stream.read(limit + 1)


def refuse_kept(paths: Iterable[Path], keep: Iterable[Path]) -> None:
    """Raise UsageProblem for files to be written that are among those to be kept, by a link or another name too."""
    kept = list(keep)
    what = Message("the command reads this file and leaves it as it is; nothing was written")
    fix = Message("choose another name")
    problems = [Problem(str(path), what, fix) for path in paths if any(_same_file(path, each) for each in kept)]
    if problems:
        raise UsageProblem(*problems)


def _same_file(one: Path, other: Path) -> bool:
    try:
        return os.path.realpath(one) == os.path.realpath(other) or one.samefile(other)
    except OSError:
        return False


def _is_stdout(path: Path) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(STDOUT))
    except OSError:
        return False


def _replace_file(path: Path, data: bytes) -> None:
    with draft_of(path) as draft:
        draft.stream.write(data)
        draft.finish()
        draft.put()
    _confirm(path, draft.target.parent)


def _confirm(path: Path, folder: Path) -> None:
    """The new name is on the disk; raises EnvironmentProblem, which says that what it names is in its place."""
    try:
        sync_folder(folder)
    except OSError as error:
        raise unconfirmed(path, error) from None


@dataclass(frozen=True)
class Draft:
    """A new file beside the one whose place it is to take; all its methods raise OSError."""

    target: Path
    path: Path
    stream: BinaryIO

    def finish(self) -> None:
        """All that was written is on the disk. The stream stays open where it can, which holds it."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        if CLOSES_FIRST:
            self.stream.close()

    def put(self) -> None:
        """Take the place of the target, which until then is as it was; its folder has yet to be synced."""
        self.path.replace(self.target)

    def put_new(self) -> bool:
        """Take the place of the target, unless something is there; whether it was free."""
        try:
            os.link(self.path, self.target)  # which, unlike a new name, replaces nothing
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS or os.path.lexists(self.target):
                raise
            self.put()
        return True


@contextmanager
def draft_of(path: Path) -> Iterator[Draft]:
    """A draft with owner and permissions of the file, or those of any new one; gone at the end unless it was put."""
    target = Path(os.path.realpath(path))
    _remove_abandoned(target.parent)
    draft, stream = _open_draft(target)
    try:
        if target.exists():
            _own_alike(target, draft)
            shutil.copymode(target, draft)
        yield Draft(target, draft, stream)
    finally:
        close_quietly(stream)
        with suppress(OSError):  # the next program that writes here removes it
            draft.unlink()


def close_quietly(stream: IO[bytes]) -> None:
    """Close a file of which all that counts is on the disk: what the system says of it now changes nothing."""
    with suppress(OSError):
        stream.close()


def _own_alike(target: Path, draft: Path) -> None:
    """Give the draft the owner and the group of the file, as far as the user may: only an administrator always may."""
    found = target.stat()
    for owner, group in ((-1, found.st_gid), (found.st_uid, -1)):
        with suppress(OSError, AttributeError):  # Windows has no chown
            os.chown(draft, owner, group)


def _draft_name(target: Path) -> Path:
    return target.with_name(f"{DRAFT}{os.urandom(8).hex()}")  # short, since the target's name may be the longest


def _open_draft(target: Path) -> tuple[Path, BinaryIO]:
    """A new file that this program holds, so that no other takes it for one that a killed program left."""
    while True:
        draft = _draft_name(target)
        stream = draft.open("xb")
        _hold(stream, wait=True)  # another program may be looking whether it is held, and remove it
        if draft.exists():
            return draft, stream
        stream.close()


def _hold(handle: BinaryIO | int, *, wait: bool = False) -> bool:
    """Whether an open file or folder, held by nobody else, is now held by this program until it is closed."""
    import portalocker

    try:
        portalocker.lock(handle, portalocker.LOCK_EX if wait else portalocker.LOCK_EX | portalocker.LOCK_NB)
    except (portalocker.LockException, OSError):
        return False
    return True


def _remove_abandoned(folder: Path) -> None:
    """Remove the drafts that killed programs left in a folder; those that a program still writes are held by it."""
    for draft in folder.glob(f"{DRAFT}{_RANDOM}"):
        with suppress(OSError):
            handle = os.open(draft, _AT_ONCE)
            try:
                if _hold(handle):
                    shutil.rmtree(draft) if draft.is_dir() else draft.unlink()
            finally:
                os.close(handle)


def sync_folder(folder: Path) -> None:
    """The names in a folder are on the disk too, where the system can be asked for that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


def make_folder(folder: Path) -> None:
    """Make a folder and its parents, whose names are on the disk then; raises EnvironmentProblem."""
    path = folder.absolute()
    new = [each for each in (path, *path.parents) if not each.exists()]
    try:
        path.mkdir(parents=True, exist_ok=True)
        for each in new:
            sync_folder(each.parent)
    except OSError as error:
        raise unwritable(folder, error) from None


def write_folder(folder: Path, files: dict[str, str], *, mark: str, keep: Iterable[Path] = ()) -> None:
    """A new folder comes into being with all its files; in one that holds `mark`, each file is replaced in one step."""
    if folder.exists() and not (folder / mark).is_file() and not (folder.is_dir() and not any(folder.iterdir())):
        raise EnvironmentProblem(
            Problem(
                str(folder),
                Message("there is something else of that name"),
                Message("choose a new folder, or one that holds a former {mark}", mark=mark),
            )
        )
    if not folder.exists():
        _create_folder(folder, files)
        return
    refuse_kept([folder / name for name in files], keep)
    for name, text in files.items():
        write_inside(folder / name, text)


def _create_folder(folder: Path, files: dict[str, str]) -> None:
    target = folder.absolute()
    try:
        _remove_abandoned(target.parent)
        with _draft_folder(target) as draft:
            for name, text in files.items():
                _write_new(draft / name, text.encode())
            sync_folder(draft)
            draft.rename(target)
    except OSError as error:
        raise unwritable(folder, error) from None
    _confirm(folder, target.parent)


def _write_new(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def _draft_folder(target: Path) -> Iterator[Path]:
    """A new folder, held where the system lets folders be opened; gone at the end unless it was renamed."""
    draft, handle = _make_draft(target)
    try:
        yield draft
    finally:
        if handle is not None:
            with suppress(OSError):
                os.close(handle)
        shutil.rmtree(draft, ignore_errors=True)


def _make_draft(target: Path) -> tuple[Path, int | None]:
    while True:
        draft = _draft_name(target)
        draft.mkdir()
        if not hasattr(os, "O_DIRECTORY"):
            return draft, None
        with suppress(FileNotFoundError):  # another program took it for one that a killed program left
            handle = os.open(draft, os.O_RDONLY | os.O_DIRECTORY)
            _hold(handle, wait=True)
            if draft.exists():
                return draft, handle
            os.close(handle)
