"""What the command line means before a command runs: its language, negative numbers, and errors in the house form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand

from aiplus_cli.errors import (
    AiplusError,
    EnvironmentProblem,
    ExitCode,
    Message,
    Problem,
    UsageProblem,
    did_you_mean,
    reason_of,
    unwritable,
)

USAGE_ERROR: type[Exception] = typer.BadParameter.__base__  # type: ignore[assignment]
"""typer's own class for every usage error; it is public only as the base of this one."""

_NEGATIVE = re.compile(r"-[.．]?[0-9０-９]")
INTERRUPTED = Message("interrupted")
Spoken = dict[str, Any]
"""`lang`: the language that the command line asks for; `args`: the command line, as far as there is one."""


def language_behind(args: list[str], group_options: Sequence[str]) -> list[str]:
    """`--lang zh show x` as `show --lang zh x`: the option belongs to the commands, people put it first.

    Beside an option of the program itself, such as --help, it is left out: the language is known by then.
    """
    width = _width_of_language(args)
    head, rest = args[:width], args[width:]
    if head and rest and not rest[0].startswith("-"):
        return [rest[0], *head, *rest[1:]]
    if not rest or rest[0] not in group_options:
        return args
    behind = 1 + _width_of_language(rest[1:])
    return [rest[0], *rest[behind:]]


def _width_of_language(args: list[str]) -> int:
    """How many of the first arguments say the language, which may be said again."""
    width = 1 if args[:1] and args[0].startswith("--lang=") else min(2, len(args)) if args[:1] == ["--lang"] else 0
    return width + _width_of_language(args[width:]) if width else 0


@contextmanager
def told(spoken: Spoken) -> Iterator[None]:
    """Whatever ends a command is said in the house form, once, and becomes an exit code."""
    try:
        yield
    except USAGE_ERROR as error:
        _end(usage_problem(error), spoken)
    except AiplusError as error:
        _end(error, spoken)
    except BrokenPipeError:  # whoever read the help has read enough
        raise typer.Exit(ExitCode.OK) from None
    except OSError as error:
        _end(_refused(error), spoken)
    except KeyboardInterrupt:
        from aiplus_cli.cli.voice import say

        say(INTERRUPTED, spoken.get("lang"))
        raise typer.Exit(ExitCode.INTERRUPTED) from None


def _end(error: AiplusError, spoken: Spoken) -> NoReturn:
    from aiplus_cli.cli.reports import report_failure
    from aiplus_cli.cli.voice import show_error

    lang = _chosen(spoken)
    show_error(error, lang)
    report_failure(error, spoken.get("args", ()), lang)
    raise typer.Exit(error.exit_code) from None


def _refused(error: OSError) -> AiplusError:
    """What the system refuses is no bug; without the name of a file it is standard output, where help goes."""
    if error.filename is None:
        return unwritable("stdout", error)
    what = Message("cannot be used: {why}", why=reason_of(error))
    return EnvironmentProblem(Problem(str(error.filename), what, Message("check the name and the permissions")))


def _chosen(spoken: Spoken) -> str:
    from aiplus_cli.cli.voice import language

    return language(spoken.get("lang"))


def language_of(ctx: Any) -> str:
    """The language of a command's help."""
    return _chosen(ctx.find_root().obj or {})


class HouseCommand(TyperCommand):
    """A command that takes negative numbers as arguments, and whose help speaks Chinese too."""

    allow_extra_args = True  # they are refused below, in the house form

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        try:
            rest = super().parse_args(ctx, plain_arguments(args, self.params))
        except USAGE_ERROR as error:
            error.ctx = getattr(error, "ctx", None) or ctx  # type: ignore[attr-defined]
            raise
        if rest:
            fix = Message("put a text with blanks into quotes, or leave it out")
            raise UsageProblem(*(Problem("ARGUMENT", Message("'{text}' is one too many", text=x), fix) for x in rest))
        return rest

    def get_help(self, ctx: Any) -> str:
        return help_text(self, ctx, super().get_help)


def help_text(command: Any, ctx: Any, in_english: Any) -> str:
    """The help in the language of the command line."""
    if language_of(ctx) != "zh":
        text: str = in_english(ctx)
        return text
    from aiplus_cli.cli.help import ChineseHelp

    formatter = ChineseHelp(ctx.max_content_width)
    command.format_help(ctx, formatter)
    return formatter.getvalue().rstrip("\n")


def plain_arguments(args: list[str], params: Sequence[Any]) -> list[str]:
    """The arguments with those like -1% behind `--`, where a parser does not take them for options.

    Where --help is asked for, nothing else matters.
    """
    takers = {name for param in params for name in param.opts if _takes_a_value(param)}
    options: list[str] = []
    plain: list[str] = []
    rest = list(args)
    while rest:
        word = rest.pop(0)
        if word == "--":
            plain += rest
            break
        if word in takers:
            options += [word, *rest[:1]]
            del rest[:1]
        elif word in ("--help", "-h"):
            return ["--help"]
        elif word.startswith("-") and word != "-" and not _NEGATIVE.match(word):
            options.append(word)
        else:
            plain.append(word)
    return [*options, "--", *plain] if any(map(_NEGATIVE.match, plain)) else args


def _takes_a_value(param: Any) -> bool:
    return param.param_type_name == "option" and not getattr(param, "is_flag", False)


# --- errors -----------------------------------------------------------------------------------------------------


def usage_problem(error: Any) -> UsageProblem:
    """A usage error of typer's parser in the house form; its kinds are known by name, for typer keeps them private."""
    ctx = getattr(error, "ctx", None)
    command = ctx.command_path if ctx else "aiplus"
    see = Message("'{command} --help' shows how it is used", command=command)
    kind = type(error).__name__
    if kind == "NoSuchOption":
        options = [name for param in ctx.command.params for name in param.opts] if ctx else []
        fix = did_you_mean(error.option_name, options, see)
        return UsageProblem(Problem(error.option_name, Message("no such option"), fix))
    if kind == "MissingParameter" and ctx:
        return UsageProblem(*(Problem(name, Message("missing"), see) for name in _missing(ctx, error)))
    if kind == "BadOptionUsage":
        takes = "requires" in error.message
        what = Message("it needs a value") if takes else Message("it takes no value")
        return UsageProblem(Problem(error.option_name, what, see))
    where = name_of(error.param) if getattr(error, "param", None) else command
    return UsageProblem(Problem(where, Message("it cannot be used so"), see))


def _missing(ctx: Any, error: Any) -> list[str]:
    """Everything that is missing: what was given has been read before the parser complains."""
    names = [name_of(param) for param in ctx.command.params if param.required and param.name not in ctx.params]
    return names or [name_of(error.param)]


def name_of(param: Any) -> str:
    """A parameter as the user writes it: its longest option, or its name in the help."""
    if param.param_type_name == "option":
        return str(max(param.opts, key=len))
    return str(param.metavar or param.name).strip("[]").upper()


def command_problem(name: str, commands: Sequence[str]) -> UsageProblem:
    """What to say of a command that there is not."""
    see = Message("'{command} --help' shows how it is used", command="aiplus")
    what = Message("'{text}' is no command", text=name)
    return UsageProblem(Problem("COMMAND", what, did_you_mean(name, commands, see)))
