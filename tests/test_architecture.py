"""The walls: who may import whom, and what is not loaded before it is needed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from keyword import iskeyword
from pathlib import Path

import pytest

from aiplus_cli.cli.app import COMMANDS
from walls import ALLOWED, ALWAYS, FILES, ROOMS, ROOT, THIRD_PARTY, first_page, imports, tree


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_every_module_keeps_to_the_import_table(path: Path) -> None:
    """No module imports one that the design puts behind a wall, nor a package it has no business with."""
    top = path.relative_to(ROOT).parts[0].removesuffix(".py")
    names = imports(path)
    ours = {name.split(".")[1] for name in names if name.startswith("aiplus_cli.")} - {"__version__"}
    others = {name.split(".")[0] for name in names if not name.startswith("aiplus_cli")}
    foreign = {name for name in others if name not in sys.stdlib_module_names}
    allowed = ALLOWED[top] | ALLOWED.get(path.relative_to(ROOT).as_posix(), set())

    assert ours - ALWAYS <= allowed
    assert foreign <= THIRD_PARTY.get(top, set())


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_what_is_private_to_a_module_stays_there(path: Path) -> None:
    """A name with a leading underscore is used in its own file only."""
    nodes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)]
    taken = [alias.name for node in nodes if (node.module or "").startswith("aiplus_cli") for alias in node.names]

    assert [name for name in taken if name.startswith("_") and name != "__version__"] == []


@pytest.mark.parametrize("room", ROOMS, ids=[room.relative_to(ROOT).as_posix() for room in ROOMS])
def test_every_room_has_a_first_page(room: Path) -> None:
    """A room says what comes in and what goes out, and names each of its files and rooms once, with what it is for."""
    page = first_page(room)
    files = {path.name for path in room.glob("*.py")} - {"__init__.py"}
    rooms = {f"{path.parent.name}/" for path in room.glob("*/__init__.py")}
    lines = re.findall(r"^\| (`.+`|this file) \| \S.* \|$", page, re.MULTILINE)
    named = [name for line in lines for name in re.findall(r"`([^`]+)`", line)]

    assert re.search(r"\b(In\s+comes?|comes?\s+in)\b", page)
    assert re.search(r"\b(out\s+(go|come)(es|s)?|(go|come)(es|s)?\s+out)\b", page)
    assert sorted(name for name in named if name.endswith((".py", "/"))) == sorted(files | rooms)
    assert all((room / name).exists() for name in named)


def statements(function: ast.FunctionDef) -> list[ast.stmt]:
    """The body of a function without its docstring."""
    body = function.body
    return body[1:] if ast.get_docstring(function) is not None else body


def test_no_module_is_longer_than_can_be_read_at_a_sitting() -> None:
    """450 lines at the most: a longer one is two things, and becomes two files."""
    assert [path.name for path in FILES if len(path.read_text(encoding="utf-8").splitlines()) > 450] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_at_most_fifteen_lines(command: str) -> None:
    """A command is a voice: it asks the workspace, and says the answer, in fifteen lines at most."""
    module, name = COMMANDS[command][0].split(":")
    commands = tree(ROOT / "cli" / f"{module}.py").body
    body = next(statements(node) for node in commands if isinstance(node, ast.FunctionDef) and node.name == name)

    assert (body[-1].end_lineno or 0) - body[0].lineno + 1 <= 15


def test_every_command_has_a_file_of_its_own() -> None:
    """Each command stands in the file of its name."""
    expected = [f"{name}_" if iskeyword(name) else name for name in COMMANDS]

    assert [where.split(":")[0] for where, _ in COMMANDS.values()] == expected


CORE = ["judge", "review", "check", "ledger/vintages", "ledger/soundness", "plan/periods", "plan/places"]


@pytest.mark.parametrize("module", CORE)
def test_the_core_reads_no_clock_no_environment_and_no_file(module: str) -> None:
    """The core takes values and returns values."""
    found = ROOT / module
    paths = list(found.rglob("*.py")) if found.is_dir() else [found.with_suffix(".py")]
    for path in paths:
        text = path.read_text(encoding="utf-8")

        seeded = {"random"} if path.name in ("fit.py", "folds.py") else set()  # folds are drawn by a seed of their own

        assert not imports(path) & {"os", "sys", "time", "pathlib", "io", "random", "logging"} - seeded
        assert ".now(" not in text
        assert ".today(" not in text
        assert "open(" not in text


def test_only_the_command_line_reads_variables_of_the_environment() -> None:
    """A program that imports us is asked for everything by name."""
    reading = {path.relative_to(ROOT).parts[0] for path in FILES if "environ" in names_in(path)}

    assert reading == {"cli"}


def names_in(path: Path) -> set[str]:
    """The names and attributes that a file's code uses."""
    nodes = list(ast.walk(tree(path)))
    return {node.id for node in nodes if isinstance(node, ast.Name)} | {
        node.attr for node in nodes if isinstance(node, ast.Attribute)
    }


@pytest.mark.parametrize(
    ("arguments", "forbidden"),
    [
        (["--help"], {"yaml", "pydantic", "rich", "msgspec", "portalocker"}),
        (["status", "--format", "json"], {"rich", "portalocker", "hypothesis", "numpy", "plotext"}),
        (["status"], {"aiplus_cli.contract.diff", "aiplus_cli.review", "aiplus_cli.intake", "portalocker"}),
        (["status", "--lang", "zh", "--help"], {"yaml", "rich", "msgspec", "portalocker", "plotext"}),
    ],
)
def test_nothing_is_loaded_before_it_is_needed(arguments: list[str], forbidden: set[str]) -> None:
    """--help loads no parser and no table library; JSON output no table library; no command what another says."""
    code = (
        "import sys\nfrom aiplus_cli.cli import main\n"
        f"sys.argv = ['aiplus', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('LOADED', *sorted(sys.modules))"
    )
    repository = ROOT.parent.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=repository, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.rsplit("LOADED", 1)[1].split())

    assert not loaded & forbidden


@pytest.mark.parametrize(
    ("names", "home"),
    [({"write_text", "write_bytes", "NamedTemporaryFile", "mkstemp"}, "disk.py"), ({"get_close_matches"}, "errors.py")],
)
def test_what_is_done_in_one_way_is_done_in_one_place(names: set[str], home: str) -> None:
    """Files are written, and names guessed, by the one function for it."""
    calls = {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in names
    }

    assert calls == {home}


def test_a_name_means_one_thing() -> None:
    """No public class and no alias of a type is defined in two files."""
    places: dict[str, list[str]] = {}
    for path in FILES:
        for name in defined(tree(path)):
            places.setdefault(name, []).append(path.name)

    assert len(places) > 250
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def defined(module: ast.Module) -> list[str]:
    """The public classes of a module, and what it names like one: `Key = tuple[str, str]`."""
    names = [node.name for node in module.body if isinstance(node, ast.ClassDef)]
    for node in module.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        names += [target.id for target in targets if isinstance(target, ast.Name)]
    return [name for name in names if re.match(r"[A-Z]\w*[a-z]", name)]
