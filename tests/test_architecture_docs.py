"""docs/architecture.md: drawn from the table of imports, and walked by a figure."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import pytest

from conftest import LEDGER, PLAN, Result, run_aiplus, write_workspace
from walls import ALLOWED, ALWAYS, ROOMS, ROOT, THIRD_PARTY, first_page

DOCS = Path(__file__).parent.parent / "docs"
PAGES = ["architecture.md", "architecture.zh.md"]
COMMANDS = {
    "aiplus record": "record gen 超55% --period 2026-09 --published 2026-10-20 --source CNNIC",
    "aiplus check": "check --format sarif",
}
"""The two commands of the walk, by the beginning of their headings."""
TABLE = {name: allowed for name, allowed in ALLOWED.items() if not name.startswith("__")}
"""What the table says of rooms, of the two files beside them, and of files that may import more than their room."""
LAYERS = [name for name in TABLE if not name.endswith(".py")]


def may_import(name: str) -> set[str]:
    """The other rooms that a room may import; of a file, those that its room may not."""
    return (TABLE[name] | (ALWAYS if name in LAYERS else set())) - {name}


# --- what is drawn ----------------------------------------------------------------------------------------------


def drawing() -> str:
    """The rooms, each above all that it may import; a circle in the table is an error."""
    order = TopologicalSorter({room: may_import(room) for room in LAYERS})
    order.prepare()
    layers: list[str] = []
    while ready := sorted(order.get_ready()):
        layers.insert(0, " · ".join(ready))
        order.done(*ready)
    return "```text\n" + "\n  ↓\n".join(layers) + "\n```\n"


def table() -> str:
    """One row a room: whom it may import, who may import it, and packages of others."""
    rows = [(name, sorted(may_import(name)), importers(name), sorted(THIRD_PARTY.get(name, ()))) for name in TABLE]
    return "".join(f"| `{name}` | {' | '.join(map(quoted, lists))} |\n" for name, *lists in rows)


def importers(name: str) -> list[str]:
    return sorted(other for other in TABLE if name in may_import(other))


def quoted(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"


def rooms() -> str:
    """One row a room, with the first sentence of its first page."""
    return "".join(f"| `{name_of(room)}` | {first_sentence(room)} |\n" for room in ROOMS)


def name_of(room: Path) -> str:
    return room.relative_to(ROOT).as_posix()


def first_sentence(room: Path) -> str:
    return " ".join(re.split(r"(?<=\.)\s", first_page(room))[0].split())


DRAWN = {"layers": drawing, "table": table, "rooms": rooms}


@pytest.mark.parametrize(
    ("page", "block"),
    [*((page, block) for page in PAGES for block in ("layers", "table")), ("architecture.md", "rooms")],
)
def test_the_page_draws_what_the_tests_hold(page: str, block: str) -> None:
    """Layers, imports and rooms are those of the program; AIPLUS_UPDATE=1 writes them anew below their headings."""
    path = DOCS / page
    text = path.read_text(encoding="utf-8")
    place = re.compile(rf"(<!-- {block} -->\n(?:\| (?!`).*\n)*)[^<]*(<!-- /{block} -->)")
    drawn, times = place.subn(lambda match: match[1] + DRAWN[block]() + match[2], text)
    if os.environ.get("AIPLUS_UPDATE"):
        path.write_text(drawn, encoding="utf-8")

    assert times == 1
    assert path.read_text(encoding="utf-8") == drawn


def test_the_chinese_page_has_the_same_rooms() -> None:
    """The Chinese sentences are written by hand; no room is left out."""
    (block,) = re.findall(r"<!-- rooms -->\n(.*)<!-- /rooms -->", page_text("architecture.zh.md"), re.DOTALL)

    assert re.findall(r"^\| `(\S+)` \|", block, re.MULTILINE) == [name_of(room) for room in ROOMS]


def page_text(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


# --- what is walked ---------------------------------------------------------------------------------------------


class Walk(NamedTuple):
    """A command as it ran, and the functions of ours that were called, in their order."""

    result: Result
    calls: list[str]


@contextmanager
def noted(calls: list[str]) -> Iterator[None]:
    """Python itself says which functions are called."""

    def note(frame: FrameType, event: str, _: object) -> None:
        package, _, module = str(frame.f_globals.get("__name__")).partition(".")
        if event == "call" and package == "aiplus_cli":
            calls.append(f"{module}:{frame.f_code.co_qualname}")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Walk]:
    """A figure is recorded in a small workspace, which then is checked."""
    files = {"targets.yaml": PLAN, "progress.jsonl": LEDGER}
    rehearsal, folder = (write_workspace(tmp_path_factory.mktemp("walk"), files) for _ in range(2))
    found = {}
    for name, command in COMMANDS.items():
        run_aiplus(command.split(), rehearsal)  # what is only loaded is no step of the way
        calls: list[str] = []
        with noted(calls):
            result = run_aiplus(command.split(), folder)
        found[name] = Walk(result, calls)
    return found


def steps(page: str, name: str) -> list[str]:
    """The steps that the page names below the heading of a command."""
    section = page_text(page).partition(f"### `{name}")[2].partition("\n#")[0]
    return [":".join(step) for step in re.findall(r"^\| `(\S+)` \| `(\S+)` \|", section, re.MULTILINE)]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_the_figure_goes_the_way_that_the_page_names(page: str, name: str, walks: dict[str, Walk]) -> None:
    """The functions on the page are called, in that order, when the command runs."""
    calls = iter(walks[name].calls)

    assert len(steps(page, name)) > 9
    assert [step for step in steps(page, name) if step not in calls] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_way_leaves_no_room_out(name: str, walks: dict[str, Walk]) -> None:
    """Every room that the command enters stands on the page."""
    entered = {room_of(call) for call in walks[name].calls} & {name_of(room) for room in ROOMS}

    assert {room_of(step) for step in steps("architecture.md", name)} == entered


def room_of(call: str) -> str:
    return re.split(r"[.:]", call)[0]


def test_the_figure_that_was_recorded_is_the_one_that_is_found(walks: dict[str, Walk]) -> None:
    """SARIF names the id that `record` printed."""
    recorded, checked = (walk.result for walk in walks.values())
    (run,) = json.loads(checked.out)["runs"]

    assert recorded.out.strip() in [result["properties"]["figureId"] for result in run["results"]]
