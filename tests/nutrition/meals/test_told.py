"""What of a text tells of a meal, before any food in it is read."""

import pytest

from coach.nutrition.meals.batches import shared
from coach.nutrition.meals.told import told


@pytest.mark.parametrize(
    "said",
    [
        "does hummus count as protein",
        "can i swap rice for beans",
        "For the week ahead I've planned fish tacos on Wednesday.",
        "I keep reading that walnuts are good for the heart.",
        "gonna make overnight oats 4 tmrw",
        "Tomorrow is her birthday and I plan a sponge with six eggs.",
        "ordered two burgers but they cancelled",
        "just got back from shopping: eggs and milk",
        "Breakfast for the baby was porridge",
        "My trainer says 150 grams of chicken",
    ],
)
def test_what_tells_of_no_meal_is_left_out(said):
    assert not told(said).strip(" .,;")


@pytest.mark.parametrize(
    "said",
    [
        "Eggs and toast?",
        "Can you log two eggs?",
        "what a day, pizza for dinner",
        "I weighed out almonds for the week and ate twenty grams of them.",
        "There was pizza. I had three slices.",
        "There was a Greek salad, and I had a big plate.",
        "Can I tell you about my lunch: two eggs",
        "Why not, a slice of cake",
        "Two eggs and toast, then groceries",
        "Set menu for two: steak and chips",
        "My coach said good job, two eggs and toast",
        "Lunch for the kids and me was pasta",
        "Two toasts. It serves four. I had two eggs as well.",
        "The rest was eggs on toast",
    ],
)
def test_a_meal_stays_as_it_was_told(said):
    assert told(said) == said


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("I had an egg. Should I have another one?", "I had an egg."),
        ("half a tin of Heinz-ish baked beans", "half a tin of baked beans"),
        ("subway 6in turkey", "6 inch turkey sub"),
        ("Half a burrito, the other half is in the fridge.", "Half a burrito."),
        ("a protein shake with 25 grams of protein", "a protein shake"),
        ("two glasses of red", "two glasses of red wine"),
        ("There were doughnuts and a cake; I only had a few berries", "I only had a few berries"),
        ("They cancelled the pizza so it was a kebab", "so it was a kebab"),
        ("My doctor recommended porridge, so a bowl of porridge", ", so a bowl of porridge"),
        ("I swapped my latte for tea", "instead of my latte I had tea"),
    ],
)
def test_what_is_no_part_of_the_meal_goes(said, kept):
    assert " ".join(told(said).split()) == kept


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            "Chilli with 500 g of beef. It gave six portions and I had one.",
            "Chilli with 500 g of beef, shared between 6.",
        ),
        ("500 g of oats, it serves six and I had 1.5 servings", "500 g of oats, shared between 4"),
        (
            "The recipe serves four and uses a chicken; I had one serving.",
            "a chicken, shared between 4.",
        ),
        ("a stew, and the pot does two people. I had my half", "a stew, 1 portion"),
        ("two eggs. It made two portions and I ate two", "two eggs,"),
        ("I had two slices of bread", "I had two slices of bread"),
        (
            "Banana bread. It cut into ten slices and I ate two of them with tea.",
            "Banana bread, 2 slices with tea.",
        ),
        ("The recipe serves four and uses lentils; I had one.", "lentils, 1 portion."),
        ("Lasagne, it serves six and I had 1.5 servings", "Lasagne, 1.5 servings"),
    ],
)
def test_a_batch_is_a_dish_that_is_shared(said, plain):
    assert shared(said).strip() == plain
