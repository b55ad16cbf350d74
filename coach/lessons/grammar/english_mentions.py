"""English clauses that speak of words, tell the words of others, or think aloud.

«Is it a tea or the tea?» orders none, and no more does «my book says: a tea, please».
"""

from coach.lessons.grammar.table import pattern

_PAGES = (
    r"(?:book|textbook|phrase ?book|dictionary|exercise|dialogue|video|film|movie|song|text|"
    r"picture|exam|test|lesson|class|course|homework|app)"
)
MENTIONS = pattern(
    r"means|meaning|(?:does|do|did) (?:\w+ ){1,3}mean|words?|verbs?|nouns?|adjectives?|adverbs?|"
    r"prepositions?|tenses?|plurals?|(?:un)?countable|syllables?|synonyms?|slang|idioms?|grammar|"
    r"vocabulary|spelling|pronunciation|pronounc\w*|spell(?:ed)?|spelt|translat\w*|polite|impolite|"
    r"informal|practi[sc](?:e|es|ed|ing) (?:it|the|my|this)|(?:only|just) a game|in real life|"
    r"role ?play|opposite of|better english|(?:will|would|never|not) (?:never |also )?ask(?! you|"
    r" for)"
    r"|the [a-z] in|(?:with|one|two|double|an?) [b-hj-z](?! shirts?| ray)"
    r"|(?:which|what)(?: one)? is (?:correct|right|better)|(?:is|more|that) correct|"
    r"(?:should|must|can|could|may|do|does|to|how|not) (?:i |we |you |one |people )?(?:also )?say"
    r"(?= _| an?\b| it\b| the\b| or\b|$)|(?:i|you|people) say (?:it |_ )?or|"
    r"how (?:do|to|can|should) (?:\w+ )?(?:call|say)"
    rf"|(?:in|on) (?:the|my|our|this|an?|that|last) (?:last )?{_PAGES}"
    r"|(?:last|the|my|our|this) (?:lesson|dialogue|homework|textbook|dictionary|phrase ?book|"
    r"exercise is)|confuse|mix (?:them )?up|difference|"
    r"and (?:\w+|_)(?: they)? (?:are|is|mean) (?:they )?(?:the )?same|(?:is|are) (?:it|they) the "
    r"same"
)
REPORTS = pattern(
    r"(?:will|would|never|not) (?:never |also )?ask$|asked(?: (?:him|her|them|an? \w+|the \w+|my "
    r"\w+))*$|(?<!\bi )(?<!\bwe )(?<!\byou )(?:says?|said|writes?|wrote|asks|asked|tells|told|"
    r"goes|reads|"
    r"answers|answered)(?: (?:me|him|her|us|them|always|again|to \w+))*$"
)
UNDECIDED = pattern(
    r"^or$|for example|let me think|am (?:still |just )?(?:thinking|deciding|undecided)|think "
    r"about it|"
    r"(?:cannot|not) (?:decide|choose)|not (?:decided|sure)(?: yet)?|which (?:one )?(?:should|"
    r"do) i|"
    r"should i (?:have|take|order|get|choose|try|ask)"
)
