"""Where a file stands in its repository: what annotations and reports of a CI job call it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from aiplus_cli.errors import EnvironmentProblem
from aiplus_cli.workspace.files import LEDGER, TARGETS, find_files

if TYPE_CHECKING:
    from aiplus_cli.contract.failure import Place

TOPS = (
    "GITHUB_WORKSPACE",
    "CI_PROJECT_DIR",  # GitLab
    "WORKSPACE",  # Jenkins
    "BUILD_SOURCESDIRECTORY",  # Azure
    "BUILD_REPOSITORY_LOCALPATH",
    "BITBUCKET_CLONE_DIR",
    "CIRCLE_WORKING_DIRECTORY",
    "BUILDKITE_BUILD_CHECKOUT_PATH",
    "TRAVIS_BUILD_DIR",
    "DRONE_WORKSPACE",
    "CI_WORKSPACE",  # Woodpecker
)
"""Variables by which CI services name the folder that they check out to."""
_NUMBERED = re.compile(r"(?P<file>.+?):(?P<line>[1-9][0-9]*)")


def shown_path(path: Path) -> str:
    """A file from the top of its repository, else from the current folder, else its bare name; parted by `/`.

    The top is the nearest folder above it that git or the CI service calls one.
    """
    folder, here = _real(path.parent), _real(Path())
    tops = {_real(Path(os.environ[name]).expanduser()) for name in TOPS if os.environ.get(name)}
    above = (folder, *folder.parents)
    base = next((each for each in above if each in tops or (each / ".git").exists()), here)
    return told(folder / path.name, base)


def told(path: PurePath, base: PurePath) -> str:
    """The path below the base, or the bare name where it is not below; a name that is no text is written out."""
    from aiplus_cli.contract.encode import as_text

    below = path.relative_to(base) if path.is_relative_to(base) else PurePath(path.name)
    return as_text(below.as_posix())


def _real(folder: Path) -> Path:
    """The folder without links; one that cannot be looked at is as it is called."""
    try:
        return folder.resolve()
    except (OSError, RuntimeError):
        return folder


def places() -> Callable[[str], Place]:
    """Of where a problem is said to be, the file and the line as the repository has them; each file is sought once.

    It is nowhere, where that is an option.
    """
    from aiplus_cli.contract.failure import Place

    seek = cache(_shown_file)

    def place_of(where: str) -> Place:
        numbered = _NUMBERED.fullmatch(where)
        path = seek(numbered["file"] if numbered else where)
        return Place() if path is None else Place(path, int(numbered["line"]) if numbered else None)

    return place_of


def _shown_file(name: str) -> str | None:
    ours = _workspace() / name
    if name in (TARGETS, LEDGER):  # these are called by their names, and may be what is missing
        return shown_path(ours)
    found = next(filter(_is_file, (Path(name), ours)), None)
    return None if found is None else shown_path(found)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # no file has such a name
        return False


def _workspace() -> Path:
    try:
        return find_files().folder
    except EnvironmentProblem:
        return Path()
