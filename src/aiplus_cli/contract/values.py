"""What the fields of the documents are made of, and how each is written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Annotated, Any, ClassVar, cast

from pydantic import ConfigDict, Field, WithJsonSchema

from aiplus_cli.errors import Message

LARGEST_POWER = 40
"""Numbers beyond ten to this power are written with an exponent; growth over a day can be any."""


class Part:
    """What documents and their parts have in common: the sentence below a field describes it in the schema."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True, arbitrary_types_allowed=True)


def keys(document: Part) -> dict[str, Any]:
    """The keys of a document and their values; a field that Python keeps for itself has a `_` behind its key."""
    return {field.name.removesuffix("_"): getattr(document, field.name) for field in fields(cast("Any", document))}


class Derived(Decimal):
    """A number that was worked out: exact for whoever reads the document, shorter when it is written."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, handler: Callable[[type], Any]) -> Any:
        return handler(Decimal)

    def written(self) -> Decimal:
        """The number as JSON and CSV have it."""
        raise NotImplementedError


class Amount(Derived):
    """In the unit of an indicator, or in months; written with at most six decimals."""

    __slots__ = ()

    def written(self) -> Decimal:
        return _plain(Decimal(fixed(self, 6)), 24)


class Measure(Derived):
    """What a method measured; written with fifteen significant digits."""

    __slots__ = ()

    def written(self) -> Decimal:
        with localcontext() as context:
            context.prec = 15
            return _plain(+self, 15)


class Share(Derived):
    """A share of cases, or a mean over them; written with six decimals."""

    __slots__ = ()

    def written(self) -> Decimal:
        return Decimal(f"{self:.6f}")


def _plain(value: Decimal, digits: int) -> Decimal:
    """Without trailing zeros; a whole number of no more than so many digits without an exponent."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() and abs(short) < 10**digits else short


def fixed(value: Decimal, places: int) -> str:
    """The number with so many decimals, a half rounded to the even digit; never a zero with a sign."""
    value = value or Decimal(0)  # a zero can have any exponent
    if value.adjusted() > LARGEST_POWER:
        return f"{value:.{places + 1}e}"
    with localcontext() as context:
        context.prec = 80
        text = f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN):f}"
    return text.removeprefix("-") if Decimal(text) == 0 else text


def amount(value: Decimal | None) -> Amount | None:
    return None if value is None else Amount(value)


def measure(value: Decimal | None) -> Measure | None:
    return None if value is None else Measure(value)


@dataclass(frozen=True, slots=True)
class Keyed:
    """Of a mapping: that it has each of these keys, and the name of a key's column where it is a part of a row."""

    names: tuple[str, ...]
    column: str = "{}"

    def __get_pydantic_json_schema__(self, core: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        found = handler(core)
        value = found.pop("additionalProperties")
        return {**found, "properties": dict.fromkeys(self.names, value), "required": list(self.names)}


Sentence = Annotated[Message, WithJsonSchema({"type": "string"})]
"""A sentence for people: English in JSON and CSV, translated by what is made for people."""
Count = Annotated[int, Field(ge=0)]
Probability = Annotated[Measure, Field(ge=0, le=1)]
