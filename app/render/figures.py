"""Figures as people read them."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from babel.numbers import format_decimal, format_percent

from app.render.words import locale


def filters(lang: str) -> dict[str, Callable[..., Any]]:
    """figure (7, 6.5, 83/6 as 13.83) and percent for one language."""
    spoken = locale(lang)

    def figure(value: Any) -> str:
        if value is None or value == "":
            return ""
        number = Fraction(value) if isinstance(value, str) else value
        return format_decimal(float(number), "#,##0.##", locale=spoken)

    def percent(value: Any) -> str:
        return format_percent(float(Fraction(value)), "#,##0 %", locale=spoken)

    return {"figure": figure, "percent": percent}
