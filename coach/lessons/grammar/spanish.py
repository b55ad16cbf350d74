"""Spanish, as learners write it: «yo quiero un café», «¿Cuánto es?»."""

import re

from coach.lessons.grammar.table import Grammar, asking, counts, pattern, words

_START = (
    r"^(?:(?:y|e|o|pero|hola|buenos|buenas|dias|tardes|noches|perdon|perdone|disculpe|oiga|oye|por|"
    r"favor|si|no|entonces|pues|bueno|vale|gracias|muchas|ah|eh|a|de|en|con|para|desde|hasta) )*"
)
_KIN = (
    r"(?:madre|padre|padres|mama|papa|hermanas?|hermanos?|amig[oa]s?|mujer|marido|esposa|esposo|"
    r"hij[oa]s?|novi[oa]|companer[oa]s?|vecin[oa]s?|abuel[oa]s?|ti[oa]s?|prim[oa]s?|jef[ea]|"
    r"familia)"
)
_DO = (
    r"(?:tener|tomar|pedir|comprar|llevar\w*|probar\w*|ver|reservar|coger|pagar|hablar|cambiar\w*|"
    r"ir|dar\w*|poner\w*|traer\w*|hacer\w*|ayudar\w*|alquilar|devolver\w*)"
)
_GOOD = r"(?:bien|perfecto|genial|mejor|estupendo|ok|vale)"

REQUEST = pattern(
    r"quiero|queremos|quisiera|quisieramos|queria|querria|me gustaria|nos gustaria|me encantaria|"
    r"me apetece|me interesa|me hace falta|me (?:pone|da|trae|cobra|llevo|quedo)|nos (?:pone|da|"
    r"trae)|pon[gm]\w*|deme|dame|denos|traigame|traeme|traiganos|puedo|podria|podriamos|podemos|"
    rf"(?:puede|puedes|podrias) {_DO}|se puede {_DO}|necesito|necesitamos|voy a|vamos a|para "
    r"(?:mi|nosotros)|tomare|tomo|cojo|busco|buscamos|estoy buscando|prefiero|preferiria|"
    r"preferimos|tengo que|tenemos que|debo|hay que|deseo|pido|compro|seria posible|es posible|"
    rf"_ (?:me |nos )?(?:va|viene|esta|estaria|iria|seria) (?:muy )?{_GOOD}|_ me (?:vale|gusta)"
)
QUESTION = re.compile(
    rf"{_START}(?:que(?! tal)|cual\w*|cuant[oa]s?|donde|adonde|cuando|como(?! _)|por que|quien\w*|"
    r"hay|tiene|tienes|tienen|teneis|venden|queda|quedan|sabe|sabes)(?!\w)"
    r"|\b(?:cuanto|cuando|donde|a que hora|por que) (?:es|esta|cuesta|vale|sale|abre|cierra|son)\b"
)
OTHERS = re.compile(
    rf"{_START}(?:ella|ellos|ellas|la gente|todo el mundo|(?:mi|mis|su|sus|la|el|tu|un|una) {_KIN})"
    r"(?!\w)"
)
_PAST = (
    r"(?:compre|comi|bebi|fui|estuve|tuve|hice|fuimos|estuvimos|pedi|probe|vi|vivi|trabaje|era|"
    r"estaba|tenia|iba|habia|"
    r"(?:he|hemos) (?:estado|comido|bebido|tomado|comprado|ido|visto|probado|tenido|vivido))"
)
NOT_NOW = pattern(
    rf"ayer|anoche|anteayer|siempre|normalmente|a menudo|a veces|suelo|(?:el|la) \w+ pasad[oa]|"
    rf"hace (?:un|una|dos|tres|unos|unas|mucho|muchos|poco) \w+|cada (?:dia|semana|mes|manana|ano)|"
    rf"tod[oa]s l[oa]s \w+|{_PAST}|cuando era|en mi (?:pais|casa)|vivo en|trabajo en|soy de|"
    r"vengo del?|la proxima vez|algun dia|el ano que viene|en el futuro|cuando sea"
)
FILLERS = words(
    "un una el la los las lo al del de con por para favor gracias muchas hola buenos dias "
    "buenas tardes noches si y a en mi me solo entonces pues quiero quisiera pone da puedo "
    "podria yo usted esta muy bien vale bueno ah eh perdon perdone disculpe oiga senor senora "
    "tambien mas ahora aqui hoy eso este ese"
)
NUMBERS = counts(
    "uno|un|una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
    "once", "doce", "trece", "catorce", "quince", "dieciseis", "diecisiete", "dieciocho",
    "diecinueve", "veinte",
)  # fmt: skip
_COMMON = words(
    "que cual cuando donde como quien cuanto cuanta cuantos por porque pero ser es son soy "
    "era estar estoy estan hay tener tengo tiene tienen hacer hago hace ir voy va van vamos "
    "ver veo decir digo dice poder puede pueden querer quiere quieren saber se sabe creo cosa "
    "casa dia tiempo ano vez hombre mujer nino vida trabajo parte lugar semana mes hora noche "
    "manana tarde lunes martes miercoles jueves viernes sabado domingo enero mayo agua pan "
    "vino leche carne mesa calle ciudad pais mundo mano ojo cabeza dinero precio euro euros "
    "coche tren avion hotel bar libro nombre amigo amiga padre madre hijo hija hermano grande "
    "pequeno nuevo viejo bueno malo mejor peor mucho poco todo nada algo otro otra mismo cada "
    "sin sobre entre hasta desde antes despues luego siempre nunca ya aun ni o u no su sus tu "
    "tus nos te le les se cafe te zumo sopa gato pero pera cara caro barato rojo azul verde "
    "negro blanco talla pie"
)

SPANISH = Grammar(
    request=REQUEST,
    question=QUESTION,
    asks_first=re.compile(
        rf"{_START}(?:que(?! tal)|cual\w*|cuant[oa]s?|donde|cuando|por que|quien)\b"
    ),
    negation=pattern(
        r"(?<!por que )no(?! (?:pasa nada|importa|se preocupe|hay (?:problema|de que)|solo|gracias|"
        r"se(?! puede)|entiendo|funciona\w*))|nunca|jamas|tampoco|ni|sin(?= _)|nada de|ningun\w*|"
        r"odio|"
        r"soy alergic[oa]|dejado de"
    ),
    beside=pattern(r"(?:sin|no quiero|nada de) (?!_)\w+(?: ni \w+| y \w+)? (?:en|con) (?:\w+ )?_"),
    refusal=pattern(
        r"nada(?! de)|no gracias|ningun[oa]?|eso es todo|nada mas|no hace falta|"
        r"no (?:quiero|necesito|tengo) nada|solo eso|asi esta bien|no tengo (?:hambre|sed)"
    ),
    others=OTHERS,
    for_others=pattern(
        rf"(?:ella|ellos|{_KIN}) (?:tambien )?(?:quiere|quieren|querria|quisiera|necesita|va a "
        rf"tomar|toma)(?! (?!tomar|comer|beber|probar|llevar|comprar)\w+[aei]r\b)|para (?:mi|mis|"
        rf"su|el|la) {_KIN}"
    ),
    not_now=NOT_NOW,
    unreal=pattern(
        r"si (?:\w+ ){0,4}?(?:fuera|tuviera|pudiera|hubiera|\w{3,}(?<!quis)iera)(?:n|mos)?"
    ),
    mentions=pattern(
        r"significa\w*|quiere decir|se (?:dice|escribe|pronuncia|llama)|palabras?|frases?|verbos?|"
        r"gramatica|vocabulario|masculin[oa]|femenin[oa]|plural|pronunci\w*|deletre\w*|"
        r"(?:puedo|debo|tengo que|como|se puede|hay que|que) (?:digo|decir(?! me))|digo _ o|"
        r"en (?:el|la|mi|un|una|este|esta) (?:libro|ejercicio|dialogo|texto|video|pelicula|cancion|"
        r"leccion|examen|clase de espanol)|(?:es|son) lo mismo|diferencia|mas (?:educado|correcto)|"
        r"cual es correct[oa]"
    ),
    reports=pattern(
        r"(?<!yo )(?:dice|dicen|dijo|escribe|pregunta|pide|canta)(?: (?:siempre|que|asi|me))*$"
    ),
    undecided=pattern(
        r"estoy pensando|dej[ae]me pensar|no (?:lo )?se (?:que|cual|si)|no estoy segur[oa]|"
        r"no me decido|dudo"
    ),
    ago=pattern(r"ayer|anoche|anteayer|(?:el|la) \w+ pasad[oa]|hace (?:un|una|dos|tres|unos) \w+"),
    change=pattern(
        r"espera|espere|un momento|mejor|no perdon|perdon no|digo|quiero decir|mejor dicho|"
        r"en lugar de eso|cambi\w+ de (?:idea|opinion)|pensandolo bien|no no|"
        r"(?:perdon|no)(?= (?:el|la|un|una|dos|tres|a|para|mejor)\b)"
    ),
    only=pattern(r"solo|solamente|nada mas que"),
    exchange=re.compile(
        r"\bcambiar\w* (?P<old>.+?) por (?P<new>.+)|\b(?P<new2>.+?) en (?:lugar|vez) de "
        r"(?P<old2>.+)"
    ),
    from_place=re.compile(r"\b(?:desde|vengo de|soy de) $"),
    available=pattern(r"tienen?|hay|teneis|tienes|venden|quedan?"),
    cost=pattern(r"cuanto|precio|cuesta|cuestan|vale|valen"),
    likes=re.compile(r"\b(?:me|nos) (?:gusta|encanta) _"),
    pronoun=re.compile(
        r"\b(?:uno|una|dos|tres|cuatro|eso|ese|esa|lo|los|las)(?=$| (?:por favor|tambien)$)"
    ),
    resumes=pattern(r"l[oa]s?|es|esta|estan|son|cuanto|hay|tiene|tienen"),
    being=re.compile(r"\b(?:soy|somos)(?: no)? _(?!\w)"),
    well_said=re.compile(r"(?!)"),
    splits=pattern(
        r"pero|sino|porque|ya que|asi que|aunque|y(?= (?:cuant\w+|que|donde|cuando|como|a que|me|"
        r"quiero|quisiera|puedo|podria|luego|despues|es|tiene|tienen|hay|no|necesito|para "
        r"cuando)\b)"
        r"|o(?= (?:que|me|puedo|mejor)\b)|no(?= (?:mejor|no|perdon|espera)\b)|si(?= no\b)"
    ),
    fillers=FILLERS | frozenset(NUMBERS),
    numbers=NUMBERS,
    measures=re.compile(
        r"(?:\b(?:tazas?|vasos?|copas?|botellas?|trozos?|kilos?|litros?|barras?|raciones|racion|"
        r"cajas?|paquetes?|lonchas?|par) de |\b(?:buen|buena|gran|otro|otra|pequen[oa]|grande) )+$"
    ),
    known=FILLERS | frozenset(NUMBERS) | _COMMON,
    asked_for=asking(
        time="cuando|a que hora|que hora|que dia|hasta cuando",
        place="donde|que anden|adonde",
        money="cuanto (?:es|cuesta|cuestan|vale|valen|son|seria|le debo|te debo|hay que pagar|"
        "tengo que pagar|sale)|precio|que precio|cuanto$",
        length="cuanto (?:dura|tarda|tiempo)|cuantas? (?:horas|dias|noches|semanas|meses)",
        person="quien|quienes",
        reason="por que",
    ),
)
