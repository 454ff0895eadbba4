"""aiplus: is China's AI+ plan on course for its 2027, 2030 and 2035 milestones?

`from aiplus_cli import Workspace` is the way in for programs; see docs/api.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiplus_cli.contract.encode import encode_json
    from aiplus_cli.errors import AiplusError, EnvironmentProblem, InputProblem, UsageProblem
    from aiplus_cli.workspace.api import Workspace

    __version__: str

__all__ = [
    "AiplusError",
    "EnvironmentProblem",
    "InputProblem",
    "UsageProblem",
    "Workspace",
    "__version__",
    "encode_json",
]

_HOMES = {
    "Workspace": "workspace.api",
    "encode_json": "contract.encode",
    **dict.fromkeys(("AiplusError", "EnvironmentProblem", "InputProblem", "UsageProblem"), "errors"),
}


def __getattr__(name: str) -> object:
    """What is offered is loaded when it is asked for: the program itself starts without it."""
    if name in _HOMES:
        from importlib import import_module

        found: object = getattr(import_module(f"aiplus_cli.{_HOMES[name]}"), name)
        return found
    if name == "__version__":
        from aiplus_cli.contract.version import tool_version

        return tool_version()
    raise AttributeError(name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
