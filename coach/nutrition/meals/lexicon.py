"""The words around the food in a sentence: what they do, and which of them mean nothing here."""

from typing import Final

from coach.nutrition.foods.word_forms import words_of
from coach.nutrition.meals.results import Slot

EATING: Final = words_of(
    "had have having ate eat eaten eating drank drink drinking drunk log logged logging "
    "record grabbed grab got get took take finished finish made make cooked cook ordered "
    "order tried enjoyed consumed snacked munched devoured downed sipped nibbled gobbled "
    "demolished scoffed inhaled chugged tracked track put write note add added adding "
    "include snacking munching treated was were is shared share split sharing"
)
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
    ("actually",), ("rather",), ("wait",), ("no",), ("well", "actually"), ("let", "me", "correct"),
)  # fmt: skip
SLOTS: Final[dict[str, Slot]] = {
    "breakfast": "breakfast", "brekkie": "breakfast", "brekky": "breakfast",
    "brunch": "breakfast", "nashta": "breakfast", "lunch": "lunch", "luncheon": "lunch",
    "tiffin": "snack", "dinner": "dinner", "supper": "dinner", "snack": "snack",
    "snacks": "snack", "elevenses": "snack", "lunchtime": "lunch", "dinnertime": "dinner",
    "breakfasttime": "breakfast", "teatime": "snack", "dessert": "dinner", "munchies": "snack",
}  # fmt: skip
# Ways of preparing and describing that leave the food the same here.
DESCRIBING: Final = words_of(
    "fresh freshly hot cold warm iced homemade home made grilled roasted roast baked boiled "
    "steamed scrambled poached fried sauteed sautéed pan raw cooked leftover leftovers "
    "halved quartered cubed trimmed deseeded "
    "chopped sliced diced mashed toasted crispy crunchy spicy sweet creamy organic ripe "
    "frozen canned tinned lean boneless skinless salted unsalted unsweetened sweetened "
    "plain simple regular lovely nice delicious tasty yummy amazing great healthy vegan "
    "vegetarian veggie veg gluten dairy lactose free low fat sugar high protein reduced "
    "light lite skim skimmed semi full cream nonfat fat-free extra virgin dry wet soft hard "
    "crusty fluffy gooey runny sticky thick cut thin cheesy greasy buttered smoked grass "
    "fed range wild caught farm style traditional classic authentic local seasonal mixed "
    "assorted various different random half-fat whole wholegrain wholemeal wheat white "
    "brown black red green yellow golden pink purple strong weak milky instant decaf filter "
    "loaded stuffed stacked double triple single shredded grated melted crumbled crushed "
    "ground minced pulled bbq barbecued barbecue air fryer deep oven microwaved microwave "
    "slow cooker panfried pan-fried stir stirfried seared blackened breaded battered glazed "
    "marinated seasoned unseasoned salty bitter sour tangy savory savoury zesty silken firm "
    "kids adult family party size sized decent cheeky quick basic proper typical usual "
    "normal standard signature special house chefs indian chinese italian mexican korean "
    "japanese thai american english french greek spanish british turkish lebanese "
    "vietnamese middle eastern asian western southern northern punjabi gujarati bengali "
    "goan kerala chettinad swiss german danish belgian peeled unpeeled pitted seedless "
    "sprouted fermented pickled dried roasted candied chilled room temperature store bought "
    "shop drained uncooked leftover day old last nights yesterdays mums moms mothers grandmas "
    "grandmothers dads wifes husbands own brand supermarket takeaway takeout"
)
NOT_FOOD_AFTER: Final = words_of(
    "shop shops place places house store stores van truck break time cooker maker machine "
    "restaurant joint stand counter market factory festival farm diet allergy allergies bar "
    "parlor parlour party van station aisle cupboard addict lover person run date morning"
)
FILLER: Final = words_of(
    "a an the i im ive id ill we weve our us you your he she they them it its this that "
    "these those there here my me mine myself um umm uh uhh er erm ah oh hmm mm like think "
    "thought guess believe suppose reckon know mean so well okay ok yeah yes yep yup right "
    "alright please thanks thank hi hello hey coach just only really very quite pretty "
    "rather maybe probably perhaps about around roughly approximately almost nearly at of "
    "for to from by up out off down around be been being am are was were is do does did "
    "done will would could should can may might must shall today tonight now later earlier "
    "again already still ever even too also already ago yesterday morning afternoon evening "
    "night midnight noon midday meal meals food foods stuff things thing bite eat eating "
    "work office school home gym church airport train car bus plane hotel cafe café "
    "restaurant canteen cafeteria kitchen table desk bed couch sofa mums moms friend "
    "friends family kids kid wife husband mom mum mother dad father sister brother "
    "colleague boss girlfriend boyfriend partner daughter son guy guys people someone "
    "somebody everyone because cause since while when where which who whom whose how what "
    "why than if though although however but instead total altogether overall both each per "
    "every all any everything nothing something anything more less much many most same "
    "other another else together myself yourself went going go gone came come coming left "
    "over back out watched watching tv movie film walking walked walk driving drove drive "
    "ran running run sat sitting sit felt feeling feel hungry starving thirsty tired full "
    "stuffed sick ill good bad great nice lovely delicious tasty huge first second third "
    "finally next before during until between towards straight away immediately quickly "
    "slowly usually normally always sometimes often never literally basically honestly "
    "actually totally definitely certainly obviously kind sort type kinda sorta bit few day "
    "days week hour hours minute minutes pm am oclock clock half past quarter way want "
    "wanted need needed love loved like liked fancy fancied craving treat treated ended "
    "ending started start starting bought buy brought bring gave give given shared share "
    "sharing split sent send used use using put putting called call ordered order served "
    "serve serving drive through thru delivery deliveroo uber eats doordash swiggy zomato "
    "starbucks costa nero greggs pret tesco sainsburys aldi lidl walmart costco wendys "
    "popeyes dominos mcdonalds mcd mcds kfc subway chipotle dunkin tim hortons hut "
    "burgerking lot lots little side sides main mains course starter appetizer appetiser "
    "dessert pudding combo set menu leftover leftovers cheat healthy unhealthy light heavy "
    "big small large medium regular smallish largish biggish portion plate bowl worth kcal "
    "calories calorie carbs macros log diary record entry note down add please could let "
    "lets tell telling say said saying remember forgot forget noticed think believe yum mmm "
    "wow man dude mate bro lol ha haha sorry swim swimming workout exercise jog yoga class "
    "meeting lesson call game match football "
    "top bottom rest skin bone bones rare done gonna wanna gotta cos cuz coz innit anyway "
    "anyways besides apart except theres thats whats one ones thing time times once twice "
    "minute second moment second seconds helping helpings dinner lunch breakfast snack "
    "supper brunch early late mid lateish plus minus equals total whole bunch loads tons "
    "toddler toddlers deal kids childrens leftovers finished finishing drunk quickly own bits"
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
PHRASE_SLIPS: Final = (
    (("two", "much"), ("too", "much")),
    (("two", "many"), ("too", "many")),
    (("to", "much"), ("too", "much")),
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
