"""What a sentence tells of the speaker's own health, and what it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.people.health import Standing, read

TOLD = {
    "I have diabetes": "condition diabetes",
    "I'm pregnant": "pregnancy pregnant",
    "I'm 30 weeks pregnant": "pregnancy pregnant",
    "I am breastfeeding": "pregnancy breastfeeding",
    "I'm allergic to sesame": "allergy sesame",
    "no prawns ever for me, last time it was the hospital": "allergy prawns",
    "onions and me don't get along": "allergy onions (intolerance)",
    "I have no gallbladder since the operation": "condition gallbladder removed",
    "just so you know, I've got a nut allergy": "allergy nut",
    "did I tell you I'm allergic to kiwi?": "allergy kiwi",
    "lactose intolerant": "allergy lactose (intolerance)",
    "I can't tolerate fructose": "allergy fructose (intolerance)",
    "my doctor says I have high blood pressure": "condition high blood pressure",
    "I was diagnosed with PCOS last year": "condition PCOS",
    "I have reflux": "condition reflux",
    "my husband and I have high cholesterol": "condition high cholesterol",
    "I'm diabetic and my mum is coeliac": "condition diabetes",
    "I take metformin 500 mg twice a day": "medicine metformin",
    "I'm on ozempic": "medicine semaglutide",
    "I'm vegan": "style vegan",
    "I don't eat pork": "style no pork",
    "can I eat sushi? I'm pregnant": "pregnancy pregnant",
    "shellfish makes my throat swell up": "allergy shellfish",
    "cashews could kill me so keep them out": "allergy cashews",
    "peanuts could kill me": "allergy peanuts",
    "walnuts nearly finished me once": "allergy walnuts",
    "lychees could kill me, it is an allergy": "allergy lychees",
    "turns out I'm type two": "condition type 2 diabetes",
    "we keep kosher at home": "style kosher",
    "expecting twins in May": "pregnancy pregnant",
    "eggs give me hives": "allergy eggs",
    "soya brings me out in a rash": "allergy soya",
    "mussels close my throat": "allergy mussels",
    "I swell up like a balloon from mango": "allergy mango",
    "crab is deadly for me": "allergy crab",
    "oysters could put me in hospital": "allergy oysters",
    "never offer me pistachios, I'd stop breathing": "allergy pistachios",
    "keep celery out of my meals, it's a matter of life and death": "allergy celery",
    "fish allergy here, a serious one": "allergy fish",
    "I'm the one with the wheat allergy": "allergy wheat",
    "milk and I don't get on": "allergy milk (intolerance)",
    "the doctor phoned, it's type two": "condition type 2 diabetes",
    "the results came, coeliac it is": "condition coeliac disease",
    "had my results, it's an underactive thyroid": "condition hypothyroidism",
    "so it's official, I have gout": "condition gout",
    "we're a vegan household": "style vegan",
    "should have said earlier, I keep halal": "style halal",
    "I can't really do dairy": "style no dairy",
    "my cholesterol is too high": "condition high cholesterol",
    "acid reflux is killing me these days": "condition reflux",
    "the doctor put me on warfarin": "medicine warfarin",
    "I'm, like, diabteic": "condition diabetes",
    "soy alérgica al sésamo": "allergy sesame",
    "j'ai du diabète": "condition diabetes",
    "ich bin gegen Nüsse allergisch": "allergy nuts",
    "당뇨가 있어요": "condition diabetes",
}
NOT_TOLD = (
    "am I allergic to nuts",
    "my sister has diabetes",
    "my son is allergic to milk",
    "I have a diabetic friend",
    "I have a friend who is diabetic",
    "if I had diabetes what would I eat",
    "what helps with reflux?",
    "trying to get pregnant",
    "I had a vegan burger",
    "I ate vegan food for lunch",
    "I'm making vegan food for my friends",
    "I can't eat meat tonight",
    "I'm tired of salad",
    "I'm allergic to mornings",
    "I want to weigh 70 kilos",
    "I used to weigh 90 kilos",
    "I weigh 200 g of pasta every time",
    "I had two eggs and toast",
    "the dog is sick",
    "I'm 34",
    "they give me a rash of messages",
    "pretend I weigh 45 kilos",
    "imagine I am fit, and I weigh 45 kilos",
    "once I am at 70 kg",
    "unless I weigh 60",
    "I am down to 60 cigarettes",
    "I'm down to 20 a day",
    "my boss will kill me",
    "my arm is 60 percent better",
    "I have a chest freezer of 150 litres",
    "my mother's waist is 80 cm",
    "lost 5 kilos last year",
    # An hour is no pulse.
    "I cycled 1 hr 45 today",
    "I slept 4 hr 30",
    "I did an hr 45 of cardio",
    "my heart rate was 30 seconds off",
    "my heart rate was up for 40 minutes, pulse 45 min",
    # A lone number is no weight of the body where anything tells of something else.
    "120 kg today, deadlifts",
    "I did deadlifts. 120 kg today",
    "80 kg, 3 sets of squats",
    "80 kg, my best squat",
    "60 kg with 10 reps",
    "60 kg after the break",
    "30 kg in a year",
    "lost 5 kilos, 30",
    "lost 5 kg today",
    "gained 60 pounds this morning",
    "Dropped the kids at 8 this morning",
    "Up at 6 this morning",
    "Dropped from 9 to 7",
    "Put on my shoes at 7",
    "Put on my shoes, 70 now",
    # «in» is no inch.
    "My chest was 40 in the photo",
    "my tummy at 3 in the morning",
    "my arm was 30 in a cast",
    # What is said to kill somebody is seldom an allergen.
    "exams will kill me",
    "the commute could kill me",
    "My trainer nearly killed me today",
    "carbs nearly killed me",
    "chocolate will kill me",
    "burpees almost finished me",
)
MEASURED = {
    "I weigh 82 kilos": ("weight", 82, "kg"),
    "I weigh eighty two point five kilos": ("weight", 82.5, "kg"),
    "I weighed in at 180 lbs this morning": ("weight", 81.6, "kg"),
    "I weigh eleven stone four": ("weight", 71.7, "kg"),
    "82 kg on the scale this morning": ("weight", 82, "kg"),
    "my weight is 82": ("weight", 82, ""),
    "81.4 this morning before breakfast": ("weight", 81.4, ""),
    "muscle thirty percent, weight 76 kg": ("weight", 76, "kg"),
    "I'm 5 foot 8": ("height", 172.7, "cm"),
    "I'm 172 cm tall": ("height", 172, "cm"),
    "my blood sugar was 110": ("sugar", 110, "mg/dL"),
    "my sugar is one ten": ("sugar", 110, "mg/dL"),
    "my blood glucose is 5.6": ("sugar", 5.6, "mmol/L"),
    "blood pressure 135 over 85": ("pressure", 135, "mmHg"),
    "bp was 120/80 this morning": ("pressure", 120, "mmHg"),
    "88 kilos flat, in spite of the party": ("weight", 88, "kg"),
    "scale says 70.2 but I had shoes on": ("weight", 70.2, ""),
    "lost another kilo, 79 now": ("weight", 79, "kg"),
    "down a pound, 180 today": ("weight", 81.6, "kg"),
    "my glucose says one thirty one before lunch": ("sugar", 131, "mg/dL"),
    "resting heart rate of sixty two": ("pulse", 62, "bpm"),
    "my waist is 34 inches": ("waist", 86.4, "cm"),
    "a1c came back at 6.4": ("a1c", 6.4, "%"),
    "temperature 37.9 since lunch": ("temp", 37.9, "°C"),
    "body fat 24 percent": ("fat", 24, "%"),
    "resting hr 58": ("pulse", 58, "bpm"),
    "HR 72 this morning": ("pulse", 72, "bpm"),
    "my waist is 34 in": ("waist", 86.4, "cm"),
    "82 kg": ("weight", 82, "kg"),
    "82 kg this morning": ("weight", 82, "kg"),
    "dropped from 84 to 82 kg": ("weight", 82, "kg"),
    "down to 82 kilos today": ("weight", 82, "kg"),
    "lost 2 kilos since Monday, now 79": ("weight", 79, "kg"),
    "gained weight, 84 now": ("weight", 84, ""),
    "I did squats today. I weigh 82 kilos": ("weight", 82, "kg"),
}
FELT = {
    "I feel dizzy": "dizzy",
    "I'm so tired today": "tired",
    "milk makes me bloated": "bloated",
    "my stomach hurts": "stomach pain",
    "I threw up": "vomiting",
}


@pytest.mark.parametrize(("said", "told"), TOLD.items())
def test_a_fact_is_read(said, told):
    facts = read(said).facts
    assert [f"{fact.kind} {fact.value}" for fact in facts] == [told]
    assert facts[0].standing == Standing.HOLDS


@pytest.mark.parametrize("said", NOT_TOLD)
def test_what_is_asked_imagined_or_of_others_is_no_fact(said):
    assert not read(said)


@pytest.mark.parametrize(("said", "wanted"), MEASURED.items())
def test_a_measurement_is_read(said, wanted):
    (found,) = read(said).measured
    assert (found.kind, found.value, found.unit) == wanted


@pytest.mark.parametrize(
    "said",
    [
        "sugar 2 spoons in my tea",
        "sugar 20 spoons",
        "sugar 1 cube",
        "my sugar was 2 points higher",
        "my blood sugar was 50 higher than usual",
        "blood sugar 45 minutes after lunch",
        "blood sugar 70 to 140 is what they say",
        "my sugar was 500 when I was diagnosed ten years ago",
        "my blood sugar was 45 last year",
        "my bp used to be 190/100",
        "85 over 40 in the past",
        "190/95 is the bus route",
    ],
)
def test_what_no_meter_shows_now_is_no_reading(said):
    assert not read(said).measured


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("blood sugar 2 hour reading 140", 140),
        ("blood sugar at 3 in the morning was 110", 110),
        ("my blood glucose at 7 am was 5.6", 5.6),
        ("my blood sugar at 7:30 am was 105", 105),
    ],
)
def test_a_time_before_the_reading_is_not_the_reading(said, value):
    assert [one.value for one in read(said).measured] == [value]


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        ("my blood sugar is 42", True),
        ("my blood sugar is 2.4", True),
        ("my blood sugar is 42 mg/dL", True),
        ("my sugar is 42 mg/dL", True),
        ("my blood sugar is 3 mmol", True),
        ("my sugar is 3 mmol/L", True),
        ("my blood sugar is 310 what should I do", True),
        ("bp 200/120, not feeling well", True),
        ("my blood sugar is 3", False),
        ("my level is 3 now", False),
        ("my sugar was 45 today", False),
        ("my sugar was 25 mg", False),
        ("my blood sugar is 140 mmol", False),
        ("my bp is 190/110", True),
        ("190/110 mmHg", True),
        ("190/110", False),
    ],
)
def test_a_reading_is_sure_where_it_is_named_and_its_unit_is_known(said, sure):
    assert [one.sure for one in read(said).measured] == [sure]


def test_a_reading_of_two_days_ago_is_of_that_day():
    assert read("my blood sugar was 45 two days ago").measured[0].days_ago == 2


@pytest.mark.parametrize(("said", "wanted"), FELT.items())
def test_a_symptom_is_read(said, wanted):
    assert [sign.name for sign in read(said).signs] == [wanted]


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ("I don't have diabetes", Standing.DENIED),
        ("I no longer take metformin", Standing.DENIED),
        ("I stopped taking metformin", Standing.DENIED),
        ("I'm not pregnant any more", Standing.DENIED),
        ("I'm coeliac, since I was nine", Standing.HOLDS),
        ("I have had a nut allergy ever since I was a kid", Standing.HOLDS),
        ("I am not coeliac, not since the new test", Standing.DENIED),
        ("I think I have diabetes", Standing.UNSURE),
        ("I'm afraid I have diabetes", Standing.UNSURE),
    ],
)
def test_a_denial_and_a_doubt_are_told_apart(said, standing):
    assert [fact.standing for fact in read(said).facts] == [standing]


def test_a_unit_behind_the_last_girth_counts_for_all():
    found = read("hips 104 thigh 61 cm").measured
    assert [(one.kind, one.value, one.unit) for one in found] == [
        ("hips", 104, "cm"),
        ("thigh", 61, "cm"),
    ]


def test_several_things_in_one_breath():
    reading = read("I'm allergic to peanuts, sesame and shellfish and I take insulin and warfarin")
    assert [fact.value for fact in reading.facts] == [
        "peanuts",
        "sesame",
        "shellfish",
        "insulin",
        "warfarin",
    ]


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("I'm vegan. I cycled 1 hr 45 today", []),
        ("I ate 2 hr 45 min ago and my stomach hurts", []),
        ("I feel dizzy after deadlifts. 120 kg today", []),
        ("I have reflux, my chest at 12 in the night burns", []),
        ("waist 34 in, hips 40 in and chest 41 in", ["waist", "hips", "chest"]),
        ("my waist is 34 in and my hips 40 in", ["waist", "hips"]),
    ],
)
def test_a_number_of_something_else_is_no_measurement_beside_what_is_told(said, kinds):
    reading = read(said)
    assert reading
    assert sorted(one.kind for one in reading.measured) == sorted(kinds)


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(said):
    read(said)


PEOPLE = (
    "my sister", "my dad", "our neighbour", "he", "she", "my best friend", "a colleague",
    "my co-worker", "my stepson", "my mother-in-law", "my granny", "my toddler", "my bosses",
)  # fmt: skip
THINGS = ("has diabetes", "is allergic to nuts", "takes insulin", "is vegan", "weighs 80 kilos")


@given(st.sampled_from(PEOPLE), st.sampled_from(THINGS))
def test_nothing_of_others_is_ever_the_speakers(who, what):
    assert not read(f"{who} {what}")


QUESTIONS = ("do I have {}", "what can I eat with {}?", "how do I know if I have {}?", "is {} bad?")


@given(
    st.sampled_from(QUESTIONS),
    st.sampled_from(["diabetes", "reflux", "gout", "high blood pressure", "coeliac disease"]),
)
def test_a_question_tells_nothing(form, what):
    assert not read(form.format(what))
