"""What commands share: the workspace, the clock, the language, and the ways out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aiplus_cli.cli.language import LANGUAGES, language_without_options
from aiplus_cli.errors import AiplusError, EnvironmentProblem, InputProblem, Message, Problem, UsageProblem, unwritable

if TYPE_CHECKING:
    from aiplus_cli.ledger.jsonl import Ledger
    from aiplus_cli.plan.records import Indicator, Plan
    from aiplus_cli.render import Options

TARGETS, LEDGER, RUNS = "targets.yaml", "progress.jsonl", "runs"


@dataclass(frozen=True)
class Workspace:
    """The files of a folder."""

    folder: Path

    @property
    def targets(self) -> Path:
        return self.folder / TARGETS

    @property
    def ledger(self) -> Path:
        return self.folder / LEDGER

    @property
    def runs(self) -> Path:
        """Where runs are recorded, unless an option names another folder."""
        return self.folder / RUNS


def shown(path: Path) -> str:
    """A path as the user would write it: from here where it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)


def find_workspace(start: Path | None = None) -> Workspace:
    """The current folder, or the nearest parent, that has a targets.yaml; raises EnvironmentProblem."""
    here = (start or Path.cwd()).absolute()
    for folder in (here, *here.parents):
        if (folder / TARGETS).is_file():
            return Workspace(folder)
    raise EnvironmentProblem(
        Problem(
            TARGETS,
            Message("not found here or in any parent folder"),
            Message("run 'aiplus init' for a workspace with the real plan, or change to a folder that has one"),
        )
    )


def read_workspace(workspace: Workspace) -> tuple[Plan | None, Ledger, list[Problem]]:
    """Plan (None when it cannot be used), the readable part of the ledger, and the problems of both files."""
    from aiplus_cli.ledger import jsonl
    from aiplus_cli.ledger.soundness import entry_problems
    from aiplus_cli.plan import load as targets

    problems: list[Problem] = []
    plan = None
    try:
        plan = targets.load(workspace.targets)
    except InputProblem as error:
        problems += error.problems
    ledger = jsonl.read(workspace.ledger)
    problems += ledger.problems
    if plan:
        problems += entry_problems(plan, ledger.name, ledger.entries, ledger.lines)
    return plan, ledger, problems


def load_workspace(workspace: Workspace) -> tuple[Plan, Ledger]:
    """Plan and ledger; raises InputProblem with the problems of both files at once."""
    plan, ledger, problems = read_workspace(workspace)
    if problems or plan is None:
        raise InputProblem(*problems)
    return plan, ledger


def need_indicator(plan: Plan, indicator_id: str) -> Indicator:
    """The indicator; raises InputProblem that offers the nearest ids."""
    from aiplus_cli.ledger.soundness import indicator_problem

    found = plan.indicator(indicator_id)
    if found is None:
        raise InputProblem(Problem("INDICATOR", *indicator_problem(plan, indicator_id)))
    return found


def clock(as_of: str | None, today: str | None) -> tuple[date, date]:
    """(as_of, today): today defaults to as_of, else AIPLUS_TODAY, else the system's date; as_of to today."""
    from aiplus_cli.plan.periods import parse_date

    problems: list[Problem] = []

    def read(text: str | None, where: str) -> date | None:
        try:
            return parse_date(text, where=where) if text else None
        except InputProblem as error:
            problems.extend(error.problems)
            return None

    known, set_to = read(as_of, "--as-of"), read(today, "--today")
    now = set_to or known or read(os.environ.get("AIPLUS_TODAY"), "AIPLUS_TODAY")
    if problems:
        raise InputProblem(*problems)
    now = now or datetime.now().astimezone().date()
    return known or now, now


def now_utc() -> datetime:
    """The time of recording, to the second; SOURCE_DATE_EPOCH, seconds since 1970, sets it for runs to be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal() and len(epoch) < 12:
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now(UTC).replace(microsecond=0)


def language(asked: str | None) -> str:
    """Zh or en: --lang, AIPLUS_LANG, then the locale; raises UsageProblem for any other --lang."""
    if asked and asked not in LANGUAGES:
        raise UsageProblem(Problem("--lang", Message("'{text}' is no language", text=asked), Message("use zh or en")))
    return asked or language_without_options()


def _remember_language(ctx: typer.Context, value: str | None) -> str | None:
    ctx.find_root().ensure_object(dict)["lang"] = value if value in LANGUAGES else None
    return value


def options(lang: str | None, *, compare: bool = False) -> Options:
    """How to render for standard output as it is now."""
    from aiplus_cli.render import Options

    is_terminal = sys.stdout.isatty()
    color = not os.environ.get("NO_COLOR") and (is_terminal or bool(os.environ.get("FORCE_COLOR")))
    width = None
    if is_terminal or os.environ.get("COLUMNS", "").isdigit():
        import shutil

        width = max(shutil.get_terminal_size().columns, 20)
    return Options(language(lang), width, color, sys.stdout.encoding or "utf-8", compare)


_ASCII = str.maketrans(
    {"→": "->", "≥": ">=", "≤": "<=", "“": '"', "”": '"'}
    | dict(zip("×《》（）–●│─", "x<>()-*|-", strict=True))
    | dict.fromkeys("┌┐└┘├┤┬┴┼", "+")
)


def write_output(text: str, output: Path | None = None, *, utf8: bool = False) -> None:
    """Write to a file, whole or not at all, or to standard output; a closed pipe drops the rest in silence."""
    if output is not None:
        write_file(output, text)
        return
    try:
        if utf8 and hasattr(sys.stdout, "buffer"):
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode())
        else:
            sys.stdout.write(for_encoding(text, sys.stdout.encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
    except OSError as error:
        _drop_output()
        raise unwritable(Path("stdout"), error) from None


def _drop_output() -> None:
    """What is still buffered would be written, and fail again, when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def for_encoding(text: str, encoding: str | None) -> str:
    """The text with plain stand-ins where the stream has no sign for it."""
    name = (encoding or "ascii").lower()
    return (
        text.translate(_ASCII)
        if name in ("ascii", "us-ascii", "ansi_x3.4-1968", "latin-1", "iso8859-1", "cp1252")
        else text
    )


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


def say(message: Message, lang: str | None, *, kind: str = "") -> None:
    """A sentence to standard error."""
    from aiplus_cli.render.text import visible
    from aiplus_cli.words.i18n import translate

    chosen = language(lang)
    text = visible(translate(message, chosen))
    if kind == "warning":
        text = translate(Message("warning: {text}", text=text), chosen)
    typer.echo(for_encoding(text, sys.stderr.encoding), err=True)


def show_error(error: AiplusError, lang: str) -> None:
    """Every problem in one to three lines on standard error."""
    for problem in error.problems:
        typer.echo(for_encoding(problem_text(problem, lang), sys.stderr.encoding), err=True)


def problem_text(problem: Problem, lang: str) -> str:
    """`error: where: what`, the source line, `fix: …`."""
    from aiplus_cli.render.text import visible
    from aiplus_cli.words.i18n import translate

    what = visible(translate(problem.what, lang))
    lines = [translate(Message("error: {where}: {what}", where=visible(problem.where), what=what), lang)]
    if problem.excerpt:
        # GitHub runs an indented line that starts with '::' as a command, on standard error too.
        mark = "| " if problem.excerpt.startswith("::") else ""
        lines.append(f"    {mark}{visible(problem.excerpt)}")
    if problem.fix:
        lines.append("  " + translate(Message("fix: {text}", text=visible(translate(problem.fix, lang))), lang))
    return "\n".join(lines)


# --- completion -------------------------------------------------------------------------------------------------


def _complete(pick: Any) -> list[str]:
    try:
        from aiplus_cli.plan import load as targets

        return list(pick(targets.load(find_workspace().targets)))
    except AiplusError:
        return []


def complete_indicator(incomplete: str) -> Iterable[str]:
    """Indicator ids that start as typed."""
    return [i for i in _complete(lambda plan: [x.id for x in plan.indicators]) if i.startswith(incomplete)]


def complete_milestone(incomplete: str) -> Iterable[str]:
    """Milestone ids that start as typed."""
    return [i for i in _complete(lambda plan: [x.id for x in plan.milestones]) if i.startswith(incomplete)]


def complete_area(incomplete: str) -> Iterable[str]:
    """Area ids that start as typed."""
    return [i for i in _complete(lambda plan: [x.id for x in plan.areas]) if i.startswith(incomplete)]


def complete_method(incomplete: str) -> Iterable[str]:
    """Method names that start as typed."""
    from aiplus_cli.judge.methods import DEFAULT, METHODS

    return [name for name in (DEFAULT, *METHODS) if name.startswith(incomplete)]


def complete_region(incomplete: str) -> Iterable[str]:
    """Region codes that start as typed."""
    from aiplus_cli.plan.places import EN

    return [code for code in ("all", *EN) if code.lower().startswith(incomplete.lower())]


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
Compare = Annotated[bool, typer.Option("--compare", help="Show the verdict of every method side by side.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead of standard output.")
]
Runs = Annotated[
    Path | None,
    typer.Option("--dir", metavar="DIR", help="The folder of recorded runs; default runs/ beside targets.yaml."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded; write nothing.")]
