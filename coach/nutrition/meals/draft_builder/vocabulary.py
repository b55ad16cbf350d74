"""Kinds and names of foods that the rules of the draft builder turn on."""

from typing import Final

from coach.nutrition.foods.word_forms import words_of

# A noun before one of these makes one food with it: "lamb burger", "apple cake".
HEADS: Final = words_of(
    "soup salad sandwich burger pizza curry dish smoothie juice icecream cookie cake "
    "dessert bread cereal tea latte sauce spread snack dairy flatbread pasta grain "
    "hotcereal soda milk dumpling sweet powder"
)
# A drink names only sweet things ("coffee ice cream"); a dish names nothing ("idli sambar").
DRINKS: Final = words_of("soda juice water coffee tea latte smoothie milk beer wine")
SWEET_HEADS: Final = frozenset({"cake", "icecream", "dessert", "smoothie"})
MEALS: Final = words_of("bread flatbread dish sandwich burger pizza soup curry cereal fries")
GENERIC_MEALS: Final = frozenset({"sandwich", "burger", "pizza", "soup", "curry", "salad", "bread"})
GENERIC: Final = frozenset({"biscuit", "cookie", "bread", "cereal", "chocolate", "cracker"})
# Made of any meat: "turkey meatballs" are meatballs.
MADE_OF_MEAT: Final = frozenset(
    ["meatball", "meatloaf", "chicken nugget", "beef patty", "chicken wing", "beef jerky",
     "sausage", "breakfast sausage", "lamb kebab", "bacon", "chicken tikka", "beef stew"]
)  # fmt: skip
MEATS: Final = frozenset({"meat", "fish", "coldmeat"})
FILLINGS: Final = frozenset({"meat", "fish", "egg", "cheese", "coldmeat"})
STAPLES: Final = frozenset({"pasta", "grain", "flatbread", "hotcereal"})
# A word after one of these is a dish we do not know ("chicken tagine"), not a stray word.
STEMS: Final = frozenset({"meat", "fish", "veg", "grain", "cheese", "coldmeat"})
UNCOOKED: Final = frozenset({"dry", "raw", "uncooked"})
# Plural in form, one portion in fact.
MASS: Final = words_of("noodles oats grits fries chips greens veggies vegetables")
