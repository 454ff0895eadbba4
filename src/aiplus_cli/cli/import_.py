"""`aiplus import`: the figures of other people's files into the ledger, all or nothing."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

from aiplus_cli.cli import options, voice
from aiplus_cli.cli.refusals import refusals
from aiplus_cli.disk import write_file
from aiplus_cli.errors import (
    EnvironmentProblem,
    InputProblem,
    Message,
    Problem,
    UsageProblem,
    no_room_for_a_while,
    unreadable,
)

if TYPE_CHECKING:
    from aiplus_cli.contract.importing import ImportDocument
    from aiplus_cli.intake.files.cells import Sheet
    from aiplus_cli.intake.summary import RejectedValue
    from aiplus_cli.workspace.recording import NamedFile

MAX_STDIN = 1 << 30
STDIN = "stdin"


class Reading(TypedDict):
    """Which part of the files is read, and how."""

    mapping: Path | None
    encoding: str | None
    sheets: list[str] | None
    area: str | None
    skip_hidden: bool


def import_(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="CSV, TSV, XLSX, XLS, ODS, JSON; - is stdin.")],
    mapping: Annotated[
        Path | None, typer.Option("--map", metavar="FILE", help="A mapping file: what headers and names mean.")
    ] = None,
    suggest_map: Annotated[
        Path | None,
        typer.Option("--suggest-map", metavar="FILE", help="Write a mapping for FILE to edit (- prints it), and stop."),
    ] = None,
    dry_run: options.DryRun = False,
    accept_valid: Annotated[
        bool, typer.Option("--accept-valid", help="Write the valid rows, the others to FILE.rejected.csv.")
    ] = False,
    encoding: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of a text file; default UTF-8, else GB18030.")
    ] = None,
    sheet: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A sheet's name; may be given more than once.")
    ] = None,
    area: Annotated[
        str | None, typer.Option("--range", metavar="CELLS", help="Only these cells: A3:F40, B:D or 3:40.")
    ] = None,
    skip_hidden: Annotated[
        bool, typer.Option("--skip-hidden", help="Leave out rows and columns that are hidden, folded or filtered away.")
    ] = False,
    source: Annotated[
        str, typer.Option(metavar="TEXT", help="Who published the figures, where no column says it.")
    ] = "",
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="When they were published, where no column says it; default today."),
    ] = None,
    republished: options.Republished = False,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="text or json: what became of each sheet.")] = "text",
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.cli.door import enter

    aside = _Aside(lang, [Path(name) for name in (*files, mapping) if name])
    how = Reading(mapping=mapping, encoding=encoding, sheets=sheet, area=area, skip_hidden=skip_hidden)
    with ExitStack() as stack, refusals("import", format, lang, dry_run=dry_run):
        house, named = enter(lang), _with_stdin(files, stack)
        if suggest_map is not None:
            _write_mapping(lambda: house.suggest_mapping(named[0], **how), suggest_map, lang)
            return
        done = house.import_(
            *named, **how, source=source, published=published, republished=republished, dry_run=dry_run,
            accept_valid=accept_valid, set_aside=aside.write, progress=_progress(stack),
        )  # fmt: skip
    _tell(done, format, aside, lang)


def _with_stdin(files: list[str], stack: ExitStack) -> list[str | NamedFile]:
    """The files by name; standard input is laid down in a temporary file."""
    from aiplus_cli.workspace.recording import NamedFile

    if files.count("-") > 1:
        raise UsageProblem(Problem("FILE", Message("standard input can be read once only")))
    return [NamedFile(_from_stdin(stack), STDIN) if name == "-" else name for name in files]


def _from_stdin(stack: ExitStack) -> Path:
    import tempfile

    try:
        path = Path(stack.enter_context(tempfile.TemporaryDirectory()), STDIN)
        with path.open("wb") as stream:
            size = 0
            for chunk in _chunks_of_stdin():
                size += stream.write(chunk)
                if size > MAX_STDIN:
                    what = Message("more than {size} MiB", size=MAX_STDIN >> 20)
                    raise InputProblem(Problem(STDIN, what, Message("save it as a file")))
    except OSError as error:
        raise no_room_for_a_while(error) from None
    return path


def _chunks_of_stdin() -> Iterator[bytes]:
    """Raises EnvironmentProblem where there is no standard input, or it cannot be read."""
    try:
        if sys.stdin is None:  # closed by whoever started the program
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        while chunk := sys.stdin.buffer.read(1 << 20):
            yield chunk
    except OSError as error:
        raise unreadable(STDIN, error) from None


class _Aside:
    """FILE.rejected.csv beside each file with rejected values; `said` tells of them."""

    def __init__(self, lang: str | None, read: list[Path]) -> None:
        self.lang, self.said = lang, list[Message]()
        self.kept = [*voice.own_files(), *read]

    def write(self, values: list[RejectedValue]) -> None:
        """Write the files before anything is written to the ledger."""
        from aiplus_cli.render.importing import render_rejected

        chosen = voice.language(self.lang)
        for path, name in dict.fromkeys((value.path, value.file) for value in values):
            mine = [value for value in values if value.path == path]
            target = (Path() if name == STDIN else path.parent) / f"{name}.rejected.csv"
            if target.is_symlink():
                what = Message("it is a link to another file, which is left alone")
                raise EnvironmentProblem(Problem(target.name, what, Message("move the link away")))
            write_file(target, render_rejected(mine, chosen), keep=self.kept)
            count = len({value.problem.where for value in mine})
            self.said.append(Message("rejected values in {file}: {n}", n=count, file=target.name))


def _tell(done: ImportDocument, format: str, aside: _Aside, lang: str | None) -> None:
    """The summary to standard output, sentences to standard error; raises InputProblem for what was not accepted."""
    from aiplus_cli.intake.grammar import say_cleaned

    voice.write("import", format, done, lang=lang)
    problems = [row.problem for row in done.problems]
    if done.gone:
        what = Message("withdrawn or corrected in the ledger, and left so: {ids}", ids=list(done.gone))
        voice.say(what, lang, kind="warning")
    for said in (*say_cleaned(done.cleaned), *aside.said, _outcome(done)):
        voice.say(said, lang)
    if done.rejected and not done.exit_code:
        voice.show_error(InputProblem(*problems), voice.language(lang))
    if more := done.untold:
        voice.say(Message("rejected values not shown: {n}; --accept-valid writes all to a file", n=more), lang)
    if done.exit_code:
        raise InputProblem(*problems)


def _outcome(done: ImportDocument) -> Message:
    if done.dry_run:
        return Message("dry run: nothing was written")
    return Message("figures recorded: {n}", n=done.written) if done.written else Message("nothing was written")


def _progress(stack: ExitStack) -> Callable[[Sheet], None]:
    """A bar on a terminal for each long file, brought up to date whenever it is called."""
    if not sys.stderr.isatty():
        return lambda _: None
    from rich.console import Console
    from rich.progress import Progress, TaskID

    tasks: dict[str, TaskID] = {}
    bar = stack.enter_context(Progress(console=Console(stderr=True), transient=True))

    def advance(sheet: Sheet) -> None:
        if sheet.size >= 8 << 20:
            if sheet.file not in tasks:
                tasks[sheet.file] = bar.add_task(sheet.file, total=sheet.size)
            bar.update(tasks[sheet.file], completed=sheet.position())

    return advance


def _write_mapping(suggest: Callable[[], str], target: Path, lang: str | None) -> None:
    """Write what is suggested to a new file, or print it."""
    from aiplus_cli.contract.encode import harmless

    if str(target) == "-":
        voice.write_output(harmless(suggest()))
        return
    if target.exists():
        raise EnvironmentProblem(
            Problem(str(target), Message("already there; nothing was written"), Message("choose another name"))
        )
    write_file(target, harmless(suggest()), keep=voice.own_files())
    voice.say(Message("wrote {file}; edit it, then run the import with --map {file}", file=str(target)), lang)
