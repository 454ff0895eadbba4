"""The options that commands share, and what completion offers for them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from aiplus_cli.cli.language import LANGUAGES
from aiplus_cli.errors import AiplusError, Message, Problem, UsageProblem


def _remember_language(ctx: typer.Context, value: str | None) -> str | None:
    """Before anything is done: raises UsageProblem for what is no language."""
    if value and value not in LANGUAGES and not ctx.resilient_parsing:
        raise UsageProblem(Problem("--lang", Message("'{text}' is no language", text=value), Message("use zh or en")))
    ctx.find_root().ensure_object(dict)["lang"] = value or None
    return value


def _ids(kind: str, incomplete: str) -> list[str]:
    """Ids of the plan that start as typed; none where there is no plan to read."""
    from aiplus_cli.workspace.api import Workspace

    try:
        found = [item.id for item in getattr(Workspace.open().plan, kind)]
    except AiplusError:
        return []
    return [name for name in found if name.startswith(incomplete)]


def complete_indicator(incomplete: str) -> Iterable[str]:
    return _ids("indicators", incomplete)


def complete_milestone(incomplete: str) -> Iterable[str]:
    return _ids("milestones", incomplete)


def complete_area(incomplete: str) -> Iterable[str]:
    return _ids("areas", incomplete)


def complete_method(incomplete: str) -> Iterable[str]:
    from aiplus_cli.workspace.asking import METHOD_NAMES

    return [name for name in METHOD_NAMES if name.startswith(incomplete)]


def complete_region(incomplete: str) -> Iterable[str]:
    from aiplus_cli.workspace.asking import REGION_CODES

    return [code for code in REGION_CODES if code.lower().startswith(incomplete.lower())]


def file_or_stdout(path: Path | None) -> Path | None:
    """The file to write to; None is standard output, which people call `-`."""
    return None if path == Path("-") else path


Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="LANG",
        help="zh or en; default AIPLUS_LANG, then the locale.",
        callback=_remember_language,
        is_eager=True,
    ),
]
Milestones = Annotated[
    list[str] | None,
    typer.Option(metavar="ID", help="Only this milestone; may be repeated.", autocompletion=complete_milestone),
]
Areas = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="Only this area; may be repeated.", autocompletion=complete_area)
]
Regions = Annotated[
    list[str] | None,
    typer.Option(
        metavar="REGION",
        help="A region by code or name, or all; default CN; may be repeated.",
        autocompletion=complete_region,
    ),
]
Indicators = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ID", help="Only this indicator and its proxies; may be repeated.", autocompletion=complete_indicator
    ),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Use only figures published on or before this date.")
]
Today = Annotated[
    str | None,
    typer.Option("--today", metavar="DATE", help="Set the clock; default --as-of, else AIPLUS_TODAY, else now."),
]
MethodOption = Annotated[
    str,
    typer.Option(
        "--method",
        metavar="NAME",
        help="Judge all by linear, open-sdg, un, calibrated or agreement; default: each by its own.",
        show_default=False,
        autocompletion=complete_method,
    ),
]
Ascii = Annotated[bool, typer.Option("--ascii", help="Draw with plain signs only; everywhere by AIPLUS_ASCII=1.")]
Compare = Annotated[bool, typer.Option("--compare", help="Show the verdict of every method side by side.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file; default, and -, standard output.",
        callback=file_or_stdout,
    ),
]
Runs = Annotated[
    Path | None,
    typer.Option("--dir", metavar="DIR", help="The folder of recorded runs; default runs/ beside targets.yaml."),
]
Republished = Annotated[
    bool, typer.Option("--republished", help="Record also what the ledger has unchanged: it was published again.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded; write nothing.")]
