# ruff: noqa: E501  a pattern is read best in one piece
"""Bodies in danger (MED-E, MED-U, MED-S, SUP, SUB)."""

from handoff.screening.patterns import HISTORY, any_of, rule


def emergency_glucose(value: float) -> bool:
    """Far too low or far too high, in mg/dL or mmol/L."""
    return 0.5 <= value < 3.0 or 20 <= value < 54 or 400 <= value < 1000


def urgent_glucose(value: float) -> bool:
    """Low or high enough that a clinician should know today, in mg/dL or mmol/L."""
    return 3.0 <= value < 3.9 or 15 <= value < 20 or 54 <= value < 70 or 300 <= value < 400


def high_fever(value: float) -> bool:
    return 39.5 <= value <= 43 or 103 <= value <= 110


SUGAR_IS = (
    r"((my|his|her|the|moms?|dads?|son|daughter|kids?|blood|bg) )(blood )?(sugars?|glucose|bg|bgl"
    r"|glucose level|cgm|libre|dexcom|meter|sensor|glucometer)"
    r"( (level|levels|reading|reads|is|was|at|of|has|dropped|to|went|down|just|about|now|only|are"
    r"|measured|tested|came|back|says|said|showing|shows|reading|hit|around|fell|up|up to|gone"
    r"|jumped|currently|test|monitor|still|and|it|a)){0,6} #"
)
FOOD_SUGAR = any_of(
    r"(\d+|\d+\.\d) ?(g|grams?|gram|percent|teaspoons?|tsp|calories|cubes?|spoons?|mg of|minutes"
    r"|hours?|days?|weeks?|years?|points?|times|a day)",
    r"per serving|label|added sugar|sugar (intake|limit)|carbs a day",
)
SYMPTOMS = (
    r"(shak(y|ing)|confus(ed|ion|ing)|trembling|sweating|cannot (see|think|stand|focus|talk)"
    r"|blurr(y|ed)|dizzy|seizure|pass(ing|ed)? out|faint\w*|unconscious|slurr\w+|disoriented"
    r"|not making sense|vision)"
)
DIABETES = r"(diabet\w+|type (1|one|2)|insulin|hypo|glucose|blood sugar|pump|cgm)"
EXERTION = any_of(
    r"(after|during|when|while|from|when i) (the |a |my |i )?(run|running|sprint\w*|workout\w*"
    r"|exercis\w*|stairs|hiit|burpees|cardio|jog\w*|swim\w*|spin\w*|treadmill|bench\w*|push ?ups?"
    r"|deadlift\w*|press\w*|lift\w*|crossfit|rowing)",
    r"jeans|corset|dress|face mask|blocked nose|nose|laugh\w*|so full|stuffed|full i|trousers"
    r"|waistband|bra|belt",
)
CHEST_NOT = any_of(
    EXERTION,
    r"chicken|turkey|duck|goose|chest (press|fly|flies|day|freezer|workout|infection last)"
    r"|causes?|causing|freezer|sore from|doms|of drawers|treasure|heartburn|acid reflux|coughing so much|muscle"
    r"|(can|does|do|could|would) \w+( \w+){0,4} (cause|give)|off my chest|bench|push ?ups?"
    r"|(last|years?|months?|weeks?) (year|month|week|ago)|close to my chest|hair|rash",
)
PATIENT = r"(he|she|they|baby|my ({0}))"
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
        r"(he|she|they|baby|dad|mom|husband|wife|son|daughter|friend|kid|child|brother|sister|grandma"
        r"|grandpa|grandmother|grandfather|partner|toddler) (is|are|was|went|fell|has been|just went"
        r"|looks|suddenly) (now )?(unconscious|unresponsive|not responding|not breathing|choking"
        r"|having a seizure|seizing|fitting|turning blue|passed out and will not)",
        r"(cannot|could not|unable to|not able to) wake (him|her|them|my \w+)( up)?",
        r"(he|she|they|dad|mom|husband|wife|son|daughter|baby|grandma|grandpa|friend|roommate) (will not"
        r"|does not|do not|is not|are not) (wake|waking|respond\w*|breath\w*)",
        r"(need|call|get|send|called|calling|want) (me |us |him |her )?(an |the )?ambulance|(call|dial"
        r"|called|calling) (911|999|112|000)",
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
    # --- MED-E: sugar ----------------------------------------------------------------------------
    rule(
        "MED-E",
        0,
        SUGAR_IS,
        number=emergency_glucose,
        unless=FOOD_SUGAR,
        anyone=True,
        negated=None,
        past=None,
    ),
    rule(
        "MED-E",
        0,
        r"(blood )?(sugars?|glucose|bg) (is|are|feels|must be|has|keeps|went) (\w+ )?(low|crashing"
        r"|dropping|dropped|falling|high|plummet\w*)",
        r"(having|am|think i am|going|is having|severe|bad) (a |an |in |having |going )?(bad |severe )?"
        r"(hypo|low|hypoglycemi[ac]\w*)",
        near=SYMPTOMS,
        reach=70,
        unless=r"afternoon|coffee|hangry|before lunch|snack|skip(ped)? (lunch|breakfast)|low (fat"
        r"|carb|sugar|in|on|mood|energy|calorie)",
        anyone=True,
        negated=None,
    ),
    rule(
        "MED-E",
        0,
        r"breath (is|smells|smelling|smelt|smelled)? ?(\w+ )?(fruity|like (acetone|nail polish"
        r"|pear drops|nail varnish|fruit))|fruity (smelling )?breath|ketones? (is|are|at|of)? ?"
        r"(\w+ )?(high|very high|large|[3-9](\.\d)?)|diabetic ketoacidosis|dka",
        near=r"(vomit\w*|throw(ing)? up|threw up|confus\w+|type (1|one)|diabet\w+|insulin|stomach pain"
        r"|breathing|thirsty|again|in hospital|dka|sick)",
        unless=r"keto diet|keto breath|had dka|years ago|history|last year|risk of|prevent",
        anyone=True,
        negated=None,
    ),
    # --- MED-U -----------------------------------------------------------------------------------
    rule(
        "MED-U",
        1,
        SUGAR_IS,
        number=urgent_glucose,
        unless=FOOD_SUGAR,
        anyone=True,
        negated=None,
        past=HISTORY,
    ),
    rule(
        "MED-U",
        1,
        r"blood (sugars?|glucose) (is|are|keeps|went|has been|keep) (\w+ )?(low|too low|dropping"
        r"|crashing|too high|really high|very high|through the roof)",
        r"(having|am|think i am|keep having|had) (a |another |going |having )?(bad |severe )?"
        r"(hypo|hypos|hypoglycemia|hypoglycemic episode)(?! allerg)",
        r"(ran|run|running) out of (my )?insulin|(stopped|stop|quit|skipped|skipping|not) (taking |taken |had )?"
        r"(my |the )?insulin",
        r"(took|taken|take) (double|twice|two|2|the wrong|too much|too many) ~2 (dose|doses)? ?of (my )?"
        r"(metformin|medication|meds|warfarin|blood thinners?|pills|tablets|heart|blood pressure)",
        unless=r"pregnan\w+ test|low (in|fat|carb)|resist\w*|instead of|blueberr\w*|food label",
        anyone=True,
        negated=None,
        past=HISTORY,
    ),
    rule(
        "MED-U",
        1,
        r"cannot (keep|hold) (anything|any (food|fluids?|water|liquids?)|water|fluids?|food|liquids?|it"
        r"|my (food|medicine|tablets|meals?)) down",
        r"not keeping (anything|any (food|fluids?|water)|water|fluids?|food) down",
        r"not felt (the |my )?baby (move|kick)|baby (is not|has not been|stopped) (moving|kicking)",
        r"pregnan\w+ ~8 (bleeding|vomiting all|throwing up (everything|all)|cannot stop (vomiting"
        r"|throwing up)|no movement|not moving)|(bleeding|vomiting all day|throwing up everything)"
        r" ~6 pregnan\w+",
        r"(vomiting|throwing up|been sick) (for |all |nonstop |non stop |since ){1,2}(# )?(days|day"
        r"|night|yesterday|hours|monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
        unless=r"(lost|lose|losing|keep) weight|weight down|prices?|noise|dog|cat|puppy",
        anyone=True,
        negated=None,
        past=HISTORY,
    ),
    rule(
        "MED-U",
        1,
        r"blood (in|on) (my|his|her|the) (stools?|poop?|urine|pee|wee|toilet|bowel movements?|feces"
        r"|faeces|toilet paper|number two)",
        r"blood when i (poop|poo|pee|wipe|go|urinate)|diarrhea ~2 blood|bloody diarrhea",
        r"(cannot|hard to|trouble|difficult to) swallow(ing)?(?! (pills|tablets|my pride|the fact|capsules"
        r"|medicine|that|vitamins|meat))",
        r"(pee|peeing|pooping|pooing|passing|urinat\w+|poop|poo) (out )?blood",
        r"(stools?|poop?|bowel movements?) (is|are|was|looks?|turned) (\w+ )?(black( and tarry)?|bloody"
        r"|tarry)|(black|bloody) (and )?(tarry )?(stools?|poop?|diarrhea)|rectal bleeding",
        r"(eyes|skin) (are|is|have|has|turned|look|looks|gone|went|going) (\w+ )?yellow|jaundiced?",
        r"(have|has) not (peed|urinated|passed (any )?urine) ~3 (day|days|hours|yesterday)",
        r"(severe|unbearable|terrible|excruciating|worst) (stomach|abdominal|belly|tummy|abdomen|side"
        r"|back) (pains?|ache)",
        r"(my |the )?(stomach|abdominal|belly|tummy) pain (is|was|so) (\w+ )?(unbearable|severe"
        r"|excruciating|bad i cannot)",
        unless=r"iron|beet(s|root)?|blackcurrant|liquorice|licorice|black (pudding|bean)|gym|skin of"
        r"|bananas?|egg|gave birth|labou?r|highlight|jaundiced (newborn|view)",
        anyone=True,
        negated=None,
        past=HISTORY,
    ),
    rule(
        "MED-U",
        1,
        r"(i|just|have|also|keep|almost|nearly|then|she|he) (fainted|blacked out|collapsed|fainting"
        r"|passing out|blacking out|faint)(?! (on|hope|line|smell|taste|of heart|at the))",
        r"(going to|about to|might|will|could) (faint|pass out|black out|collapse)",
        r"i (just )?passed out(?! (on|flyers|in bed|early|at|asleep|from laughing|after|samples))",
        r"heart (is|has been|keeps|was) (racing|pounding|skipping|fluttering|beating) ~6 (dizzy|faint"
        r"|chest|breath|cannot|lightheaded)",
        r"(fever|temperature) (is|of|at|was|hit|over|reached) (\w+ )?#",
        number=high_fever,
        unless=any_of(
            EXERTION,
            r"oven|set|cook|roast|bake|internal|meat|chicken|water|sofa|couch|laughing|tired|years ago|sleep\w*|bed"
            r"|price|when i saw|as a (kid|child)|coffee|caffeine",
        ),
        anyone=True,
        negated=None,
        past=HISTORY,
    ),
    # --- MED-S: needs a dietitian ----------------------------------------------------------------
    rule(
        "MED-S",
        2,
        r"(i am|i have|have|am|been|started|on|with|taking|take|diagnosed with|after|having|had) (on |"
        r"my |a |an |stage \w+ |chronic ){0,3}(dialysis|ckd|kidney (disease|failure)|warfarin|coumadin"
        r"|maoi|maois|phenelzine|phenylketonuria|pku|bariatric surgery|gastric (bypass|sleeve)"
        r"|cirrhosis|liver failure|cystic fibrosis|short bowel|feeding tube|stoma)",
        r"{DRUG_GLP} ~8 (vomit\w*|throw(ing)? up|cannot eat|cannot keep)",
        unless=r"(documentary|article|essay|book) (about|on)",
        negated=None,
        past=None,
    ),
    # --- SUP and SUB -----------------------------------------------------------------------------
    rule(
        "SUP",
        0,
        r"(took|taken|swallowed|i am on|been taking|been on|take|taking) ~3 (dnp|dinitrophenol)",
        unless=r"degree|program|nurs\w+|study|master",
    ),
    rule(
        "SUP",
        1,
        r"dinitrophenol|dnp|clenbuterol|(taking|take|took|on|some|buy|bought|of) clen|eca stack"
        r"|ephedra|tapeworms? (diet|pills?|eggs?)",
        r"(borrow\w*|friends?|sisters?|moms?|coworkers?|black market|off the street|from instagram"
        r"|without (a )?prescription|leftover|shar\w+|someone elses?|telegram) ~4 {DRUG_GLP}",
        r"{DRUG_GLP} ~6 (without (a )?prescription|borrow\w*|from (a friend|my friend|my sister|my mom|instagram"
        r"|telegram|the black market|a guy|someone)|black market|off the street)",
        r"(bleach|mms|chlorine dioxide|turpentine|borax|kerosene) (cleanse|detox|drops|drink|protocol)",
        r"(drink|drinking|take|taking|drank) ~2 (borax|mms|chlorine dioxide|hydrogen peroxide)",
        anyone=True,
        unless=r"degree|program|nurs\w+|clean(ing)? (the|my)|laundry|ants|master|doctorate|worried "
        r"about my dog",
    ),
    rule(
        "SUB",
        1,
        r"(shaking|trembling|sweating|seeing things|hallucinat\w+|seizures?|shakes|tremors?|fever) ~5 "
        r"(since|after|because|when|from) ~3 (stopp\w+|quit\w*|gave up|came off|coming off|giving up) ~2"
        r" (drink\w*|alcohol|booze|vodka|benzos?|xanax|valium|opioids?|heroin|oxy\w*|wine|beer)",
        r"(stopped|quit|came off|coming off|gave up) ~2 (drinking|alcohol|booze|benzos?|xanax|valium"
        r"|opioids?|heroin) ~6 (shaking|trembling|sweating|seeing things|hallucinat\w+|shakes|tremors?"
        r"|seizures?|confused)",
        r"alcohol withdrawal|benzo withdrawal|delirium tremens|withdraw(ing|al) from (alcohol|benzos"
        r"|xanax|valium|opioids?|heroin|drinking)",
        r"(drank|drunk|drinking|drink) (a|one|2|3|two|an entire|a whole|half a) (whole )?(bottles?"
        r"|lit(er|re)s?) of (vodka|whisky|whiskey|rum|gin|tequila|spirits|liquor)( (a|every|each) "
        r"(day|night))?",
        unless=r"coffee|caffeine|soda|cola|coke|milk|juice|tea|energy drinks?|pop|kombucha|dad|uncle"
        r"|recipe|over (the|a) year",
        negated=None,
    ),
)
