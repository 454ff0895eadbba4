"""Ratios of whole processes, medians over 10 runs taken in turn; `make bench` prints them against their limits."""

from __future__ import annotations

import csv
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from aiplus_cli.ledger.entries import Figure
from aiplus_cli.ledger.lines import encode, with_id

HERE = Path(__file__).parent
REPO = HERE.parent
RUNS = 10
PLAN = """schema: aiplus.targets/1
plan: {id: bench, title: {zh: 计划, en: Plan}, issuer: {zh: 国务院, en: State Council}, document: none,
  issued: 2025-08-21}
milestones:
  - {id: "2027", due: 2027-12-31, statement: {zh: 话, en: words}}
indicators:
"""
INDICATOR = """  - {{id: series-{n}, name: {{zh: 指标{n}, en: Series {n}}}, area: all, measure: number, unit: "%",
     range: [0, 100], direction: increase, frequency: monthly, targets: [{{milestone: "2027", op: ">", value: 70}}]}}
"""


def seconds(command: Sequence[str], folder: Path) -> float:
    """Wall seconds of one run; the exit code must be 0, or one that only a verdict of `check` gives."""
    start = time.perf_counter()
    environment = {**os.environ, "COLUMNS": "140", "PYTHONDONTWRITEBYTECODE": ""}  # compiled once, as for its users
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, env=environment)
    assert done.returncode in (0, 10, 11), done.stderr.decode()
    return time.perf_counter() - start


def ratio(ours: Sequence[str], floor: Sequence[str], folder: Path, *, runs: int = RUNS) -> tuple[float, float, float]:
    """Median seconds of both commands, run in turn after a warm-up, and the ratio of the medians."""
    seconds(ours, folder), seconds(floor, folder)
    pairs = [(seconds(ours, folder), seconds(floor, folder)) for _ in range(runs)]
    a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
    return a, b, a / b


def make_workspace(folder: Path, figures: int) -> None:
    """A workspace with `figures` monthly figures over 100 indicators and 10 years, revised again and again."""
    indicators = "".join(INDICATOR.format(n=n) for n in range(100))
    (folder / "targets.yaml").write_text(PLAN + indicators, encoding="utf-8")
    with (folder / "progress.jsonl").open("w", encoding="utf-8") as stream:
        for index in range(figures):
            stream.write(_line(_figure(index)))


def _figure(index: int) -> dict[str, object]:
    vintage, place = divmod(index, 12_000)
    month, series = divmod(place, 100)
    year, month = divmod(month, 12)
    return {
        "id": f"{index:016x}",
        "indicator": f"series-{series}",
        "region": "CN",
        "period": f"{2016 + year}-{month + 1:02d}",
        "value": round(month + year * 4 + series / 100, 2),
        "bound": "",
        "status": "A",
        "published": f"2026-{1 + vintage % 12 if vintage < 10 else 1:02d}-{1 + vintage % 28:02d}",
        "source": f"CNNIC 第{vintage}次《中国互联网络发展状况统计报告》",
        "url": "",
        "note": "",
        "recorded_at": "2026-11-23T08:00:00Z",
        "recorded_by": "bench",
    }


def _line(fields: dict[str, object]) -> str:
    """A line of the ledger, under the id of its content: a forged one would not be judged."""
    return encode(with_id(msgspec.convert(fields, Figure, strict=False))).decode()


def make_table(path: Path, rows: int) -> None:
    """A long table of `rows` different figures of the workspace's series."""
    names = ("indicator", "region", "period", "value", "bound", "status", "published", "source", "url", "note")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, extrasaction="ignore")
        writer.writeheader()
        for index in range(rows):
            vintage, place = divmod(index, 12_000)
            month = place // 100
            period = f"{2006 + month // 12}-{month % 12 + 1:02d}"
            day = f"{2016 + vintage // 28}-{1 + vintage % 12:02d}-{1 + vintage % 28:02d}"
            value = f"{1.5 + index * 7919 % 9800 / 100:.2f}"
            writer.writerow(_figure(index) | {"period": period, "published": day, "value": value})


def make_regions(folder: Path) -> None:
    """A workspace of 10,000 indicators by regions: 400 indicators in 25 provinces, four half-yearly figures each."""
    from aiplus_cli.plan.places import EN

    (folder / "targets.yaml").write_text(PLAN + "".join(INDICATOR.format(n=n) for n in range(400)), encoding="utf-8")
    regions = [code for code in EN if code != "CN"][:25]
    periods = ("2024-12", "2025-06", "2025-12", "2026-06")
    with (folder / "progress.jsonl").open("w", encoding="utf-8") as stream:
        for index in range(400 * len(regions) * len(periods)):
            place, period = divmod(index, len(periods))
            series, region = divmod(place, len(regions))
            said = {"region": regions[region], "period": periods[period], "indicator": f"series-{series}"}
            value = round(20 + series / 20 + period * (2 + region / 2), 2)
            stream.write(_line(_figure(index) | said | {"value": value, "published": f"{periods[period]}-28"}))


def show_import(aiplus: str, python: str, folder: Path) -> None:
    """The import of 1,000,000 rows against a bare csv.reader loop over them."""
    make_workspace(folder, 0)
    make_table(folder / "figures.csv", 1_000_000)
    loop = [python, "-c", "import csv\nfor row in csv.reader(open('figures.csv', encoding='utf-8', newline='')): pass"]
    ours, floor = [], []
    for _ in range(3):
        (folder / "progress.jsonl").unlink(missing_ok=True)
        ours.append(seconds([aiplus, "import", "figures.csv"], folder))
        floor.append(seconds(loop, folder))
    a, b = statistics.median(ours), statistics.median(floor)
    show("import of 1,000,000 rows / csv.reader loop", (a, b, a / b), 20)
    (folder / "progress.jsonl").unlink()
    running = subprocess.Popen([aiplus, "import", "figures.csv"], cwd=folder, stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(running.pid, 0)
    print(f"  peak memory {usage.ru_maxrss / 1024:.0f} MiB (limit 300)")


def main() -> None:
    """Print each ratio with its limit."""
    python, aiplus = sys.executable, str(Path(sys.executable).parent / "aiplus")
    loop = [python, "-c", "import json\nfor line in open('progress.jsonl', encoding='utf-8'): json.loads(line)"]
    with tempfile.TemporaryDirectory() as name:
        small, large, table, wide = (Path(name, each) for each in ("100k", "1m", "table", "regions"))
        for folder in (small, large, table, wide):
            folder.mkdir()
        make_workspace(small, 100_000)
        make_workspace(large, 1_000_000)
        show("--help / import typer", ratio([aiplus, "--help"], [python, "-c", "import typer"], REPO), 1.2)
        show("status / floor script", ratio([aiplus, "status"], [python, str(HERE / "floor.py")], REPO), 1.3)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        show("status on 100,000 / json.loads loop", ratio([aiplus, "status"], loop, small), 3)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(f"  peak memory {max(peak, before) / 1024:.0f} MiB (limit 150)")
        big = [aiplus, "status"]
        start = statistics.median(seconds(big, small) for _ in range(3))
        long = statistics.median(seconds(big, large) for _ in range(3))
        show("status on 1,000,000 / on 100,000", (long, start, long / start), 11)
        make_regions(wide)
        check = [aiplus, "check", "--region", "all"]
        status = [aiplus, "status", "--region", "all", "--format", "json"]
        show("check on 10,000 indicators by regions / status --format json", ratio(check, status, wide, runs=3), 3)
        show_import(aiplus, python, table)


def show(name: str, measured: tuple[float, float, float], limit: float) -> None:
    """One line: the two medians, their ratio and its limit."""
    a, b, found = measured
    print(f"{name}: {a:.3f} s / {b:.3f} s = {found:.2f} (limit {limit}) {'ok' if found <= limit else 'TOO SLOW'}")


if __name__ == "__main__":
    main()
