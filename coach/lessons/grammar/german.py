"""German, as learners write it: «ich möchte ein Kaffee», «wie viel kostet?»."""

import re

from coach.lessons.grammar.table import Grammar, asking, counts, pattern, words

_START = (
    r"^(?:(?:und|aber|hallo|guten|morgen|tag|abend|entschuldigung|entschuldigen|sie|verzeihung|ja|"
    r"nein|also|dann|gut|ok|okay|danke|bitte|ah|ah|um|ab|bis|in|mit|von|aus|auf|fur|seit|an) )*"
)
_KIN = (
    r"(?:mutter|vater|eltern|schwestern?|bruder|freund\w*|mann|frau|kind\w*|sohn\w*|tochter\w*|"
    r"nachbar\w*|kolleg\w*|oma|opa|tante|onkel|cousin\w*|chef\w*|familie)"
)
_DONE = (
    r"(?:gegessen|getrunken|gekauft|gesehen|bestellt|genommen|probiert|gehabt|gewohnt|gearbeitet|"
    r"besucht|gelebt|gelernt)"
)
_GOOD = r"(?:gut|ok|okay|besser|perfekt|prima|super|moglich|in ordnung)"

REQUEST = pattern(
    r"ich (?:mochte|moechte|hatte|haette|will|nehme|nahme|brauche|bekomme|bekame|wurde|muss|suche|"
    r"kann|konnte|wunsche|bestelle|kaufe|probiere|hole)|"
    r"(?:mochte|nehme|hatte) ich|(?<=\w )(?:brauche|will|bekomme|wurde) ich|"
    r"wir (?:mochten|hatten|nehmen|brauchen|wollen|bekommen|suchen)|fur (?:mich|uns)|"
    r"(?:geben|bringen|machen|verkaufen|zeigen|packen|reservieren) sie|(?:gib|bring) (?:mir|uns)|"
    r"(?:kann|konnte|durfte|darf|konnen|konnten|durften) (?:ich|wir)|"
    r"(?:konnen|konnten|wurden) sie (?!mir sagen|uns sagen|mir erklaren)\w+|"
    r"haben sie fur mich|ware es moglich|mir bitte|das ware|ich fahre|ich gehe|"
    rf"_ (?:passt|geht|ginge|ist|ware|wurde)(?: mir| uns| bei mir| auch)?(?: (?:{_GOOD}|passen|"
    rf"gehen|sehr gut))?(?=$| bitte)|geht es"
)
_WH = (
    r"(?:was(?! halten)|wie(?! ware)|wo|wann|warum|wieso|wer|wen|wem|welche\w*|wohin|woher|wieviel)"
)
QUESTION = re.compile(
    rf"{_START}(?:{_WH}|haben sie|habt ihr|gibt es|gibts|ist|sind|hat|war|kann man|muss (?:ich|"
    rf"man)|"
    r"soll ich|brauche ich|kostet|wissen sie|verkaufen sie|konn\w+ sie mir (?:sagen|"
    r"erklaren))(?!\w)"
    rf"|\b(?:sagen|wissen|fragen) {_WH}\b|\bwie viel (?:ist|kostet|macht)\b"
)
OTHERS = re.compile(
    rf"{_START}(?:er|sie (?:hat|ist|will|mag|war|wohnt|arbeitet|trinkt|isst)|die leute|alle|man|"
    rf"(?:mein|unser|sein|ihr|dein|der|die)\w* {_KIN})(?!\w)"
)
NOT_NOW = pattern(
    r"gestern|vorgestern|immer|normalerweise|meistens|oft|manchmal|letzte\w* \w+|"
    r"vor (?:einem|einer|zwei|drei|ein paar) \w+|jede[nrsm]? \w+|"
    rf"ich habe .*{_DONE}|wir haben .*{_DONE}|ich war|wir waren|ich bin .*gewesen|fruher|als ich|"
    r"in meinem land|bei uns|zu hause|ich wohne|ich komme aus|nachstes (?:mal|jahr)|eines tages|"
    r"in (?:der )?zukunft"
)
FILLERS = words(
    "ein eine einen einem einer der die das den dem mit bitte danke hallo guten morgen tag "
    "abend ja und fur mich mir dann nur also ich mochte nehme gern gerne nach zu "
    "entschuldigung sehr gut okay ok hier heute auch wir uns es so noch mal doch ah mh am im "
    "um an in herr frau schon vielen"
)
NUMBERS = counts(
    "eins|ein|eine|einen|einem|einer", "zwei|zwo", "drei", "vier", "funf", "sechs", "sieben",
    "acht", "neun", "zehn", "elf", "zwolf", "dreizehn", "vierzehn", "funfzehn", "sechzehn",
    "siebzehn", "achtzehn", "neunzehn", "zwanzig",
)  # fmt: skip
_COMMON = words(
    "was wie wo wann warum wer wen wem welche welcher welches wohin woher ist sind war bin "
    "bist sein habe haben hat hatte kann kannst konnen konnte muss mussen soll will wollen "
    "darf mag machen mache macht gehen gehe geht kommen komme kommt sehen sagen sagt geben "
    "gibt wissen weiss finden findet fahren fahre essen trinken kaufen bringen brauchen "
    "brauche nicht kein keine keinen nie immer oft jetzt bald spater gestern morgen woche "
    "monat jahr stunde uhr zeit nacht mittag montag dienstag mittwoch donnerstag freitag "
    "samstag sonntag haus wohnung zimmer tisch strasse stadt land auto zug bus bahn bahnhof "
    "hotel wasser brot wein milch kaffee tee fleisch euro geld preis mann frau kind freund "
    "freundin mutter vater bruder schwester gross klein neu alt gut schlecht besser viel "
    "wenig alles nichts etwas ander andere auf aus bei von vor uber unter zwischen ohne gegen "
    "bis seit wegen weil aber oder denn wenn dass ob du er sie ihr ihm ihn mein dein unser "
    "kopf hand fuss auge rot blau grun schwarz weiss teuer billig lange kurz nein hose hause "
    "arzt bier ei"
)

GERMAN = Grammar(
    request=REQUEST,
    question=QUESTION,
    asks_first=re.compile(rf"{_START}(?:{_WH})(?!\w)"),
    negation=pattern(
        r"(?<!warum )(?<!funktioniert )nicht(?! nur| schlimm| wahr)|kein\w*(?! problem)|nie|"
        r"niemals|weder|ohne(?= _)|"
        r"allergisch|hasse"
    ),
    beside=pattern(
        r"(?:ohne|keine?n?) (?!_)\w+(?: und \w+| oder \w+)? (?:auf|in|im|mit) (?:\w+ )?_"
    ),
    refusal=pattern(
        r"nichts|nein danke|danke nein|das (?:ist|war|ware) (?:es|alles)|das war's|mehr nicht|"
        r"keinen? (?:hunger|durst)"
    ),
    others=OTHERS,
    for_others=pattern(
        rf"(?:er|sie|{_KIN}) (?:mochte|nimmt|will|hatte gern\w*|braucht|bekommt)"
        r"(?!.* (?!haben|essen|trinken|nehmen|kaufen|probieren|bestellen)\w+en$)|"
        rf"fur (?:mein|unser)\w* {_KIN}"
    ),
    not_now=NOT_NOW,
    unreal=pattern(r"wenn (?!es )(?:\w+ ){1,5}(?:ware|hatte|wurde|konnte)[nst]?"),
    mentions=pattern(
        r"bedeutet|heisst (?:es|das)|(?:sagt|schreibt|spricht) man|(?:das|dieses) wort|worter|verb|"
        r"grammatik|vokabeln?|maskulin|feminin|mehrzahl|ausspr\w*|(?:sage?|schreibe?) ich|"
        r"soll ich .*sagen|(?:dasselbe|das gleiche)|unterschied|(?:im|in (?:meine[mr]|dem|der|"
        r"unsere[mr])) (?:buch|lehrbuch|ubung|dialog|text|video|film|lied|unterricht|lektion|"
        r"prufung)|hoflicher|richtiger"
    ),
    reports=pattern(
        r"(?:sagt|sagen|sagte|schreibt|steht|fragt|singt|antwortet)(?: (?:immer|mir|dass))*$"
    ),
    undecided=pattern(
        r"ich (?:uberlege|denke nach|weiss nicht (?:was|welche\w*|ob)|bin (?:mir )?nicht sicher)|"
        r"mal uberlegen"
    ),
    ago=pattern(r"gestern|vorgestern|letzte\w* \w+|vor (?:einem|einer|zwei|drei|ein paar) \w+"),
    change=pattern(
        r"moment|warten sie|lieber|ich meine|entschuldigung nein|nein doch|oder doch|besser|"
        r"stattdessen|anders uberlegt|ach nein|"
        r"nein(?= (?:ein|eine|einen|den|die|das|am|um|nach|zwei|drei|doch)\b)"
    ),
    only=pattern(r"nur|bloss"),
    exchange=re.compile(
        r"\b(?P<new2>.+?) (?:statt|anstatt|anstelle von) (?P<old2>.+)"
        r"|\b(?P<old>.+?) (?:durch|gegen|in) (?P<new>.+?) (?:um)?(?:tauschen|andern|ersetzen)"
    ),
    from_place=re.compile(r"\b(?:von|aus) $"),
    available=pattern(r"haben sie|gibt es|habt ihr|verkaufen sie|gibts"),
    cost=pattern(r"was kostet|wie viel|wieviel|preis|kosten|kostet"),
    likes=re.compile(r"\b(?:ich|wir) mogen? _"),
    pronoun=re.compile(r"\b(?:eins|zwei|drei|vier|einen|eine|ihn|das|den|die|davon)(?=$| bitte$)"),
    resumes=pattern(r"der|die|das|den|ihn|es|sie|davon"),
    being=re.compile(r"\b(?:ich bin|wir sind) (?:nicht )?_(?!\w)"),
    well_said=re.compile(r"(?!)"),
    splits=pattern(
        r"aber|sondern|weil|denn|deshalb|und(?= (?:was|wie|wann|wo|ich|wir|kann|haben|muss|ist|"
        r"dann|"
        r"konnen|konnten|gibt|welche\w*|um)\b)|oder(?= (?:ich|kann|haben|ist|doch|lieber)\b)"
        r"|nein(?= (?:nicht|kein\w*|doch|lieber|warten|ein|eine|einen)\b)|wenn|falls"
    ),
    fillers=FILLERS | frozenset(NUMBERS),
    numbers=NUMBERS,
    measures=re.compile(
        r"(?:\b(?:tassen?|glas|glaser|flaschen?|stuck|scheiben?|kilo|pfund|liter|packung|portion|"
        r"paar|teller|gramm) |\b(?:grosse?[nrs]?|kleine?[nrs]?|heisse?[nrs]?|kalte?[nrs]?|"
        r"frische?[nrs]?|andere[nrs]?) )+$"
    ),
    known=FILLERS | frozenset(NUMBERS) | _COMMON,
    asked_for=asking(
        time="wann|um wie ?viel uhr|wie spat|welchen tag|bis wann|ab wann",
        place="wo|welches gleis|wohin",
        money="was (?:kostet|kosten|macht)|wie ?viel (?:kostet|kosten|macht|ist|muss)|preis",
        length="wie lange|wie viele (?:tage|stunden|nachte|wochen|monate)",
        person="wer|wen|wem",
        reason="warum|wieso",
    ),
)
