"""How things are written: one spelling for each. Data only; a reviewer can read and extend it."""

LEET = {
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b",
    "@": "a", "$": "s", "!": "i", "|": "l",
}  # fmt: skip

EMOJI = {
    "🔪": "knife", "🔫": "gun", "💊": "pills", "🪒": "razor", "🤮": "vomit", "🤢": "nausea",
    "⚰": "coffin", "🩸": "blood",
}  # fmt: skip

FILLERS = frozenset("um uh uhh umm er erm hmm hm mm mmm ah eh pls plz".split())  # noqa: SIM905  read best as words

# Only with the apostrophe: without it they are other words.
WITH_APOSTROPHE = {
    "i'll": "i will", "i'd": "i would", "it's": "it is", "he'll": "he will",
    "she'll": "she will", "we'll": "we will", "we're": "we are", "he'd": "he would",
    "she'd": "she would", "let's": "let us", "throat's": "throat is", "sugar's": "sugar is",
    "glucose's": "glucose is", "chest's": "chest is", "life's": "life is",
    "tonight's": "tonight is", "breath's": "breath is", "tongue's": "tongue is",
    "face's": "face is", "heart's": "heart is", "mom's": "mom is", "mum's": "mom is",
    "dad's": "dad is", "husband's": "husband is", "wife's": "wife is", "baby's": "baby is",
    "son's": "son is", "daughter's": "daughter is", "who's": "who is", "lip's": "lip is",
}  # fmt: skip

CONTRACTIONS = {
    "im": "i am", "ima": "i am going to", "imma": "i am going to", "ive": "i have",
    "dont": "do not", "cant": "cannot", "wont": "will not", "isnt": "is not",
    "arent": "are not", "wasnt": "was not", "werent": "were not", "havent": "have not",
    "hasnt": "has not", "hadnt": "had not", "didnt": "did not", "doesnt": "does not",
    "wouldnt": "would not", "couldnt": "could not", "shouldnt": "should not",
    "aint": "am not", "youre": "you are", "theyre": "they are", "hes": "he is",
    "shes": "she is", "thats": "that is", "whats": "what is", "wheres": "where is",
    "theres": "there is", "hows": "how is", "everyones": "everyone is",
    "nobodys": "nobody is", "wanna": "want to", "gonna": "going to", "gotta": "have to",
    "lemme": "let me", "gimme": "give me", "dunno": "do not know", "idk": "i do not know",
    "kinda": "kind of", "outta": "out of", "couldve": "could have", "wouldve": "would have",
    "shouldve": "should have", "theyve": "they have", "weve": "we have", "youve": "you have",
    "theyll": "they will", "youll": "you will", "itll": "it will", "rn": "right now",
    "t1d": "type 1 diabetes", "kms": "kill myself", "kys": "kill yourself",
    "ctb": "kill myself", "sewerslide": "suicide",
}  # fmt: skip

WORDS = {
    "u": "you", "ur": "your", "r": "are", "cuz": "because", "coz": "because", "cos": "because",
    "bc": "because", "tonite": "tonight", "2nite": "tonight", "tmrw": "tomorrow",
    "wana": "wanna", "sucide": "suicide", "suicde": "suicide", "suicid": "suicide",
    "suiside": "suicide", "suacide": "suicide", "sewicide": "suicide", "sueicide": "suicide",
    "suside": "suicide", "scuicide": "suicide", "suicidle": "suicidal", "sucidal": "suicidal",
    "suisidal": "suicidal", "kil": "kill", "kll": "kill", "kiling": "killing",
    "killin": "killing", "myslef": "myself", "mysel": "myself", "mysef": "myself",
    "miself": "myself", "meself": "myself", "dyeing": "dying", "unalive": "kill",
    "unaliving": "killing", "cutted": "cut", "laxitives": "laxatives",
    "laxitive": "laxative", "laxatifs": "laxatives", "bulemia": "bulimia",
    "bulemic": "bulimic", "annorexia": "anorexia", "anorexik": "anorexic", "kcals": "calories",
    "kcal": "calories", "cals": "calories", "calorie": "calories", "cal": "calories",
    "kilocalories": "calories", "fainted": "fainted", "feinted": "fainted",
    "paracetemol": "paracetamol", "ibuprofin": "ibuprofen", "dietician": "dietitian",
    "dieticians": "dietitians", "nutricionist": "nutritionist", "hypoglycaemia": "hypoglycemia",
    "hypoglycaemic": "hypoglycemic", "mum": "mom", "mummy": "mom", "mommy": "mom",
    "daddy": "dad", "realy": "really", "brething": "breathing", "breath": "breath",
    "diarrhoea": "diarrhea", "anaphalactic": "anaphylactic", "anaphylatic": "anaphylactic",
    "bingeing": "binging", "pukeing": "puking", "swolen": "swollen",
    "selfharm": "self harm", "selfharming": "self harming", "ozempik": "ozempic",
    "everythings": "everything is", "alot": "a lot", "thru": "through", "til": "until",
}  # fmt: skip
