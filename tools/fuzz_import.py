"""Import damaged copies of the fixtures, many times; stops at the first that ends in anything but 0 or 3.

Run: python tools/fuzz_import.py [TIMES] [SEED]
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
FIXTURES = TESTS / "fixtures" / "import"
MAPPING = "schema: aiplus.mapping/1\nalways: {indicator: gen, period: 2025-12}\n"


def main(times: int, seed: int) -> int:
    """Print how the runs ended, the slowest of them and the peak of memory."""
    sys.path.insert(0, str(TESTS))
    from conftest import PLAN, run_aiplus
    from mutations import mutate

    names = sorted(path.name for path in FIXTURES.iterdir())
    ends: Counter[str] = Counter()
    slowest = (0.0, 0)
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        (folder / "targets.yaml").write_text(PLAN, encoding="utf-8")
        (folder / "m.yaml").write_text(MAPPING, encoding="utf-8")
        ledger = folder / "progress.jsonl"
        for number in range(seed, seed + times):
            dice = random.Random(number)  # noqa: S311 - a run must repeat itself
            name = dice.choice(names)
            data = mutate((FIXTURES / name).read_bytes(), name, dice)
            (folder / name).write_bytes(data)
            before = ledger.read_bytes() if ledger.exists() else b""
            options = dice.choice([[], ["--map", "m.yaml"], ["--accept-valid"], ["--suggest-map", "-"], ["--dry-run"]])
            start = time.perf_counter()
            done = run_aiplus(["import", name, *options], folder)
            slowest = max(slowest, (time.perf_counter() - start, number))
            after = ledger.read_bytes() if ledger.exists() else b""
            kept = after == before or (done.code == 0 and "figures recorded" in done.err)
            if done.code not in (0, 3) or "Traceback" in done.err or not kept:
                print(f"seed {number}: {name} {options} ended with {done.code}\n{done.err}")
                return 1
            ends[f"exit {done.code}"] += 1
            if number % 200 == 0:
                ledger.unlink(missing_ok=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{times} files from seed {seed}: {dict(ends)}")
    print(f"slowest {slowest[0]:.2f} s (seed {slowest[1]}); peak {peak} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in (*sys.argv[1:3], *["10000", "0"][len(sys.argv) - 1 :]))))
