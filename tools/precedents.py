"""Write the table of past cases that ships, from the public-domain and CC BY sources alone.

    python tools/precedents.py DATA

DATA is a folder with adoption_many_dev.csv (group, technology, place, frequency, year, value) and adoption_dev.csv
(series, year, value; of it the use of the Internet by country). Writes src/aiplus_cli/workspace/precedents.csv: a line
for each stretch of figures without a gap, to one decimal; `first` is the end of its first period, 2025 that of 2024.
What each group has is written into docs/methods.md, and how well the count did on the groups that do not ship.
The same files give the same table.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from babel import Locale
from babel.core import get_global

from aiplus_cli.judge.episodes import episodes, weights
from aiplus_cli.judge.past import read_past
from aiplus_cli.judge.precedents import Precedents, precedents
from aiplus_cli.workspace.precedents import past_cases

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src/aiplus_cli/workspace/precedents.csv"
DOCS = {"en": ROOT / "docs/methods.md", "zh": ROOT / "docs/methods.zh.md"}
SCORES = {
    "en": "On {groups} groups that do not ship ({cases:,} targets, weighed as `backtest` weighs) {said:.0%} of the "
    "nearest cases arrived and {met:.0%} of the targets were reached; as a chance the count has a Brier score of "
    "{brier:.3f}.",
    "zh": "在 {groups} 个未随附的分组上（{cases:,} 个目标，权重与 `backtest` 相同），最接近的先例中有 {said:.0%} 达到，"
    "而目标实际有 {met:.0%} 达到；若以个数作概率，Brier 评分为 {brier:.3f}。",
}
SCORED = 20
"""Of the episodes of those groups every twentieth is put to the table."""
LAST = Decimal(2100)
"""After every figure."""
COLUMNS = ("group", "source", "licence", "technology", "technology_zh", "place", "place_zh", "step", "first", "values")

OWID = "Our World in Data"
SOURCES = {
    "Internet use by country": (f"ITU / {OWID}", "CC BY"),
    "US households and people": (OWID, "CC BY"),
    "US sales shares": (OWID, "CC BY"),
    "enterprises (misc.)": (OWID, "CC BY"),
    "vehicle sales, annual": ("IEA Global EV Data 2024", "CC BY 4.0"),
    "farm acreage": ("USDA ERS", "public domain"),
    "web features, half-yearly": ("caniuse", "CC BY 4.0"),
}
"""The groups that ship, each with who published it and under which licence. No other may: not those with a licence of
their own ("free with attribution", "open data"), nor those for which none was found."""

INTERNET = "internet-use "
STEPS = {"A": 1.0, "S": 0.5, "Q": 0.25}
"""Years between the figures of a frequency."""
YEAR_BEFORE_ITS_END = {"A": 1.0, "S": 0.0, "Q": 0.0}
"""What a year of the data lacks to the end of its period: 2024 is all of 2024, 2024.5 the end of its first half."""

TECHNOLOGIES = {
    "Internet use": ("Internet use", "使用互联网"),
    "Cable TV": ("cable television at home", "家庭有线电视"),
    "Colour TV": ("colour television at home", "家庭彩色电视机"),
    "Computer": ("computer at home", "家庭电脑"),
    "Dryer": ("clothes dryer at home", "家庭干衣机"),
    "Ebook reader": ("owning an e-book reader", "拥有电子书阅读器"),
    "Electric Range": ("electric range at home", "家庭电灶"),
    "Electric power": ("electric power at home", "家庭通电"),
    "Flush toilet": ("flush toilet at home", "家庭抽水马桶"),
    "Internet": ("Internet use in surveys", "使用互联网（调查）"),
    "Landline": ("telephone line at home", "家庭固定电话"),
    "Microcomputer": ("microcomputer at home", "家庭微型计算机"),
    "Radio": ("radio at home", "家庭收音机"),
    "Refrigerator": ("refrigerator at home", "家庭电冰箱"),
    "Smartphone usage": ("using a smartphone", "使用智能手机"),
    "Social media usage": ("using social media", "使用社交媒体"),
    "Tablet": ("owning a tablet", "拥有平板电脑"),
    "Vacuum": ("vacuum cleaner at home", "家庭吸尘器"),
    "Videocassette recorder": ("video recorder at home", "家庭录像机"),
    "Washer": ("washing machine at home", "家庭洗衣机"),
    "Automatic transmission": ("automatic transmission in new cars", "新车自动变速器"),
    "Electronic ignition": ("electronic ignition in new cars", "新车电子点火"),
    "Power steering": ("power steering in new cars", "新车动力转向"),
    "Nox pollution controls (boilers)": ("NOx controls on boilers", "锅炉氮氧化物控制"),
    "RTGS adoption": ("real-time gross settlement at central banks", "中央银行实时全额结算"),
    "electric buses": ("electric buses among new buses", "新售公交车中的电动车"),
    "electric trucks": ("electric trucks among new trucks", "新售卡车中的电动车"),
    "GE soybean, all": ("genetically engineered soybean acreage", "转基因大豆种植面积"),
    "GE upland cotton, all": ("genetically engineered cotton acreage", "转基因陆地棉种植面积"),
    "GE upland cotton, stacked": ("cotton with several engineered traits", "复合性状转基因陆地棉种植面积"),
}
"""Technologies in both languages, in our own words; a feature of the web keeps its published id in both."""

PLACES = {
    "US": ("United States", "美国"),
    "U.S.": ("United States", "美国"),
    "USA": ("United States", "美国"),
    "Korea": ("South Korea", "韩国"),
    "world": ("world", "全世界"),
    "Alabama": ("Alabama", "亚拉巴马州"),
    "Arkansas": ("Arkansas", "阿肯色州"),
    "California": ("California", "加利福尼亚州"),
    "Georgia": ("Georgia (US)", "佐治亚州"),
    "Illinois": ("Illinois", "伊利诺伊州"),
    "Indiana": ("Indiana", "印第安纳州"),
    "Iowa": ("Iowa", "艾奥瓦州"),
    "Kansas": ("Kansas", "堪萨斯州"),
    "Louisiana": ("Louisiana", "路易斯安那州"),
    "Michigan": ("Michigan", "密歇根州"),
    "Minnesota": ("Minnesota", "明尼苏达州"),
    "Mississippi": ("Mississippi", "密西西比州"),
    "Missouri": ("Missouri", "密苏里州"),
    "Nebraska": ("Nebraska", "内布拉斯加州"),
    "North Carolina": ("North Carolina", "北卡罗来纳州"),
    "North Dakota": ("North Dakota", "北达科他州"),
    "Ohio": ("Ohio", "俄亥俄州"),
    "Other States": ("other US states", "美国其他州"),
    "South Dakota": ("South Dakota", "南达科他州"),
    "Tennessee": ("Tennessee", "田纳西州"),
    "Texas": ("Texas", "得克萨斯州"),
    "Wisconsin": ("Wisconsin", "威斯康星州"),
}
"""Places that are no country under its usual name; the names of countries are those of the Unicode CLDR."""

_ENGLISH, _CHINESE = Locale("en").territories, Locale("zh").territories
_CODES = {name: code for code, name in _ENGLISH.items()}


class Stretch(NamedTuple):
    """What a series is of, and figures of it that follow each other without a gap."""

    group: str
    technology: str
    place: str
    step: float
    figures: list[tuple[float, float]]


def main(folder: Path) -> None:
    """Write the table, and what is in it into the docs."""
    found = sorted([*_many(folder / "adoption_many_dev.csv"), *_internet(folder / "adoption_dev.csv")])
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(stretch) for stretch in found)
    TABLE.write_text(lines.getvalue(), encoding="utf-8")
    score = scored(folder / "adoption_many_dev.csv")
    for lang, page in DOCS.items():
        text = between(page.read_text(encoding="utf-8"), "precedents", contents(found))
        page.write_text(between(text, "count", SCORES[lang].format(**score) + "\n"), encoding="utf-8")
    print(SCORES["en"].format(**score))
    print(f"{len(found)} stretches, {sum(len(stretch.figures) for stretch in found)} figures, {TABLE.stat().st_size} B")


def contents(found: list[Stretch]) -> str:
    """A line for each group: how many figures it has, from whom, under which licence."""
    counts: dict[str, int] = defaultdict(int)
    for stretch in found:
        counts[stretch.group] += len(stretch.figures)
    return "".join(
        f"| {group} | {counts[group]:,} | {source} | {licence} |\n" for group, (source, licence) in SOURCES.items()
    )


def between(page: str, mark: str, text: str) -> str:
    """The page with a text between the two marks of that name."""
    begin, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->"
    before, rest = page.split(begin)
    return before + begin + text + end + rest.split(end, 1)[1]


def scored(path: Path) -> dict[str, float]:
    """How the count does as a chance on the groups that do not ship, by the protocol and the weights of `backtest`."""
    history = read_past(path.read_bytes(), path.name)
    strange = {name: one for name, one in history.items() if one.group not in SOURCES}
    asked = [episode for episode in episodes(strange)[::SCORED] if any(episode.targets())]
    cases = [
        (weight, len(found.nearest), found.arrived, episode.actual >= target, episode.group)
        for episode, weight in zip(asked, weights(asked), strict=True)
        for target in episode.targets()
        if isinstance(found := precedents(episode.goal(target), episode.series, past_cases(), LAST), Precedents)
    ]
    total = sum(weight for weight, *_ in cases)
    return {
        "groups": len({group for *_, group in cases}),
        "cases": len(cases),
        "said": sum(weight * arrived / n for weight, n, arrived, _, _ in cases) / total,
        "met": sum(weight * met for weight, _, _, met, _ in cases) / total,
        "brier": sum(weight * (arrived / n - met) ** 2 for weight, n, arrived, met, _ in cases) / total,
    }


def _many(path: Path) -> Iterator[Stretch]:
    series = defaultdict(list)
    for row in _rows(path):
        if row["group"] in SOURCES:
            key = (row["group"], row["technology"], row["place"], STEPS[row["frequency"]])
            series[key].append((float(row["year"]) + YEAR_BEFORE_ITS_END[row["frequency"]], float(row["value"])))
    for key, figures in series.items():
        yield from _stretches(*key, figures)


def _internet(path: Path) -> Iterator[Stretch]:
    series = defaultdict(list)
    for row in _rows(path):
        if row["series"].startswith(INTERNET):
            end = float(row["year"]) + YEAR_BEFORE_ITS_END["A"]
            series[row["series"].removeprefix(INTERNET)].append((end, float(row["value"])))
    for place, figures in series.items():
        yield from _stretches("Internet use by country", "Internet use", place, STEPS["A"], figures)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _stretches(
    group: str, technology: str, place: str, step: float, figures: list[tuple[float, float]]
) -> Iterator[Stretch]:
    """The parts of a series without a gap that hold a case: a year of growth, and a figure after it."""
    ordered = sorted(figures)
    ends = [index for index, (one, next_) in enumerate(pairwise(ordered), 1) if next_[0] - one[0] > step * 1.01]
    for first, end in pairwise([0, *ends, len(ordered)]):
        if end - first >= 2 + 1 / step:
            yield Stretch(group, technology, place, step, ordered[first:end])


def _row(stretch: Stretch) -> tuple[str, ...]:
    values = " ".join(f"{value:.1f}".removesuffix(".0") for _, value in stretch.figures)
    names = (*_technology(stretch.technology), *_place(stretch.place))
    first = f"{stretch.figures[0][0]:g}"
    return (stretch.group, *SOURCES[stretch.group], *names, f"{stretch.step:g}", first, values)


def _technology(name: str) -> tuple[str, str]:
    kind, _, feature = name.partition("web: ")
    if not kind and feature:
        return f"web feature {feature}", f"网页功能 {feature}"
    return TECHNOLOGIES[name]


def _place(name: str) -> tuple[str, str]:
    """A place in both languages, from its name or its three letters of ISO 3166."""
    if name in PLACES:
        return PLACES[name]
    aliases = get_global("territory_aliases").get(name, [])
    code = aliases[0] if aliases else _CODES[name]
    return _ENGLISH[code], _CHINESE[code]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
