"""Units, money and fractions as they are written, with the words that are said for them."""

# Written unit -> (one, many). Spellings are those the synthesiser's lexicon knows.
UNITS: dict[str, tuple[str, str]] = {
    "g": ("gram", "grams"),
    "gr": ("gram", "grams"),
    "kg": ("kilogram", "kilograms"),
    "kgs": ("kilogram", "kilograms"),
    "mg": ("milligram", "milligrams"),
    "mcg": ("microgram", "micrograms"),
    "µg": ("microgram", "micrograms"),
    "μg": ("microgram", "micrograms"),
    "ug": ("microgram", "micrograms"),
    "ml": ("milliliter", "milliliters"),
    "mL": ("milliliter", "milliliters"),
    "cl": ("centiliter", "centiliters"),
    "dl": ("deciliter", "deciliters"),
    "dL": ("deciliter", "deciliters"),
    "l": ("liter", "liters"),
    "L": ("liter", "liters"),
    "km": ("kilometer", "kilometers"),
    "m": ("meter", "meters"),
    "cm": ("centimeter", "centimeters"),
    "mm": ("millimeter", "millimeters"),
    "ft": ("foot", "feet"),
    "kcal": ("kilocalorie", "kilocalories"),
    "kcals": ("kilocalorie", "kilocalories"),
    "Kcal": ("kilocalorie", "kilocalories"),
    "cal": ("calorie", "calories"),
    "cals": ("calorie", "calories"),
    "Cal": ("calorie", "calories"),
    "kJ": ("kilojoule", "kilojoules"),
    "kj": ("kilojoule", "kilojoules"),
    "oz": ("ounce", "ounces"),
    "fl oz": ("fluid ounce", "fluid ounces"),
    "fl. oz": ("fluid ounce", "fluid ounces"),
    "lb": ("pound", "pounds"),
    "lbs": ("pound", "pounds"),
    "tbsp": ("tablespoon", "tablespoons"),
    "tbsps": ("tablespoon", "tablespoons"),
    "Tbsp": ("tablespoon", "tablespoons"),
    "tbs": ("tablespoon", "tablespoons"),
    "tsp": ("teaspoon", "teaspoons"),
    "tsps": ("teaspoon", "teaspoons"),
    "pt": ("pint", "pints"),
    "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"),
    "h": ("hour", "hours"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"),
    "sec": ("second", "seconds"),
    "secs": ("second", "seconds"),
    "wk": ("week", "weeks"),
    "wks": ("week", "weeks"),
    "yr": ("year", "years"),
    "yrs": ("year", "years"),
    "mmol": ("millimole", "millimoles"),
    "mmHg": ("millimeter of mercury", "millimeters of mercury"),
    "bpm": ("beat per minute", "beats per minute"),
    "mph": ("mile per hour", "miles per hour"),
    "IU": ("international unit", "international units"),
    "iu": ("international unit", "international units"),
}

# Of these only a form with a space before it is a unit: "30s" are the thirties.
SPACED_UNITS: dict[str, tuple[str, str]] = {
    "s": ("second", "seconds"),
    "st": ("stone", "stone"),
}

# These are units even without a figure: "how many kcal".
BARE_UNITS = (
    "kcal",
    "kcals",
    "kJ",
    "kg",
    "mg",
    "mcg",
    "ml",
    "mL",
    "km",
    "oz",
    "lbs",
    "tbsp",
    "tsp",
)

# After "grams/", "kilocalories/" and the like.
PER: dict[str, str] = {
    "d": "day",
    "h": "hour",
    "hr": "hour",
    "wk": "week",
    "mo": "month",
    "min": "minute",
    "s": "second",
    "g": "gram",
    "kg": "kilogram",
    "l": "liter",
    "L": "liter",
    "dl": "deciliter",
    "dL": "deciliter",
    "ml": "milliliter",
    "mL": "milliliter",
    "m2": "square meter",
    "m²": "square meter",
    "cm": "centimeter",
}

# Sign -> (one, many, one hundredth, hundredths).
MONEY: dict[str, tuple[str, str, str, str]] = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "€": ("euro", "euros", "cent", "cents"),
    "₹": ("rupee", "rupees", "paisa", "paise"),
    "¥": ("yen", "yen", "sen", "sen"),
}

SCALES: dict[str, str] = {"k": "thousand", "m": "million", "bn": "billion", "b": "billion"}

# The vulgar fractions of Unicode: top and bottom.
FRACTIONS: dict[str, tuple[int, int]] = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}
