"""Damaged inputs of every kind: each ends with a code of its own and a sentence, and costs no figure."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from aiplus_cli.ledger import lines
from campaign.workspace import LEDGER_NAME, dice_of, harmed, need, need_calm
from conftest import LEDGER, PLAN, Result, run_aiplus
from mutations import mutate

FIXTURES = Path(__file__).parents[2] / "tests" / "fixtures" / "import"
TABLES = sorted(path.name for path in FIXTURES.iterdir())
TAKEN = (
    "english", "gbk", "lines", "merged", "months", "objects", "percent", "periods", "sdmx", "semicolon", "tab",
    "two-level", "utf", "values", "wide",
)  # fmt: skip
"""How the names of those tables begin that are taken as they are; others are refused, or need a mapping."""
MAPPING = "schema: aiplus.mapping/1\nalways: {indicator: gen, period: 2025-12}\ncolumns: {数值: value}\n"
MAPPED = "数值,备注\n42.8,第57次报告\n"
PAST = "series,year,value\n" + "".join(
    f"{name},{2010 + at},{value}\n"
    for name, values in {"a": (3, 7, 12, 20, 31, 39, 52, 60), "b": (5, 9, 16, 22, 30, 41, 47, 58)}.items()
    for at, value in enumerate(values)
)
READING = ("status", "check", "show gen", "due", "log gen", "validate", "forecast gen", "export -o out.csv")
"""Commands that judge, or hand figures on: they end with 3 wherever `validate` does."""
WORDS = ["record", "gen", "52.1", "--period", "2026-06", "--published", "2026-10-01", "--source", "CNNIC"]
CODES = {0, 2, 3, 10, 11}
WELL = {0, 10, 11}
"""How a command ends on inputs that nobody damaged."""
_WORD = re.compile(rb"[^\s,:;{}\[\]\"<>]+")
_PAIR = re.compile(rb'("?\w+"?: ?)("[^"]*"|[^,}{\n]+)')
Damage = Callable[[bytes, str], bytes]
"""What becomes of the bytes of a file of this name."""


def trial(number: int) -> str:
    """One damaged file or word, and one command that reads it; gives back the kind and the code."""
    dice = dice_of(number)
    kind = dice.choice(sorted(KINDS))
    done = attempt(kind, dice, lambda data, name: _damaged(data, name, dice))
    return f"{kind}: code {done.code}"


def attempt(kind: str, dice: Random, damage: Damage) -> Result:
    """One command on one input of a kind; AssertionError where a promise is broken."""
    with harmed() as folder:
        words = KINDS[kind](folder, dice, damage)
        ledger = folder / LEDGER_NAME
        before = ledger.read_bytes()
        done = run_aiplus(words, folder)
        need_calm(done, CODES)
        after = ledger.read_bytes()
        need(after.startswith(before), "lines of the ledger are changed", words, done)
        need(after == before or done.code == 0, "it failed and left something in the ledger", words, done)
        if kind in JUDGED:
            _need_agreement(words, done, run_aiplus(["validate"], folder))
    return done


def _need_agreement(words: list[str], done: Result, validated: Result) -> None:
    """What `validate` calls an error, no command judges on; what it calls sound, none calls an error."""
    need_calm(validated, {0, 3})
    agreed = done.code in {2, 3} if validated.code == 3 else done.code != 3
    need(agreed, "'validate' says something else", words, done, validated)


def _damaged(data: bytes, name: str, dice: Random) -> bytes:
    """Every second input is damaged lightly, so that it is still what it was in form."""
    if dice.random() < 0.5 or data.startswith(b"PK"):
        return mutate(data, name, dice)
    return dice.choice((_swap_words, _swap_values))(data, dice)


def _swap_words(data: bytes, dice: Random) -> bytes:
    """One of its words or numbers stands in the place of another."""
    words = list(_WORD.finditer(data))
    return _put(data, dice.choice(words), dice.choice(words).group()) if words else data


def _swap_values(data: bytes, dice: Random) -> bytes:
    """The value of a key stands in the place of another value of the same key."""
    pairs = list(_PAIR.finditer(data))
    if not pairs:
        return _swap_words(data, dice)
    pair = dice.choice(pairs)
    return _put(data, pair, dice.choice([other.group() for other in pairs if other[1] == pair[1]]))


def _put(data: bytes, place: re.Match[bytes], text: bytes) -> bytes:
    return data[: place.start()] + text + data[place.end() :]


def _plan(folder: Path, dice: Random, damage: Damage) -> list[str]:
    (folder / "targets.yaml").write_bytes(damage(PLAN.encode(), "targets.yaml"))
    return dice.choice(READING).split()


def _ledger(folder: Path, dice: Random, damage: Damage) -> list[str]:
    (folder / LEDGER_NAME).write_bytes(damage(LEDGER.encode(), LEDGER_NAME))
    return dice.choice(READING).split()


def _sealed_ledger(folder: Path, dice: Random, damage: Damage) -> list[str]:
    """Every line has the id of its content, as if it had been recorded as it stands."""
    damaged = damage(LEDGER.encode(), LEDGER_NAME).splitlines(keepends=True)
    (folder / LEDGER_NAME).write_bytes(b"".join(map(_sealed, damaged)))
    return dice.choice(READING).split()


def _sealed(line: bytes) -> bytes:
    try:
        return lines.encode(lines.with_id(lines.decode(line)))
    except (ValueError, RecursionError):
        return line


def _table(folder: Path, dice: Random, damage: Damage) -> list[str]:
    return _import_of([name for name in TABLES if name.startswith(TAKEN)], folder, dice, damage)


def _refused_table(folder: Path, dice: Random, damage: Damage) -> list[str]:
    return _import_of([name for name in TABLES if not name.startswith(TAKEN)], folder, dice, damage)


def _import_of(names: list[str], folder: Path, dice: Random, damage: Damage) -> list[str]:
    name = dice.choice(names)
    (folder / name).write_bytes(damage((FIXTURES / name).read_bytes(), name))
    options = dice.choice(["", "--accept-valid", "--suggest-map -", "--dry-run"])
    return ["import", name, *options.split()]


def _mapping(folder: Path, dice: Random, damage: Damage) -> list[str]:
    del dice
    (folder / "figures.csv").write_text(MAPPED, encoding="utf-8")
    (folder / "m.yaml").write_bytes(damage(MAPPING.encode(), "m.yaml"))
    return ["import", "figures.csv", "--map", "m.yaml"]


def _run(folder: Path, dice: Random, damage: Damage) -> list[str]:
    run_aiplus(["snapshot"], folder)
    (recorded,) = (folder / "runs").glob("*.json")
    recorded.write_bytes(damage(recorded.read_bytes(), recorded.name))
    return dice.choice((["diff", "--from", f"runs/{recorded.name}"], ["check", "--since-last"]))


def _past(folder: Path, dice: Random, damage: Damage) -> list[str]:
    del dice
    (folder / "past.csv").write_bytes(damage(PAST.encode(), "past.csv"))
    return ["backtest", "past.csv"]


def _word(folder: Path, dice: Random, damage: Damage) -> list[str]:
    del folder
    at = dice.randrange(1, len(WORDS))
    return [*WORDS[:at], _typed(damage(WORDS[at].encode(), "word")), *WORDS[at + 1 :]]


def _typed(word: bytes) -> str:
    """A word as a program can be given it: no byte 0."""
    return word.replace(b"\0", b"").decode("utf-8", "surrogateescape")


KINDS: dict[str, Callable[[Path, Random, Damage], list[str]]] = {
    "ledger": _ledger,
    "ledger, sealed": _sealed_ledger,
    "mapping": _mapping,
    "past series": _past,
    "plan": _plan,
    "run": _run,
    "table": _table,
    "table, refused": _refused_table,
    "word": _word,
}
JUDGED = {"ledger", "ledger, sealed", "plan"}
