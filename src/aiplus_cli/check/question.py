"""What a run of `check` asks: gates, filters, and what it compares with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import get_args

from aiplus_cli.check.records import Earlier, Identity
from aiplus_cli.judge.records import Assessment, ResultKey
from aiplus_cli.ledger.entries import Figure
from aiplus_cli.plan.records import NATION, VERDICTS, Freshness, Gate, Unjudged, Verdict, Word

SINCE_WORDS: tuple[Word, ...] = ("regression", "worsened")
PLAIN_WORDS: tuple[Word, ...] = tuple(
    word
    for word in (*VERDICTS, "behind", *get_args(Freshness), "provisional")
    if word not in ("on_track", "met", "fresh")
)
"""What a gate can look for without a day to compare with."""
COMMAND_LINE = "command-line"
"""The gate for what flags ask and no gate of the policy does."""
SINCE_LAST = Gate(id="since-last", fail=SINCE_WORDS, since_last=True, allow=get_args(Unjudged))
"""The gate that --since-last adds: what is new has not fallen back, and what has no verdict is for others to say."""


@dataclass(frozen=True)
class Question:
    """What a run of `check` asks, besides the report.

    Empty filters take everything. `only_regions` limits every gate, `default_regions` those that name no region;
    None limits nothing. `overridden` says that flags changed what the gates ask. `best` holds the best figure of
    each indicator and region, `earlier` what was found on the days that gates name, `previous` what the last
    recorded run found of each result (None: there is no run), `known` the identities of its findings (None: nobody
    asks), and `before` is the day, and what was found on it, against which milestones are newly met. The last run
    may be `max_gap` days old; `gap` is how old it is, None where there is none. `slack` tells how far a result is from
    a verdict that fails (None: nobody asks), `verdict_since` from when on it has had its verdict (None: since its
    figure was published).
    """

    gates: tuple[Gate, ...]
    milestones: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    only_regions: tuple[str, ...] | None = None
    default_regions: tuple[str, ...] | None = (NATION,)
    overridden: bool = False
    strict: bool = False
    best: Mapping[tuple[str, str], Figure] | None = None
    earlier: Mapping[date, Mapping[ResultKey, Earlier]] | None = None
    previous: Mapping[ResultKey, Earlier] | None = None
    known: frozenset[Identity] | None = None
    before: tuple[date, Mapping[ResultKey, Earlier]] | None = None
    max_gap: int | None = None
    gap: int | None = None
    slack: Callable[[Assessment, tuple[Verdict, ...]], Decimal | None] | None = None
    verdict_since: Callable[[Assessment], date | None] | None = None

    @property
    def narrowed(self) -> bool:
        """Whether a flag leaves out part of what the policy asks."""
        return self.overridden or bool(self.milestones or self.areas or self.indicators or self.only_regions)


def override(
    gates: tuple[Gate, ...], fail_on: tuple[Word, ...] | None, warn_on: tuple[Word, ...] | None
) -> tuple[Gate, ...]:
    """The gates with other words to fail or to warn on; None leaves that list as the policy has it.

    A word moves between the lists of the gates that have it, so that their waivers still apply; a word that
    no gate has is asked of everything by a gate of its own.
    """
    if fail_on is None and warn_on is None:
        return gates
    changed = [_overridden(gate, fail_on, warn_on) for gate in gates]
    known = {word for gate in gates for word in (*gate.fail, *gate.warn)}
    more_fail = tuple(word for word in fail_on or () if word not in known)
    more_warn = tuple(word for word in warn_on or () if word not in known)
    if more_fail or more_warn:
        changed.append(Gate(id=COMMAND_LINE, fail=more_fail, warn=more_warn))
    return tuple(changed)


def _overridden(gate: Gate, fail_on: tuple[Word, ...] | None, warn_on: tuple[Word, ...] | None) -> Gate:
    fail = list(gate.fail)
    warn = list(gate.warn)
    if fail_on is not None:
        fail = [word for word in (*gate.fail, *gate.warn) if word in fail_on or word in _since(gate.fail)]
        warn = [word for word in warn if word not in fail]
    if warn_on is not None:
        moved = [word for word in (*gate.fail, *gate.warn) if word in warn_on or word in _since(gate.warn)]
        fail = [word for word in fail if word not in moved]
        warn = moved
    return gate.model_copy(update={"fail": tuple(fail), "warn": tuple(warn)})


def _since(words: Iterable[Word]) -> tuple[Word, ...]:
    return tuple(word for word in words if word in SINCE_WORDS)
