"""The words for the enum values that people see; files and JSON keep the value itself."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """An English word, and what it is said of: one word may need two translations."""

    context: str
    english: str

    def __str__(self) -> str:
        return self.english


WORDS: dict[str, Word] = {
    "met": Word("verdict", "met"),
    "on_track": Word("verdict", "on track"),
    "at_risk": Word("verdict", "at risk"),
    "lagging": Word("verdict", "lagging"),
    "missed": Word("verdict", "missed"),
    "insufficient_data": Word("verdict", "too few data"),
    "no_data": Word("verdict", "no data"),
    "not_quantified": Word("verdict", "not rated"),
    "virtually_certain": Word("likelihood", "virtually certain"),
    "extremely_likely": Word("likelihood", "extremely likely"),
    "very_likely": Word("likelihood", "very likely"),
    "likely": Word("likelihood", "likely"),
    "about_as_likely_as_not": Word("likelihood", "about as likely as not"),
    "unlikely": Word("likelihood", "unlikely"),
    "very_unlikely": Word("likelihood", "very unlikely"),
    "extremely_unlikely": Word("likelihood", "extremely unlikely"),
    "exceptionally_unlikely": Word("likelihood", "exceptionally unlikely"),
    "fresh": Word("evidence", "fresh"),
    "due": Word("evidence", "due"),
    "stale": Word("evidence", "stale"),
    "none": Word("evidence", "none"),
    "overdue": Word("next figure", "overdue"),
    "missing": Word("next figure", "no figure yet"),
    "excused": Word("next figure", "excused"),
    "awaited": Word("next figure", "awaited"),
    "status_P": Word("status", "prov."),
    "status_E": Word("status", "est."),
    "status_F": Word("status", "forecast"),
    "status_B": Word("status", "break"),
}
"""By enum value; the ordinary status, A, has no word."""
