"""Heights and weights as people type them, in the units they use."""

import re
from typing import Any

from django import forms

from coach.people.health.measures import KG_PER_POUND, POUNDS_PER_STONE
from coach.people.health.sizes import CM_PER_INCH

NUMBER = r"(\d+(?:[.,]\d+)?)"


def _number(text: str | None) -> float:
    return float((text or "0").replace(",", "."))


class HeightField(forms.FloatField):
    """A height in cm, also typed as `1.72 m`, `5 ft 8` or `5'8"`."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        text = str(value or "").strip().lower()
        if feet := re.fullmatch(
            rf"(\d)\s*(?:'|ft|feet|foot)\s*(?:{NUMBER}\s*(?:\"|''|in\w*)?)?", text
        ):
            return round((12 * int(feet[1]) + _number(feet[2])) * CM_PER_INCH, 1)
        if metres := re.fullmatch(rf"{NUMBER}\s*m(?:etres?|eters?)?", text):
            return round(_number(metres[1]) * 100, 1)
        cm = re.sub(r"\s*(?:cm|centimet\w+)$", "", text)
        found: float | None = super().to_python(cm.replace(",", "."))
        # Nobody is 1.72 cm tall: they mean metres.
        return round(found * 100, 1) if found is not None and 0.9 <= found <= 2.5 else found


class WeightField(forms.FloatField):
    """A weight in kg, also typed as `154 lb` or `11 st 4`."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        text = str(value or "").strip().lower()
        if pounds := re.fullmatch(rf"{NUMBER}\s*(?:lbs?|pounds?)", text):
            return round(_number(pounds[1]) * KG_PER_POUND, 1)
        if stone := re.fullmatch(
            rf"{NUMBER}\s*(?:st|stones?)\s*(?:{NUMBER}\s*(?:lbs?|pounds?)?)?", text
        ):
            in_pounds = POUNDS_PER_STONE * _number(stone[1]) + _number(stone[2])
            return round(in_pounds * KG_PER_POUND, 1)
        kg = re.sub(r"\s*(?:kgs?|kilo\w*)$", "", text)
        found: float | None = super().to_python(kg.replace(",", "."))
        return found
