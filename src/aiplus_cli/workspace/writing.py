"""Writing files: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from aiplus_cli.errors import EnvironmentProblem, Message, Problem, unwritable


def write_file(path: Path, content: str | bytes) -> None:
    """Replace a file in one step; raises EnvironmentProblem and leaves the old one on failure.

    What is no plain file, such as a pipe, is written to.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            _replace_file(Path(os.path.realpath(path)), data)
    except OSError as error:
        raise unwritable(path, error) from None


def _replace_file(path: Path, data: bytes) -> None:
    import tempfile

    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
        temporary = Path(stream.name)
        try:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            temporary.chmod(_mode(path))
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _mode(path: Path, new: int = 0o666) -> int:
    """The permissions that a file has, or that the shell would give a new one."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return new & ~mask


def write_folder(folder: Path, files: dict[str, str], *, mark: str) -> None:
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
    else:
        for name, text in files.items():
            write_file(folder / name, text)


def _create_folder(folder: Path, files: dict[str, str]) -> None:
    import shutil
    import tempfile

    temporary = None
    try:
        temporary = Path(tempfile.mkdtemp(dir=folder.absolute().parent, prefix=f".{folder.name}."))
        for name, text in files.items():
            write_file(temporary / name, text)
        temporary.chmod(_mode(folder, 0o777))
        temporary.rename(folder)
    except OSError as error:
        raise unwritable(folder, error) from None
    finally:
        if temporary is not None and temporary.exists():
            shutil.rmtree(temporary, ignore_errors=True)
