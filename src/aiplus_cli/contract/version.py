"""The version of aiplus, as documents and the program name it."""

from __future__ import annotations


def tool_version() -> str:
    """The version that is installed; looked up when it is asked for, which takes longer than the program's start."""
    from importlib.metadata import version

    return version("aiplus-cli")
