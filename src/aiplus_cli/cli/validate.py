"""`aiplus validate`."""

from __future__ import annotations

from aiplus_cli.cli import options
from aiplus_cli.errors import InputProblem


def validate(lang: options.Lang = None) -> None:
    from aiplus_cli.cli.door import enter

    problems = enter(lang).validate()
    if problems:
        raise InputProblem(*problems)
