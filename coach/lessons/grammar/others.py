"""Spanish, French, German and Korean: the few patterns that decide most in short scenes.

A table may leave columns empty; the sentences of the lesson then decide alone.
"""

import re

from coach.lessons.grammar.table import NEVER, Grammar, pattern


def _grammar(
    *,
    request: str,
    question: str,
    negation: str,
    refusal: str,
    others: str,
    not_now: str,
    change: str,
    fillers: str,
    numbers: str,
    split: str,
    available: str,
    cost: str,
    from_place: str = "",
    asked_for: tuple[tuple[str, str], ...],
) -> Grammar:
    words = numbers.split()
    return Grammar(
        request=pattern(request),
        question=re.compile(rf"^(?:\w+ )?(?:{question})(?!\w)"),
        asks_first=NEVER,
        negation=pattern(negation),
        refusal=pattern(refusal),
        others=re.compile(rf"^(?:{others})(?!\w)"),
        for_others=NEVER,
        not_now=pattern(not_now),
        change=pattern(change),
        exchange=NEVER,
        from_place=re.compile(rf"\b(?:{from_place}) $") if from_place else NEVER,
        available=pattern(available),
        cost=pattern(cost),
        likes=NEVER,
        pronoun=NEVER,
        being=NEVER,
        well_said=NEVER,
        splits=pattern(split),
        fillers=frozenset(fillers.split()) | frozenset(words),
        numbers={word: n for n, word in enumerate(words, 1)},
        measures=NEVER,
        known=frozenset(fillers.split()) | frozenset(words),
        asked_for=tuple((kind, pattern(asking)) for kind, asking in asked_for),
    )


OTHERS = {
    "es": _grammar(
        request=r"quiero|quisiera|queria|querria|me (?:pone|da|trae|gustaria)|pongame|deme|"
        r"traigame|"
        r"puedo|podria|necesito|voy a|para mi|tomare|prefiero",
        question=r"que|cual|cuanto|cuanta|donde|cuando|como|por que|quien|hay|tiene|tienen|"
        r"es|esta",
        negation=r"no|nunca|tampoco|ni|sin",
        refusal=r"nada|no gracias|ningun[oa]?|eso es todo|nada mas",
        others=r"el|ella|ellos|mi (?:madre|padre|hermana|hermano|amigo|amiga|mujer|marido|"
        r"hijo|hija)",
        not_now=r"ayer|siempre|normalmente|la semana pasada|hace (?:un|una|dos) \w+|cada dia|"
        r"compre|comi|tome|fui|estuve|todos los dias",
        change=r"espera|mejor|no perdon|digo|perdon no|en lugar de eso",
        fillers="un una el la los las de con por favor gracias hola buenos dias buenas "
        "tardes si y para "
        "mi solo entonces pues quiero quisiera me pone da puedo podria a en",
        numbers="uno dos tres cuatro cinco seis siete ocho nueve diez",
        split=r"pero|y(?= (?:cuanto|que|donde|me|quiero|puedo)\b)",
        available=r"tienen?|hay|teneis",
        cost=r"cuanto|precio|cuesta",
        from_place=r"desde",
        asked_for=(
            ("time", "cuando|a que hora|que hora"),
            ("place", "donde|que anden"),
            ("money", "cuanto (?:es|cuesta|vale)|precio"),
            ("length", "cuanto (?:dura|tarda|tiempo)"),
        ),
    ),
    "fr": _grammar(
        request=r"je (?:voudrais|veux|prends|prendrai|vais)|j'aimerais|donnez[- ]moi|pour moi|"
        r"puis je|je peux|est ce que je peux|pourrais je|il me faut",
        question=r"que|qu'est ce|quel|quelle|combien|ou|quand|comment|pourquoi|qui|avez "
        r"vous|est ce que|c'est",
        negation=r"ne|n'\w+|pas|jamais|sans|ni|aucun",
        refusal=r"rien|non merci|c'est tout|aucun",
        others=r"il|elle|ils|elles|ma (?:mere|soeur|femme|copine)|mon (?:pere|frere|mari|copain)",
        not_now=r"hier|toujours|d'habitude|la semaine derniere|il y a (?:un|une|deux) \w+|"
        r"j'ai (?:mange|bu|pris|achete|ete)",
        change=r"attendez|non attendez|plutot|pardon non|je veux dire",
        fillers="un une le la les des du de avec s'il vous plait svp merci bonjour oui et "
        "pour moi alors "
        "je voudrais veux prends a en",
        numbers="un deux trois quatre cinq six sept huit neuf dix",
        split=r"mais|et(?= (?:combien|quand|je|ou|c'est)\b)",
        available=r"avez vous|vous avez|il y a",
        cost=r"combien|prix|coute",
        from_place=r"depuis",
        asked_for=(
            ("time", "quand|a quelle heure"),
            ("place", "ou est|d'ou|quel quai"),
            ("money", "combien (?:ca|est|je|coute)|c'est combien|prix"),
            ("length", "combien de temps"),
        ),
    ),
    "de": _grammar(
        request=r"ich (?:mochte|moechte|hatte gern|will|nehme|brauche|bekomme|wurde)|fur mich|"
        r"geben sie mir|kann ich|konnte ich|konnten sie|haben sie fur mich|ich hatte",
        question=r"was|wie|wo|wann|warum|wer|welche\w*|haben sie|gibt es|ist|sind",
        negation=r"nicht|kein\w*|nie|ohne|niemals",
        refusal=r"nichts|nein danke|das ist alles|das war alles",
        others=r"er|sie (?:hat|ist|will)|meine? (?:mutter|vater|schwester|bruder|freund|"
        r"freundin|mann|frau)",
        not_now=r"gestern|immer|normalerweise|letzte \w+|vor (?:einem|einer|zwei) \w+|jeden \w+|"
        r"ich habe .*(?:gegessen|getrunken|gekauft)|ich war",
        change=r"moment|nein moment|doch lieber|ich meine|entschuldigung nein|lieber",
        fillers="ein eine einen einem der die das den mit bitte danke hallo guten morgen "
        "tag abend ja und "
        "fur mich dann nur also ich mochte nehme gern gerne nach zu",
        numbers="eins zwei drei vier funf sechs sieben acht neun zehn",
        split=r"aber|und(?= (?:was|wie|wann|wo|ich)\b)",
        available=r"haben sie|gibt es",
        cost=r"was kostet|wie viel|wieviel|preis|kosten",
        from_place=r"von|aus",
        asked_for=(
            ("time", "wann|um wie viel uhr"),
            ("place", "wo|welches gleis"),
            ("money", "was kostet|wie viel kostet|preis"),
            ("length", "wie lange"),
        ),
    ),
    "ko": _grammar(
        request=r"\w*주세요|\w*할게요|\w*싶어요|\w*줘요|\w*주실래요|\w*주시겠어요|\w*부탁\w*",
        question=r"뭐|무엇|어디|언제|왜|누구|얼마|어떻게",
        negation=r"안|못|\w*지 않\w*|\w*지 마\w*|말고|없이",
        refusal=r"괜찮아요|됐어요|아니요|필요 없\w*",
        others=r"제 (?:친구|언니|누나|오빠|형|엄마|아빠)\w*|친구가|어머니\w*|아버지\w*",
        not_now=r"어제|지난주\w*|항상|보통|매일|\w*었어요|\w*았어요|\w*했어요",
        change=r"잠깐만\w*|아니다|아니 잠깐\w*|말고",
        fillers="네 예 안녕하세요 감사합니다 좀 그리고 그럼 저는 저 그냥",
        numbers="하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열",
        split=r"하지만|그런데",
        available=r"있어요|있나요|있습니까",
        cost=r"얼마\w*|가격\w*",
        asked_for=(
            ("time", r"언제|몇 시\w*"),
            ("place", r"어디\w*"),
            ("length", r"얼마나|몇 시간\w*"),
            ("money", r"얼마\w*|가격\w*"),
        ),
    ),
}
