"""The command line of the campaigns: which one, how many trials, from which number on."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from campaign import faults, fuzz, kills, races, texts

CAMPAIGNS: dict[str, Callable[[int], str]] = {
    "kills": kills.trial, "faults": faults.trial, "races": races.trial, "fuzz": fuzz.trial, "texts": texts.trial,
}  # fmt: skip


def main() -> int:
    """Run the trials; 1 at the first that breaks a promise, whose number and fault are printed."""
    parser = argparse.ArgumentParser(prog="python -m campaign", description=__doc__)
    parser.add_argument("campaign", choices=CAMPAIGNS)
    parser.add_argument("trials", type=int)
    parser.add_argument("--first", type=int, default=0, help="the number of the first trial")
    asked = parser.parse_args()
    ends: Counter[str] = Counter()
    for number in range(asked.first, asked.first + asked.trials):
        try:
            ends[CAMPAIGNS[asked.campaign](number)] += 1
        except AssertionError as broken:
            print(f"{asked.campaign} {number}: {broken}")
            return 1
        if sys.stderr.isatty() and number % 100 == 0:
            print(f"\r{asked.campaign}: {number - asked.first}", end="", file=sys.stderr, flush=True)
    print(f"{asked.campaign}: {asked.trials} trials from {asked.first}, no promise broken")
    for end, count in sorted(ends.items()):
        print(f"  {end}: {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
