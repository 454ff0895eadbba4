"""The language that the program speaks; light, since a crash while starting asks for it too."""

from __future__ import annotations

import os
from collections.abc import Sequence

LANGUAGES = ("zh", "en")


def asked_language(args: Sequence[str]) -> str | None:
    """The value of --lang, wherever it stands: errors and help come before options are read."""
    for index, arg in enumerate(args):
        if arg == "--":
            break
        name, _, value = arg.partition("=")
        if name == "--lang":
            found = value or next(iter(args[index + 1 :]), "")
            return found if found in LANGUAGES else None
    return None


def language_without_options() -> str:
    """AIPLUS_LANG where it names a language, else the locale's, else English."""
    wanted = os.environ.get("AIPLUS_LANG", "")
    if wanted in LANGUAGES:
        return wanted
    locales = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    first = next(filter(None, locales), "")
    return "zh" if first.startswith("zh") else "en"
