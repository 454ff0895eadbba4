"""The language that the program speaks; light, since a crash while starting asks for it too."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

LANGUAGES = ("zh", "en")
_LANGUAGE_BITS, _CHINESE = 0x3FF, 0x04  # of an identifier such as 0x0804, Chinese as in China


def asked_language(args: Sequence[str]) -> str | None:
    """The last value of --lang, wherever it stands: errors and help come before options are read."""
    said = ""
    for index, arg in enumerate(args):
        if arg == "--":
            break
        name, mark, value = arg.partition("=")
        if name == "--lang":
            said = value if mark else next(iter(args[index + 1 :]), "")
    return said if said in LANGUAGES else None


def language_without_options(platform: str = sys.platform) -> str:
    """AIPLUS_LANG where it names a language, else the locale's, else that of Windows, else English."""
    wanted = os.environ.get("AIPLUS_LANG", "")
    if wanted in LANGUAGES:
        return wanted
    locales = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    first = next(filter(None, locales), "")
    chinese = first.startswith("zh") if first or platform != "win32" else _windows_speaks_chinese()
    return "zh" if chinese else "en"


def _windows_speaks_chinese() -> bool:
    """Windows sets no variable for the locale, but tells the language of its menus."""
    import ctypes

    language_and_country: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()  # type: ignore[attr-defined]
    return language_and_country & _LANGUAGE_BITS == _CHINESE
