"""The table of who may import whom, which a test holds and docs/architecture.md prints."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import aiplus_cli

ROOT = Path(aiplus_cli.__file__).parent
ALWAYS = {"errors"}
ALLOWED: dict[str, set[str]] = {
    "__init__": {"workspace", "contract"},
    "__main__": {"cli"},
    "errors": set(),
    "foreign": set(),
    "disk": set(),
    "words": {"words"},
    "plan": {"foreign", "plan"},
    "ledger": {"foreign", "plan", "ledger", "disk"},
    "intake": {"foreign", "plan", "ledger", "intake"},
    "judge": {"foreign", "plan", "ledger", "judge"},
    "review": {"plan", "ledger", "judge", "review"},
    "check": {"plan", "ledger", "judge", "check"},
    "contract": {"plan", "intake", "ledger", "judge", "review", "check", "words", "contract"},
    "render": {"plan", "intake", "ledger", "judge", "review", "check", "contract", "words", "render"},
    "workspace": {"foreign", "plan", "intake", "ledger", "judge", "review", "check", "contract", "workspace", "disk"},
    "cli": {"workspace", "contract", "render", "words", "disk", "cli"},
    "cli/check.py": {"plan"},
    "cli/import_.py": {"intake"},
    "plan/load.py": {"disk"},
    "intake/files/read.py": {"disk"},
}
"""What each room, and beyond that a file, may import from the package; everybody may import `errors`.

Two commands name a type of the core in their signatures: the plan, and what became of an import. Two files open
what people hand over, and ask `disk` first whether it is a file.
"""

THIRD_PARTY: dict[str, set[str]] = {
    "words": {"rich"},
    "plan": {"pydantic", "pydantic_core", "yaml"},
    "disk": {"portalocker"},
    "ledger": {"msgspec", "portalocker"},
    "intake": {"pydantic", "msgspec", "openpyxl", "xlrd"},
    "judge": {"msgspec", "numpy", "scipy"},
    "contract": {"pydantic", "msgspec"},
    "render": {"rich", "msgspec", "plotext", "xlsxwriter"},
    "workspace": {"msgspec"},
    "cli": {"typer", "msgspec", "rich"},
}


@cache
def tree(path: Path) -> ast.Module:
    """What a file says, as Python reads it."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> set[str]:
    """The dotted names that a file imports, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names = {f"{module}.{alias.name}" for alias in node.names}
            found |= names if module == "aiplus_cli" else {module}
    return found


FILES = sorted(ROOT.rglob("*.py"))
ROOMS = sorted(path.parent for path in ROOT.glob("*/**/__init__.py"))
"""The folders of the package, those within another one included."""


def first_page(room: Path) -> str:
    """What a room says of itself."""
    return ast.get_docstring(tree(room / "__init__.py")) or ""
