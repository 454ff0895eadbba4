"""aiplus: is China's AI+ plan on course for its 2027, 2030 and 2035 milestones?

`from aiplus_cli import Workspace` is the way in for programs; see docs/api.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiplus_cli.workspace.api import Workspace

    __version__: str

__all__ = ["Workspace", "__version__"]


def __getattr__(name: str) -> object:
    """What is offered is loaded when it is asked for: the program itself starts without it."""
    if name == "Workspace":
        from aiplus_cli.workspace.api import Workspace

        return Workspace
    if name == "__version__":
        from importlib.metadata import version

        return version("aiplus-cli")
    raise AttributeError(name)
