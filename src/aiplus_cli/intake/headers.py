"""The words of headers and labels: roles, units, indicators, regions and periods, as a plan and a mapping have them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from aiplus_cli.errors import InputProblem, Problem
from aiplus_cli.intake.facts import find_status, split_status
from aiplus_cli.intake.files.cells import text_of
from aiplus_cli.intake.mapping import Facts, FileMapping
from aiplus_cli.intake.times import is_cumulative, is_part, is_year, join_time, parse_time
from aiplus_cli.intake.values import english_unit, split_unit, without_footnote
from aiplus_cli.plan.numbers import compact
from aiplus_cli.plan.places import find_region, parse_region
from aiplus_cli.plan.records import Indicator, Names, Plan

_NAMES = {
    "indicator": "指标 指标名称 指标编号 指标代码 项目 名称 indicator indicatorid indicatorname series",
    "region": "地区 地区名称 地区代码 区域 省份 省市 省(区、市) 省市区 行政区 行政区划 region province refarea",
    "period": "时期 时间 年份 年度 年 期间 报告期 数据期 统计时间 统计期 统计时期 period time year timeperiod",
    "part": "月份 月 季度 季 半年 month quarter half",
    "value": "数值 值 数据 指标值 数据值 统计值 value obsvalue figure",
    "unit": "单位 计量单位 unit unitmeasure units",
    "bound": "bound 界限 上下限",
    "status": "status 状态 数据状态 数据性质 obsstatus flag flags",
    "published": "发布日期 公布日期 发布时间 公布时间 发布日 公布日 published publishedon releasedate",
    "source": "来源 数据来源 资料来源 出处 发布机构 发布单位 source publisher sources",
    "url": "链接 网址 来源链接 url link",
    "action": "action",
    "note": "备注 说明 注 注释 note notes remark remarks comment comments",
    "ignore": "序号 no no. # structure structureid structure[;]",
}  # fmt: skip
_ROLES = {name: role for role, names in _NAMES.items() for name in names.split()}
_UNIT_IN_HEADER = re.compile(
    r"(.*?)\s*(?:[(（\[【]\s*(?:单位[:：])?([^()（）\[\]【】]+?)\s*[)）\]】]|[/／,，:：](.+))\Z", re.DOTALL
)
_PAIR = re.compile(r"(.*\S)\s*[(（]\s*([^()（）,，、;；]+)\s*[,，、;；]\s*([^()（）,，、;；]+?)\s*[)）]\Z", re.DOTALL)
_SHORT_CODE = re.compile(r"[0-9]{1,5}")
_NOUNS = frozenset(
    ("%", "‰", "元", "美元", "人", "人次", "家", "个", "户", "款", "次", "项", "台", "件", "百分点", "个百分点", "pp")
)


@dataclass
class Header:
    """What a header's text says; `unknown` where not all of it is understood, `why` where more is to be said."""

    title: str
    role: str = ""
    indicator: Indicator | None = None
    region: str | None = None
    years: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    period: str | None = None
    unit: str = ""
    status: str = ""
    unknown: bool = False
    why: Problem | None = None

    @property
    def dimensions(self) -> frozenset[str]:
        said = {"indicator": self.indicator, "region": self.region, "period": self.period}
        return frozenset(name for name, value in said.items() if value is not None)


class Vocabulary:
    """The words of a plan and a mapping: headers, indicators, regions."""

    def __init__(self, plan: Plan, mapping: FileMapping) -> None:
        self.plan, self.mapping = plan, mapping
        self._columns = {key_of(title): item for title, item in mapping.columns.items()}
        self._regions = {key_of(name): code for name, code in mapping.regions.items()}
        self._periods = {key_of(name): text for name, text in mapping.periods.items()}
        self._skip = {key_of(name) for name in mapping.skip}
        self._indicators: dict[str, Indicator | None] = {}
        self._headers: dict[tuple[str, ...], Header] = {}
        for indicator in plan.indicators:
            for name in (indicator.id, indicator.name.zh, indicator.name.en):
                known = self._indicators.setdefault(key_of(name), indicator)
                if known is not indicator and name != indicator.id:
                    self._indicators[key_of(name)] = None  # two indicators of one name: neither is meant
        for name, indicator_id in mapping.indicators.items():
            self._indicators[key_of(name)] = plan.indicator(indicator_id)
        nouns = {split_unit(_unit_text(item))[1] for item in plan.indicators} | _NOUNS
        self._nouns = nouns | {english_unit(item) for item in plan.indicators}

    def is_title(self, text: str, role: str) -> bool:
        """Whether a label is the title of its own column, as in a second header."""
        return _ROLES.get(key_of(text).replace("_", "")) == role and self.indicator(text)[0] is None

    def is_skipped(self, text: str) -> bool:
        return bool(self._skip) and key_of(text) in self._skip

    def indicator(self, text: str) -> tuple[Indicator | None, str]:
        """The indicator that a text names, and the unit that the text gives beside it."""
        found = self._indicators.get(key_of(text))
        if found is not None:
            return found, ""
        base, unit = self.take_unit(without_footnote(text))
        if not unit:
            return self._indicators.get(key_of(base)), ""
        return (self._indicators.get(key_of(base)), unit) if unit else (None, "")

    def knows(self, text: str) -> bool:
        """Whether a text as it stands is the name of one indicator."""
        return self._indicators.get(key_of(text)) is not None

    def split_status(self, text: str) -> tuple[str, str]:
        """A label without the status in it, and that status: `普及率（初步）`, `规模（初步，亿元）`."""
        plain, status = split_status(text)
        if status:
            return text_of(plain), status
        base, unit = self.take_unit(text)
        inner, status = split_status(base) if unit else (text, "")
        if status:
            return f"{text_of(inner)}({unit})", status
        return self._split_pair(text)

    def _split_pair(self, text: str) -> tuple[str, str]:
        match = _PAIR.match(text.strip())
        for status, unit in ((match[2], match[3]), (match[3], match[2])) if match else ():
            found = find_status(status)
            if match and isinstance(found, str) and self.is_unit(unit):
                return f"{match[1]}({unit})", found
        return text, ""

    def take_unit(self, text: str) -> tuple[str, str]:
        """A text without the unit at its end, `普及率（%）` or `规模/亿元`, and the unit, which may be empty."""
        match = _UNIT_IN_HEADER.match(text.strip())
        unit = (match[2] or match[3] or "").strip() if match else ""
        return (match[1], unit) if match and self.is_unit(unit) else (text, "")

    def is_unit(self, text: str) -> bool:
        scale, noun = split_unit(text)
        return noun in self._nouns if noun else bool(scale)

    def region(self, text: str) -> str:
        """The code of a region's name; raises InputProblem."""
        return parse_region(self._regions.get(key_of(text), text))

    def has_region(self, text: str) -> bool:
        """Whether a text names a region."""
        return find_region(self._regions.get(key_of(text), text)) is not None

    def period(self, text: str) -> str:
        """The canonical text of a period; raises InputProblem."""
        said = self._periods.get(key_of(text))
        dates = "day" if said else self.mapping.dates
        return parse_time(said or text, where="", cumulative=self.mapping.cumulative, dates=dates).text

    def header(self, titles: Sequence[str]) -> Header:
        """What the texts of a column's header say together, from the top."""
        known = self._headers.get(tuple(titles))
        if known is not None:
            return known
        joined = " ".join(titles)
        found = self._headers[tuple(titles)] = Header(joined)
        mapped = self._columns.get(key_of(joined))
        if mapped is not None:
            self._apply(found, mapped)
        else:
            for title in titles:
                self._read(found, title)
        self._finish(found)
        return found

    def _apply(self, found: Header, mapped: str | Facts) -> None:
        if isinstance(mapped, str):
            found.role = mapped
            return
        found.indicator = self.plan.indicator(mapped.indicator or "")
        found.region = parse_region(mapped.region) if mapped.region else None
        found.period = parse_time(mapped.period, where="", dates="day").text if mapped.period else None
        found.unit = mapped.unit or ""

    def _read(self, found: Header, title: str) -> None:
        """Add what one text says; a second word of one kind is not understood."""
        mapped = self._columns.get(key_of(title))
        if mapped is not None:
            self._apply(found, mapped)
            return
        if not self.knows(title):
            title, status = self.split_status(title)
            title = title if self.knows(title) else without_footnote(title)
            found.unknown |= bool(status and found.status not in ("", status))
            found.status = status or found.status
        base, unit = self.take_unit(title)
        if unit:
            found.unknown |= bool(found.unit)
            found.unit = unit
        if not (self._is_role(found, base) or self._is_fact(found, title, base)):
            found.unknown |= not (self.is_unit(title) and self._is_bare_unit(found, title))

    def _is_bare_unit(self, found: Header, title: str) -> bool:
        found.unit = found.unit or title.strip("()（） ")
        return True

    def _is_role(self, found: Header, base: str) -> bool:
        role = _ROLES.get(key_of(base).replace("_", ""), "")
        if role:
            found.unknown |= bool(found.role) and found.role != role
            found.role = role
        return bool(role)

    def _is_fact(self, found: Header, title: str, base: str) -> bool:
        plain = compact(base)
        if is_year(plain):
            found.years.append(plain)
            return True
        if is_part(plain):
            found.parts.append(plain)
            return True
        indicator, _ = self.indicator(title)
        if indicator is not None:
            found.unknown |= found.indicator is not None
            found.indicator = indicator
            return True
        return self._is_period(found, base) or self._is_region(found, base)

    def _is_period(self, found: Header, text: str) -> bool:
        try:
            period = self.period(text)
        except InputProblem as error:
            if is_cumulative(text):
                found.why = error.problems[0]
            return False
        found.unknown |= found.period is not None
        found.period = period
        return True

    def _is_region(self, found: Header, text: str) -> bool:
        region = find_region(self._regions.get(key_of(text), text))
        if region is None or _SHORT_CODE.fullmatch(compact(text)):
            return False
        found.unknown |= found.region is not None
        found.region = region
        return True

    def _finish(self, found: Header) -> None:
        """Join years and their parts; a value column with facts is a column of figures."""
        if found.years or found.parts:
            found.unknown |= len(found.years) != 1 or len(found.parts) > 1 or found.period is not None
            if not found.unknown:
                text = join_time(found.years[0], found.parts[0]) if found.parts else found.years[0]
                found.unknown |= not self._is_period(found, text)
        if found.role and found.dimensions:
            found.unknown |= found.role != "value"
            found.role = ""
        if not found.role and not found.dimensions:
            found.unknown = True


def _unit_text(indicator: Indicator) -> str:
    unit = indicator.unit
    return unit.zh if isinstance(unit, Names) else unit or ""


@lru_cache(maxsize=65536)
def key_of(text: str) -> str:
    """A name as it is compared: without spaces, width and case."""
    return compact(text).casefold()
