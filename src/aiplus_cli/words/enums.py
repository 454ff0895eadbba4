"""The words for the enum values that people see; files and JSON keep the value itself."""

from __future__ import annotations

from typing import NamedTuple


class EnumWord(NamedTuple):
    """An English word, and what it is said of: one word may need two translations."""

    context: str
    english: str

    def __str__(self) -> str:
        return self.english


WORDS: dict[str, EnumWord] = {
    "met": EnumWord("verdict", "met"),
    "on_track": EnumWord("verdict", "on track"),
    "at_risk": EnumWord("verdict", "at risk"),
    "off_track": EnumWord("verdict", "off track"),
    "missed": EnumWord("verdict", "missed"),
    "awaiting": EnumWord("verdict", "awaiting"),
    "insufficient_data": EnumWord("verdict", "too few data"),
    "no_data": EnumWord("verdict", "no data"),
    "not_quantified": EnumWord("verdict", "not rated"),
    "ahead": EnumWord("position", "ahead"),
    "on_path": EnumWord("position", "on the path"),
    "behind": EnumWord("position", "behind"),
    "virtually_certain": EnumWord("likelihood", "virtually certain"),
    "extremely_likely": EnumWord("likelihood", "extremely likely"),
    "very_likely": EnumWord("likelihood", "very likely"),
    "likely": EnumWord("likelihood", "likely"),
    "about_as_likely_as_not": EnumWord("likelihood", "about as likely as not"),
    "unlikely": EnumWord("likelihood", "unlikely"),
    "very_unlikely": EnumWord("likelihood", "very unlikely"),
    "extremely_unlikely": EnumWord("likelihood", "extremely unlikely"),
    "exceptionally_unlikely": EnumWord("likelihood", "exceptionally unlikely"),
    "fresh": EnumWord("evidence", "fresh"),
    "due": EnumWord("evidence", "due"),
    "stale": EnumWord("evidence", "stale"),
    "none": EnumWord("evidence", "none"),
    "provisional": EnumWord("evidence", "not final"),
    "overdue": EnumWord("next figure", "overdue"),
    "missing": EnumWord("next figure", "no figure yet"),
    "excused": EnumWord("next figure", "excused"),
    "awaited": EnumWord("next figure", "awaited"),
    "status_P": EnumWord("status", "prov."),
    "status_E": EnumWord("status", "est."),
    "status_F": EnumWord("status", "forecast"),
    "status_B": EnumWord("status", "break"),
}
"""By enum value; the ordinary status, A, has no word."""
