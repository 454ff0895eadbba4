"""What the chances of `calibrated` came to, as a drawing: SVG that any browser shows, and a screen reader reads."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from aiplus_cli.contract.backtest import BacktestDocument, ReliabilityBin, ScoreRow
from aiplus_cli.errors import Message
from aiplus_cli.render.backtest import DRAWN
from aiplus_cli.render.text import visible
from aiplus_cli.words.i18n import translate
from aiplus_cli.words.width import wrap

WIDTH, HEIGHT = 640, 672
LEFT, TOP, SIDE = 90, 96, 500
"""Where the square of the chances begins, and how long its sides are."""
TENTHS = range(0, 101, 20)
MOST_RADIUS = 9.0
INK, GRID, ACCENT, PALE = "#1f2328", "#d0d7de", "#0550ae", "#9a6700"
FONT = "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'Segoe UI', Helvetica, Arial, sans-serif"
LINE_CELLS = 84


def render_svg(result: BacktestDocument, lang: str) -> str:
    """The share that came over the mean chance, tenth by tenth: balanced, and every case alike."""
    drawn = next(row for row in result.methods if row.method == DRAWN)
    return _Drawing(result, drawn, lang).text()


class _Drawing:
    def __init__(self, result: BacktestDocument, drawn: ScoreRow, lang: str) -> None:
        self.result, self.drawn, self.lang = result, drawn, lang
        self.root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {WIDTH} {HEIGHT}",
                "width": str(WIDTH),
                "height": str(HEIGHT),
                "role": "img",
                "lang": lang,
                "aria-labelledby": "title desc",
                "font-family": FONT,
                "font-size": "14",
                "fill": INK,
            },
        )

    def say(self, template: str, **values: object) -> str:
        return visible(translate(Message(template, **values), self.lang))

    def text(self) -> str:
        """The drawing as a document."""
        self.words()
        self.axes()
        self.curve(self.drawn.reliability, PALE, dashed=True)
        self.curve(self.drawn.balanced.reliability, ACCENT)
        self.legend()
        ET.indent(self.root)
        return f"<?xml version='1.0' encoding='utf-8'?>\n{ET.tostring(self.root, encoding='unicode')}\n"

    def words(self) -> None:
        """The title and the description, for who sees the drawing and who does not."""
        title = self.say("What the chances of calibrated came to")
        ET.SubElement(self.root, "title", id="title").text = title
        ET.SubElement(self.root, "desc", id="desc").text = " ".join(self.description())
        self.add("rect", x=0, y=0, width=WIDTH, height=HEIGHT, fill="white")
        self.label(title, LEFT, 32, size=18)
        self.label(wrap(self.counts(), LINE_CELLS)[0], LEFT, 56)

    def counts(self) -> str:
        return self.say("{name}: {n} cases", name=self.result.file, n=self.result.cases)

    def description(self) -> Iterable[str]:
        """A sentence for each tenth of the balanced chances."""
        yield self.say("{text}.", text=self.counts())
        for each in self.drawn.balanced.reliability:
            yield self.say(
                "chances from {low} to {high} %: {chance} % on average, {came} % came, of {n} cases.",
                low=f"{each.low * 100:.0f}",
                high=f"{each.high * 100:.0f}",
                chance=f"{each.chance * 100:.1f}",
                came=f"{each.came * 100:.1f}",
                n=each.cases,
            )

    def axes(self) -> None:
        """The square with its grid, the numbers beside it, and the line on which chances hold."""
        for tenth in TENTHS:
            at, up = _x(tenth / 100), _y(tenth / 100)
            self.line(at, _y(0), at, _y(1), GRID)
            self.line(_x(0), up, _x(1), up, GRID)
            self.label(f"{tenth} %", at, _y(0) + 22, anchor="middle")
            self.label(f"{tenth} %", _x(0) - 10, up + 5, anchor="end")
        self.line(_x(0), _y(0), _x(1), _y(1), INK, dashed=True)
        axis = self.say("mean chance (the larger a point, the more cases)")
        self.label(axis, _x(0.5), _y(0) + 48, anchor="middle")
        turned = f"rotate(-90 28 {_y(0.5)})"
        self.label(self.say("share that came"), 28, _y(0.5), anchor="middle", transform=turned)

    def curve(self, bins: Iterable[ReliabilityBin], color: str, *, dashed: bool = False) -> None:
        """A point for each tenth that has cases, the larger the more, and a line through them."""
        found = list(bins)
        places = [(_x(float(each.chance)), _y(float(each.came))) for each in found]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        look = {"stroke-dasharray": "6 4"} if dashed else {}
        self.add("polyline", points=path, fill="none", stroke=color, **{"stroke-width": 2}, **look)
        most = max(each.cases for each in found)
        for (x, y), each in zip(places, found, strict=True):
            radius = max(MOST_RADIUS * (each.cases / most) ** 0.5, 2.5)
            self.add("circle", cx=x, cy=y, r=radius, fill=color)

    def legend(self) -> None:
        """Which line is which, in the corner that good chances leave free."""
        said = (
            (ACCENT, False, self.say("balanced over groups and technologies")),
            (PALE, True, self.say("pooled, every case alike")),
            (INK, True, self.say("where chances hold")),
        )
        for place, (color, dashed, text) in enumerate(said):
            y = TOP + 22 + 24 * place
            self.line(LEFT + 14, y, LEFT + 54, y, color, dashed=dashed)
            self.label(text, LEFT + 64, y + 5)

    def line(self, x1: float, y1: float, x2: float, y2: float, color: str, *, dashed: bool = False) -> None:
        look = {"stroke-dasharray": "6 4"} if dashed else {}
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=color, **{"stroke-width": 1.5}, **look)

    def label(
        self, text: str, x: float, y: float, *, anchor: str = "start", size: int = 14, transform: str = ""
    ) -> None:
        turned = {"transform": transform} if transform else {}
        attributes = {"text-anchor": anchor, "font-size": size, **turned}
        self.add("text", x=x, y=y, **attributes).text = text

    def add(self, tag: str, **attributes: object) -> ET.Element:
        return ET.SubElement(self.root, tag, {name: _written(value) for name, value in attributes.items()})


def _written(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _x(share: float) -> float:
    return LEFT + SIDE * share


def _y(share: float) -> float:
    return TOP + SIDE * (1 - share)
