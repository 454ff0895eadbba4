"""The regions of ISO 3166-2:CN, under the names and codes people write them in."""

from __future__ import annotations

from aiplus_cli.errors import InputProblem, Message, Problem, did_you_mean

# ISO 3166-2 code, GB/T 2260 code, short name, suffix of the full name, English name.
_TABLE = """
CN 100000 全国 - China
CN-BJ 110000 北京 市 Beijing
CN-TJ 120000 天津 市 Tianjin
CN-HE 130000 河北 省 Hebei
CN-SX 140000 山西 省 Shanxi
CN-NM 150000 内蒙古 自治区 Inner_Mongolia
CN-LN 210000 辽宁 省 Liaoning
CN-JL 220000 吉林 省 Jilin
CN-HL 230000 黑龙江 省 Heilongjiang
CN-SH 310000 上海 市 Shanghai
CN-JS 320000 江苏 省 Jiangsu
CN-ZJ 330000 浙江 省 Zhejiang
CN-AH 340000 安徽 省 Anhui
CN-FJ 350000 福建 省 Fujian
CN-JX 360000 江西 省 Jiangxi
CN-SD 370000 山东 省 Shandong
CN-HA 410000 河南 省 Henan
CN-HB 420000 湖北 省 Hubei
CN-HN 430000 湖南 省 Hunan
CN-GD 440000 广东 省 Guangdong
CN-GX 450000 广西 壮族自治区 Guangxi
CN-HI 460000 海南 省 Hainan
CN-CQ 500000 重庆 市 Chongqing
CN-SC 510000 四川 省 Sichuan
CN-GZ 520000 贵州 省 Guizhou
CN-YN 530000 云南 省 Yunnan
CN-XZ 540000 西藏 自治区 Tibet
CN-SN 610000 陕西 省 Shaanxi
CN-GS 620000 甘肃 省 Gansu
CN-QH 630000 青海 省 Qinghai
CN-NX 640000 宁夏 回族自治区 Ningxia
CN-XJ 650000 新疆 维吾尔自治区 Xinjiang
CN-TW 710000 台湾 省 Taiwan
CN-HK 810000 香港 特别行政区 Hong_Kong
CN-MO 820000 澳门 特别行政区 Macao
"""

ZH: dict[str, str] = {}
EN: dict[str, str] = {}
_CODES: dict[str, str] = {}
for _row in _TABLE.split("\n")[1:-1]:
    _code, _gb, _short, _suffix, _english = _row.split()
    ZH[_code], EN[_code] = _short, _english.replace("_", " ")
    for _name in (_code, _gb, _gb[:2], _short, _short + _suffix, EN[_code]):
        _CODES[_name.casefold()] = _code
_CODES.update({"中国": "CN", "xizang": "CN-XZ", "macau": "CN-MO"})


CODES: tuple[str, ...] = tuple(ZH)
"""Every region by its code."""


def is_region(code: str) -> bool:
    """Whether this is an ISO 3166-2 code of the table."""
    return code in ZH


def _key(text: str) -> str:
    """A name as it is looked up: without case, and for hanzi without the blanks of `北　京`."""
    return text.strip().casefold() if text.isascii() else "".join(text.split()).casefold()


def find_region(text: str) -> str | None:
    """The code of a code or name, or None."""
    return _CODES.get(_key(text))


def parse_region(text: str, *, where: str = "--region") -> str:
    """The ISO 3166-2 code of a code or name (`CN-HN`, `湖南省`, `Hunan`, `430000`); raises InputProblem."""
    code = _CODES.get(_key(text))
    if code is None:
        fix = did_you_mean(text, _CODES, Message("write CN, CN-HN, 湖南 or 430000"))
        raise InputProblem(Problem(where, Message("'{text}' is no region", text=text), fix))
    return code
