"""The typer app: commands are loaded when they are called, errors are shown in one place."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from aiplus_cli.cli.language import asked_language
from aiplus_cli.cli.usage import HouseCommand, command_problem, help_text, language_behind, told

COMMANDS: dict[str, tuple[str, str]] = {
    "status": ("status:status", "Compare the latest figures with the milestones."),
    "check": ("check:check", "Fail when the plan's policy is not satisfied, for scripts and CI."),
    "show": ("show:show", "Everything about one indicator."),
    "record": ("record:record", "Record a published figure, or a rating."),
    "withdraw": ("withdraw:withdraw", "Take an entry of the ledger back, with a reason."),
    "import": ("import_:import_", "Record the figures of a CSV, Excel, ODS or JSON file."),
    "log": ("log:log", "The ledger as it was written."),
    "forecast": ("forecast:forecast", "Where an indicator is heading, with its uncertainty."),
    "methods": ("methods:methods", "The verdict methods: question, rule and formula."),
    "backtest": ("backtest:backtest", "Score every method on past series."),
    "export": ("export:export", "The figures, the status or the targets as CSV, Excel, JSON and more."),
    "plan": ("plan:plan", "Milestones, areas and actions, and what watches them."),
    "diff": ("diff:diff", "What changed between two dates, and why."),
    "due": ("due:due", "Which figures are awaited or overdue."),
    "snapshot": ("snapshot:snapshot", "Record this month's run in runs/."),
    "validate": ("validate:validate", "Every problem of targets.yaml and progress.jsonl."),
    "init": ("init:init", "A new workspace from the packaged plan."),
    "schema": ("schema:schema", "The JSON Schema of a file or an output."),
}
"""Each command: where its function lives under `aiplus_cli.cli`, and its line in --help."""

_GROUP_OPTIONS = {"--help", "-h", "--version", "--install-completion", "--show-completion"}


class LazyGroup(TyperGroup):
    """Imports a command when it is called; without a command, runs `status`."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        del ctx
        return load_command(cmd_name) if cmd_name in COMMANDS else None

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        args = language_behind(args, list(_GROUP_OPTIONS))
        first = args[0].split("=")[0] if args else ""
        is_status = not args or (first.startswith("-") and first not in _GROUP_OPTIONS)
        if is_status and not ctx.resilient_parsing:  # while completing, what is typed is not yet a command
            args = ["status", *args]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in COMMANDS.items()])

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        spoken = extra.setdefault("obj", {"lang": asked_language(args), "args": list(args)})
        with told(spoken):
            return super().make_context(info_name, args, parent, **extra)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            raise command_problem(args[0], list(COMMANDS))
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: Any) -> str:
        return help_text(self, ctx, super().get_help)

    def invoke(self, ctx: Any) -> Any:
        with told(ctx.obj):
            return super().invoke(ctx)


@cache
def load_command(name: str) -> Any:
    """The typer command of that name, its module imported; built once, however often a program calls it."""
    module, function = COMMANDS[name][0].split(":")
    single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    body = getattr(import_module(f"aiplus_cli.cli.{module}"), function)
    single.command(name, cls=HouseCommand, help=COMMANDS[name][1])(body)
    command = typer.main.get_command(single)
    command.name = name
    return command


def _version(asked: bool) -> None:
    if asked:
        from aiplus_cli import __version__
        from aiplus_cli.cli.voice import write_output

        write_output(f"aiplus {__version__}\n")
        raise typer.Exit


app = typer.Typer(
    cls=LazyGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Is China's AI+ plan on course for its 2027, 2030 and 2035 milestones?

    Without a command: status. Exit codes: 0 done, 1 bug, 2 usage, 3 bad input, 4 environment,
    and for check 10 progress fails, 11 only evidence fails.
    """
