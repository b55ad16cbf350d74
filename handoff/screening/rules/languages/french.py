# ruff: noqa: E501  a pattern is read best in one piece
"""French."""

from handoff.screening.patterns import Rule, any_of, compiled, rule
from handoff.screening.phrasebook import Phrasebook
from handoff.screening.rules.eating.emergencies import several
from handoff.screening.rules.medical.blood_sugar import emergency_glucose

DEATH = (
    r"(mourir|crever|me tuer|me suicider|en finir|etre mort|etre morte|me foutre en l air|me pendre|me noyer|mettre fin a mes jours|m ouvrir les veines"
    r"|me supprimer|me jeter sous|me donner la mort|plus etre la|ne plus (exister|vivre|etre la))"
)
NEAR = (
    r"(mari|femme|copain|copine|compagnon|compagne|conjoint|conjointe|ex|pere|mere|beau pere|belle mere|frere|soeur|sœur|oncle|tante|patron|fils|fille"
    r"|ami|amie|meilleur ami|meilleure amie|cousin|cousine|voisin|voisine|collegue|neveu|niece|papa|maman|grand mere|grand pere)"
)
PILLS = r"(cachets?|comprimes?|medicaments?|pilules?|somniferes?|anxiolytiques?|boite|plaquette|doliprane|paracetamol|antidepresseurs?)"
LAUGH = r"de (rire|faim|honte|chaud|froid|fatigue|soif|ennui|trouille|jalousie|envie)"
PERSON = (
    r"(personne|humain|etre humain|dieteticienne?|nutritionniste|experte?|specialiste|conseill(er|ere)|operat(eur|rice)|agent|medecin|docteur|professionnel\w*"
    r"|quelqu un|prof|professeur|responsable|vrai humain)"
)

SELF_HARM: tuple[Rule, ...] = (
    rule(
        "SI-5",
        0,
        rf"(je vais|j ai decide (de|d)|jai decide (de|d)|je compte|je prevois (de|d)|je suis sur le point (de|d)|prete? a) {DEATH}",
        r"je (vais )?me (tue|suicide|pends|fous en l air|jette) (ce soir|cette nuit|demain|maintenant|aujourd hui)",
        rf"(avale|pris|prise|gobe|ingere) (toute? (la|le|une|mes|les|ma)|tous (les|mes)|une? (boite|plaquette)|plein de|beaucoup (trop )?de|trop de|\d\d) ~3 {PILLS}|(avale|pris) (tous mes|toute ma|toute la) {PILLS}",
        rf"(j ai|jai|je garde|je stocke|j accumule|j ai achete|j ai mis de cote) ~3 ({PILLS}|corde|fusil|pistolet|lame) ~4 (pretes?|prets?|devant moi|dans la main|a portee|pour (mourir|en finir|me (tuer|pendre)|le faire))",
        r"lettres? d adieux?|(lettre|mot) de suicide|(ecrit|ecris|ecrire|laisse) ~2 lettre d adieu",
        r"(je suis|monte|montee|assise?|debout) ~4 (pont|toit|rails|rebord|voies?|balcon) ~8 (sauter|saute|me jeter|me jette)",
        r"(me jeter|me jette|sauter|sauter|je saute) (du|de la|d un|sous|par|devant|dans) ~2 (pont|fenetre|balcon|train|metro|camion|toit|voie|vide|immeuble|rer|tram|voiture)",
        r"(c est|ce sera|cest) (ma|mon) derni(ere nuit|er soir)|ce soir (j en finis|je me tue|tout sera fini|tout s arrete|c est fini pour moi)",
        r"(j ai|jai|je viens d|viens de) (essaye|tente|essayer|tenter) (de|d) (me (suicider|tuer|pendre)|mourir|en finir)|tentative de suicide",
        unless=rf"{LAUGH}|parachute|haha\w*|mdr|encore (du|de la|un|une)|piscine|elastique|vacances|stage|au (bureau|camping)",
    ),
    rule(
        "SI-3",
        0,
        rf"(veux|voudrais|aimerais|envie (de|d)|prefere|prefererais|prefererai|pense a|penser a|songe a|pensais a|idee (de|d)|besoin (de|d)) (juste |bien |vraiment |plutot )?{DEATH}",
        r"(veux|voulais|envie de) (plus|pas|pas|plus du tout) (continuer a )?(vivre|exister|etre en vie|etre vivante?)(?= \.|$| et | mais | comme ca| ainsi| sans)",
        r"(pensees?|idees?|envies?|pulsions?) (suicidaires?|noires de mort|de suicide|de mort)|pense (souvent |tout le temps |tous les jours )?(au suicide|a la mort|a ma mort)",
        r"(je suis|je me sens) suicidaire|(seraient|serait|serez|iraient) (tous )?mieux sans moi|mieux (mort|morte)(?= \.|$)|mieux si j etais morte?",
        unless=rf"{LAUGH}|plutot mourir que de (manger|boire)",
    ),
    rule(
        "SI-1",
        1,
        r"(plus|pas|jamais) (me |jamais me )?reveiller|(m endormir|dormir) et (ne )?(plus|jamais|pas)",
        r"(marre|fatiguee?|lasse?|ras le bol|epuisee?) (de|d) (vivre|la vie|exister|etre en vie)",
        r"(a quoi bon|a quoi ca sert de|plus de raison de|aucune raison de|pas de raison de|plus envie de|plus la force de|plus le gout de) (vivre|continuer a vivre|rester en vie|etre en vie)",
        r"(la|ma) vie (n a|ne|a|na) (plus|aucun|pas) (aucun |de |le )?(sens|vaut|coup)|(je suis|suis|etre) (qu )?un (poids|fardeau|boulet)( pour|(?= \.|$))",
        r"(je ne suis|suis|je suis) qu un (poids|fardeau)|(voudrais|veux|aimerais|envie de) (juste )?(disparaitre|ne plus exister|n avoir jamais existe)(?= \.|$| pour toujours| et )",
        r"(voudrais|aurais voulu|prefererais|aurais prefere) ne (jamais )?(pas )?etre nee?|ca me (derangerait|generait) pas de mourir|si je mourais",
        r"(veux|voudrais) (que tout|que ca) (s arrete|finisse)(?= \.|$)|envie d etre la(?= \.|$)|plus envie de rien ni de vivre",
        unless=r"(le )?matin|tot|tard|la liste|du groupe|reveiller (le|la|les|mon|ma)",
    ),
    rule(
        "SH",
        1,
        r"je me (coupe|taillade|scarifie|mutile|lacere) (les|le|la|la peau|encore|expres|a nouveau|quand|pour|depuis|(?= \.|$))|je me suis (coupee?|tailladee?|scarifiee?|mutilee?) (les|le|la|expres|encore|hier|cette nuit|volontairement)",
        r"auto ?mutil\w+|scarifi\w+|(me faire|je me fais|me fais|m etre fait) (du )?mal(?! (au|a la|aux|en) )( expres| volontairement| pour|(?= \.|$))",
        r"(envie de|besoin de|recommence a|repris|j arrete pas de|pense a) me (couper|scarifier|faire (du )?mal|blesser|bruler|mutiler|taillader|frapper)",
        r"je me (brule|frappe|griffe|mords|tape|pince|cogne|pique|arrache|blesse) ~6 (expres|volontairement|jusqu au sang|pour me punir|jusqu a (saigner|ce que))",
        r"je me (cogne|tape|frappe) ~2 (la tete|le front|le crane)( (\w+ )?(mur|carrelage))?",
        r"(je )?(cache|caches|cacher|masque|couvre) (mes|les) (marques|coupures|cicatrices|blessures|bleus|brulures)",
        unless=r"cheveux|ongles|frange|barbe|cuisin\w+|epluch\w+|oignon|sans faire expres|rasant|insuline|legumes|courses|sport",
    ),
)
EATING: tuple[Rule, ...] = (
    rule(
        "ED-E",
        0,
        r"(rien (mange|avale|bu)|pas (mange|bu)|sans (manger|boire|rien manger|rien avaler)|mange rien) (du tout )?(depuis|pendant) # jours",
        r"(ca fait|depuis|voila) # jours (que )?(je|j) ~3 (rien|pas|plus|mange)( rien)?( mange|(?= \.|$))",
        r"# jours sans (manger|rien (manger|avaler)|boire)",
        number=several,
        unless=r"viande|gluten|sucre|pain|laitages|chocolat|operation",
        negated=None,
    ),
    rule("ED-E", 0, r"(je vomis|j ai vomi|jai vomi|vomir|crache) du sang", negated=None),
    rule(
        "ED-H",
        1,
        r"(me faire|je me fais|fais|fait|m etre fait|me suis fait) vomir|je vomis (apres|tout ce que|chaque|mes repas|volontairement|expres)",
        r"(doigts?|brosse a dents) ~4 gorge|(me|je me) purge|me purger",
        r"(laxatifs?|diuretiques?) ~6 (maigrir|mincir|perdre|chaque|tous les jours|soir|pour ne pas grossir|apres|repas|manger)",
        r"(cache|jette|planque) (la nourriture|ma nourriture|mon (repas|assiette|dejeuner|diner)|mes repas|la bouffe) ~5 (poubelle|serviette|sac|personne|chien|manche|pour que|toilettes)",
        r"mache ~5 recrache|macher et recracher|(ne mange|mange) (plus )?(qu|que|juste|seulement) (une|un|1) (pomme|concombre|yaourt|carotte|biscotte|orange) par jour",
        r"(j ai|jai|souffre d|rechute dans|retombee? dans|mon) (l |une |la )?(anorexie|boulimie|trouble du comportement alimentaire|troubles? alimentaires?|tca)|je suis (anorexique|boulimique)",
        r"(merite|meriter) pas (de|d) (manger|diner|dejeuner)|(veux|vais|envie d) arreter de manger(?= \.|$| completement)",
        unless=r"(documentaire|livre|film|article|reportage) sur|gastro|virus|enceinte|bateau|voiture|mal des transports",
    ),
)
MEDICAL: tuple[Rule, ...] = (
    rule(
        "MED-E",
        0,
        r"(douleurs?|oppression|pression|serrement|etau) (tres |vraiment )?(forte |violente |horrible |terrible )?(a la|dans la|dans ma|au niveau de la|a ma) poitrine|mal (a la|dans la) poitrine|poitrine (me )?(serre|serree|oppressee)",
        r"(arrive|peux|peut|parviens|arrivent) (plus|pas|plus vraiment|a peine) (a )?respirer|(du mal|mal|peine) a respirer|manque d air|(j|je) etouffe(?= \.|$| et )",
        r"(gorge|langue|levres?|visage) (qui )?(se ferme|gonfle|gonflent|enfle|se serre|est en train de (gonfler|se fermer))",
        r"(un cote|la moitie|cote) ~2 (visage|figure|bouche) ~3 (tombe|tombant|paralysee?|affaisse\w*|engourdie?|pend)|(bouche|visage) (de travers|qui tombe|qui pend|tordue?|paralysee?)",
        r"pire mal de tete de ma vie|(mal de tete|mal a la tete|cephalee) (\w+ )?(soudain|brutal|foudroyant|d un coup|comme un coup de)|(d un coup|soudain|soudainement|brutalement) ~6 mal (de|a la) tete",
        r"(fais|fait|en train de faire|je crois que c est) (un |une )?(infarctus|avc|crise cardiaque|attaque cerebrale|arret cardiaque)",
        r"(appelez|appelle|besoin d|faut|envoyez) (une |un |d une )?(ambulance|le samu|le 15|les pompiers)",
        r"(fils|fille|bebe|enfant|petite?|petit fils|petite fille|neveu|niece|gamine?) ~5 (avale|mange|bu|pris) ~5 (cachets?|comprimes?|medicaments?|pile|javel|lessive|produit|pilules?|sirop|poison)",
        r"(injecte|pique|fait|mis) ~5 (double|mauvaise|trompee?|trop|deux fois|mauvais stylo) ~5 insuline|insuline ~4 (double|mauvaise|trop|deux fois|erreur)|trompee? (de|d) (stylo|dose|insuline)",
        r"cetones? ~3 (elevees?|hautes?|tres|[3-9])|(bu|avale) (de |de la |du |un peu de )?(la )?(javel|eau de javel|antigel|poison|mort aux rats|deboucheur)",
        r"(saigne|saignement|sang) ~3 (ne s arrete|n arrete|s arrete pas|a flots|abondamment)|saigne beaucoup et",
        r"(est|reste|a perdu) (inconsciente?|connaissance|sans connaissance)|(ne )?(respire|se reveille|repond|reagit) (plus|pas)(?= \.|$| et )|(fait|en train de faire|convulse|convulsions)( une)? (convulsions?|crise d epilepsie)",
        unless=r"poulet|sport|muscu|apres (avoir couru|la course)|il y a \w+ ans|l an dernier|chien|chat|en courant|escaliers|nez bouche|de rire|masque|decolle|donner son sang|prise de sang|telephone|mail|messages?",
        negated=None,
    ),
    rule(
        "MED-E",
        0,
        r"(glycemie|sucre|glucose|dextro) (est |a |de |dans le sang |sanguin |descendue? |tombee? |monte |affiche ){1,3}#",
        number=emergency_glucose,
        unless=r"grammes|cuilleres?|g de|calories|portion",
        negated=None,
    ),
    rule(
        "MED-U",
        1,
        r"sang dans (les|mes|ses|l|la|son) (selles|urines?|urine|cuvette|caca|pipi)|selles (noires|sanglantes)|je (pisse|fais pipi) du sang",
        r"(garde|garder|supporte) (rien|pas meme l eau|meme pas l eau|plus rien)(?= \.|$| depuis| meme)",
        r"enceinte ~8 (saigne|ne bouge plus|vomis tout)|bebe (ne )?bouge plus|(yeux|peau) ~2 jaunes?(?= \.|$| et )|plus d insuline|arrete (mon|l|mes) insuline",
        negated=None,
    ),
)
PEOPLE: tuple[Rule, ...] = (
    rule(
        "ABU",
        1,
        rf"(mon|ma) {NEAR} (me|m) (frappe|a frappee?|bat|tape|tabasse|maltraite|viole|a violee?|menace|a menacee?|enferme|a enfermee?|etrangle|a etranglee?|gifle|a giflee?|cogne|touche)",
        r"(j ai ete|jai ete|je suis|me fais) (violee?|abusee?|battue?|maltraitee?|agressee? sexuellement|tabasser|violer)|(il|on) m a (violee?|abusee?|agressee? sexuellement)",
        rf"(j ai|jai) peur (de|d) (mon|ma) {NEAR}|peur de rentrer (a la maison|chez moi)|(m oblige|me force) a (coucher|avoir des rapports)",
        unless=r"aux echecs|au tennis|aux cartes|en jouant|a plate couture|sur les nerfs|dans l oeil",
    ),
    rule(
        "VIO",
        1,
        rf"(je vais|je veux|envie de) (tuer|poignarder|buter|egorger|descendre) (mon|ma|mes|ce|cette|quelqu un|tout le monde|les gens) ?({NEAR})?|je vais (le|la|les) (tuer|buter|planter|crever|poignarder)",
        unless=r"mouches?|moustiques?|bacteries?|temps|cafards?|s il (me|mange|touche)|jeu|jouant|rire|la dalle",
    ),
    rule(
        "OTH",
        1,
        rf"(mon|ma) {NEAR} (veut|voudrait|va|menace de|essaie de|a essaye de|a tente de|parle de|pense a) (se )?(mourir|tuer|suicider|pendre|en finir|jeter)",
        rf"((mon|ma) {NEAR}|il|elle) (dit|m a dit|m ecrit|m a ecrit|vient de m ecrire|m a envoye) (qu il|qu elle|vouloir|qu) ~2 (veut|va|voudrait)? ?(mourir|se (tuer|suicider|pendre)|en finir)",
        rf"(mon|ma) {NEAR} (se (coupe|scarifie|mutile|taillade|fait du mal|fait vomir)|a avale ~3 (cachets|medicaments|comprimes|boite))",
        unless=r"cheveux|ongles|roman|film|serie|personnage|de rire",
    ),
)
ASK: tuple[Rule, ...] = (
    rule(
        "ASK",
        3,
        rf"(veux|voudrais|aimerais|prefere|prefererais|souhaite|peux je|puis je|possible de|besoin de|laissez moi|pourrais je|est ce que je peux) (parler|discuter|echanger|causer) (a|avec) (un |une |un vrai |une vraie |le |la )?{PERSON}"
        r"( (reelle?|humaine?|du service|de l equipe|en chair et en os)| s il (te|vous) plait|(?= \.|$))",
        rf"(passez moi|passe moi|mettez moi en (relation|contact) avec|transferez moi (a|vers)|connectez moi (a|avec)|donnez moi) (un |une |le |la |un vrai )?{PERSON}",
        r"(operateur|operatrice|agent|humain|conseiller|conseillere|une vraie personne|un humain) s il (te|vous) plait|y a t il (quelqu un|une vraie personne|un humain)|(il )?y a (quelqu un|un humain)(?= \.|$| la| derriere| de vrai)",
        r"(je veux|je prefere|j aimerais|je voudrais|prefererais) (qu (une personne|un humain|un conseiller|on)|que quelqu un) (m|me) (appelle|rappelle|reponde|aide)|etre rappelee? par",
        r"(je veux|il me faut|j ai besoin d|je voudrais) (un|une) (vraie personne|vrai humain|humain|etre humain|vrai conseiller)|(pas|plus) (envie de )?(parler )?(a|avec) (un|une) (robot|machine|bot|ia)",
        r"(qu|que) (un|une|quelqu un)( membre| personne)?( de l equipe| du service)? (relise|regarde|verifie|voie|examine|m appelle|me rappelle)|(l )?avis d un (medecin|specialiste|professionnel|expert|humain)",
        rf"(mettre|mettez moi|me mettre) en (relation|contact) avec (un |une |le |la )?(praticien\w*|{PERSON})|passe (moi|moe) (donc )?(un|une) {PERSON}|balance un humain|(parler?|tchatter|chatter|jaser|discuter) (a|avec) (un|une) (vrai|vraie) \w+",
        r"(en )?(discuter|jaser|parler) (a|avec) quelqu un (en face|de vrai|d autre|du vrai|de l equipe|du service)",
        r"comment (je fais|faire|puis je|je peux|est ce que je peux) (pour )?(joindre|contacter|parler a|avoir) (quelqu un|une personne|un humain|la dieteticienne|un conseiller|la nutritionniste|un medecin)|(avoir|prendre|voudrais|possible d avoir) (un )?rendez vous avec (la|le|un|une) (\w+ )?(nutritionniste|dieteticien\w*|medecin|specialiste|conseill\w+)",
        unless=r"comment (on )?dit|j ai parle (a|avec)|jeu de role|m entrainer|(mon|ma) (mere|pere|famille|ami|amie)|hier|la semaine derniere",
        negated=None,
        past=None,
    ),
)
BOOK = Phrasebook(
    "fr",
    (*SELF_HARM, *EATING, *MEDICAL, *PEOPLE, *ASK),
    common=compiled(
        r"je|j|jai|le|la|les|des|une|un|mon|ma|mes|pas|plus|veux|suis|est|que|qui|avec|pour|et|du|ne|mais|dans|ca|c|de|marre|envie|depuis|rien|jours|ai|dans|sur|mal|sans|vous|nous|tout"
    ),
    denied=compiled(
        r"(pas|jamais|aucune?|ni|sans|nullement)( (eu|l|envie|de|d|intention|idee|du|tout|voulu|pense|a|en)){0,5} ?$"
    ),
    still=compiled(
        r"(arrete|arreter|cesse|peux|peut) (plus|pas) (de|d|m empecher de|m empecher d) ?|pas (seulement|que) ?"
    ),
    past=compiled(
        any_of(
            r"il y a (longtemps|des annees|\w+ (ans|annees))|quand j (etais|avais)|(dans|pendant) (mon|ma) (enfance|adolescence|jeunesse)|dans le passe|autrefois"
            r"|a l epoque|avant je|a \w+ ans|en (19|20)\d\d|l an dernier|l annee derniere|etant (petite?|jeune|enfant)"
        )
    ),
    present=compiled(
        r"encore|a nouveau|de nouveau|maintenant|aujourd hui|ce soir|cette (nuit|semaine)|hier|toujours|ces temps ci|en ce moment|chaque (jour|nuit)|recommence|rechute"
    ),
    lesson=compiled(
        any_of(
            r"comment (on )?(dit|dire|traduit|prononce|ecrit)|que (signifie|veut dire)|qu est ce que (ca )?veut dire|tradui\w+|traduction|(la|une|cette) (phrase|chanson|scene|serie|expression)"
            r"|(le|un|du|au|ce) (livre|film|roman|poeme|personnage|mot|documentaire)|en (anglais|espagnol|allemand)"
        )
    ),
)
