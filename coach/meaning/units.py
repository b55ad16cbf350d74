"""The measures that stand with a number, as a regular expression. English."""

from typing import Final

UNITS: Final = (
    r"(?:g|gr|grams?|kg|ml|millilit(?:er|re)s?|cl|dl|l|lit(?:er|re)s?|oz|ounces?|cups?|slices?|"
    r"pieces?|bowls?|glass(?:es)?|plates?|cans?|bottles?|handfuls?|portions?|servings?|spoons?|"
    r"spoonfuls?|tablespoons?|teaspoons?|tbsp|tsp|scoops?)"
)
