"""aiplus: is China's AI+ plan on course for its 2027, 2030 and 2035 milestones?"""

from __future__ import annotations

__all__ = ["__version__"]


def __getattr__(name: str) -> str:
    """`__version__`, looked up only when asked for."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import version

    return version("aiplus-cli")
