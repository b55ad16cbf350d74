# ruff: noqa: E501  a pattern is read best in one piece
"""What the coach itself must never say. Its speech is cut off at a hit."""

from handoff.screening.patterns import any_of, rule

CAUTION = any_of(
    r"(is|are|would be|can be|very|really|too) (dangerous|unsafe|harmful|risky|low|little|few)",
    r"(cannot|can not|will not|would not|should not|do not|never|not) (plan|recommend|advise|suggest"
    r"|support|help|give|set|tell|encourage|safe|healthy|go|eat|try|skip|use|stop|make|do|take|change"
    r"|want|a good|change|double|start|be|able)",
    r"instead of|avoid|rather than|not a good idea|please talk|see a doctor|your doctor before",
    r"without (asking|talking|speaking)|unless your doctor|never",
)


def starvation(calories: float) -> bool:
    return 50 <= calories < 1000


def long_fast(days: float) -> bool:
    return days >= 3


RULES = (
    rule(
        "QLT",
        1,
        r"(best|easiest|painless|quickest|effective) ways? to (die|kill yourself|end your life|harm"
        r"|hurt yourself)|how to (kill|hurt|harm|cut) yourself",
        r"(lethal|fatal|deadly) (dose|amount) (of|is)|(tie|make) (a|the) noose|kill yourself"
        r"|you (should|could|can) (die|end your life|hurt yourself|cut yourself)",
        r"(better off|happier) without you|nobody would miss you",
        unless=CAUTION,
        negated=None,
        past=None,
    ),
    rule(
        "QLT",
        2,
        r"(make|making|force|forcing) yourself (to )?(throw up|vomit|be sick|sick|purge)",
        r"(try|use|take|taking|using|some) (a )?(laxatives?|diuretics?|water pills|enemas?) (to|for|after"
        r"|when|can|will|help)",
        r"laxatives? (can|will|may|could) (help|flush|get rid|speed)|chew (it |your food )?and spit",
        r"purg(e|ing) (after|your|is|will|can)|get rid of the (food|calories) (after|by)",
        r"(hide|hiding) ~4 from your (doctor|parents|family|dietitian|therapist)",
        unless=CAUTION,
        negated=None,
        past=None,
    ),
    rule(
        "QLT",
        2,
        r"(eat|aim for|stick to|limit yourself to|stay under|stay below|go for|keep to|target|have|try"
        r"|plan of|diet of|cut down to|drop to|go down to|set at|plan for|goal of|goal is|target is"
        r"|consume) (only |just |about |around |under |at most |a |no more than |to |less than |of "
        r"){0,3}# calories (a|per|each|every|for the|diet|plan|in a) ?(day|whole day|diet)?",
        number=starvation,
        unless=any_of(
            CAUTION,
            r"meal|snack|breakfast|lunch|dinner|more|extra|deficit|left|remaining|so far|fewer|less a"
            r"|protein|serving|burn\w*|logged|you had|you have had",
        ),
        negated=None,
        past=None,
    ),
    rule(
        "QLT",
        2,
        r"(fast|water fast|fasting|not eat|go without food|skip eating|eat nothing) (for )?(the next "
        r"|at least |about )?# days",
        number=long_fast,
        unless=CAUTION,
        negated=None,
        past=None,
    ),
    rule(
        "QLT",
        2,
        r"(stop|skip|quit) (taking )?your (insulin|medication|medicine|meds|tablets|pills|warfarin"
        r"|metformin|antidepressants?|blood pressure|statins?)",
        r"(double|increase|raise|lower|reduce|halve|adjust|change) your (insulin|dose|dosage|medication"
        r"|warfarin|metformin)",
        r"(take|inject) # (more )?(units|extra units)( of insulin)?",
        r"you do not need (a doctor|insulin|your (medication|medicine|insulin|meds)|to see a doctor"
        r"|medical|hospital)",
        unless=CAUTION,
        negated=None,
        past=None,
    ),
    rule(
        "QLT",
        2,
        r"(promise|i will) (not to|never|not) tell anyone|our (little )?secret|keep (it|this) between us",
        r"i am (not an? (ai|bot|machine|robot|computer)|a (real|human|licensed) (person|human|dietitian"
        r"|doctor|being)|a human|human)(?! coach assistant)",
        negated=None,
        past=None,
    ),
    rule(
        "QLT",
        2,
        r"(take|try|use|order|buy) (some )?(dnp|clenbuterol|ephedra|borax|turpentine|bleach|chlorine "
        r"dioxide)",
        r"you (look|are) (so )?(fat|disgusting|pathetic|ugly)|(proud of you|well done|great job|amazing"
        r"|good job) ~5 (not eating|skipping (meals|dinner|lunch|breakfast)|eating so little|starving"
        r"|eating nothing)",
        unless=CAUTION,
        negated=None,
        past=None,
    ),
)
