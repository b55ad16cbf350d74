"""What members say to the nutrition coach, as typed and as the recogniser garbles it.

Each with the tool it is for; None for what no tool is for; `a|b` where either does. None of it is
an example of a tool.
"""

PLAIN = """
log_meal: I had three boiled eggs this morning
log_meal: I ate a bowl of yoghurt with blueberries
log_meal: log two slices of pizza
log_meal: please log a handful of almonds
log_meal: I just had a protein shake
log_meal: for lunch I had a tuna salad
log_meal: add a glass of red wine
log_meal: I drank 500 ml of water
log_meal: we had curry and rice for dinner
log_meal: had a muffin and a latte
log_meal: I've had 150 g of salmon with broccoli
log_meal: can you add a pear
log_meal: yesterday evening I ate half a pizza
log_meal: my breakfast was oatmeal with honey
log_meal: I'm having a cup of tea
log_meal: two eggs and toast
log_meal: a banana
log_meal: chicken and rice for dinner
log_meal: put down a cheese sandwich
log_meal: I grabbed a croissant on the way to work
log_meal: this morning I ate a bagel with cream cheese
log_meal: I finished the leftover lasagne
log_meal: just had some crisps
log_meal: could you log a chicken wrap for me
log_meal: I had 2 pancakes with maple syrup for breakfast
log_meal: I had a cheeseburger and fries
log_meal: I've just eaten an apple
log_meal: I had a small salad and a diet coke
log_meal: record a smoothie with spinach and mango
log_meal: I snacked on some nuts in the afternoon
log_meal: dinner was pasta with tomato sauce
log_meal: for breakfast porridge with milk
log_meal: log my lunch, a jacket potato with beans
log_meal: I also had a glass of milk
log_meal: and a cup of coffee
change_meal: make that two bananas
change_meal: make it four
change_meal: delete the juice
change_meal: delete the banana please
change_meal: remove the bread from lunch
change_meal: it was 100 grams, not 200
change_meal: change the rice to quinoa
change_meal: actually it was almond milk
change_meal: take the cheese off
change_meal: take off the butter
change_meal: take the toast out
change_meal: remove the wine
change_meal: no, it was brown bread
change_meal: that was breakfast, not lunch
change_meal: I only had half of it
change_meal: actually make it 300 grams
change_meal: that was for dinner
change_meal: it was yesterday
change_meal: swap the butter for margarine
change_meal: replace the milk with oat milk
change_meal: I didn't eat the chips
change_meal: sorry, I meant one egg
change_meal: move the banana to breakfast
change_meal: get rid of the coffee
change_meal: it was a small one
change_meal: delete my lunch
change_meal: delete the last meal, I did not eat that
change_meal: correct that to two slices
undo: please undo that last thing
undo: scratch that please
undo: take it back
undo: can you undo that
undo: cancel that please
undo: never mind, undo
undo: please reverse that
undo: go back
undo: put that back please
undo: undo the last change
day_summary: how much protein have I had so far
day_summary: how many calories have I eaten today
day_summary: how much fat do I have left
day_summary: what have I eaten today
day_summary: what did I have for lunch yesterday
day_summary: how's my day going
day_summary: am I over my limit today
day_summary: how many carbs have I had today
day_summary: what's my calorie target
day_summary: what is my protein target
day_summary: show my diary for yesterday
day_summary: how did I do yesterday
day_summary: can you tell me what I ate today
day_summary: how many calories do I have left for dinner
day_summary: how much salt have I had
day_summary: what's my target
day_summary: how much more can I eat
day_summary: did I eat enough protein
day_summary: what's left for today
day_summary: how many calories was my lunch
day_summary: give me a summary of today
day_summary: where do I stand with protein
day_summary: how much water did I drink today
day_summary: did I have breakfast
day_summary: what is my goal for protein
find_food: how much protein is in a chicken breast
find_food: how many calories are in a croissant
find_food: how much sugar does a can of cola have
find_food: how much fibre is there in lentils
find_food: how much protein is there in tofu
find_food: how many calories in an avocado
find_food: how many carbs does a potato have
find_food: is there a lot of salt in bacon
find_food: tell me how much fat is in cheddar
find_food: what's in a caesar salad
find_food: what has more protein, eggs or beans
find_food: which is better, rice or quinoa
find_food: does yoghurt have a lot of sugar
find_food: compare butter and margarine
find_food: how many calories does a pint of beer have
find_food: what are the calories of a bagel
find_food: is there lactose in butter
talk_to_human: can I speak to a human
talk_to_human: I want to talk to a living person
talk_to_human: can someone call me
talk_to_human: I really need a dietician
talk_to_human: could you put me through to someone
talk_to_human: could I talk to a nutritionist please
talk_to_human: I'd like to speak to a dietitian
talk_to_human: get me a real person
talk_to_human: can I talk to someone please
talk_to_human: I want to speak with a human being
talk_to_human: connect me to a person
talk_to_human: connect me with my dietitian
talk_to_human: is there a human I can talk to
talk_to_human: let me talk to a dietitian
talk_to_human: can a dietitian help me
talk_to_human: I want a real dietitian
talk_to_human: may I speak with Asha
talk_to_human: I don't want to talk to a robot
talk_to_human: get me a dietitian
talk_to_human: I need help from a person
talk_to_human: call a dietitian please
talk_to_human: can I get a human
talk_to_human: human please
talk_to_human: dietitian please
handoff_notes: what did my dietitian write
handoff_notes: did the dietitian say anything about salt
handoff_notes: can you read the notes from the dietitian
handoff_notes: read me the dietitian's note
handoff_notes: what did the dietitian tell me last time
handoff_notes: are there any notes from the dietitian
handoff_notes: did my dietitian leave any advice
handoff_notes: what did the expert say about snacks
handoff_notes: what was the dietitian's advice
get_profile: what do you know about my allergies
get_profile: what's my height
get_profile: do you know what medicines I take
get_profile: do you know how old I am
get_profile: how much do I weigh
get_profile: what am I allergic to
get_profile: what's my goal again
get_profile: what do you know about me so far
get_profile: what's my name
get_profile: what is my weight goal
get_profile: do you know my age
get_profile: am I a vegetarian or not
None: hello
None: good morning
None: thank you so much
None: how are you
None: what's the weather like tomorrow
None: tell me a joke
None: who won the football last night
None: what's the capital of France
None: I feel tired
None: who are you
None: are you a real person
None: play some music
None: I don't understand
None: book me a flight to Rome
None: what time is it
None: my dog is called Rex
None: sing a song for me
None: who is the president
None: turn off the lights
None: I am bored
None: yes
None: no thanks
None: okay
None: what shall I do about cramps
None|day_summary: what should I eat for dinner
None: I skipped breakfast because I was not hungry
None: I want to lose five kilograms
None|log_meal: I have a headache and I feel dizzy
None: is coffee bad for you
None: can you repeat that
None: what can you do
None: hold on a second
None: how do I get to the station
None: I am going to the gym now
None: my sister is a teacher
"""

# The diary asks which food is meant where it finds none; screening hears of health before.

GARBLED = """
day_summary: How much pro-in have I had today?
day_summary: How much protean have I had today?
day_summary: How much protein have a had today?
day_summary: What's my argument?
day_summary: What's my tar get?
day_summary: What's my targets?
day_summary: How many calorie sore left?
day_summary: How many colories are left?
day_summary: How many carbs dead I eat yesterday?
day_summary: Am I on track with my calorie's?
day_summary: How much more pro teen do I need today?
day_summary: What did I heat today?
change_meal: Delete the test.
change_meal: Delete the toes.
change_meal: Do leet the toast.
change_meal: Make that free eggs.
change_meal: Make that three ex.
change_meal: It was brown bred, not white.
change_meal: Remove the copy from breakfast.
change_meal: Change the chicken two 200 grams.
talk_to_human: can I talk to a real bitation
talk_to_human: Can I talk to a diet Titian?
talk_to_human: Can I talk to a real diet isn't please?
talk_to_human: I want to talk to a real pearson.
talk_to_human: Can you get me a humane?
talk_to_human: Put me threw to a dietician.
talk_to_human: I want to talk to a reel person.
talk_to_human: I would rather speak with a preacher.
handoff_notes: What did the diet nation say?
handoff_notes: What did the dietition tell me?
log_meal: Lug a banana.
log_meal: Log of banana.
log_meal: Log a bandana.
log_meal: I had two wags and toast for breakfast.
log_meal: I had to eggs and toast for break fast.
log_meal: I add two eggs and a slice of toast.
log_meal: I hate a bowl of porridge.
log_meal: I just drank a glass of orange use.
log_meal: Add a cup of coffin with milk.
undo: Undo dat.
undo: And do that.
undo: Undue that.
undo: Take that bag.
get_profile: What's my wait?
get_profile: How doll am I?
get_profile: Am I a lergic to anything?
find_food: How much pro-in is in an egg?
find_food: How many calories in a bandana?
find_food: How many calleries in a banana?
"""


def cases(text: str) -> list[tuple[str, str]]:
    """(what is said, the tool or `None`)."""
    pairs = [line.split(": ", 1) for line in text.strip().splitlines()]
    return [(said, tool) for tool, said in pairs]
