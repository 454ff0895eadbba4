"""Exit codes, and the few kinds of failure that stop a command."""

from __future__ import annotations

import errno
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from itertools import islice, takewhile
from pathlib import Path
from typing import NamedTuple

SHORTEST_PART = 3
"""Fewer letters than these are part of too many names to hint at one."""
LONGEST_ECHO, _ECHO_START, _ECHO_END = 200, 120, 40
"""So much of a text that somebody gave is repeated to them; of a longer one its start and its end."""
MOST_LISTED = 50
"""So many names of a list are told."""
FEW, NEIGHBOURS = 100, 4
"""So many names are all compared with a text; of more, those before and behind it in the order of the alphabet."""


class ExitCode(IntEnum):
    """What a command's exit code says; only `check` uses PROGRESS and EVIDENCE."""

    OK = 0
    BUG = 1
    USAGE = 2
    INPUT = 3
    ENVIRONMENT = 4
    PROGRESS = 10
    EVIDENCE = 11
    INTERRUPTED = 130


class Message:
    """A sentence with named places, kept apart from its values so that it can be translated.

    The template is English and is the key of the catalogue; `str()` gives the English sentence.
    A value may be a sentence itself, a text in both languages, the word of an enumeration, or a list of these, which
    is said with the commas of the language.
    """

    __slots__ = ("many", "n", "template", "values")

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values
        self.many: str | None = None
        self.n = 0

    @classmethod
    def plural(cls, one: str, many: str, *, n: int, **values: object) -> Message:
        """A sentence that reads otherwise where `n`, a value of its own, is 1."""
        message = cls(one, n=n, **values)
        message.many, message.n = many, n
        return message

    @property
    def english(self) -> str:
        """The English template: the one for many where there are two and `n` is not 1."""
        return self.template if self.many is None or self.n == 1 else self.many

    @property
    def short(self) -> Message:
        """The sentence with the texts that it repeats as `echo` has them."""
        found = Message(self.template, **{key: echo(value) for key, value in self.values.items()})
        found.many, found.n = self.many, self.n
        return found

    def __str__(self) -> str:
        return self.english.format(**{key: _plain(value) for key, value in self.values.items()})

    def __repr__(self) -> str:
        return f"Message({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


def echo(value: object) -> object:
    """A value as an error repeats it: of a long text or list only so much as shows which one is meant."""
    if isinstance(value, str) and len(value) > LONGEST_ECHO:
        start, end = value[:_ECHO_START], value[-_ECHO_END:]
        return Message("{start}…{end} ({n} characters)", start=start, end=end, n=f"{len(value):,}")
    if isinstance(value, list):
        more = [Message("and {n} more", n=len(value) - MOST_LISTED)] if len(value) > MOST_LISTED else []
        return [*map(echo, value[:MOST_LISTED]), *more]
    return value.short if isinstance(value, Message) else value


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text that stands in both languages, such as a name or a unit of the plan; `str()` gives the English."""

    en: str
    zh: str

    def __str__(self) -> str:
        return self.en


def joined(*parts: object, between: object = "") -> Message:
    """Phrases one after another, with what the language puts between them."""
    names = [f"part_{index}" for index in range(len(parts))]
    template = "{between}".join(f"{{{name}}}" for name in names)
    return Message(template, between=between, **dict(zip(names, parts, strict=True)))


_ABSURD = 40


def written(number: Decimal) -> str:
    """A number with every digit and no exponent; one of absurd size, which is no figure, as it was given."""
    return f"{number:f}" if -_ABSURD < number.adjusted() < _ABSURD else str(number)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return written(value)
    return ", ".join(str(_plain(item)) for item in value) if isinstance(value, list) else value


class Fault(NamedTuple):
    """What is wrong, and how to mend it; where it stands is for its finder to say, with `at`."""

    what: Message
    fix: Message | None = None

    def at(self, where: str, excerpt: str = "") -> Problem:
        """The fault at its place: `file:line`, a cell, an option."""
        return Problem(where, self.what, self.fix, excerpt)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where (`file:line`, a cell, an option), what, and how to mend it.

    What it repeats of a long text is shortened here, so that no place that shows it has to.
    """

    where: str
    what: Message
    fix: Message | None = None
    excerpt: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", self.what.short)
        object.__setattr__(self, "fix", self.fix and self.fix.short)

    @property
    def fault(self) -> Fault:
        """What is wrong and how to mend it, wherever it stands."""
        return Fault(self.what, self.fix)


class AiplusError(Exception):
    """A failure that stops the command; carries every problem found, not only the first."""

    exit_code = ExitCode.BUG

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{echo(p.where)}: {p.what}" for p in problems))
        self.problems = problems


class UsageProblem(AiplusError):
    """A question that cannot be asked so: an option or argument that is none, or names what there is not."""

    exit_code = ExitCode.USAGE


class InputProblem(AiplusError):
    """Targets, ledger, an imported file, or an entry as it was told is invalid; nothing was assessed or written."""

    exit_code = ExitCode.INPUT


@contextmanager
def as_usage() -> Iterator[None]:
    """What is asked for is usage, though it is read as texts of a file are: an InputProblem becomes a UsageProblem."""
    try:
        yield
    except InputProblem as error:
        raise UsageProblem(*error.problems) from None


class EnvironmentProblem(AiplusError):
    """No workspace, a lock, a read-only folder, a full disk, a missing extra."""

    exit_code = ExitCode.ENVIRONMENT


class OutputProblem(EnvironmentProblem):
    """Outputs that could not be written, of a question that was answered; the others were."""


_FORMER = {"lagging": "off_track"}
"""Words that stood in policies before, and what they are called now; they are explained, and not understood."""


def need_choice(where: str, text: str, choices: Iterable[str]) -> None:
    """Raise UsageProblem, which lists the choices, unless the text is one of them."""
    names = list(choices)
    if text not in names:
        raise UsageProblem(Problem(where, Message("'{text}' is not known", text=text), other_word(text, names)))


def other_word(text: str, allowed: list[str]) -> Message:
    """The fix for a word that cannot stand there: what it is called now, or else the list of all that can."""
    now = _FORMER.get(text)
    if now in allowed:
        return Message("write {now}: '{text}' is called that now", now=now, text=text)
    return Message("use one of: {allowed}", allowed=allowed)


def did_you_mean(text: str, known: Iterable[str], otherwise: Message | None = None) -> Message:
    """The fix for a name that there is not: three at most, whatever their case.

    Those that begin with it come first, then those that are spelled like it, the nearest before all, then those that
    contain it; where there are none, the fix is `otherwise`, or else the list of all.
    """
    spelled = _spelled(tuple(known))
    wanted = text.casefold()
    near = dict.fromkeys([*spelled.beginning(wanted), *spelled.like(wanted), *spelled.containing(wanted)])
    if near:
        return Message("did you mean {near}?", near=[spelled.names[name] for name in near][:3])
    return otherwise or Message("known: {ids}", ids=list(spelled.names.values()))


class _Spelled(NamedTuple):
    """Known names by their lower-case spelling, in the order of the alphabet: read forwards, and read backwards."""

    names: dict[str, str]
    all: str
    forwards: list[str]
    backwards: list[str]

    def beginning(self, text: str) -> list[str]:
        """Those that begin with a text, the shortest first."""
        if len(text) < SHORTEST_PART:
            return []
        first = bisect_left(self.forwards, text)
        return sorted(takewhile(lambda name: name.startswith(text), islice(self.forwards, first, None)), key=len)

    def like(self, text: str) -> list[str]:
        """Those that are spelled like a text, the nearest first.

        Of many only neighbours are compared, since each takes long: a slip leaves the start or the end as it was.
        """
        from difflib import get_close_matches  # here, since a command that is right has no need of it

        if len(text) > LONGEST_ECHO:
            return []
        ends = [name[::-1] for name in _around(text[::-1], self.backwards)]
        return get_close_matches(text, dict.fromkeys([*_around(text, self.forwards), *ends]), n=3, cutoff=0.6)

    def containing(self, text: str) -> list[str]:
        """Those that contain a text; most texts stand nowhere in all of them, which is seen at once."""
        if len(text) < SHORTEST_PART or text not in self.all:
            return []
        return [name for name in self.names if text in name]


@lru_cache(maxsize=8)
def _spelled(known: tuple[str, ...]) -> _Spelled:
    names = {name.casefold(): name for name in known}
    return _Spelled(names, "\n".join(names), sorted(names), sorted(name[::-1] for name in names))


def _around(text: str, ordered: list[str]) -> list[str]:
    if len(ordered) <= FEW:
        return ordered
    at = bisect_left(ordered, text)
    return ordered[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS]


def missing_extra(where: str, package: str, extra: str) -> EnvironmentProblem:
    """What to raise where a package is needed that only an extra of ours installs."""
    return EnvironmentProblem(
        Problem(
            where,
            Message("this needs the package {package}, which is not installed", package=package),
            Message("install it: pip install 'aiplus-cli[{extra}]'", extra=extra),
        )
    )


_REASONS: dict[int, Message] = {
    errno.ENOENT: Message("there is no such file or folder"),
    errno.EACCES: Message("permission denied"),
    errno.EPERM: Message("permission denied"),
    errno.EISDIR: Message("it is a folder"),
    errno.ENOTDIR: Message("a part of the path is no folder"),
    errno.EEXIST: Message("there is something else of that name"),
    errno.ENOSPC: Message("no space is left on the disk"),
    errno.EFBIG: Message("no space is left on the disk"),
    errno.ESPIPE: Message("it is a pipe or a device, and no file"),
    errno.EROFS: Message("the disk is read-only"),
    errno.EBADF: Message("it is closed, or not open for that"),
    errno.ENAMETOOLONG: Message("the name is too long"),
    errno.ELOOP: Message("its links lead in a circle"),
}


def reason_of(error: OSError) -> Message | str:
    """Why the system refused, in words that can be translated where it is a common reason."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def unreadable(path: Path | str, error: OSError) -> EnvironmentProblem:
    """What to raise for a file that cannot be read."""
    fix = Message("check the name and the permissions")
    return EnvironmentProblem(Problem(str(path), Message("cannot be read: {why}", why=reason_of(error)), fix))


def unwritable(path: Path | str, error: OSError) -> EnvironmentProblem:
    """What to raise for a file or folder that cannot be written."""
    fix = Message("choose a place that exists and has room, and where you may write")
    return EnvironmentProblem(Problem(str(path), Message("cannot be written: {why}", why=reason_of(error)), fix))


def no_room_for_a_while(error: OSError) -> EnvironmentProblem:
    """What to raise where the folder of temporary files, which this variable names, cannot be used."""
    return unwritable("TMPDIR", error)


def unconfirmed(path: Path | str, error: OSError) -> EnvironmentProblem:
    """What to raise where a file or folder was written, and the disk failed before it confirmed that it stays."""
    what = Message("is written, but the disk does not confirm that it stays: {why}", why=reason_of(error))
    return EnvironmentProblem(Problem(str(path), what, Message("look after the disk, then run the command again")))
