# ruff: noqa: E501  a pattern is read best in one piece
"""Whether a member is annoyed with the coach, or says that it is wrong. Rules in five languages.

Food, scales and other people may be useless too: a rule names the coach or the app, or stands alone
in a sentence. «No, two eggs» is a correction and no complaint.
"""

import re
from collections.abc import Mapping

# Said of the coach or the app, wherever it stands in the turn.
ANNOYED = {
    "en": (
        r"you(?:'re| are)(?: just| so| really| still)? (?:not (?:listening|helping)|useless|stupid"
        r"|annoying|hopeless|no (?:help|use)|wrong again|getting (?:it|this|that) wrong)",
        r"you (?:never|don't|do not|aren't even|keep not|still don't) (?:listen\w*|understand|get it"
        r"|hear(?: me)?)(?! (?:music|the radio))",
        r"you keep (?:getting|saying|asking|making|misunderstanding|repeating|doing|putting)",
        r"are you (?:even|actually) listening",
        r"(?:this|that|the) (?:app|thing|coach|bot|robot|machine|chat)(?: is|'s)(?: \w+)? (?:useless"
        r"|stupid|annoying|terrible|hopeless|rubbish|a joke|garbage|awful|broken)",
        r"(?:what a|such a) (?:useless|stupid|terrible|rubbish) (?:app|coach|bot|thing|machine)",
        r"(?:annoyed|frustrated|fed up|angry|had enough|losing patience) (?:with|of|at) (?:you|this app"
        r"|this thing|this coach|this bot|this conversation)",
        r"how (?:often|many times) (?:do|must|should) i (?:have to )?(?:say|tell|repeat|explain)",
        r"i(?:'ve| have)? (?:already )?(?:said|told you|explained|repeated)(?: \w+){0,4} "
        r"(?:already|twice|(?:two|three|four|five|a hundred|so many|ten) times|over and over)",
        r"i(?:'ve| have)? already (?:said that|told you)|^\W*for the (?:third|fourth|fifth|hundredth|last) time",
        r"that(?:'s| is) the (?:second|third|fourth|fifth) time|you(?:'re| are) doing my head in",
        r"(?:get|got|it's|its|it is|that's|that is) (?:it )?(?:all )?wrong again|wrong again",
        r"(?:this|that) is (?:going nowhere|ridiculous|so frustrating|really frustrating|pointless)"
        r"|forget it(?:,| ) (?:this|you)",
    ),
    "es": (
        r"no me (?:entiendes|escuchas|est[áa]s (?:entendiendo|escuchando))",
        r"no te enteras|no entiendes nada|no sirves|(?:eres|esto es|esta app es|qué app|qué aplicación) (?:un |una )?(?:"
        r"más )?(?:in[úu]til|tonto|tonta|pesad[oa]|desastre|rid[íi]culo)",
        r"ya te (?:lo )?(?:he dicho|dije)|te lo (?:he dicho|dije) (?:ya|mil veces|\w+ veces)"
        r"|cu[áa]ntas veces (?:te )?(?:lo )?(?:tengo que|te lo|debo|he de)",
        r"otra vez (?:lo )?(?:mal|pusiste mal|te equivocas|te equivocaste)|te equivocas otra vez",
        r"(?:estoy )?hart[oa] de (?:ti|esto|esta app|esta aplicación)|me (?:desesperas|frustra esto)",
    ),
    "fr": (
        r"tu (?:ne )?(?:me )?(?:comprends?|écoutes?) (?:pas|jamais|rien|tout de travers)"
        r"|tu ne m'écoutes pas|vous ne (?:m'écoutez|me comprenez) pas",
        r"(?:tu es|t'es|c'est|cette appli(?:cation)? est|vous êtes)(?: \w+)? (?:nulle?|inutile|stupide"
        r"|ridicule|pénible|agaçante?|énervante?)",
        r"(?:je te l'ai|je l'ai|j'ai)(?: \w+)? déjà dit|je l'ai dit (?:\w+ )?fois|combien de fois (?:je"
        r"|dois|faut)|ça fait (?:deux|trois|quatre|dix) fois",
        r"encore (?:faux|une erreur|raté)|tu te trompes encore|j'en ai (?:marre|assez) (?:de (?:toi|cette"
        r"|ce)|d'expliquer|de répéter)|tu m'énerves",
    ),
    "de": (
        r"du (?:verstehst|kapierst|hörst)(?: \w+){0,3} (?:nicht|nichts|nie|nicht zu)",
        r"(?:du bist|das ist|die app ist|diese app ist|sie sind)(?: \w+)? (?:nutzlos|dumm|unnütz"
        r"|lächerlich|zum verzweifeln|nervig|keine hilfe)|du nervst",
        r"(?:das )?hab(?:e)? ich (?:dir |ihnen )?(?:doch )?(?:schon|bereits) (?:\w+ )?gesagt"
        r"|wie oft (?:soll|muss) ich|(?:zum|das ist jetzt das) (?:dritten?|vierten?|fünften?) mal",
        r"(?:schon )?wieder falsch|immer noch falsch|ich habe (?:langsam )?genug (?:von dir|davon)"
        r"|du machst mich (?:wahnsinnig|verrückt)",
    ),
    "ko": (
        r"(?:말을? )?못 알아(?:듣(?!겠)|들)|엉뚱하게 알아들|딴소리",
        r"(?:쓸모없|바보 같|멍청하|답답하|짜증 ?나|도움이 안 (?:돼|되|됩))",
        r"(?:벌써|이미|아까) (?:말했|얘기했|말씀드렸)|몇 번(?:을|이나)? (?:말|얘기|설명)|또 틀렸|자꾸 틀리(?:잖|네|시)",
    ),
}
# That it is wrong: counts where the turn says little else.
WRONG = {
    "en": (
        r"(?:that|it|this)(?:'s| is| was)(?: just| still| all| so| totally| completely)? (?:wrong|not"
        r" (?:right|true|correct|it|what i (?:said|meant|asked|wanted|told you)))",
        r"(?:that|this|it) (?:isn't|wasn't|ain't) (?:right|true|correct|it"
        r"|what i (?:said|meant|asked|wanted))",
        r"you(?:'re| are) wrong|you got (?:that|it|this) wrong|you misunderstood(?: me)?|wrong(?=\W*$)",
        r"i (?:didn't|did not|never) (?:say|ask|mean|want) (?:that|it|this)|not again",
        r"(?:this|that|it)(?:'s| is) (?:useless|stupid|annoying|rubbish|nonsense|broken|not working)",
        r"(?:this|it|that) (?:doesn't|isn't|does not) (?:work\w*|make sense)|makes no sense|listen to me",
        r"(?:rubbish|nonsense|bad bot|i hate (?:this|you))(?=\W*$)|why (?:don't|can't) you (?:understand|listen)",
    ),
    "es": (
        r"(?:eso |esto )?(?:está|es) (?:mal|falso|incorrecto)|eso no (?:es|fue) lo que (?:te )?(?:dije"
        r"|he dicho|pregunté|quería)|no (?:es|he dicho|dije) (?:eso|así|cierto)|te equivocas",
    ),
    "fr": (
        r"c'est (?:faux|pas ça|pas vrai|pas juste|incorrect)|ce n'est pas (?:ça|vrai|juste|ce que j'ai"
        r" (?:dit|demandé))|je n'ai (?:pas|jamais) dit ça|tu te trompes",
    ),
    "de": (
        r"(?:das )?(?:ist|war|stimmt) (?:falsch|nicht|nicht richtig|nicht das,? was ich (?:gesagt"
        r"|gemeint|gefragt) habe)|(?:das )?hab(?:e)? ich (?:so )?nicht (?:gesagt|gemeint|gefragt)|falsch",
    ),
    "ko": (
        r"틀렸어요?|틀렸습니다|그게 아니(?:야|에요|라니까)?|그렇게 말 안 했어요?|아니라니까요?",
    ),
}
# A phrase to translate, or somebody else's words.
_QUOTED = re.compile(
    r"how (?:do|would|can) (?:you|i|we) say|translate|what does|mean in|in (?:spanish|french|german"
    r"|korean|english)\b|c[óo]mo se dice|traduc|comment (?:dit|dire)|tradui|wie sagt man|übersetz"
    r"|어떻게 말|번역|not (?:useless|stupid|annoying)|[\"“«„]",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
FEW_WORDS = 2  # besides: «no, that's wrong again»


def _any(lines: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    bare = "|".join(line for each in lines.values() for line in each)
    return re.compile(rf"(?<!\w)(?:{bare})", re.IGNORECASE)


_ANNOYED, _WRONG = _any(ANNOYED), _any(WRONG)


def is_annoyed(text: str) -> bool:
    """Whether a member who says this complains of the coach."""
    plain = text.replace("’", "'")
    if _QUOTED.search(plain):
        return False
    if _ANNOYED.search(plain):
        return True
    rest, found = _WRONG.subn(" ", plain)
    return found > 0 and len(_WORD.findall(rest)) <= FEW_WORDS
