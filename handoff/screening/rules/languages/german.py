# ruff: noqa: E501  a pattern is read best in one piece
"""German; verbs stand apart, so a denial between their parts is looked for as well."""

from handoff.screening.patterns import Rule, any_of, compiled, rule
from handoff.screening.phrasebook import Phrasebook
from handoff.screening.rules.eating.emergencies import several
from handoff.screening.rules.medical.blood_sugar import emergency_glucose

NEAR = (
    r"(mann|frau|freund|freundin|partner|partnerin|ex|vater|mutter|stiefvater|stiefmutter|bruder|schwester|onkel|tante|chef|chefin|sohn|tochter|papa|mama"
    r"|oma|opa|kumpel|beste freundin|bester freund|cousin|cousine|nachbar|nachbarin|kollege|kollegin|neffe|nichte|kind|mitbewohnerin?|schwiegermutter)"
)
PILLS = r"(tabletten?|pillen?|schlaftabletten|schmerztabletten|beruhigungsmittel|medikamente|packung|antidepressiva|paracetamol)"
LAUGH = r"vor (lachen|hunger|scham|langeweile|hitze|kalte|neugier)|totlachen"
PERSON = (
    r"(menschen?|person|ernahrungsberaterin?|diatassistentin|expert(en|in)|fachmann|fachfrau|mitarbeiter(in)?|berater(in)?|arzt|arztin|kolleg(en|in)|jemand(en|em)?"
    r"|fachkraft|spezialist(en|in)|lehrer(in)?|zustandigen)"
)
REAL = r"(einem |einer |einen |eine |nem |ner |nen |ne |dem |der |ihrem |eurem |)(echten |echte |richtigen |richtige |lebenden |)"

SELF_HARM: tuple[Rule, ...] = (
    rule(
        "SI-5",
        0,
        r"ich (bringe?|bring|werde) mich ~4 (um|umbringen|toten)|ich (werde|hab mich entschieden|habe beschlossen|beschlossen) ~4 (mir das leben (zu )?nehmen|mich (umzubringen|umbringen)|zu sterben)",
        r"ich nehm(e)? mir ~4 das leben|ich (hang|hange|erhang|erhange|erschiess|erschiesse|ertrank|ertranke) mich( ~3 auf)?|spring(e)? (ich )?(\w+ ){0,2}(von der|vor den|vom|von dem) (brucke|zug|dach|balkon|hochhaus)",
        rf"(hab|habe|gerade|grad) ~3 (alle|die ganze|die ganzen|eine ganze|zu viele|viele|\d\d|einen haufen|jede menge|samtliche) ~2 {PILLS} ~3 (genommen|geschluckt|eingeworfen)|(schluck|schlucke) ~2 (alle|die ganze) ~2 {PILLS}",
        rf"(hab|habe|sammle|sammel|horte|spare|gekauft) ~4 ({PILLS}|seil|strick|waffe|klinge|pistole) ~4 (bereit|bereitgelegt|vor mir|griffbereit|gesammelt|gehortet|aufgespart|um zu sterben|um mich|um es zu)",
        r"abschieds ?brief\w*|(steh|stehe|sitz|sitze|bin) ~4 (brucke|dach|gleisen|gleise|balkon|gelander|kante) ~6 (spring\w*|runter|ende)",
        r"(heute|diese) (nacht|abend) ~3 (mach|mache|bring|bringe) ich ~3 (schluss|ende|um)|(das ist|es ist) (mein letzter (abend|tag)|meine letzte nacht)",
        r"(hab|habe) ~3 versucht ~3 (mich umzubringen|mir das leben zu nehmen|mich zu (toten|erhangen)|zu sterben)|selbstmordversuch|suizidversuch",
        unless=rf"nicht um|keinen|fast um|{LAUGH}|urlaub|jobwechsel|kollegin zum|arbeit|schule",
    ),
    rule(
        "SI-3",
        0,
        r"(will|wollte|mochte|mocht|wurde am liebsten|wurd am liebsten|wunschte|gern|lieber|einfach nur) (ich )?(einfach |nur |am liebsten |endlich |lieber |wirklich ){0,3}(sterben|tot sein|nicht mehr leben|nimmer leben|nicht mehr da sein|nicht mehr existieren|nicht mehr am leben sein)",
        r"(will|mochte|mocht|konnte|muss|denke daran|uberlege|uberleg|wurde|soll) (ich )?(mich )?(einfach |am liebsten |endlich )?(mich )?(umbringen|umzubringen|toten|aufhangen|erhangen|erschiessen|mir (etwas|was) anzutun|mir das leben (zu )?nehmen)(?= \.|$| und | weil | wenn )",
        r"(mir|das) das leben (zu )?nehmen|(selbstmord|suizid) ?(gedanken|begehen|machen|absichten)|suizidal\w*|selbstmordgedanken|suizidgedanken|lebensmude|denke (\w+ )?(an|uber) (selbstmord|suizid|den tod)",
        r"(wunschte|wunsche|ware|war|ware ich|wenn ich) (ich )?(ware |bloss |doch |nur )?tot(?= \.|$| ware| und )|besser (dran )?ohne mich|ohne mich (besser dran|waren alle)|(will|mag|mocht|mochte) ~1 nicht mehr (leben|weiterleben)",
        r"allem ein ende (machen|setzen)|(meinem|dem) leben ein ende (machen|setzen|zu setzen|zu machen)|mit allem schluss (machen|zu machen)",
        unless=rf"nicht umbringen|niemals|nicht sterben(?! mehr)|eher sterben als (das|den)|{LAUGH}|nicht tot|dem lesen ein|streit ein ende",
    ),
    rule(
        "SI-1",
        1,
        r"(nicht|nie|nimmer|nie) (mehr |wieder )?(aufwachen|aufwach|aufgewacht ware|wach werden)|einschlafen und (nicht|nie)",
        r"(vom leben|des lebens|zu leben|am leben zu sein|das leben) (so )?(satt|mude|leid)|hab(e)? (das leben|mein leben) satt|keine (kraft|lust) (mehr )?(zu leben|zum leben|am leben)",
        r"(keinen (sinn|grund)|kein grund|wozu|warum) (mehr )?(im leben|zu leben|weiterzuleben|noch leben|weiterleben|soll ich (noch )?(leben|weiterleben))|leben (hat|macht) ~2 keinen sinn|leben ist ~2 sinnlos",
        r"(bin|falle|fall|nur) ~3 (eine last|zur last|ein klotz am bein)|(mochte|mocht|will|wurde) ~2 (verschwinden|weg sein|mich auflosen)(?= \.|$| fur immer| und )",
        r"(ware|war) ich (doch )?(bloss |nur )?nie geboren|nie geboren (worden )?ware|(mir|es) (egal|gleich|wurscht) ~2 ob ich (lebe|sterbe|noch lebe|aufwache)|hatte nichts dagegen ~2 (zu sterben|nicht mehr)",
        r"(mochte|mocht|will) ~1 dass (alles|es) (endlich )?(vorbei|aufhort|zu ende) ?(ist)?(?= \.|$)|(mag|will) ~1 nicht mehr (hier|da) sein",
        unless=r"fruh|um \w+ uhr|wecker|aus der (liste|gruppe)|urlaub|pizza",
    ),
    rule(
        "SH",
        1,
        r"(ritze|ritz|schneide|schneid|geritzt|geschnitten|verletze|verletz) (ich )?mich|mich ~3 (geritzt|selbst verletzt|selbst geschnitten)|mich (zu )?(ritzen|selbst verletzen|selbst zu verletzen|selber verletzen)",
        r"selbst ?verletz\w+|(schneide|schneid|ritze|ritz|geschnitten|geritzt) ~2 (mir|in) ~2 (arme?|beine?|oberschenkel|haut|handgelenke?|unterarm)|mir (die|in die|den|in den) (arme?|beine?|oberschenkel|unterarm|pulsadern|handgelenke?) (auf)?(geschnitten|ritz\w*|schneid\w*)",
        r"(tu|tue|fuge|fug|antun|zufuge) (ich )?mir (selbst|selber|absichtlich|wieder)? ?(weh|schmerzen|verletzungen)(?= \.|$| zu| absichtlich| wenn| um| damit)|mir (selbst |selber )?(wehtun|weh tun|weh zu tun)",
        r"(verbrenne|verbrenn|schlage|schlag|kratze|kratz|beisse|beiss|drucke|druck|zwicke|haue|hau) (ich )?(mich|mir) ~7 (absichtlich|mit absicht|bis es (blutet|weh)|bis ich (blute|nichts)|blutig)",
        r"(schlage|schlag|haue|hau) (ich )?(mit dem|meinen|mir den|mir gegen den|mit der faust gegen) ~2 (kopf|stirn|schlafe)( ~2 wand)?",
        r"(verstecke|versteck|verberge|verdecke|verstecken) (ich )?(meine|die) (narben|schnitte|wunden|spuren|kratzer|blauen flecken)",
        unless=r"haare?|nagel|pony|bart|koch\w+|zwiebel|gemuse|aus versehen|versehentlich|rasier\w+|insulin|papier|finger beim",
    ),
)
EATING: tuple[Rule, ...] = (
    rule(
        "ED-E",
        0,
        r"(seit|schon) # tagen (nichts|nix|gar nichts|nicht mehr|keinen bissen) ~2 (gegessen|mehr gegessen|getrunken|zu mir genommen)|# tage (lang )?(nichts|nix|gar nichts) (gegessen|getrunken)|# tage ohne (essen|nahrung)",
        number=several,
        unless=r"fleisch|gluten|zucker|brot|milch|schokolade|operation",
        negated=None,
    ),
    rule(
        "ED-E",
        0,
        r"(blut (erbrochen|gekotzt|gespuckt)|kotze blut|spucke blut|erbreche blut)",
        negated=None,
    ),
    rule(
        "ED-H",
        1,
        r"(ubergebe|ubergeb|erbreche|kotze|kotz) (ich )?(mich )?(\w+ ){0,3}(nach (dem|jedem|jeder) (essen|mahlzeit|mittagessen|abendessen|fressanfall)|absichtlich|alles (wieder )?(aus|raus))|nach dem essen ~4 (ubergebe|kotze|kotz|erbreche|erbrechen|kotzen)",
        r"finger ~3 (in den|im) (hals|rachen)|(mich|selbst) zum (erbrechen|kotzen|brechen) (bringe|bring|gebracht|zu bringen)",
        r"(abfuhrmittel|laxantien|entwasserungstabletten) ~7 (abnehmen|abzunehmen|taglich|jeden (tag|abend)|nach (dem|jedem)|um nicht zuzunehmen|dunn|schlank)",
        r"(verstecke|versteck|werfe|werf|schmeiss|schmeisse) (ich )?(das|mein|mein ganzes|die|meine) (essen|pausenbrot|mittagessen|abendessen|brot|portion) ~6 (mull|serviette|tasche|niemand|keiner|hund|weg|armel)",
        r"(kau|kaue) ~5 (spuck|spucke|ausspucke)|(esse|ess) (ich )?(nur|bloss) (noch )?(einen|ein|eine|1) (apfel|gurke|joghurt|karotte|mohre|knackebrot|orange) (am|pro) tag|(nur|bloss) (einen|ein|eine) (apfel|gurke|joghurt|karotte) (am|pro) tag",
        r"(habe|hab|leide an|ruckfall in|meine) (die |einer |eine |)?(magersucht|bulimie|essstorung|anorexie|ess brech sucht)|bin (wieder )?(magersuchtig|bulimisch|essgestort)",
        r"(verdiene|verdien) (es )?(nicht|kein|kein essen) (zu essen|essen)|(will|hore|hor) (ich )?(ganz )?(auf zu essen|aufhoren zu essen)(?= \.|$)",
        unless=r"(doku|dokumentation|buch|film|artikel|bericht|podcast) (uber|zu)|magen darm|virus|schwanger|schiff|auto|reise",
    ),
)
MEDICAL: tuple[Rule, ...] = (
    rule(
        "MED-E",
        0,
        r"brust ?(schmerz\w*|enge)|(schmerzen|druck|engegefuhl|stechen|stiche) (in|auf|uber|hinter) (der|meiner) (linken )?brust|brust (tut|schmerzt) ~2 (weh|(?= \.|$))",
        r"(krieg|kriege|bekomm|bekomme|krieg|bekommt) (ich )?(kaum |fast )?(keine|kein|nicht genug) luft|(kann|kannst) (nicht|kaum|nicht mehr|nicht richtig) (mehr )?atmen|atemnot|ersticke(?= \.|$| gleich)",
        r"(hals|rachen|zunge|lippen?|kehle) (schwillt|schwellen|wird|geht|ist|schnurt) ~2 (zu|an|eng|enger|geschwollen|dick)(?= \.|$| und )",
        r"(gesichtshalfte|mundwinkel|halfte ~2 gesicht\w*|seite ~2 gesicht\w*|halbe gesicht) ~4 (hangt|hangen|taub|gelahmt|schlaff|runter)|hangt ~3 (gesichtshalfte|mundwinkel|gesicht)|(arm|bein) ~2 (plotzlich )?(gelahmt|nicht mehr bewegen)",
        r"(schlimmste\w*|starkste\w*) kopf(schmerz\w*|weh) meines lebens|plotzlich ~5 kopf(schmerz\w*|weh)|kopf(schmerz\w*|weh) (\w+ ){0,3}(wie ein (blitz|donner|schlag)|von einer sekunde|schlagartig)|von einer sekunde ~6 kopf(schmerz\w*|weh)",
        r"(herzinfarkt|schlaganfall) (hab|habe|hat|zu haben|bekommt|bekomme)|(hab|habe|hat|ist das|das ist|bekomm\w*) ~2 (einen )?(herzinfarkt|schlaganfall)(?= \.|$)",
        r"(ruf|ruft|rufen|brauche|braucht|schick\w*) ~3 (krankenwagen|notarzt|rettungswagen|112|rettung)",
        r"(sohn|tochter|baby|kind|kleine|kleiner|enkel|enkelin|neffe|nichte|zweijahrige|dreijahrige|einjahrige) ~6 (tabletten?|batterie|knopfzelle|pillen|medikamente?|putzmittel|spulmittel|bleiche|gift|hustensaft) ~4 (gegessen|geschluckt|verschluckt|getrunken|erwischt)",
        r"(falsch\w*|doppelt\w*|zu viel|zweimal|zweifach\w*) ~3 (insulin|pen|dosis insulin) ~3 (gespritzt|gegeben|genommen|erwischt)|insulin ~3 (doppelt|zweimal|zu viel|verwechselt|falsch) ~2 (gespritzt|gegeben)?",
        r"(ketone|ketonwert|ketonwerte) ~3 (hoch|viel zu hoch|[3-9])|(trank|getrunken|geschluckt|verschluckt) ~2 (bleiche|frostschutzmittel|gift|rohrreiniger)|(bleiche|frostschutzmittel|gift|rohrreiniger) (getrunken|geschluckt)",
        r"(hort|hoert) nicht auf zu bluten|blutet (stark und|wie verruckt)|(ist|liegt) (\w+ )?(bewusstlos|ohnmachtig|nicht ansprechbar)|(atmet|reagiert) nicht(?= \.|$| mehr| und )|(kriegen|bekomme|krieg) (ihn|sie|es) nicht (mehr )?wach|krampfanfall|krampft(?= \.|$| und )",
        unless=r"huhn|hahnchen|pute|training|trainier\w*|nach dem (laufen|joggen)|vor \w+ jahren|letztes jahr|hund|katze|joggen|treppen|nase zu|muskelkater|vor lachen|email|mail|nachricht|diat|vorbeug\w*|abgeklart|waren (ein|nur)|verspann\w*",
        negated=None,
    ),
    rule(
        "MED-E",
        0,
        r"(blutzucker|zucker|zuckerwert|bz) (ist |bei |liegt |auf |gerade |jetzt |wert |nur |noch |gefallen ){1,4}#",
        number=emergency_glucose,
        unless=r"gramm|g|essloffel|teeloffel|kalorien|portion|stuck",
        negated=None,
    ),
    rule(
        "MED-U",
        1,
        r"blut im (stuhl|urin|klo|kot|stuhlgang)|(stuhl|stuhlgang) (ist |schwarz|pechschwarz)|(pinkle|piesel|pinkel) blut|schwarzer stuhl|teerstuhl",
        r"(behalte|behalt|kann) ~3 nichts (mehr )?(bei mir|drin|drinnen|bei sich)( behalten)?|schwanger ~8 (blute|blutung\w*|bewegt sich nicht)|baby ~3 (bewegt sich nicht|nicht mehr bewegt)",
        r"(augen|haut) ~3 gelb(?= \.|$| geworden| und )|(kein|mein) insulin (mehr|ist (alle|leer))|insulin ~2 (abgesetzt|weggelassen)|(bin|gerade) ~2 (umgekippt|ohnmachtig geworden)",
        negated=None,
    ),
)
PEOPLE: tuple[Rule, ...] = (
    rule(
        "ABU",
        1,
        rf"mein(e)? {NEAR} (schlagt|schlug|hat|verprugelt|vergewaltigt|bedroht|wurgt|wurgte|misshandelt|sperrt|missbraucht|begrapscht|tritt|fasst) (mich|mir) ~4 (geschlagen|verprugelt|vergewaltigt|bedroht|gewurgt|misshandelt|eingesperrt|ein|missbraucht|getreten|(?= \.|$|wenn|immer|oft|regelmassig|an))",
        rf"mein(e)? {NEAR} (schlagt|verprugelt|vergewaltigt|misshandelt|wurgt|missbraucht) mich",
        r"(wurde|wurd|werde|werd) (ich )?(\w+ ){0,3}(vergewaltigt|missbraucht|geschlagen|misshandelt|sexuell belastigt)(?= \.|$| und )|(zwingt|notigt) mich ~3 (sex|mit ihm|zu)",
        rf"(angst|panik) (vor|nach hause) (meine[mr] {NEAR}|zu gehen|meinem vater)",
        unless=r"im (schach|tennis|spiel)|beim (spielen|schach|kartenspiel|tischtennis)|vorgeschlagen|vor dass|umarm\w*",
    ),
    rule(
        "VIO",
        1,
        rf"(bring|bringe|steche|stech|erschiess|erschiesse) (ich )?(ihn|sie|meinen? ({NEAR})?|die|den|alle|jemanden) ~3 (um|ab|nieder)(?= \.|$| und | heute)|(will|werde) ~3 (ihn|sie|meinen? {NEAR}|jemanden|alle) (umbringen|toten|abstechen|erschiessen)",
        unless=r"fliege|mucke|bakterien|zeit|kakerlake|wenn (er|sie) (mir|das|mein)|spiel|nicht um",
    ),
    rule(
        "OTH",
        1,
        rf"(mein(e)? {NEAR}) (will|mochte|droht|hat vor|hat versucht|versucht) ~2 (sich )?(umbringen|umzubringen|sterben|zu sterben|das leben (zu )?nehmen|toten|zu toten|springen|zu springen)",
        rf"(mein(e)? {NEAR}|er|sie) (sagt|sagte|hat (mir )?gesagt|schreibt|schrieb|hat (mir )?geschrieben) ~4 (nicht mehr leben will|sterben will|umbringen will|umbringt|sich umbringen|das leben nehmen)",
        rf"mein(e)? {NEAR} (ritzt sich|verletzt sich|schneidet sich|tut sich ~2 weh|ubergibt sich nach dem essen|hat ~3 tabletten (genommen|geschluckt))",
        unless=r"haare|nagel|roman|film|serie|figur|gemuse|zwiebel",
    ),
)
ASK: tuple[Rule, ...] = (
    rule(
        "ASK",
        3,
        rf"(will|mochte|mocht|wurde|wurd|kann|konnte|darf|muss|gern|gerne|lieber) (ich )?(bitte |gern |gerne |lieber |einfach |mal )*(mit|bei) {REAL}{PERSON} (sprechen|reden|telefonieren|schreiben|chatten)",
        rf"(verbind|verbinde|verbinden|stell|stellen) (sie )?mich ~2 (mit|zu) {REAL}{PERSON} ?(durch)?|(gib|geben|hol|holen|holt) (sie )?(mir )?(bitte )?{REAL}{PERSON}(?= \.|$| ran| her| bitte| ans)",
        r"(brauche|brauch|will|mochte|hatte gern) (ich )?(bitte )?(einen|eine|nen) (echten|echte|richtigen|richtige|lebenden) (menschen|person|berater|mitarbeiter)|(brauche|will) einen menschen",
        r"(ist da|gibt es|gibts) (jemand|ein mensch|ein echter mensch|hier (jemand|einen menschen)|einen menschen)(?= \.|$| mit| den| der| echtes)|(mitarbeiter|mensch|operator|berater) bitte",
        r"(soll|kann|konnte|mochte dass) (mich )?(bitte )?(jemand|ein mensch|ein mitarbeiter|eine fachkraft) (mich )?(zuruckrufen|anrufen|ubernehmen|anruft)|(mit|bei) (keinem|keiner) (roboter|maschine|bot)|nicht mit (einem|einer|ner|nem|der|dem) (roboter|maschine|bot|ki) (reden|sprechen)",
        rf"(mit|bei) {REAL}{PERSON} (verbunden werden|verbinden|verbunden)|an (die|einen|eine|den) (\w+ )?{PERSON} (weiterzuleiten|weiterleiten)|(soll|muss|musste|konnte|kann) (das |sich das |bitte |mal |da )*(eine?|jemand|nen) ?({PERSON})? ~2 (anschauen|ansehen|draufschauen|absegnen|prufen|anrufen|ubernehmen)",
        rf"(gib|gebt|geben sie) mir (mal |bitte )*{REAL}(menschen|mitarbeiter|berater|fachmann|person)|(hatt|hatte|ich hatt) (ich )?(gern|gerne|lieber) (einen|eine|nen) (fachmann|fachfrau|menschen|experten|arzt|arztin|berater\w*)|(ruft|rufen sie) mich (bitte )?(jemand )?(an|zuruck)(?= \.|$)",
        r"(lieber|gern|gerne) (mit|bei) (meiner|meinem|der|dem|einer|einem) (\w+ )?(lehrer\w*|coach|trainer\w*|berater\w*|arzt|arztin|diatassistentin) (\w+ ){0,5}(echten?|richtigen?|lebenden?)(?= \.|$)|(mit|bei) (meiner|meinem) (echten|richtigen) \w+ (sprechen|reden|besprechen|bereden)",
        r"(kann|konnte|mochte|mocht|hatte gern|brauche|brauch|wurde gern) (ich )?(bitte |gern |gerne |mal )*(einen |nen )?termin (\w+ )?(bei|mit) (der|dem|einer|einem) (\w+ )?(diatassistent\w*|diatberat\w*|ernahrungsberat\w*|berater\w*|arzt|arztin|fachfrau|fachmann)",
        unless=r"wie sagt man|hab(e)? (ich )?mit|rollenspiel|uben|(meiner|meinem) (mutter|vater|familie|freund|freundin)|gestern|letzte woche",
        negated=None,
        past=None,
    ),
)
BOOK = Phrasebook(
    "de",
    (*SELF_HARM, *EATING, *MEDICAL, *PEOPLE, *ASK),
    common=compiled(
        r"ich|und|nicht|der|die|das|mein|meine|meinem|mich|mir|ist|hab|habe|bin|auf|mit|zu|ein|eine|einen|sie|er|wir|kann|will|mal|bitte|heute|nur|seit|im|hat|haben|seine|unser|unsere|vom|nichts|tagen|kein|keine|was|wie|mein"
    ),
    denied=compiled(
        r"(nicht|nie|niemals|keine?|keinen|ohne|weder)( (mehr|vor|daran|im|traum|dran|gedanken|an|zu|absicht|wunsch|den|die|ich|wollen|sich|mich)){0,5} ?$"
    ),
    still=compiled(r"nicht (aufhoren|nur|lassen|anders|mehr (leben|da|konnen)) ?|nicht mehr ?$"),
    past=compiled(
        any_of(
            r"vor (\w+ )?(jahren|jahrzehnten)|als (ich )?(kind|jugendliche[r]?|teenager|ich (\w+ )?(war|jung))|fruher|damals|(ewig|lange|jahre) her|in der pubertat|in meiner (jugend|kindheit)|letztes jahr|im (19|20)\d\d|mit \w+ jahren"
        )
    ),
    present=compiled(
        r"wieder|jetzt|heute(?! (hilft|geht|bin|kann|lach\w*|weiss) )|gerade|grad|gestern|diese (nacht|woche)|immer noch|noch immer|zur zeit|momentan|jede (nacht|woche)|jeden (tag|abend)|ruckfall"
    ),
    lesson=compiled(
        any_of(
            r"wie (sagt|heisst|schreibt|ubersetzt) (man )?|was (heisst|bedeutet)|ubersetz\w+|(der|den|dieser|diesen) (satz|ausdruck|film|roman|song)|(das|dieses|im|ein) (wort|lied|buch|gedicht)"
            r"|(die|einer|der) (serie|szene|figur|redewendung)|auf (englisch|spanisch|franzosisch)|(doku|dokumentation)"
        )
    ),
)
