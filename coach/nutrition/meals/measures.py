"""The words of quantities: numbers, units, sizes, and what each is worth."""

from typing import Final

from coach.nutrition.foods.word_forms import words_of

FRACTION_WORDS: Final = {
    "half": 0.5, "halves": 0.5, "quarter": 0.25, "quarters": 0.25, "third": 1 / 3,
    "thirds": 1 / 3, "fourth": 0.25, "eighth": 0.125, "fifth": 0.2,
}  # fmt: skip
WEIGHT: Final = {
    "g": 1, "gram": 1, "gramme": 1, "gm": 1, "gr": 1, "grm": 1, "kg": 1000, "kilo": 1000,
    "kilogram": 1000, "kgs": 1000, "mg": 0.001, "oz": 28.35, "ounce": 28.35, "lb": 453.6,
    "pound": 453.6,
}  # fmt: skip
VOLUME: Final = {
    "ml": 1, "milliliter": 1, "millilitre": 1, "mil": 1, "cc": 1, "cl": 10, "dl": 100, "l": 1000,
    "liter": 1000, "litre": 1000, "cup": 236.6, "cupful": 236.6, "tbsp": 14.79,
    "tablespoon": 14.79, "tablespoonful": 14.79, "tbs": 14.79, "tb": 14.79, "tsp": 4.93,
    "teaspoon": 4.93, "teaspoonful": 4.93, "floz": 29.57, "quart": 946.4, "gallon": 3785,
    "pint": 473.2,
}  # fmt: skip
HOUSEHOLD: Final = {
    "slice": "slice", "piece": "piece", "can": "can", "tin": "can", "bottle": "bottle",
    "glass": "glass", "mug": "mug", "bowl": "bowl", "bowlful": "bowl", "plate": "plate",
    "plateful": "plate", "handful": "handful", "fistful": "handful", "bar": "bar",
    "scoop": "scoop", "packet": "packet", "pack": "packet", "package": "packet",
    "sachet": "packet", "pouch": "pouch", "serving": "serving", "portion": "portion",
    "helping": "portion", "serve": "serving", "stick": "stick", "spoonful": "spoon",
    "spoon": "spoon", "dollop": "dollop", "carton": "carton", "box": "box", "bag": "bag",
    "pot": "pot", "tub": "tub", "jar": "jar", "container": "container", "wedge": "wedge",
    "chunk": "chunk", "cube": "cube", "square": "square", "strip": "strip", "rasher": "rasher",
    "link": "link", "patty": "patty", "fillet": "fillet", "filet": "fillet", "floret": "floret",
    "spear": "spear", "stalk": "stalk", "clove": "clove", "sprig": "sprig", "leaf": "leaf",
    "ear": "ear",
    "cob": "cob", "shot": "shot", "pat": "pat", "knob": "knob", "splash": "splash",
    "dash": "dash", "drizzle": "drizzle", "pinch": "pinch", "squeeze": "squeeze",
    "sheet": "sheet", "segment": "segment", "ring": "ring", "rack": "rack", "stack": "stack",
    "bunch": "bunch", "punnet": "punnet", "block": "block", "katori": "katori",
    "ladle": "ladle", "loaf": "loaf", "skewer": "skewer", "roll": "roll", "cone": "cone",
    "basket": "basket", "bucket": "bucket", "peg": "peg", "measure": "measure", "lump": "lump",
    "sprinkle": "dash", "head": "head", "cupcake": "", "flask": "flask", "side": "side",
    "calory": "kcal", "kcal": "kcal", "cal": "kcal", "bite": "bite", "mouthful": "bite",
    "sip": "sip", "finger": "finger", "row": "row",
    "pan": "pan", "batch": "batch", "wok": "pan", "casserole": "",
    "tray": "plate", "chop": "piece", "order": "serving", "tumbler": "glass",
    "drop": "drop", "ball": "ball", "mound": "portion", "pile": "portion",
    "heap": "portion", "scrape": "pat", "scraping": "pat", "smear": "pat", "glug": "spoon",
    "hunk": "chunk", "blob": "dollop", "squirt": "dollop", "sprinkling": "dash",
    "ladleful": "ladle", "half": "half", "bits": "bit", "goblet": "glass", "nugget": "piece",
}  # fmt: skip
# What a dish is cooked in: how much of it is made, not how much of it one eats.
COOKED_IN: Final = frozenset({"pan", "batch", "pot"})
HOUSEHOLD_UNITS: Final = frozenset(HOUSEHOLD.values()) - {""}
SIZES: Final = {
    "small": "small", "little": "small", "mini": "mini", "tiny": "small", "medium": "medium",
    "regular": "medium", "medium-sized": "medium", "large": "large", "big": "large",
    "huge": "large", "xl": "large", "jumbo": "jumbo", "thick": "thick", "thin": "thin",
    "giant": "large", "massive": "large", "tall": "small", "grande": "medium", "venti": "large",
    "generous": "large", "heaped": "heaped", "heaping": "heaped", "level": "", "rounded": "",
    "full": "", "whole": "", "entire": "", "good": "", "decent": "",
    "hearty": "", "heavenly": "", "modest": "", "scant": "", "solid": "", "proper": "", "nice": "",
    "lovely": "", "sizeable": "large", "sizable": "large", "perfect": "", "fresh": "",
    "average": "medium", "normal": "medium",
    "standard": "medium", "sized": "", "size": "", "single": "", "bitesize": "mini",
    "double": "double", "miniature": "mini", "personal": "personal", "kiddie": "small",
    "footlong": "foot",
    "short": "small", "individual": "single", "dipping": "", "kids": "kid", "med": "medium",
    "sml": "small", "lg": "large", "sm": "small", "lrg": "large", "reg": "medium",
}  # fmt: skip
VAGUE: Final = {
    "some": "some", "any": "some", "bit": "bit", "lot": "lot", "lots": "lot", "loads": "lot",
    "load": "lot", "plenty": "lot", "ton": "lot", "tons": "lot", "heaps": "lot", "touch": "bit",
    "smidge": "bit", "tad": "bit", "bunch": "lot", "little": "bit", "tiny": "bit", "most": "some",
    "couple": "", "much": "lot", "many": "lot", "enough": "some", "extra": "some",
}  # fmt: skip
APPROXIMATE: Final = words_of(
    "about around roughly approximately approx like maybe nearly almost just only another "
    "probably perhaps circa literally exactly actually over under these those the my your "
    "our his her their up at least basically say also"
)
TIMES: Final = {"x", "times"}
