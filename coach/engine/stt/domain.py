"""Words that are likely in a talk with a coach. The recogniser leans towards them where the sound
leaves it in doubt: foods, measures, what one asks a diary, whom one asks for."""

_FOODS = """
egg; eggs; toast; bread; brown bread; wholemeal; oats; porridge; oatmeal; muesli; granola; cereal;
banana; apple; apples; orange; pear; grapes; blueberries; strawberries; raspberries; mango; honey;
jam; butter; margarine; cheese; cheddar; yoghurt; yogurt; milk; oat milk; almond milk; soy milk;
chicken; chicken breast; turkey; beef; ham; bacon; salmon; tuna; prawns; tofu; rice; pasta; noodles;
pizza; potato; potatoes; quinoa; couscous; broccoli; spinach; carrots; tomato; tomatoes; cucumber;
onions; mushrooms; salad; soup; curry; stew; lentils; beans; chickpeas; hummus; avocado; almonds;
walnuts; cashews; nuts; peanuts; peanut butter; olive oil; coffee; black coffee; latte; cappuccino;
espresso; tea; juice; orange juice; water; wine; beer; smoothie; croissant; muffin; bagel; scone;
pancakes; maple syrup; sandwich; wrap; burger; fries; chips; crisps; chocolate; biscuit; biscuits;
cake; cookie; cookies; ice cream; grilled; boiled; fried; baked; vegan; vegetarian; gluten;
"""
_MEASURES = """
gram; grams; kilo; litre; half a litre; millilitres; glass; cup; mug; bowl; bowl of; handful; slice;
slices; piece; pieces; portion; tablespoon; tablespoons; teaspoon; teaspoons; can; bottle; sixty;
fifty; two slices; two eggs; three eggs;
"""
_COACHING = """
calories; calorie; protein; carbs; carbohydrates; fibre; fat; sugar; salt; sodium; target; goal;
breakfast; lunch; dinner; snack; log a; delete; delete the; remove; undo; undo that; make that;
ate; drank; dietitian; dietitians; allergic; options; the bill; put me through
"""


def phrases() -> list[str]:
    """The words and phrases, in lower case."""
    listed = (_FOODS + _MEASURES + _COACHING).replace("\n", " ").split(";")
    return [" ".join(one.split()) for one in listed]
