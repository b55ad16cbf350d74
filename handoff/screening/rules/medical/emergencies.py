# ruff: noqa: E501  a pattern is read best in one piece
"""Breathing, allergy, heart, stroke, consciousness, poison (MED-E)."""

from handoff.screening.patterns import any_of, rule
from handoff.screening.rules.medical.phrases import CHEST_NOT, EXERTION

RULES = (
    # --- MED-E: breathing, allergy ---------------------------------------------------------------
    rule(
        "MED-E",
        0,
        r"(throat|airway|windpipe) (is |feels like it is |feels like |feels |keeps |has |was |are "
        r"|started |seems |feels like it ){0,2}(closing|swelling|closed up|swollen shut|swelled"
        r"|closing up|swelling up|constricting|tightening|tightening up|getting tight|narrowing)",
        r"throat (is |feels |keeps |has |was ){0,2}(getting |really |very |so |too ){1,3}(tight|tighter|swollen"
        r"|narrow)",
        r"(lips?|tongue|throat) (is|are|has|have|keeps?|started|starting|got|feels?|and \w+ (is|are))"
        r" (\w+ )?(to )?(swelling|swollen|swell|swelled|blowing up|ballooning|huge|twice)",
        r"(cannot|can hardly|can barely|cannot really|unable to|could not|hardly|barely|struggling to"
        r"|fighting to|hard to|difficult to) (breathe|get (any |enough )?air|get a breath)",
        r"(trouble|difficulty|problems?|struggling|difficulties) (with )?breathing",
        r"(gasping|fighting) for (air|breath)|turning blue|lips are blue|stopped breathing"
        r"|(is|are) not breathing",
        r"(having|going into|in|think (this|it) is|think i am in|went into) (an? )?(severe |full )?"
        r"(anaphyla\w+)( shock| reaction)?",
        r"(having|in the middle of|get|getting|got|is|this is) (an? )?(bad|severe|serious|massive|big"
        r"|terrible) allergic reaction",
        r"having an allergic reaction",
        r"(need|used|using|give|gave|where is|use|just used|inject\w*) (my|the|her|his|an) (epipen"
        r"|adrenaline pen|auto injector)",
        unless=any_of(
            EXERTION,
            r"carry|renew|prescription|expired?|replace|order|pharmacy|in case|refill|school form"
            r"|dentist|filler|botox|injection|cold sore|lip ?stick|history of|allergy plan|used to"
            r"|last (year|time|month)|years ago|when i was|travel|pollution|altitude|pack",
        ),
        anyone=True,
        negated=None,
        past=None,
    ),
    rule(
        "MED-E",
        0,
        r"hives|allergic reaction|ate ~3 (peanuts?|nuts?|shellfish|shrimp|prawns?|egg|sesame|milk)",
        near=r"(wheez\w+|cannot (breathe|swallow)|throat (is )?(tight|closing|swell\w*|itch\w*)"
        r"|swell\w+ (lips?|tongue|face|up)|(face|lips?|tongue|eyes?) (is|are) swell\w+)",
        unless=r"last (year|time|month)|years ago|when i was|in case",
        anyone=True,
        negated=None,
    ),
    # --- MED-E: heart, stroke, consciousness -----------------------------------------------------
    rule(
        "MED-E",
        0,
        r"(pains?|pressure|tightness|squeezing|crushing|crushing pain|tight|heaviness|weight"
        r"|burning pain|stabbing) ~2 (in|on|across|over) (my|his|her|the) chest",
        r"chest (pains?|hurts|is hurting|is (really |so |very )?tight|feels (really |so |very )?(tight"
        r"|heavy)|tightness|pressure|is killing me|is being crushed|is crushing|aches)",
        r"elephant ~3 chest",
        r"(having|think i am having|having like|is having|might be having|this is|feels like) "
        r"(a |an )?(heart attack|stroke|mini stroke|cardiac arrest|aneurysm)",
        r"(face|mouth|half my face|side of my face|smile) (is |has |started )?(drooping|drooped"
        r"|droops|dropped|gone droopy)",
        r"(left|right|one) (arm|side|leg|hand|half)( of (my|his|her) (face|body))? ~3 (numb|weak"
        r"|gone numb|went numb|paraly[sz]ed|cannot move|limp)",
        r"(speech|words) (is|are|was|has become|have become|came out|coming out) (\w+ )?(slurred"
        r"|slurring|jumbled|garbled)|(is|am|are) slurring|slurred speech|slurring (my|his|her) words",
        r"worst headache of my life|sudden (severe |terrible |blinding )headache",
        r"(suddenly|sudden) (cannot see|lost (my )?(vision|sight)|went blind|confused|loss of vision)",
        unless=any_of(
            CHEST_NOT,
            r"slept|sleeping on|lying on|gym|sat on|sitting on|pins and needles|carpal|drunk|alcohol"
            r"|(nearly|almost) (gave|had)|prevent\w*|risk of|reduce|lower|family history|wine|beer"
            r"|laughing|bill|when i saw|dad had|mom had|anaesthetic|dentist|years ago|last year|luck"
            r"|genius|seeing the (price|bill)|breast ?stroke|back ?stroke|swim",
        ),
        anyone=True,
        negated=None,
        past=None,
    ),
    rule(
        "MED-E",
        0,
        r"(need|needs|call|get|send|calling|want|phone|ring|sent) (me |us |him |her )?(an |the )?ambulance|(call|dial|calling|ring|phone) (911|999|112|000|119)",
        unless=any_of(
            r"(how|what|why|when|where|who|which) (do|does|is|was|would|to|much|many|are|invented|country|countries)|should i (ever )?(learn|know)|number|mean|called|when to|lesson|phrase|cost\w*|price|bill"
            r"|invent\w*|history|first|driv\w+|work\w*|siren|film|movie|series|show|episode|quiz|trivia|word|if (somebody|someone|anyone|anybody|you|there)|ago|last|yesterday|museum|toy|game|in (germany|france"
            r"|spain|the uk|the us|america|korea|japan|europe|english|spanish|french|german|korean)|training|course|first aid|joke|lol|hungry|so full|do not|no need|used to|chasing|practi[sc]e|story",
        ),
        anyone=True,
        negated=None,
        past=2,
    ),
    rule(
        "MED-E",
        0,
        r"(he|she|they|baby|dad|mom|husband|wife|son|daughter|friend|kid|child|brother|sister|grandma"
        r"|grandpa|grandmother|grandfather|partner|toddler) (is|are|was|went|fell|has been|just went"
        r"|looks|suddenly) (now )?(unconscious|unresponsive|not responding|not breathing|choking"
        r"|having a seizure|seizing|fitting|turning blue|passed out and will not)",
        r"(cannot|could not|unable to|not able to) wake (him|her|them|my \w+)( up)?",
        r"(he|she|they|dad|mom|husband|wife|son|daughter|baby|grandma|grandpa|friend|roommate) (will not"
        r"|does not|do not|is not|are not) (wake|waking|respond\w*|breath\w*)",
        r"(i am|am) choking|choking on (a|an|some|my|the|food)(?! hazard)(?! tears)(?! up)",
        r"(having|had|just had|having like) (a|another) seizure",
        r"(baby|child|son|daughter|toddler|kid|he|she|girl|boy|nephew|niece|grandson|granddaughter"
        r"|year old) (just )?(swallowed|ate|drank|has swallowed"
        r"|has eaten|got into) ~3 (battery|bleach|pills|tablets|detergent|magnets?|poison|cleaner"
        r"|medicine|medication|vitamins|dishwasher|laundry pod|nicotine|gummies)",
        r"(drank|drunk|drinking|swallowed|drink|swallowing) (some |a |the |a bit of |a bottle of |it "
        r"|of ){0,3}(bleach|antifreeze|drain cleaner|pesticide|weed ?killer|rat poison|detergent"
        r"|cleaning fluid|poison|turpentine|lighter fluid|methanol)",
        r"(took|taken|injected|gave myself|given myself|injecting) (way |far )?(too much|double|twice"
        r"|the wrong|ten times|wrong) ~3 insulin|overdosed? (of|on) insulin|insulin overdose",
        r"bleeding (and it |and |it )?(will not stop|heavily and|badly|a lot and)|cannot stop (the )?"
        r"bleeding",
        unless=any_of(
            r"(how|what) (do|does|is|would|to)|should i|number|mean|called|when to|lesson|phrase"
            r"|to (kids|children) (in|about)|years ago|last year|epilep\w+ (diet|history)|seizure "
            r"(diet|medication)|dog|cat|puppy|hazard|alarm|until (late|noon|ten|10)|on time|early"
            r"|without coffee|before (noon|\d+)|tears|gums|water|nose|for school|my words|in a "
            r"(movie|film|show)|at \d+",
        ),
        anyone=True,
        negated=None,
        past=None,
    ),
)
