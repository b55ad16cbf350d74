# ruff: noqa: E501  a pattern is read best in one piece
"""What needs a dietitian (MED-S), dangerous products (SUP), withdrawal (SUB)."""

from handoff.screening.patterns import rule

RULES = (
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
