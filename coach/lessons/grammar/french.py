"""French, as learners write it: «je veux un café», «c'est combien?»."""

import re

from coach.lessons.grammar.table import Grammar, asking, counts, pattern, words

_START = (
    r"^(?:(?:et|mais|bonjour|bonsoir|salut|pardon|excusez|moi|oui|non|alors|bon|merci|euh|ah|ok|"
    r"d'accord|madame|monsieur|s'il|vous|plait|a|de|pour|depuis|jusqu'a|dans|sur|avec|en) )*"
)
_KIN = (
    r"(?:mere|pere|parents|soeurs?|freres?|femme|mari|copain|copine|ami|amie|amis|fille|fils|"
    r"enfants?|voisin|voisine|collegue|oncle|tante|cousin|cousine|chef|famille)"
)
_DONE = (
    r"(?:deja |bien |tout |jamais )?(?:mange|bu|pris|achete|ete|vu|eu|goute|visite|essaye|commande|"
    r"travaille|habite|vecu|appris)"
)

REQUEST = pattern(
    r"je (?:voudrais|veux|prends|prendrai|prendrais|vais|souhaite\w*|aimerais|cherche|desire|"
    r"prefere\w*|dois|peux|pourrais|reste sur|choisis|commande|viens chercher)|"
    r"j'(?:aimerais|en (?:voudrais|veux|prends|prendrai)|ai besoin|ai envie|achete|hesite)|"
    r"nous (?:voudrions|voulons|prenons|aimerions|cherchons)|on (?:voudrait|prend|veut|va prendre)|"
    r"(?:donnez|mettez|apportez|servez|passez|donne|mets|montrez|faites) (?:moi|nous|m'en)|"
    r"mettez m'en|pour (?:moi|nous)(?! c'est)|puis je|pourrais je|est ce (?:que je|qu'on) "
    r"(?:peux|peut|pourrais)|on peut avoir|(?:pouvez vous|pourriez vous|vous pouvez|vous pourriez)"
    r"(?: me| nous)? (?!me dire|nous dire|m'expliquer)\w+|il (?:me|nous) fau\w+|"
    r"(?:ce|ca) sera|serait il possible|c'est possible|"
    r"(?:vous n'auriez|n'auriez vous) pas|"
    r"_ (?:me |nous |ca |c'est |ce serait |serait |est |m')*(?:va|ira|irait|convient|conviendrait|"
    r"arrange|parfait|bien|bon|mieux|possible|d'accord)"
)
_WH = (
    r"(?:que(?! je)|qu'est ce|quel\w*|combien|quand|comment|pourquoi|qui|quoi|a quelle|de quel\w*|"
    r"ou (?:est|sont|se|puis|peut|on|je|dois|faut|ca))"
)
QUESTION = re.compile(
    rf"{_START}(?:{_WH}|avez vous|vous avez|auriez vous|vous auriez|vous vendez|est ce (?:que|"
    rf"qu'\w+)"
    r"|y a t il|il y a(?! (?:un|une|deux|trois|quelques) (?:an|mois|jour|semaine|heure))|peut on|"
    r"faut il|dois je|savez vous)(?!\w)"
    r"|\b(?:c'est|ca (?:fait|coute)|ca (?:dure|prend)) (?:combien|quand|ou|quoi|a quelle)\b"
)
OTHERS = re.compile(
    rf"{_START}(?:il(?! (?:me|nous|y|fait|faut|faudrait|est (?:possible|tard)))|elle|ils|elles|les "
    rf"gens|tout le monde|(?:ma|mon|mes|sa|son|ses|la|le|notre) {_KIN})(?!\w)"
)
NOT_NOW = pattern(
    r"hier|avant hier|toujours|d'habitude|souvent|parfois|\w+ derniere?s?|"
    r"il y a (?:un|une|deux|trois|quelques|longtemps) \w+|chaque \w+|tous les \w+|"
    rf"(?:j'ai|nous avons|on a) {_DONE}|j'etais|j'avais|c'etait|etait|avait|quand j'etais|"
    r"chez (?:moi|nous)|dans mon pays|je viens d\w+|j'habite|je suis alle|la prochaine fois|"
    r"un jour (?:je|on|nous)|l'an(?:nee)? prochaine?|quand je serai"
)
FILLERS = words(
    "un une le la les l des du de d avec s'il vous plait svp merci beaucoup bonjour bonsoir "
    "oui et pour moi alors je voudrais veux prends a en au aux madame monsieur euh ah bon ok "
    "d'accord aussi juste ca ce sera peu bien tres ici aujourd'hui ceci cela y"
)
NUMBERS = counts(
    "un|une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt",
)  # fmt: skip
_COMMON = words(
    "que qui quoi quel quelle quand comment pourquoi combien ou est sont suis sommes etes "
    "etre avoir ai as avez avons ont fait faire faut aller vais va vont voir vois dire dit "
    "pouvoir peux peut pouvez vouloir veut voulez savoir sais sait croire crois chose maison "
    "jour temps an annee fois homme femme enfant vie travail semaine mois heure nuit matin "
    "soir midi lundi mardi mercredi jeudi vendredi samedi dimanche eau pain vin lait viande "
    "table rue ville pays monde main tete argent prix euro euros voiture train avion hotel "
    "livre nom ami amie pere mere fils fille frere grand grande petit petite nouveau vieux "
    "mauvais mieux beaucoup tout toute tous rien autre meme chaque sans sur entre depuis "
    "avant apres toujours jamais deja encore ni mon ma mes ton ta tes son sa ses notre votre "
    "nos vos leur me te se lui leur nous ne pas plus non mais donc car si comme cafe the sel "
    "sac bas haut cher rouge bleu vert noir blanc taille dans chez il elle on ils elles"
)

FRENCH = Grammar(
    request=REQUEST,
    question=QUESTION,
    asks_first=re.compile(rf"{_START}(?:{_WH})(?!\w)"),
    negation=pattern(
        r"ne(?! (?:vous inquietez|marche|fonctionne|ferme|s'\w+))|(?<!vous )n'(?!importe|hesit|"
        r"auriez|est ce pas)\w+|"
        r"(?<!auriez )(?<!auriez vous )(?<!pourquoi )(?<!marche )(?<!fonctionne )(?<!ferme "
        r")pas(?! de (?:probleme|souci)| mal| seulement)|"
        r"jamais|aucun\w*|sans(?= _)|ni(?= _)|allergique|deteste"
    ),
    beside=pattern(
        r"(?:sans|pas de|pas d') ?(?!_)\w+(?: ni \w+| et \w+)? (?:dans|sur|avec) (?:\w+ )?_"
    ),
    refusal=pattern(
        r"rien|non merci|c'est tout|ce sera tout|aucun\w*|sans facon|"
        r"(?:pas|plus) (?:faim|soif)|ca ira merci"
    ),
    others=OTHERS,
    for_others=pattern(
        rf"(?:il|elle|ils|elles|{_KIN}) (?:voudrai\w+|veut|veulent|aimerait|prend|prendra|va "
        r"prendre)(?! (?!prendre|manger|boire|gouter|acheter)\w{3,}(?:er|ir|re)\b)|"
        rf"pour (?:ma|mon|mes) {_KIN}"
    ),
    not_now=NOT_NOW,
    unreal=pattern(
        r"si (?:j'|(?:je|tu|il|elle|on|nous|vous|le|la|mon|ma) )(?:\w+ )?\w+(?:ais|ait|ions|aient)"
    ),
    mentions=pattern(
        r"veut dire|signifie\w*|(?:on|se|je|comment|dois|peut|peux|faut) (?:on |je )?"
        r"(?:dit|dis|dire(?! que)|ecrit|prononce)(?! que)|mots?|phrases?|verbes?|grammaire|"
        r"vocabulaire|masculin|feminin|pluriel|prononc\w*|orthographe|"
        r"(?:dans|sur) (?:(?:le|la|mon|ma|notre|un|une|cette|ce) |l')(?:livre|exercice|dialogue|"
        r"texte|video|film|chanson|cours|lecon|examen)|la meme chose|difference|"
        r"plus (?:poli|correct)"
    ),
    reports=pattern(
        r"(?<!je )(?<!on )(?<!vous )(?:dit|disent|ecrit|demande|repond|chante)"
        r"(?: (?:toujours|que|moi))*$"
    ),
    undecided=pattern(
        r"je reflechis|laissez moi reflechir|je ne sais pas (?:quoi|quel\w*|si)|j'hesite|"
        r"je ne suis pas sure?"
    ),
    ago=pattern(r"hier|avant hier|\w+ derniere?s?|il y a (?:un|une|deux|trois|quelques) \w+"),
    change=pattern(
        r"attendez|attends|plutot|non pardon|pardon non|je veux dire|enfin non|en fait|finalement|"
        r"non non|change d'avis|euh non|a la place|"
        r"(?:non|pardon)(?= (?:un|une|le|la|les|du|des|deux|trois|plutot)\b)"
    ),
    only=pattern(r"seulement|juste|uniquement"),
    exchange=re.compile(
        r"\b(?:changer|remplacer|echanger) (?P<old>.+?) (?:par|contre|pour) (?P<new>.+)"
        r"|\b(?P<new2>.+?) (?:au lieu|a la place) d(?:e |u |')(?P<old2>.+)"
    ),
    from_place=re.compile(r"\b(?:depuis|je viens de) $"),
    available=pattern(r"avez vous|vous avez|il y a|y a t il|vous reste|vous vendez|a\w*riez"),
    cost=pattern(r"combien|prix|coute\w*"),
    likes=re.compile(r"\b(?:j'aime|on aime)(?: bien)? _"),
    pronoun=re.compile(
        r"\b(?:un|une|deux|trois|quatre|ca|celui ci|celui la|celle ci|celle la)(?=$| s'il| aussi)"
    ),
    resumes=pattern(r"en|le|la|les|y|l'\w+|n'en|c'est|ca|il est|elle est"),
    being=re.compile(r"\b(?:je suis|nous sommes)(?: pas)? _(?!\w)"),
    well_said=re.compile(r"(?!)"),
    splits=pattern(
        r"mais|parce que|car|donc|sinon|et(?= (?:combien|quand|je|j'\w+|ou|c'est|est ce|quel\w*|a "
        r"quelle|comment|vous|puis|pouvez|il|elle|on|qu'est)\b)|ou(?= (?:plutot|je|est ce)\b)"
        r"|non(?= (?:pas|plutot|attendez|pardon|en fait)\b)|si(?= (?:ce|c'est|ca|je|il|elle|"
        r"vous)\b)"
    ),
    fillers=FILLERS | frozenset(NUMBERS),
    numbers=NUMBERS,
    measures=re.compile(
        r"(?:\b(?:tasses?|verres?|bouteilles?|morceaux?|tranches?|kilos?|litres?|boites?|paquets?|"
        r"parts?|paires?|bols?|pots?) de |\b(?:petite?s?|grande?s?|bon|bonne|autres?) )+$"
    ),
    known=FILLERS | frozenset(NUMBERS) | _COMMON,
    elided=re.compile(r"(?:l|d|qu|j|m|n|s)'"),
    asked_for=asking(
        time="quand|a quelle heure|quelle heure|quel jour|jusqu'a quelle heure",
        place="ou (?:est|sont|se|puis|peut|on|je|dois|faut)|d'ou|quel quai|c'est ou",
        length="combien de (?:temps|jours|heures|nuits)|ca dure",
        money="combien|prix|coute",
        person="qui",
        reason="pourquoi",
    ),
)
