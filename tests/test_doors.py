"""One door for a figure: `record` and `import` read and decide alike, whatever is written."""

from __future__ import annotations

import csv
import io
import shlex
from datetime import UTC, date, datetime
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from aiplus_cli.errors import InputProblem
from aiplus_cli.intake.grammar import Context
from aiplus_cli.intake.mapping import FileMapping
from aiplus_cli.intake.record import read_entry, record
from aiplus_cli.intake.session import NamedFile, Session, Wanted
from aiplus_cli.intake.values import is_missing
from aiplus_cli.ledger import jsonl
from aiplus_cli.ledger.jsonl import Ledger
from aiplus_cli.plan.load import load
from aiplus_cli.plan.records import Plan
from conftest import LEDGER, PLAN, run_aiplus, write_workspace

HERE = Path(__file__).parent
CONTEXT = Context(
    today=date(2026, 11, 24),
    published=date(2026, 11, 24),
    dated=False,
    recorded_at=datetime(2026, 11, 24, 2, 38, 50, tzinfo=UTC),
    recorded_by="tester",
)
BASE = {"indicator": "users", "region": "CN", "period": "2025-06", "value": "5", "source": "CNNIC"}
OWN: dict[str, tuple[str, ...]] = {
    "value": (
        "42.8", "42.8%", "42.8 %", "４２．８％", "52", "５２", "0.52", "０．５２", ".52", "0.52%", "0.52％",
        "1", "1.0", "1%", "0", "0.0", "-0.3", "-1", "−1.5", "－1.5", "+52", "＋52", "+52%", "-", "--5", "5-",
        "42.8¹", "42.8[1]", "42.8①", "42.8*", "42.8注", "1,234", "1，234", "1,23", "12,34,567", "1 234",
        "1\u00a0234", "12.8 1", "10⁴", "3×10⁴", "1e3", "1E3", "0x10", "١٢", "½", "5.15亿", "5.15 亿人",
        "1.2万亿元", "2300万", "3百万人", "百分之五", "百分之50", "3个百分点", "3pp", "500‰", "一亿", "十",
        "五成", "超50%", "超过50%", "突破7亿", "逾6亿", "近75%", "接近75%", "不足10%", "低于10%", "约70%",
        "≈70%", "70%左右", "50%以上", "5亿多", "50%以下", ">50%", ">=50%", "≥50", "＞50", "> 50", "<50",
        "~50", ">>50", "(3.2)", "（3.2）", "(12.3%)", "$5", "¥5", "5元", "NAN", "inf", "Infinity", "1e999",
        "true", "met", "at_risk", "=1+1", "'5", '"5"', "5\n6", "5\t", "\u200b5", "5\x00", "9" * 24, "9" * 25,
        "0." + "1" * 31, "0000042", "4２.８", "42.8.1", "42,8", "42 800 000", "5/6", "1:2", "ten", "预测5",
        "5p", "5e", "同比增长5%", "5（初步）", "5(初步)", "5 (p)", "52%（初步数）①", "5①（预测）", "（初步）",
        "5（注1）", "5(3)", "5（初步）（预测）", "超5（估计）", "（3.2）（初步）", "5（万人）", "5亿人（正常）",
    ),
    "period": (
        "2025", "2025年", "２０２５年", "2025年度", "2025全年", "2025年全年", "2025-H1", "2025H1", "2025h2",
        "2025-S1", "2025S2", "2025-B1", "2025年上半年", "2025上半年", "2025年下半年", "上半年", "2025Q2",
        "2025q2", "2025-Q5", "2025年第二季度", "2025年二季度", "2025二季度", "2025-06", "2025-6", "2025.06",
        "2025.6", "2025/06", "2025-M06", "2025M6", "2025年6月", "2025年6月份", "2025年06月末", "2025年6月底",
        "2025年9月末", "2025年末", "2025年底", "2025年前三季度", "截至2025年9月", "截至2025年9月底", "2025年上半年末",
        "2025年1—9月", "2025年前9个月末", "截止2025年9月30日", "2025年一至三季度", "2025年前13个月",
        "202509", "202513", "20250930", "20250901", "2025-09-30",
        "2025/9/30", "2025年9月30日", "2025-09-01", "2025年9月1日", "2025.9.1", "2026年11月1日", "2025-06-31",
        "2026-13", "2025-00", "2025-W05", "2025W05", "1-7月", "2025年1-7月", "2025年1至7月累计", "2025年2-7月",
        "2025-01/2025-07", "45747", "45778", "99999", "0", "25", "25年", "1899", "99999年", "民国114年", "去年",
        "soon", "2027", "2026-12", "2026", "2026-H2", "2025 年 6 月", " 2025-06 ", "2025-06\n",
        "2025-06-30T00:00:00", "二〇二五年", "2025年四季度", "2025年第5季度", "2025年13月", "2025 Q2",
        "Q2 2025", "Jun 2025", "06/2025", "30.06.2025",
    ),
    "region": (
        "CN", "cn", "CN-HN", "cn-hn", "CN_HN", "湖南", "湖南省", "Hunan", "hunan", "HUNAN", "430000", "43",
        "４３００００", "430100", "4300", "全国", "中国", "China", "北　京", "北 京", "北京市", "内蒙古",
        "内蒙古自治区", "广西壮族自治区", "香港", "Hong Kong", "hongkong", "Tibet", "Xizang", "西藏", "台湾省",
        "长沙", "Huna", "Atlantis", "CN-XX", "DE", "US", "01", "合计", "all", "湖南\n", " 湖南 ", "-",
    ),
    "status": (
        "A", "a", "P", "p", "Ｐ", "E", "e", "F", "f", "B", "b", "X", "AA", "正常", "初步", "初步数", "初步核算",
        "初步 ", "估计", "预测", "预测数", "预计", "口径变更", "口径调整", "normal", "Provisional",
        "PROVISIONAL", "estimated", "forecast", "Forecast", "break", "final", "0", "?",
    ),
    "published": (
        "2026-02-05", "2026/2/5", "2026.2.5", "2026年2月5日", "20260205", "２０２６-02-05", "46058",
        "2026-02-30", "2026-02", "2026", "2026-13-01", "2026-11-24", "2026-11-25", "2027-01-01", "2024-01-01",
        "2025-05-31", "05.02.2026", "tomorrow", "今天", "2026-W06-4", "2026-02-05T08:00", "2026-02-05 ",
    ),
    "rating": (
        "met", "MET", "Met", "已达标", "on_track", "on track", "On Track", "on-track", "按期", "at_risk",
        "at risk", "有风险", "off_track", "难以达标", "难以达标 ", "lagging", "落后", "great", "42",
        "42%", "missed", "no_data", "A", "达标", "按期\n", "按期（初步）",
    ),
    "source": (
        "CNNIC", " CNNIC ", "a\nb", "a\x1b[31m", "\u2028", "\x00", "=1+1", "第57次《报告》", "长" * 2000,
        "长" * 2001, "🎉",
    ),
    "note": (
        "a note", "two\nlines", "a\x7fb", "\x85", "\tindented", "a,b", '"quoted"', "'", "長" * 10,
    ),
    "url": (
        "https://example.org/a?b=c", "a\u2028b", "javascript:x", " https://example.org ",
    ),
}  # fmt: skip
"""Texts that people write, and some that nobody should, by the fact that they are to say."""
MARKS = ("-", "—", "……", "..", "/", "N/A", "nan", "NaN", "无", "暂无")
"""What a table writes where it has no figure."""
FLAGS = {"--dry-run"}


@cache
def gathered() -> dict[str, list[str]]:
    """Every text of a figure in the commands and tables of the cases and fixtures, by fact, with those of OWN."""
    found: dict[str, dict[str, None]] = {name: dict.fromkeys(texts) for name, texts in OWN.items()}
    for path in [*(HERE / "spec").glob("*.txt"), *(HERE / "errors").glob("*.txt")]:
        text = path.read_text(encoding="utf-8")
        for line in text.splitlines():
            if line.startswith("$ aiplus record ") and line.count("'") % 2 == 0:
                take(found, command_texts(shlex.split(line)[3:]))
        for block in text.split("\n--- "):
            if block.startswith("file ") and block.split("\n", 1)[0].endswith(".csv"):
                take_table(found, block.split("\n$ ", 1)[0].split("\n", 1)[-1])
    for path in (HERE / "fixtures" / "import").glob("*.csv"):
        data = path.read_bytes()
        take_table(found, data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8-sig", "ignore"))
    return {name: [text for text in texts if text.strip()] for name, texts in found.items()}


def command_texts(words: list[str]) -> dict[str, str]:
    """The texts of a `record` command by fact."""
    said, places = dict[str, str](), list[str]()
    rest = iter(words)
    for word in rest:
        if word == "--":
            places += rest
        elif word.startswith("--") and word not in FLAGS:
            said[word.removeprefix("--")] = next(rest, "")
        elif word not in FLAGS:
            places.append(word)
    return said | dict(zip(("indicator", "value"), places, strict=False))


def take_table(found: dict[str, dict[str, None]], text: str) -> None:
    """The cells of a long table."""
    rows = [row for row in csv.reader(io.StringIO(text.split("=> ", maxsplit=1)[0])) if row]
    for row in rows[1:]:
        take(found, dict(zip(rows[0], row, strict=False)))


def take(found: dict[str, dict[str, None]], said: dict[str, str]) -> None:
    """Note the texts of a figure."""
    kind = "rating" if said.get("indicator") == "role" else "value"
    for name, text in said.items():
        fact = kind if name == "value" else name
        if fact in found and fact not in ("source", "note", "url"):
            found[fact][text] = None


TEXTS = [(fact, text) for fact, texts in gathered().items() for text in texts]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The small plan."""
    return load(write_workspace(tmp_path_factory.mktemp("doors"), {"targets.yaml": PLAN}) / "targets.yaml")


Answer = str | list[str]
"""The id of the entry, or what is wrong."""


def by_record(plan: Plan, texts: dict[str, str], ledger: Ledger) -> Answer:
    """What `record` makes of the texts."""
    try:
        done = record(plan, ledger, read_entry(plan, texts, CONTEXT))
    except InputProblem as error:
        return [str(problem.what) for problem in error.problems]
    return done.entries[0].id if done.entries else "known"


def by_import(plan: Plan, texts: dict[str, str], folder: Path) -> Answer:
    """What `import` makes of a table with one row of the same texts."""
    table = folder / "row.csv"
    with table.open("w", encoding="utf-8", errors="surrogatepass", newline="") as stream:
        csv.writer(stream).writerows([list(texts), list(texts.values())])
    try:
        with Session(plan, FileMapping(), CONTEXT) as session:
            session.read([NamedFile(table, table.name)], Wanted("utf-8"), lambda _: None)
            done = session.finish(folder / "progress.jsonl", dry_run=True, accept_valid=False, set_aside=lambda _: None)
    except InputProblem as error:
        return [str(problem.what) for problem in error.problems]
    (sheet,) = done.sheets
    found = [entry.id for entry in sheet.new] + [revision.new.id for revision in sheet.revisions]
    return [str(problem.what) for problem in done.problems] or (found[0] if found else "known")


def spoken(fact: str, text: str) -> list[dict[str, str]]:
    """The rows in which a text says its fact: a value as a number of people, and as a percentage."""
    if fact == "rating":
        return [BASE | {"indicator": "role", "value": text}]
    if fact == "value":
        return [BASE | {"value": text}, BASE | {"indicator": "head", "value": text}]
    return [BASE | {fact: text}]


def test_many_texts_are_tried() -> None:
    """Those of every case and fixture are among them."""
    assert len(TEXTS) > 400
    assert {"3个百分点", "51,500万人", "1e999"} <= set(gathered()["value"])


@pytest.mark.parametrize("fact", list(OWN))
def test_both_doors_read_alike(fact: str, plan: Plan, tmp_path: Path) -> None:
    """A text gives the same entry by `record` and by `import`, or is refused by both with the same sentence."""
    ledger = Ledger("progress.jsonl")
    for text in gathered()[fact]:
        for texts in spoken(fact, text):
            if is_missing(texts["value"]):
                continue  # a mark for no figure, which has a test of its own

            assert by_record(plan, texts, ledger) == by_import(plan, texts, tmp_path), texts


EXPECTED: list[tuple[str, str, str]] = [
    ("head", "0.52", "may be a share of 1 or a percentage"),
    ("head", "０．５２", "may be a share of 1 or a percentage"),
    ("head", "+52", "looks like a change"),
    ("head", "＋52", "looks like a change"),
    ("head", "3个百分点", "is not in the unit of head"),
    ("head", "1e3", "is no value"),
    ("users", "1.2万亿元", "is not in the unit of users"),
]


@pytest.mark.parametrize(("indicator", "value", "said"), EXPECTED)
def test_what_may_mean_two_things_is_asked_for_at_both_doors(
    indicator: str, value: str, said: str, tmp_path: Path
) -> None:
    """The command and the import of one row refuse it in the same words, and write nothing."""
    table = f"indicator,period,value\n{indicator},2025,{value}\n"
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": table})
    for command in (["record", indicator, value, "--period", "2025"], ["import", "t.csv"]):
        done = run_aiplus(command, folder)

        assert (done.code, said in done.err) == (3, True), done.err
    assert jsonl.read(folder / "progress.jsonl").entries == []


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_for_no_figure_is_none_at_both_doors(mark: str, plan: Plan, tmp_path: Path) -> None:
    """A table may have it, and it is counted as empty; who records it is told that it is no value."""
    texts = BASE | {"value": mark}

    assert by_record(plan, texts, Ledger("l")) == [f"'{mark}' is no value"]
    assert by_import(plan, texts, tmp_path) == "known"


def both(folder: Path, row: dict[str, str]) -> tuple[str, str]:
    """What a dry run says of a figure, by `record` and by `import`."""
    named = {f"--{name}": text for name, text in row.items() if name not in ("indicator", "value")}
    words = [word for pair in named.items() for word in pair]
    write_workspace(folder, {"t.csv": f"{','.join(row)}\n{','.join(row.values())}\n"})
    told = run_aiplus(["record", row["indicator"], row["value"], *words, "--dry-run"], folder)
    return told.err, run_aiplus(["import", "t.csv", "--dry-run"], folder).out


DECIDED: list[tuple[str, dict[str, str], str, str]] = [
    ("a half year revises its last month", {"period": "2026-H1", "value": "52", "published": "2026-11-01"},
     "revises >50.0 (2026-06)", "revises gen CN 2026-H1: >50.0 -> 52"),
    ("a fall from 50 to 1.2 is a jump", {"period": "2026-09", "value": "1.2%"},
     "an unusual jump", "jump gen CN 2026-09: >50.0 (2026-06) -> 1.2"),
    ("what the ledger says is known", {"period": "2025-06", "value": "36.50", "published": "2025-10-18"},
     "already recorded", "unchanged 1"),
    ("without a date it is known too", {"period": "2025-06", "value": "36.5"}, "already recorded", "unchanged 1"),
    ("with a note it is known too", {"period": "2025-06", "value": "36.5", "published": "2025-10-18", "note": "n"},
     "already recorded as 4e85ddec1941a32e", "unchanged 1"),
    ("one source says one thing a day", {"period": "2025-06", "value": "37", "published": "2025-10-18"},
     "already recorded for gen CN 2025-06", "rejected 1"),
    ("a forecast revises nothing", {"period": "2026-06", "value": "90", "status": "预测", "published": "2026-11-01"},
     "follows 42.8", "revised 0"),
    ("what was published before is no revision", {"period": "2026-06", "value": "49", "published": "2026-09-01"},
     "follows 42.8", "revised 0"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "told", "summed"), [case[1:] for case in DECIDED], ids=[case[0] for case in DECIDED])
def test_both_doors_decide_alike(row: dict[str, str], told: str, summed: str, tmp_path: Path) -> None:
    """New, known, revised, contradicted or a jump: the same by `record` and by `import`."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    said, summary = both(folder, {"indicator": "gen", **row, "source": "CNNIC"})

    assert told in said
    assert summed in summary
    assert ("revises" in said) == ("revises" in summary)
    assert ("jump" in said) == ("jump" in summary)


def test_rows_of_one_file_follow_each_other(tmp_path: Path) -> None:
    """A jump between two rows is said as if the second were recorded after the first; few are told, all counted."""
    rows = "".join(f"users,{2000 + year},{(1, 100)[year % 2]}\n" for year in range(12))
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": f"indicator,period,value\n{rows}"})
    done = run_aiplus(["import", "t.csv", "--source", "s"], folder)

    assert done.code == 0
    assert "unusual jumps: 11;" in done.out
    assert done.out.count("  jump ") == 5
    assert "  and 6 more\n" in done.out


def test_a_row_means_the_same_in_a_long_table_as_alone(plan: Plan, tmp_path: Path) -> None:
    """Whatever stands above it: labels that were met before are read more quickly, and not otherwise."""
    periods = ("2024", "2025-06", "2025年二季度", "2026-H2", "2025-09-30", "2024年上半年")
    days = ("2025-10-18", "2026/2/5", "2026年9月29日", "2024-08-01", "")
    values = ("42.8", "0.52", "1", "428", "-1", "0", "50.00", "7", "+3", "超50%", "5.150")
    rows = [
        BASE
        | {"indicator": indicator, "period": period, "published": day, "value": values[n % 11], "status": "APb"[n % 3]}
        for n, (indicator, period, day) in enumerate(product(("head", "users", "普及率"), periods, days))
    ]
    rows = [row | {"source": str(n // 40), "bound": ("", "", "~")[n % 3]} for n, row in enumerate(rows)]
    alone = [by_import(plan, row, tmp_path) for row in rows]
    write_workspace(tmp_path, {"targets.yaml": PLAN})
    with (tmp_path / "all.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([list(rows[0]), *(row.values() for row in rows)])
    done = run_aiplus(["import", "all.csv", "--accept-valid"], tmp_path)
    found = [entry.id for entry in jsonl.read(tmp_path / "progress.jsonl").entries]
    reasons = [what for answer in alone if isinstance(answer, list) for what in answer]

    assert [answer for answer in alone if isinstance(answer, str)] == found
    assert len(found) > 30
    assert [line.split(": ", 2)[2] for line in done.err.splitlines() if line.startswith("error: ")] == reasons[:20]


@pytest.mark.parametrize(("dates", "period"), [("day", "2026-11-01"), ("month", "2026-11"), ("year", "2026")])
def test_a_date_on_the_first_of_a_month_is_asked_for_and_can_be_said(dates: str, period: str, tmp_path: Path) -> None:
    """`record` asks as `import` does, and its fix works: --dates here, `dates:` in a mapping there."""
    files = {
        "targets.yaml": PLAN,
        "m.yaml": f"dates: {dates}\n",
        "t.csv": "indicator,period,value\nusers,2026-11-01,5\n",
    }
    folder = write_workspace(tmp_path, files)
    command = ["record", "users", "5", "--period", "2026年11月1日"]
    asked = run_aiplus(command, folder)

    assert (asked.code, "--dates day" in asked.err) == (3, True)
    told = run_aiplus([*command, "--dates", dates, "--source", "s"], folder)
    again = run_aiplus(["import", "t.csv", "--map", "m.yaml", "--source", "s"], folder)

    assert (told.code, f"recorded users CN {period}: 5\n" in told.err) == (0, True), told.err
    assert "unchanged 1" in again.out
