"""What a build adds to the source: the catalogue of sentences, compiled, for wheels and editable installs alike."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Words(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the .po; the .mo is ignored by git and named as an artifact in pyproject.toml."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        del version, build_data
        runpy.run_path(str(Path(self.root, "tools", "catalogue.py")))["compile_words"]()
