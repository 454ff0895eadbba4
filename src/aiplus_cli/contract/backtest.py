"""aiplus.backtest/2: how well the methods foretold the past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from aiplus_cli.contract.values import Part, Share
from aiplus_cli.contract.version import tool_version
from aiplus_cli.judge import episodes as core
from aiplus_cli.judge.backtest import Backtest, Bin, FastGrowth, Held, MethodScores, Sample, Scores, Weighed
from aiplus_cli.judge.folds import LeftOut

OneOrMore = Annotated[int, Field(ge=1)]
UpToOne = Annotated[Share, Field(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class FastProtocol(Part):
    """What makes a fast grower, and what is asked of it."""

    latest_from: Decimal
    """The least latest value of a fast grower."""
    latest_to: Decimal
    """The greatest latest value of a fast grower."""
    gain: Decimal
    """The points that it gained at least over the last year."""
    horizon: Decimal
    """How many years ahead it was asked; where no figure is of then, the middle of those half a year before and after counts."""  # noqa: E501
    asked: Decimal
    """The points above its latest value that were asked for."""


@dataclass(frozen=True, slots=True)
class Protocol(Part):
    """What a case shows to the methods, and what it asks of them."""

    window: int
    """How many consecutive figures a case shows to the methods."""
    spacings: tuple[Decimal, ...]
    """How many years may lie between two figures of a case, the same between all of them."""
    horizons: tuple[Decimal, ...]
    """How many years ahead was asked, where that is a whole number of such steps."""
    steps: tuple[int, ...]
    """The points a year above the latest value that were asked for."""
    latest_from: Decimal
    """The least latest value of a case."""
    latest_to: Decimal
    """The greatest latest value of a case."""
    highest_target: Decimal
    """Targets above were left out."""
    fast_growers: FastProtocol
    """What makes a fast grower, and what was asked of it."""


@dataclass(frozen=True, slots=True)
class SamplePart(Part):
    """What some of the scores were taken from."""

    technologies: OneOrMore
    """How many technologies there are, one that is in two groups twice."""
    series: OneOrMore
    """How many series there are that can be judged."""
    episodes: OneOrMore
    """How many windows with a horizon there are."""
    cases: OneOrMore
    """How many targets were asked for."""
    met: UpToOne
    """The share of the targets that were reached."""
    balanced_met: UpToOne
    """The same share by the balanced weights."""
    weight: UpToOne
    """Its share of the balanced weights."""


@dataclass(frozen=True, slots=True)
class IntervalScore(Part):
    """How well the intervals of one level held what came."""

    coverage: UpToOne
    """The share of the intervals that held the value that came."""
    mean_width: Annotated[Share, Field(ge=0)]
    """How wide the intervals were on average, in points."""
    coverage_by_horizon: Mapping[str, UpToOne]
    """The share for each number of years ahead."""


@dataclass(frozen=True, slots=True)
class PartScores(Part):
    """How one method did on a part of the cases; a rule without a probability counts as certain of its verdict."""

    brier: UpToOne
    """The mean squared distance of the probability from what came; 0 is best."""
    accuracy: UpToOne
    """The share of the cases on whose side of one half the probability was."""
    calibration_error: UpToOne
    """The mean distance of probability from frequency over ten bins."""
    intervals: Mapping[str, IntervalScore] | None
    """How well the intervals held, by their level; null for a method without any."""


@dataclass(frozen=True, slots=True)
class FastGrowers(Part):
    """What a method said of fast growers, and what came."""

    cases: OneOrMore
    """How many cases there are."""
    chance: UpToOne
    """The mean chance that the method gave."""
    came: UpToOne
    """The share of the cases in which the target was reached."""


@dataclass(frozen=True, slots=True)
class ReliabilityBin(Part):
    """The cases whose chances lie in one tenth of the scale; only the last has its upper end in it."""

    low: UpToOne
    """The lower end of the chances."""
    high: UpToOne
    """The upper end of the chances."""
    cases: OneOrMore
    """How many cases there are."""
    chance: UpToOne
    """The mean chance that the method gave."""
    came: UpToOne
    """The share of the cases in which the target was reached."""


@dataclass(frozen=True, slots=True)
class BalancedScores(Part):
    """How one method did where groups and technologies count, not rows."""

    brier: UpToOne
    """The mean squared distance of the probability from what came; 0 is best."""
    accuracy: UpToOne
    """The share of the cases on whose side of one half the probability was."""
    calibration_error: UpToOne
    """The mean distance of probability from frequency over ten bins."""
    intervals: Mapping[str, IntervalScore] | None
    """How well the intervals held, by their level; null for a method without any."""
    horizons: Mapping[str, PartScores]
    """How the method did at each number of years ahead."""
    fast_growers: FastGrowers | None
    """What it said of fast growers; null where there are none."""
    reliability: tuple[ReliabilityBin, ...]
    """What came of its chances, tenth by tenth; those without a case are left out."""


@dataclass(frozen=True, slots=True)
class ScoreRow(Part):
    """How one method did, every case alike; a rule without a probability counts as certain of its verdict."""

    method: str
    """The method's name."""
    brier: UpToOne
    """The mean squared distance of the probability from what came; 0 is best."""
    accuracy: UpToOne
    """The share of the cases on whose side of one half the probability was."""
    calibration_error: UpToOne
    """The mean distance of probability from frequency over ten bins."""
    intervals: Mapping[str, IntervalScore] | None
    """How well the intervals held, by their level; null for a method without any."""
    horizons: Mapping[str, PartScores]
    """How the method did at each number of years ahead."""
    fast_growers: FastGrowers | None
    """What it said of fast growers; null where there are none."""
    reliability: tuple[ReliabilityBin, ...]
    """What came of its chances, tenth by tenth; those without a case are left out."""
    balanced: BalancedScores
    """The same where groups and technologies count, not rows."""
    groups: Mapping[str, PartScores]
    """How the method did on each group, its technologies alike; empty where the file names no groups."""


@dataclass(frozen=True, slots=True)
class BacktestDocument(Part):
    """The scores of the methods on a file of past series. Shares have six decimals."""

    schema: Literal["aiplus.backtest/2"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    file: str
    """The name of the file."""
    protocol: Protocol
    """How the cases were drawn."""
    left_out: LeftOut | None
    """What calibrated was fitted without, each time it was fitted; null: it was judged with the table that ships."""
    folds: Annotated[int, Field(ge=2)] | None
    """How many times calibrated was fitted; null: it was judged with the table that ships."""
    series: OneOrMore
    """How many series the file has."""
    judged: OneOrMore
    """How many series there are that can be judged."""
    technologies: OneOrMore
    """How many technologies there are, one that is in two groups twice."""
    episodes: OneOrMore
    """How many windows with a horizon there are."""
    cases: OneOrMore
    """How many targets were asked for."""
    met: UpToOne
    """The share of the targets that were reached."""
    balanced_met: UpToOne
    """The same share by the balanced weights."""
    groups: Mapping[str, SamplePart]
    """What the scores of each group were taken from; empty where the file names no groups."""
    horizons: Mapping[str, SamplePart]
    """What the scores at each number of years ahead were taken from."""
    methods: tuple[ScoreRow, ...]
    """How each method did."""


def backtest_document(found: Backtest, file: str) -> BacktestDocument:
    """The result in the form of the contract."""
    whole = _sample(found.sample)
    return BacktestDocument(
        schema="aiplus.backtest/2",
        tool_version=tool_version(),
        file=file,
        protocol=_protocol(),
        left_out=found.left_out,
        folds=found.folds,
        series=found.series,
        judged=whole.series,
        technologies=whole.technologies,
        episodes=whole.episodes,
        cases=whole.cases,
        met=whole.met,
        balanced_met=whole.balanced_met,
        groups={group: _sample(part) for group, part in found.groups.items()},
        horizons={str(horizon): _sample(part) for horizon, part in found.horizons.items()},
        methods=tuple(map(_score_row, found.methods)),
    )


def _protocol() -> Protocol:
    fast = FastProtocol(*core.FAST_LEVEL, core.FAST_GAIN, core.FAST_HORIZON, core.FAST_STEP)
    return Protocol(core.WINDOW, core.SPACINGS, core.HORIZONS, core.STEPS, *core.LATEST, core.HIGHEST_TARGET, fast)


def _sample(part: Sample) -> SamplePart:
    counts = part.technologies, part.series, part.episodes, part.cases
    return SamplePart(*counts, Share(part.met), _share(part.balanced_met), _share(part.weight))


def _share(number: float) -> Share:
    """A weighted mean may miss its end by the noise of a sum."""
    return Share(min(number, 1.0))


def _score_row(found: MethodScores) -> ScoreRow:
    groups = {group: _part(scores) for group, scores in found.groups.items()}
    balanced = BalancedScores(**_weighed(found.balanced))
    return ScoreRow(found.method, **_weighed(found.pooled), balanced=balanced, groups=groups)


def _weighed(found: Weighed) -> dict[str, Any]:
    """The fields that pooled and balanced scores have alike."""
    return {
        **_numbers(found.scores),
        "horizons": {str(horizon): _part(scores) for horizon, scores in found.horizons.items()},
        "fast_growers": _fast(found.fast) if found.fast else None,
        "reliability": tuple(map(_bin, found.reliability)),
    }


def _part(scores: Scores) -> PartScores:
    return PartScores(**_numbers(scores))


def _numbers(scores: Scores) -> dict[str, Any]:
    return {
        "brier": _share(scores.brier),
        "accuracy": _share(scores.accuracy),
        "calibration_error": _share(scores.calibration_error),
        "intervals": {str(level): _interval(held) for level, held in scores.intervals.items()} or None,
    }


def _interval(held: Held) -> IntervalScore:
    by_horizon = {str(horizon): _share(share) for horizon, share in held.by_horizon.items()}
    return IntervalScore(_share(held.coverage), Share(held.width), by_horizon)


def _fast(found: FastGrowth) -> FastGrowers:
    return FastGrowers(found.cases, _share(found.chance), _share(found.came))


def _bin(found: Bin) -> ReliabilityBin:
    low, high, chance, came = map(_share, (found.low, found.high, found.chance, found.came))
    return ReliabilityBin(low, high, found.cases, chance, came)
