"""The words around the food in a sentence: what they do, and which of them mean nothing here."""

from typing import Final

from coach.nutrition.foods.word_forms import words_of
from coach.nutrition.meals.results import Slot

EATING: Final = words_of(
    "had have having ate eat eaten eating drank drink drinking drunk log logged logging "
    "record grabbed grab got get took take finished finish made make cooked cook ordered "
    "order tried enjoyed consumed snacked munched devoured downed sipped nibbled gobbled "
    "demolished scoffed inhaled chugged tracked track put write note add added adding "
    "include snacking munching treated managed polished wolfed was were is "
    "shared share split sharing"
)
SHARING: Final = frozenset({"shared", "share", "split", "sharing", "halved"})
# Tells one food from the next.
AND: Final = words_of("and plus then also followed afterwards after along as well or nor n")
WITH: Final = words_of("with topped covered dressed w alongside containing filled stuffed")
ON: Final = words_of("on over onto in inside into")
WITHOUT: Final = words_of(
    "without minus no not hold except sans zero none skipped skip skipping nor"
)
CORRECTION: Final = (
    ("no", "wait"), ("no", "sorry"), ("no", "no"), ("i", "mean"), ("i", "meant"),
    ("scratch", "that"),
    ("make", "that"), ("make", "it"), ("or", "rather"), ("wait", "no"), ("oh", "no"),
    ("no", "actually"), ("actually", "no"), ("sorry", "no"), ("correction",), ("sorry",),
    ("which", "became"), ("became",),
    ("well", "a"), ("well", "an"), ("well", ",", "it", "was"), ("well", "it", "was"),
    ("actually",), ("rather",), ("wait",), ("no",), ("well", "actually"), ("let", "me", "correct"),
)  # fmt: skip
SLOTS: Final[dict[str, Slot]] = {
    "breakfast": "breakfast", "brekkie": "breakfast", "brekky": "breakfast",
    "brunch": "breakfast", "nashta": "breakfast", "lunch": "lunch", "luncheon": "lunch",
    "tiffin": "snack", "dinner": "dinner", "supper": "dinner", "snack": "snack",
    "snacks": "snack", "elevenses": "snack", "lunchtime": "lunch", "dinnertime": "dinner",
    "breakfasttime": "breakfast", "teatime": "snack", "dessert": "dinner", "munchies": "snack",
}  # fmt: skip
NOT_FOOD_AFTER: Final = words_of(
    "shop shops place places house store stores van truck break time cooker maker machine "
    "restaurant joint stand counter market factory festival farm diet allergy allergies bar "
    "parlor parlour party van station aisle cupboard addict lover person run date morning "
    "day night tray platter"
)
# Makers whose products the tables do not have: a guess would be a made-up number.
BRANDS: Final = words_of(
    "huel soylent quest rxbar rx kind larabar premier fairlife orgain athletic ag1 "
    "herbalife factor hellofresh gousto sweetgreen cava wagamama nandos itsu leon chick fil "
    "shake shack panera chilis applebees dennys ihop olive garden panda zaxbys raising "
    "canes arbys sonic whataburger jollibee magnum graze grenade barebells yfood jimmyjohns "
    "trader joes"
)
SMALL_PARTS: Final = frozenset({"milk", "sweetener", "fat", "spread", "sauce"})
HOMOPHONES: Final = {
    "stake": "steak",
    "sum": "some", "serial": "cereal", "sereal": "cereal", "tee": "tea", "bred": "bread",
    "pees": "peas", "flower": "flour", "kimchee": "kimchi", "yogourt": "yogurt",
    "yoghurts": "yogurt", "omlet": "omelette", "omelete": "omelette", "omellete": "omelette",
    "sandwhich": "sandwich", "sandwitch": "sandwich", "samwich": "sandwich",
    "expresso": "espresso", "cappucino": "cappuccino", "capuccino": "cappuccino",
    "capucino": "cappuccino", "lattes": "latte", "brocolli": "broccoli", "broccolli": "broccoli",
    "tomatos": "tomatoes", "potatos": "potatoes", "bananna": "banana", "avacado": "avocado",
    "avocodo": "avocado", "avacados": "avocado", "zuchini": "zucchini", "spagetti": "spaghetti",
    "spaghetti's": "spaghetti", "lasagnia": "lasagna", "parmesean": "parmesan",
    "mozarella": "mozzarella", "mayonaise": "mayonnaise", "choclate": "chocolate",
    "chocolat": "chocolate", "cofee": "coffee", "coffe": "coffee", "cofe": "coffee",
    "chiken": "chicken", "chikken": "chicken", "samon": "salmon", "salman": "salmon",
    "shrimps": "shrimp", "prawn's": "prawns", "bisquit": "biscuit", "biscits": "biscuits",
    "rotti": "roti", "rodi": "roti", "chapathis": "chapati", "dhall": "dal",
    "dosai": "dosa", "dosha": "dosa", "panir": "paneer", "biriani": "biryani",
    "quinoah": "quinoa", "keenwa": "quinoa", "hummous": "hummus", "humus": "hummus",
    "tortila": "tortilla", "guacomole": "guacamole", "burito": "burrito", "quesedilla":
    "quesadilla", "kimbob": "kimbap", "bibimbab": "bibimbap", "bulgoki": "bulgogi",
    "granolla": "granola", "museli": "muesli", "croisant": "croissant", "crossaint": "croissant",
    "doughnuts": "doughnut", "bagle": "bagel", "pankake": "pancake", "straberry": "strawberry",
    "strawbery": "strawberry", "rasberry": "raspberry", "bluberry": "blueberry", "whine": "wine",
    "meet": "meat", "sup": "soup", "rap": "wrap", "almons": "almonds", "wallnuts": "walnuts",
}  # fmt: skip
# How people shorten words where they type.
SHORT: Final = {
    "chix": "chicken", "chx": "chicken", "blubs": "blueberries", "lite": "light",
    "roasties": "roast potatoes", "chkn": "chicken", "chk": "chicken", "bkfst": "breakfast",
    "brkfst": "breakfast", "bfast": "breakfast", "brekky": "breakfast", "avo": "avocado",
    "avos": "avocados", "yog": "yogurt", "yoghs": "yogurts", "brocc": "broccoli",
    "broc": "broccoli", "caulif": "cauliflower", "pepp": "pepperoni", "parm": "parmesan",
    "mozz": "mozzarella", "chz": "cheese", "chs": "cheese", "choc": "chocolate",
    "choccy": "chocolate", "strawbs": "strawberries", "blueb": "blueberries",
    "bluebs": "blueberries", "rasps": "raspberries", "nana": "banana", "cuke": "cucumber",
    "toms": "tomatoes", "tom": "tomato", "potat": "potato", "tater": "potato",
    "taters": "potatoes", "spuds": "potatoes", "sammich": "sandwich", "sammie": "sandwich",
    "sammy": "sandwich", "sando": "sandwich", "sarnie": "sandwich", "sanga": "sandwich",
    "sndwch": "sandwich", "burg": "burger", "cali": "california", "guac": "guacamole",
    "quesa": "quesadilla", "tort": "tortilla", "capp": "cappuccino",
    "cap": "cappuccino",
    "marg": "margarita", "marge": "margarine", "caf": "coffee", "decaff": "decaf",
    "oj": "orange juice", "brn": "brown", "slc": "slice", "slcs": "slices", "tst": "toast",
    "wht": "white", "grn": "green", "blk": "black", "btr": "butter", "bcn": "bacon",
    "ckn": "chicken", "stk": "steak",
    "aj": "apple juice", "pb": "peanut butter", "pbj": "peanut butter and jelly sandwich",
    "ww": "whole wheat", "wg": "whole grain", "wm": "wholemeal", "gf": "gluten free",
    "ff": "fat free", "lf": "low fat", "nf": "nonfat", "evoo": "olive oil", "acv": "vinegar",
    "hb": "hard boiled", "hbe": "hard boiled egg", "pwdr": "powder", "soymilk": "soy milk",
    "almondmilk": "almond milk", "mcnuggets": "chicken nuggets", "nugs": "nuggets",
    "tendies": "chicken tenders", "wingz": "wings", "lg": "large", "lrg": "large",
    "sm": "small", "w": "with", "wo": "without", "n": "and", "nd": "and", "hv": "had",
    "stmd": "steamed", "grld": "grilled", "bld": "boiled",
}  # fmt: skip
PHRASE_SLIPS: Final = (
    (("sweet", "pot"), ("sweet", "potato")),
    (("two", "much"), ("too", "much")),
    (("two", "many"), ("too", "many")),
    (("to", "much"), ("too", "much")),
    (("caffeine", "free"), ("decaffeinated",)), (("just", "eight", "a"), ("just", "ate", "a")),
    (("i", "eight"), ("i", "ate")),
    (("a", "cuppa", "coffee"), ("a", "coffee")), (("cuppa", "coffee"), ("cup", "of", "coffee")),
    (("cuppa", "tea"), ("cup", "of", "tea")), (("cuppa",), ("cup", "of", "tea")),
    (("nun", "bread"), ("naan", "bread")), (("none", "bread"), ("naan", "bread")),
    (("cross", "aunt"), ("croissant",)), (("b", "l", "t"), ("blt",)),
    (("meet", "balls"), ("meatballs",)), (("oat", "meal"), ("oatmeal",)),
    (("pop", "corn"), ("popcorn",)), (("water", "melon"), ("watermelon",)),
    (("bee", "bim", "bap"), ("bibimbap",)), (("be", "bim", "bap"), ("bibimbap",)),
    (("capa", "chino"), ("cappuccino",)), (("cup", "of", "chino"), ("cappuccino",)),
    (("half", "n", "half"), ("half", "and", "half")), (("mac", "n", "cheese"), ("mac", "cheese")),
    (("fish", "n", "chips"), ("fish", "and", "chips")), (("pb", "and", "j"), ("pbj",)),
    (("cheese", "burger"), ("cheeseburger",)), (("ham", "burger"), ("hamburger",)),
    (("pan", "cakes"), ("pancakes",)), (("plane", "yogurt"), ("plain", "yogurt")),
    (("plane", "bagel"), ("plain", "bagel")), (("suite", "potato"), ("sweet", "potato")),
    (("butter", "nut"), ("butternut",)), (("egg", "role"), ("egg", "roll")),
    (("cole", "slaw"), ("coleslaw",)), (("cotton", "cheese"), ("cottage", "cheese")),
    (("cottage", "jeez"), ("cottage", "cheese")), (("all", "mond"), ("almond",)),
    (("straw", "berries"), ("strawberries",)), (("blue", "berries"), ("blueberries",)),
    (("rasp", "berries"), ("raspberries",)), (("corn", "flakes"), ("cornflakes",)),
    (("chick", "peas"), ("chickpeas",)), (("a", "cuppa"), ("a", "tea")),
)  # fmt: skip
