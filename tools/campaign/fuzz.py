"""Damaged inputs of every kind: each ends with a code of its own and a sentence, and costs no figure."""

from __future__ import annotations

from pathlib import Path
from random import Random

from campaign.workspace import LEDGER_NAME, dice_of, harmed, need, need_calm
from conftest import LEDGER, PLAN, run_aiplus
from mutations import mutate

FIXTURES = Path(__file__).parents[2] / "tests" / "fixtures" / "import"
TABLES = sorted(path.name for path in FIXTURES.iterdir())
MAPPING = "schema: aiplus.mapping/1\nalways: {indicator: gen, period: 2025-12}\n"
PAST = "series,year,value\na,2020,10\na,2021,20\na,2022,31\na,2023,39\nb,2020,5\nb,2021,9\nb,2022,16\nb,2023,30\n"
READING = ("status", "check", "show gen", "due", "log gen", "plan", "validate", "forecast gen", "export -o out.csv")
CODES = {0, 2, 3, 10, 11}


def trial(number: int) -> str:
    """One damaged file or word, and one command that reads it; gives back the kind and the code."""
    dice = dice_of(number)
    kind = dice.choice(sorted(KINDS))
    with harmed() as folder:
        (folder / "m.yaml").write_text(MAPPING, encoding="utf-8")
        words = KINDS[kind](folder, dice)
        ledger = folder / LEDGER_NAME
        before = ledger.read_bytes()
        done = run_aiplus(words, folder)
        need_calm(done, CODES)
        after = ledger.read_bytes()
        need(after.startswith(before), "lines of the ledger are changed", words, done)
        need(after == before or done.code == 0, "it failed and left something in the ledger", words, done)
    return f"{kind}: code {done.code}"


def _damage(folder: Path, name: str, text: str, dice: Random) -> None:
    (folder / name).write_bytes(mutate(text.encode(), name, dice))


def _plan(folder: Path, dice: Random) -> list[str]:
    _damage(folder, "targets.yaml", PLAN, dice)
    return dice.choice(READING).split()


def _ledger(folder: Path, dice: Random) -> list[str]:
    _damage(folder, LEDGER_NAME, LEDGER, dice)
    return dice.choice(READING).split()


def _table(folder: Path, dice: Random) -> list[str]:
    name = dice.choice(TABLES)
    (folder / name).write_bytes(mutate((FIXTURES / name).read_bytes(), name, dice))
    options = dice.choice(["", "--map m.yaml", "--accept-valid", "--suggest-map -", "--dry-run"])
    return ["import", name, *options.split()]


def _mapping(folder: Path, dice: Random) -> list[str]:
    (folder / "utf8.csv").write_bytes((FIXTURES / "utf8.csv").read_bytes())
    _damage(folder, "m.yaml", MAPPING, dice)
    return ["import", "utf8.csv", "--map", "m.yaml"]


def _run(folder: Path, dice: Random) -> list[str]:
    run_aiplus(["snapshot"], folder)
    (recorded,) = (folder / "runs").glob("*.json")
    recorded.write_bytes(mutate(recorded.read_bytes(), recorded.name, dice))
    return ["diff", "--from", f"runs/{recorded.name}"]


def _past(folder: Path, dice: Random) -> list[str]:
    _damage(folder, "past.csv", PAST, dice)
    return ["backtest", "past.csv"]


def _word(folder: Path, dice: Random) -> list[str]:
    del folder
    words = ["record", "gen", "52.1", "--period", "2026-06", "--published", "2026-10-01", "--source", "CNNIC"]
    at = dice.randrange(1, len(words))
    return [*words[:at], _spoilt(words[at], dice), *words[at + 1 :]]


def _spoilt(word: str, dice: Random) -> str:
    """A word as a program can be given it: no byte 0, and no more than it can hold."""
    return mutate(word.encode(), "word", dice).replace(b"\0", b"").decode("utf-8", "surrogateescape")


KINDS = {
    "figures": _table,
    "ledger": _ledger,
    "mapping": _mapping,
    "past series": _past,
    "plan": _plan,
    "run": _run,
    "word": _word,
}
