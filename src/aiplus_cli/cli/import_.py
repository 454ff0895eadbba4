"""`aiplus import`: the figures of other people's files into the ledger, all or nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aiplus_cli.cli import clock, options, voice
from aiplus_cli.disk import write_file
from aiplus_cli.errors import EnvironmentProblem, InputProblem, Message, Problem, UsageProblem, reason_of
from aiplus_cli.workspace.files import find_files
from aiplus_cli.workspace.loading import load_workspace

if TYPE_CHECKING:
    from aiplus_cli.intake.figures import Defaults, Item
    from aiplus_cli.intake.files.cells import Row, Sheet
    from aiplus_cli.intake.headers import Vocabulary
    from aiplus_cli.intake.layout import Layout
    from aiplus_cli.intake.mapping import FileMapping
    from aiplus_cli.intake.merge import Decision, Gathered
    from aiplus_cli.intake.spool import Spool
    from aiplus_cli.plan.records import Plan

SHOWN = 100
"""Rejected values that are told one by one."""
MAX_STDIN = 1 << 30


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
    source: Annotated[
        str, typer.Option(metavar="TEXT", help="Who published the figures, where the file does not say.")
    ] = "",
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="When they were published, where the file does not say; default today."),
    ] = None,
    lang: options.Lang = None,
) -> None:
    workspace = find_files()
    plan, _ = load_workspace(workspace)
    rules = _load_mapping(mapping, plan)
    wanted = Wanted(encoding, tuple(sheet or ([rules.sheet] if rules.sheet else [])), area or rules.range)
    with _as_paths(files) as paths:
        if suggest_map is not None:
            _suggest(paths, wanted, plan, rules, suggest_map, lang)
            return
        run = Run(plan, rules, _facts(rules, source, published), wanted, lang)
        with run.spool:
            run.read(paths)
            run.finish(workspace.ledger, dry_run=dry_run, accept_valid=accept_valid)


@dataclass(frozen=True)
class Wanted:
    """Which part of the files is read, and how."""

    encoding: str | None
    sheets: tuple[str, ...]
    area: str | None


def _load_mapping(path: Path | None, plan: Plan) -> FileMapping:
    from aiplus_cli.intake.mapping import FileMapping, mapping_problems
    from aiplus_cli.plan import load as targets

    if path is None:
        return FileMapping()
    return targets.load_record(path, FileMapping, lambda found: mapping_problems(found, plan))


def _facts(rules: FileMapping, source: str, published: str | None) -> Defaults:
    from aiplus_cli.cli.recording import day_published, refuse_control, who_records
    from aiplus_cli.intake.figures import Defaults
    from aiplus_cli.intake.times import parse_day

    refuse_control({"--source": source})
    _, today = clock.days(None, None)
    dated = bool(published or rules.always.published)
    day = day_published(published)
    if rules.always.published:
        day_published(parse_day(rules.always.published, where="").isoformat(), where="always.published")
    return Defaults(today, day, dated, clock.now_utc(), who_records(), source)


@contextmanager
def _as_paths(files: list[str]) -> Iterator[list[tuple[Path, str]]]:
    """Each file with the name to call it by; standard input is laid down in a temporary file."""
    missing = [name for name in files if name != "-" and not Path(name).is_file()]
    if missing:
        folder, nothing = Message("it is a folder"), Message("there is no such file or folder")
        raise EnvironmentProblem(
            *(Problem(name, folder if Path(name).is_dir() else nothing, Message("give a file")) for name in missing)
        )
    if files.count("-") > 1:
        raise UsageProblem(Problem("FILE", Message("standard input can be read once only")))
    with ExitStack() as stack:
        yield [(_from_stdin(stack), "stdin") if name == "-" else (Path(name), Path(name).name) for name in files]


def _from_stdin(stack: ExitStack) -> Path:
    import tempfile

    folder = stack.enter_context(tempfile.TemporaryDirectory())
    path = Path(folder, "stdin")
    with path.open("wb") as stream:
        size = 0
        while chunk := sys.stdin.buffer.read(1 << 20):
            size += stream.write(chunk)
            if size > MAX_STDIN:
                raise InputProblem(
                    Problem(
                        "stdin", Message("more than {size} MiB", size=MAX_STDIN >> 20), Message("save it as a file")
                    )
                )
    return path


@dataclass
class Part:
    """One sheet: how it was understood, and what became of its values, which have the numbers `numbers`."""

    sheet: Sheet
    layout: Layout
    start: int
    path: Path
    rows: int = 0
    without: int = 0
    empty: int = 0
    skipped: int = 0
    rejected: int = 0
    stop: int = 0

    @property
    def numbers(self) -> range:
        return range(self.start, self.stop)


@dataclass
class Rejects:
    """Rejected values: the first of them to be told, all of them for FILE.rejected.csv."""

    count: int = 0
    problems: list[Problem] = field(default_factory=list)
    rows: list[tuple[Path, str, str, Problem]] = field(default_factory=list)

    def add(self, part: Part, text: str, problems: tuple[Problem, ...]) -> None:
        self.count += 1
        self.rows += [(part.path, part.sheet.file, text, problem) for problem in problems]
        if self.count <= SHOWN:
            self.problems += problems


@dataclass
class Run:
    """One import: everything is read and checked first; the ledger is locked only to compare and to write."""

    plan: Plan
    rules: FileMapping
    facts: Defaults
    wanted: Wanted
    lang: str | None
    parts: list[Part] = field(default_factory=list)
    rejects: Rejects = field(default_factory=Rejects)

    def __post_init__(self) -> None:
        from array import array

        from aiplus_cli.intake.headers import Vocabulary
        from aiplus_cli.intake.merge import Gathered
        from aiplus_cli.intake.spool import Spool

        self.spool: Spool = Spool()
        self.gathered: Gathered = Gathered()
        self.words: Vocabulary = Vocabulary(self.plan, self.rules)
        self.cells = array("L"), array("L")

    def read(self, paths: list[tuple[Path, str]]) -> None:
        """Read every file; raises InputProblem with the problems of all that cannot be read at all."""
        problems: list[Problem] = []
        for path, name in paths:
            try:
                for sheet in _sheets(path, name, self.wanted):
                    self._read_sheet(sheet, path)
            except InputProblem as error:
                problems += error.problems
        if problems:
            raise InputProblem(*problems)

    def _read_sheet(self, sheet: Sheet, path: Path) -> None:
        from aiplus_cli.intake.figures import Reader
        from aiplus_cli.intake.layout import find_layout
        from aiplus_cli.ledger.lines import id_of

        head, rows = take_head(sheet)
        layout = find_layout(sheet, head, self.words, given(self.rules))
        reader = Reader(sheet, layout, self.words, self.facts, id_of)
        part = Part(sheet, layout, len(self.spool), path)
        self.parts.append(part)
        try:
            with _progress(sheet) as advance:
                self._take(part, reader.items(rows), advance)
        except OSError as error:
            why = Message("cannot be read or written: {why}", why=reason_of(error))
            raise EnvironmentProblem(Problem(sheet.file, why)) from None
        part.rows, part.without, part.stop = reader.count.rows, reader.count.without, len(self.spool)

    def _take(self, part: Part, items: Iterator[Item], advance: Any) -> None:
        from aiplus_cli.intake.figures import EMPTY, Read, Rejected

        add, note, (rows, columns) = self.spool.add, self.gathered.add, self.cells
        for number, item in enumerate(items):
            if isinstance(item, Read):
                if not item.dated:
                    self.gathered.undated.add(len(self.spool))
                add(item.entry)
                note(item.entry)
                rows.append(item.row)
                columns.append(item.column)
            elif isinstance(item, Rejected):
                part.rejected += 1
                self.rejects.add(part, item.text, item.problems)
            elif item == EMPTY:
                part.empty += 1
            else:
                part.skipped += 1
            if number % 8192 == 0:
                advance()

    def finish(self, ledger: Path, *, dry_run: bool, accept_valid: bool) -> None:
        """Compare with the ledger, say what becomes of every value, and write if nothing stands against it."""
        from aiplus_cli.ledger import jsonl

        if dry_run or not ledger.exists() or (self.rejects.count and not accept_valid):
            decision = self.gathered.decide(jsonl.read(ledger).entries, self.spool.get)
            if dry_run or ((self.rejects.count or decision.clashes) and not accept_valid):
                self._tell(decision, listed=dry_run)
                said = Message("dry run: nothing was written") if dry_run else Message("nothing was written")
                self._close(said, accept_valid=accept_valid)
                return
        with jsonl.writing(ledger) as writer:
            written = self._append(writer, accept_valid=accept_valid)
        said = Message("figures recorded: {n}", n=written) if written else Message("nothing was written")
        self._close(said, accept_valid=accept_valid)

    def _append(self, writer: Any, *, accept_valid: bool) -> int:
        """Append what is new or revised; the number of it."""
        decision = self.gathered.decide(writer.ledger.entries, self.spool.get)
        self._tell(decision)
        out = decision.left_out()
        written = len(self.spool) - len(out)
        if self.rejects.count and not accept_valid:
            return 0
        self._write_rejected()
        if not written:
            return 0
        writer.extend(self.spool.lines(out))
        return written

    def _tell(self, decision: Decision, *, listed: bool = False) -> None:
        """The summary to standard output; contradictions join the rejected values. A dry run lists new figures."""
        from aiplus_cli.render.importing import render_import

        for clash in decision.clashes:
            part = next(part for part in self.parts if clash.number in part.numbers)
            where = part.sheet.where(self.cells[0][clash.number], self.cells[1][clash.number])
            entry = self.spool.get(clash.number)
            text = str(getattr(entry, "value", entry.id))
            self.rejects.add(part, text, (Problem(where, clash.what, clash.fix),))
        first = [self._first_new(part, decision) if listed else [] for part in self.parts]
        voice.write_output(render_import(_summary(self.parts, decision, first), voice.manner(self.lang)))
        if decision.gone:
            what = Message("withdrawn or corrected in the ledger, and left so: {ids}", ids=sorted(decision.gone))
            voice.say(what, self.lang, kind="warning")

    def _first_new(self, part: Part, decision: Decision) -> list[Any]:
        """The first new figures of a sheet, enough to see how it was understood."""
        from itertools import islice

        from aiplus_cli.ledger.entries import Withdrawal
        from aiplus_cli.render.importing import SHOWN

        out = decision.left_out() | decision.revised.keys()
        entries = map(self.spool.get, (number for number in part.numbers if number not in out))
        return list(islice((entry for entry in entries if not isinstance(entry, Withdrawal)), SHOWN))

    def _close(self, said: Message, *, accept_valid: bool) -> None:
        """The last sentence; raises InputProblem with what was rejected, unless that was accepted."""
        voice.say(said, self.lang)
        if not self.rejects.count:
            return
        problems = self.rejects.problems
        if accept_valid:
            voice.show_error(InputProblem(*problems), voice.language(self.lang))
        more = self.rejects.count - SHOWN
        if more > 0:
            voice.say(Message("rejected values not shown: {n}; --accept-valid writes all to a file", n=more), self.lang)
        if not accept_valid:
            raise InputProblem(*problems)

    def _write_rejected(self) -> None:
        """FILE.rejected.csv beside each file with rejected values."""
        from aiplus_cli.render.importing import render_rejected
        from aiplus_cli.words.i18n import translate

        chosen = voice.language(self.lang)
        for path, name in dict.fromkeys((row[0], row[1]) for row in self.rejects.rows):
            folder = Path() if name == "stdin" else path.parent
            mine = [
                (
                    problem.where,
                    text,
                    translate(problem.what, chosen),
                    translate(problem.fix, chosen) if problem.fix else "",
                )
                for where, _, text, problem in self.rejects.rows
                if where == path
            ]
            target = folder / f"{name}.rejected.csv"
            if target.is_symlink():
                what = Message("it is a link to another file, which is left alone")
                raise EnvironmentProblem(Problem(target.name, what, Message("move the link away")))
            write_file(target, render_rejected(mine))
            count = len({row[0] for row in mine})
            voice.say(Message("rejected values in {file}: {n}", n=count, file=target.name), self.lang)


def _sheets(path: Path, name: str, wanted: Wanted) -> list[Sheet]:
    from aiplus_cli.intake.files.read import read_file

    return read_file(path, name, encoding=wanted.encoding, sheets=wanted.sheets, area=wanted.area)


def take_head(sheet: Sheet) -> tuple[list[Row], Iterator[Row]]:
    """The first rows of a sheet, and all of them."""
    from itertools import chain, islice

    from aiplus_cli.intake.layout import HEAD

    rows = iter(sheet.rows)
    head = list(islice(rows, HEAD))
    return head, chain(head, rows)


def given(rules: FileMapping) -> frozenset[str]:
    """The dimensions that the mapping states for the whole table."""
    return frozenset(name for name in ("indicator", "region", "period") if getattr(rules.always, name))


def _summary(parts: list[Part], decision: Decision, first: list[list[Any]]) -> list[Any]:
    from aiplus_cli.intake.merge import count_kinds
    from aiplus_cli.render.importing import SheetSummary

    found = []
    for part, shown in zip(parts, first, strict=True):
        new, unchanged, revised, rejected = count_kinds(decision, part.numbers)
        layout = part.layout
        kind = "own" if layout.own else "long" if layout.long else "wide"
        counts = {
            "new": new, "unchanged": unchanged, "revised": revised, "rejected": part.rejected + rejected,
            "empty": part.empty, "skipped": part.skipped,
        }  # fmt: skip
        revisions = [said for index, said in sorted(decision.revised.items()) if index in part.numbers]
        name = f"{part.sheet.file} {part.sheet.name}".strip()
        found.append(SheetSummary(name, kind, layout.header, part.rows, part.without, counts, revisions, shown))
    return found


@contextmanager
def _progress(sheet: Sheet) -> Iterator[Any]:
    """A bar on a terminal for a long file; `advance()` brings it up to date."""
    if sheet.size < 8 << 20 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(sheet.file, total=sheet.size)
        yield lambda: bar.update(task, completed=sheet.position())


def _suggest(
    paths: list[tuple[Path, str]], wanted: Wanted, plan: Plan, rules: FileMapping, target: Path, lang: str | None
) -> None:
    """Write a mapping for the first sheet of the first file."""
    from aiplus_cli.intake.headers import Vocabulary
    from aiplus_cli.intake.suggest import suggest_mapping

    if str(target) != "-" and target.exists():
        raise EnvironmentProblem(
            Problem(str(target), Message("already there; nothing was written"), Message("choose another name"))
        )
    path, name = paths[0]
    sheet = _sheets(path, name, wanted)[0]
    head, rows = take_head(sheet)
    text = suggest_mapping(sheet, head, rows, Vocabulary(plan, rules), given(rules))
    if str(target) == "-":
        voice.write_output(text)
        return
    write_file(target, text)
    voice.say(Message("wrote {file}; edit it, then run the import with --map {file}", file=str(target)), lang)
