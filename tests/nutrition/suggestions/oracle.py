"""What a food plainly is, by its words: written apart from the table that the product uses."""

import re

NOT_THAT = re.compile(
    r"(?:soy|oat|almond|coconut) (?:milk )?latte|soy milk latte"
    r"|(?:soy|soya|oat|almond|coconut|rice) (?:milk|yogh?urt)|peanut butter|butternut|butter beans?"
    r"|cocoa butter|eggplant|kidney beans|rice noodles|corn tortillas?|rice cakes?|coconut"
    r"|nutmeg|buckwheat|grape nuts|non alcoholic beer|root beer|ginger beer"
    r"|lentil bolognese|(?:veggie|vegan) (?:burger|sausage|chili|patty)|cream soda|dairy free"
    r"|wine gums?|beef tomato"
)
PLAINLY = {
    "peanut": r"peanut|satay|\bnuts\b|mixed nuts|pad thai|\bpoha\b",
    "tree_nut": r"almond|walnut|cashew|pistachio|pecan|hazelnut|\bnuts\b|muesli|pesto|nutella",
    "milk": r"milk|cheese|yogh?urt|butter|\bcream\b|paneer|feta|mozzarella|halloumi|ricotta|lasagn"
    r"|pizza|risotto|greek salad|caprese|pesto|latte|custard|\bdairy|parmesan|cottage",
    "egg": r"\beggs?\b|omelette|shakshuka|mayo|lasagn|pancake|carbonara|\bbibimbap",
    "fish": r"\bfish\b|salmon|tuna|\bcod\b|trout|sardine|mackerel|anchov|tilapia|herring|sushi\b",
    "crustacean": r"shrimp|prawn|\bcrab|lobster|scampi",
    "mollusc": r"mussel|clam|oyster|squid|scallop|octopus",
    "gluten": r"bread|toast|pasta|spaghetti|noodle|bagel|\bpita|\broti\b|couscous|bulgur|tabboul"
    r"|tabouleh|muesli|\bbran\b|\boats?\b|oatmeal|porridge|lasagn|pizza|gnocchi|soy sauce|sandwich"
    r"|wrap\b|burger|crispbread|wheat|barley|\brye\b",
    "soy": r"\bsoy|tofu|edamame|tempeh|miso|soya",
    "sesame": r"hummus|sesame|tahini|falafel",
    "meat": r"chicken|turkey|beef|steak\b|pork|\blamb|bacon|\bham\b|bolognese|bulgogi|sausage"
    r"|meat\b|beef chilli",
    "alcohol": r"\bwine|\bbeer|vodka|\brum\b",
    "honey": r"honey",
    "raw fish": r"sushi\b|sashimi|smoked salmon|ceviche|poke",
}


def is_plainly(what: str, names: list[str]) -> bool:
    """Whether one of the names says that it is `what`."""
    return any(re.search(PLAINLY[what], NOT_THAT.sub(" ", name.lower())) for name in names)
