# ruff: noqa: E501  a pattern is read best in one piece
"""Spanish, of Spain and America."""

from handoff.screening.patterns import Rule, any_of, compiled, rule
from handoff.screening.phrasebook import Phrasebook
from handoff.screening.rules.eating.emergencies import several
from handoff.screening.rules.medical.blood_sugar import emergency_glucose

DEATH = (
    r"(morir|morirme|matarme|suicidarme|quitarme la vida|estar muert[oa]|acabar con mi vida"
    r"|terminar con mi vida|acabar conmigo|ahorcarme|ahogarme en|colgarme)"
)
NEAR = (
    r"(marido|esposo|esposa|mujer|novio|novia|pareja|ex|padre|padrastro|madre|madrastra|papa|mama|hermano|hermana"
    r"|tio|tia|jefe|hijo|hija|abuelo|abuela|amigo|amiga|primo|prima|vecino|vecina|companero|companera|sobrino"
    r"|sobrina|nieto|nieta|suegra|suegro|cunado|cunada|mejor amig[oa])"
)
PILLS = r"(pastillas?|tabletas?|comprimidos?|somniferos|tranquilizantes|ansioliticos|antidepresivos|paracetamol|frasco|bote)"
LAUGH = r"de (risa|hambre|verguenza|sueno|calor|frio|aburrimiento|amor|ganas|sed|envidia|la risa)"
PERSON = (
    r"(persona|humano|ser humano|nutricionista|dietista|expert[oa]|especialista|asesora?|operadora?|agente"
    r"|medic[oa]|doctora?|profesional|alguien|profesora?|encargad[oa]|supervisora?)"
)

SELF_HARM: tuple[Rule, ...] = (
    rule(
        "SI-5",
        0,
        rf"(voy a|he decidido|decidi|planeo|tengo un plan para|pienso|estoy a punto de|lista para|listo para) {DEATH}",
        r"me (voy a|quiero) (matar|suicidar|ahorcar|colgar|tirar (al|del|por|desde)|lanzar (al|del|por|desde)|quitar la vida)",
        rf"(me )?(tome|he tomado|acabo de tomar(me)?|trague|he tragado|acabo de tragar(me)?) (todas?|todo|un monton de|muchas"
        rf"|demasiadas|un punado de|el|un|una caja( entera)? de|\d\d) ~4 {PILLS} ~2 (entero|enter[ao]s|para|todo|del|de golpe|juntas|y)",
        rf"(tome|he tomado|tragado|trague|acabo de tomar(me)?) (todas las|todas mis|un monton de|demasiadas|un punado de|\d\d) ~1 {PILLS}",
        rf"(tengo|guardo|junte|he juntado|estoy juntando|estoy guardando|compre|he comprado) ~2 ({PILLS}|cuerda|soga|pistola|cuchilla) ~4"
        r" (list[ao]s?|preparad[ao]s?|delante|en la mano|para (matarme|morir|ahorcarme|acabar|hacerlo|suicidarme))",
        r"(carta|nota) (de (despedida|suicidio)|suicida)",
        r"(estoy|subid[oa]|parad[oa]|sentad[oa]) ~4 (puente|azotea|vias|tejado|cornisa|balcon) ~8 (saltar|tirarme|lanzarme|salto|tiro)",
        r"(tirarme|lanzarme|me tiro|me lanzo|arrojarme|saltar) (de|del|desde|al|por la|por el|por|delante de|delante del|frente a|a) ~2"
        r" (puente|ventana|balcon|vias|tren|metro|autobus|camion|azotea|trafico|edificio)",
        r"esta noche (me mato|acabo con todo|se acaba todo|me quito la vida)|(es|sera) mi ultima noche(?! (de|en) )",
        r"(intente|he intentado|acabo de intentar) (suicidarme|matarme|quitarme la vida)",
        unless=rf"{LAUGH}|paracaidas|jaja\w*|si (veo|como|oigo) otr[oa]|piscina|bungee|hotel",
    ),
    rule(
        "SI-3",
        0,
        rf"(quiero|quisiera|me gustaria|deseo|prefiero|preferiria|ganas de|pienso en|pensando en|pensar en|idea de|pensado en|necesito) {DEATH}",
        r"(no quiero|no queria) (seguir viviendo|vivir( mas| asi)?|estar viv[oa]|seguir viv[oa]|existir)(?= \.|$| y | ni | pero | porque)",
        r"(pensamientos|ideas|impulsos) (suicidas|de suicidio|de muerte)|(pienso|pensando|pensar) (mucho )?en (el suicidio|la muerte|mi muerte)",
        r"(estoy|me siento) suicida|(estaria|estarian|estaran|estaria todo) mejor (muert[oa]|sin mi)(?= \.|$| y | por )|mejor estar muert[oa]",
        r"(ya )?no quiero vivir(?! (en|con|alli|aqui en|lejos|cerca|sol[oa]) )",
        unless=LAUGH,
    ),
    rule(
        "SI-1",
        1,
        r"(ojala|me gustaria|quisiera|quiero|desearia|rezo|espero|pido|prefiero|preferiria) ~5 no (volver a |me )?(despertar\w*|despierte|haber nacido|existir)",
        r"(dormir|dormirme|acostarme|durmiera) y (ya )?no (volver a |tener que )?despertar\w*|no volver a despertar",
        r"cansad[oa] de (vivir|la vida|existir|estar viv[oa])|hart[oa] de (vivir|la vida|existir)",
        r"(no le (veo|encuentro) sentido a|no tiene sentido|para que|que sentido tiene) (la vida|vivir|seguir viviendo|seguir viv[oa]|mi vida|sigo viv[oa])",
        r"mi vida (ya )?no (vale|tiene sentido|merece)|(soy|solo soy) una carga( para|(?= \.|$))",
        r"no me importaria (morir|morirme|no despertar)|ganas de (desaparecer|no existir|no estar)(?= \.|$| para| y )",
        r"quiero (desaparecer|dejar de existir)(?= \.|$| para siempre| y )|(ya )?no quiero (estar|seguir) aqui(?= \.|$| mas| en este mundo)",
        r"(no (tengo|encuentro|veo)|sin) (ganas|razones|motivos|razon|motivo) (de|para) (vivir|seguir viviendo|seguir viv[oa])",
        unless=r"de (la|las|el|tu|esta) (lista|grupo|app|foto)",
    ),
    rule(
        "SH",
        1,
        r"me (corto|corte|estoy cortando|he cortado|he vuelto a cortar|volvi a cortar|vuelvo a cortar) (en )?(los brazos|el brazo|las piernas|la pierna|los muslos|las munecas"
        r"|la muneca|la piel|a proposito|adrede|otra vez|de nuevo|cuando|para)",
        r"autolesi\w+|(hacerme|me hago|haciendome|me hice|hago|me he hecho) dano (a mi mism[oa]|a proposito|adrede|para|cuando|otra vez)",
        r"(quiero|ganas de|necesito|impulso de|pienso en|deje de|dejar de|he vuelto a|volvi a|vuelto a) (hacerme dano|cortarme|lastimarme|autolesionarme|herirme)",
        r"me (quemo|queme|golpeo|golpee|pego|arano|rasguno|muerdo|pellizco|pincho|lastimo) ~6 (a proposito|adrede|hasta sangrar|hasta que (sangr\w+|due\w+|sale))",
        r"me (golpeo|pego|doy) ~3 (la cabeza|la frente|cabezazos|punetazos) (contra|con|en)",
        r"(escondo|tapo|oculto|cubro|ocultar|esconder|tapar) ~1 (marcas|cortes|cicatrices|heridas|moretones)",
        unless=r"pelo|unas|flequillo|barba|cocin\w+|pelando|cebolla|verdura|sin querer|afeit\w+|insulina|glucemia|glucosa|quirofano",
    ),
)
EATING: tuple[Rule, ...] = (
    rule(
        "ED-E",
        0,
        r"(llevo|hace|voy) ~2 # dias (que no como|sin comer|sin probar|sin tomar|sin beber)( nada)?",
        r"sin (comer|probar bocado|beber)( nada)? (desde )?hace # dias",
        number=several,
        unless=r"gluten|carne|azucar|pan|lacteos|dulces|chocolate|harinas",
        negated=None,
    ),
    rule(
        "ED-E",
        0,
        r"(llevo|hace) (dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|varios|muchos) dias (que no como|sin comer)( nada)?(?= \.|$| y | ni | solo| para)",
        r"(me desmay\w+|me estoy desmayando|vomito sangre|vomite sangre|vomitando sangre)",
        unless=r"gluten|carne|azucar|pan|lacteos|dulces|chocolate|harinas|analisis de sangre|donar|calor|sol",
        negated=None,
    ),
    rule(
        "ED-H",
        1,
        r"(me )?(provoco|provoque|provocarme|provocar|induzco|induje|inducirme|provocando|provocandome) (el )?(vomito|vomitos)|me hago vomitar|hacerme vomitar",
        r"(vomito|vomitar|vomite|devuelvo) (despues de|todo lo que|cada vez que|tras|lo que) (comer|como|comi|cenar|cada|las comidas)",
        r"(dedos?|cepillo) ~3 (la )?garganta|purg(o|arme|ue|ando|andome) ~3 (comer|comida|cenar|atracon)",
        r"(laxantes?|diureticos) ~6 (adelgazar|bajar|perder|cada|todos los dias|noche|para no engordar|comer)",
        r"(escondo|escondi|esconder|tiro|tire|boto) (la |mi )?(comida|cena|el almuerzo) ~5 (servilleta|basura|bolso|mochila|nadie|para que|plato|perro)",
        r"mastico ~5 escup\w+|masticar y escupir",
        r"(solo|solamente|unicamente) (como|tomo|me permito|comi) (una|1|un) (manzana|pepino|yogur|zanahoria|naranja|galleta|lechuga) (al|por|en todo el) dia",
        r"(tengo|sufro|padezco|recai en|he recaido en|volvio mi|mi) (de )?(la )?(anorexia|bulimia|trastorno (alimenti\w+|de la (conducta|alimentacion))|tca)",
        r"no merezco (comer|cenar|desayunar)|(quiero|voy a|intento) dejar de comer(?= \.|$| del todo| por completo)",
        unless=r"(documental|libro|pelicula|articulo|articulos|charla) (sobre|de)|estren\w+|gastroenteritis|virus|embarazo|barco|coche",
    ),
)
MEDICAL: tuple[Rule, ...] = (
    rule(
        "MED-E",
        0,
        r"(dolor|presion|opresion|punzadas) (muy |tan )?(fuerte |horrible |intens[ao] )?(de|en el|en mi|del) pecho|me (duele|aprieta|oprime) (mucho |muchisimo )?el pecho",
        r"no (puedo|puede|logro) (casi )?respirar(?! de (la )?risa(?= \.|$))|me (cuesta|cuesta mucho) respirar|me falta el aire|no me entra (el )?aire",
        r"se me (esta |estan )?(cerrando|cierra|hinchando|hincha|hincho|inflamando) ~2 (garganta|lengua|labios)|(garganta|lengua|labios) se me (esta|estan|cierra|hincha\w*)",
        r"(un lado|la mitad|media) ~2 (cara|boca) ~3 (caid[ao]|torcid[ao]|dormid[ao]|paralizad[ao]|cuelga|cae)|(cara|boca) (caida|torcida|paralizada)",
        r"se (me|le) (cae|cayo|ha caido|tuerce|torcio|ha torcido|paralizo|durmio|ha dormido) ~5 (cara|boca)",
        r"peor dolor de cabeza de mi vida|dolor de cabeza (\w+ )?(repentino|de golpe|explosivo|como un (trueno|martillazo|rayo))|de (repente|golpe) ~6 (peor )?dolor de cabeza",
        r"(me|le) esta (dando|dado) un (infarto|ictus|derrame)|(estoy|esta) teniendo un (infarto|ictus|derrame)|creo que (es|me da) un (infarto|ictus)",
        r"(llama|llamen|llamad|necesito|necesita|manden) ~2 ambulancia",
        r"(hijo|hija|nino|nina|bebe|nieto|nieta|sobrin[oa]|pequen[oa]) ~5 (trago|tragado|comio|comido|bebio|bebido|tomo|tomado) ~5 (pastillas?|pila|lejia|detergente|medicinas?"
        r"|medicamentos?|jarabe|cloro|veneno)",
        r"(puse|puesto|inyecte|inyectado|pinche|pinchado) ~5 (doble|equivocad[ao]|demasiad[ao]|de mas|en vez de|en lugar de|dos veces|lenta|rapida) ~5 (insulina|rapida|lenta|dosis)",
        r"(insulina|dosis) ~4 (equivocada|doble|de mas|por error|dos veces) ~3 (puse|puesto|inyect\w+|pinch\w+)|cetonas ~3 (altas|altisimas|por las nubes|[3-9])",
        r"(bebi|bebio|trague|trago|tome|tomo) ~2 (lejia|cloro|veneno|anticongelante|raticida)|no (para|deja) de sangrar|sangra (mucho y|a chorros)",
        r"(esta|se quedo|ha quedado|quedo) (inconsciente|sin conocimiento)|no (respira|despierta|reacciona)(?= \.|$| y | que )|esta convulsionando|(tuvo|tiene|ha tenido) una convulsion",
        unless=r"pollo|press|pecho de|entren\w+|gimnasio|despues de correr|hace anos|el ano pasado|perr[oa]|gat[oa]|corriendo|subir|escaleras|nariz tapada|mascarilla|amor",
        past=2,
        negated=None,
    ),
    rule(
        "MED-E",
        0,
        r"(azucar|glucosa|glucemia) (la tengo |me sale |esta |en sangre |es |de |a |en |ha bajado |bajo |marca |me marca ){1,3}#",
        number=emergency_glucose,
        unless=r"gramos|cucharadas|cucharaditas|g de|calorias|porcion|racion",
        negated=None,
    ),
    rule(
        "MED-U",
        1,
        r"sangre en (las |la |mis |mi |el )?(heces|caca|orina|popo|pis|deposicion\w*|inodoro|vater)|(heces|cacas?) negras|(cago|orino|meo) sangre",
        r"no (retengo|aguanto|tolero) (nada|ni el agua|ni agua)|lo vomito todo( desde|(?= \.|$))",
        r"embarazad[ao] ~8 (sangr\w+|no se mueve)|(bebe|mi bebe) (no se mueve|dejo de moverse|ya no se mueve)",
        r"(ojos|piel) ~2 amarill[oa]s?(?= \.|$| y )|me (quede|he quedado) sin insulina|(deje|he dejado) (de ponerme )?(la )?insulina",
        negated=None,
    ),
)
PEOPLE: tuple[Rule, ...] = (
    rule(
        "ABU",
        1,
        rf"mi {NEAR} me (pega|pego|ha pegado|golpea|golpeo|ha golpeado|maltrata|viola|violo|amenaza|amenazo|encierra|encerro|ahorca|ahorco|estrangul\w+|abusa|patea|toca)",
        r"me (violaron|han violado|abusaron|maltratan|viola|violo|obliga a tener (sexo|relaciones))|abus(o|aron|a) (sexualmente )?de mi",
        rf"(tengo|me da) miedo (de|a|volver con) mi {NEAR}|miedo (de|a) volver a (mi )?casa",
        unless=r"(el|la) (corazon|fibra)|ajedrez|jugando|tenis|cartas|contagi\w+|pego (el|la|un) (resfri\w+|gripe)",
    ),
    rule(
        "VIO",
        1,
        rf"(voy a|quiero|ganas de) matar a (mi {NEAR}|alguien|es[ea]|todos|mis|su|la gente)|(lo|la|los|las) (voy a|quiero) matar(?= \.|$| a | con | hoy| esta| y | te)",
        r"(voy a|quiero) (matarlo|matarla|matarlos|apunalarlo|apunalarla|pegarle un tiro)",
        unless=r"mosca|mosquito|bacteria|cucaracha|tiempo|hormiga|si (se|me|no)|videojuego|juego|jugando",
    ),
    rule(
        "OTH",
        1,
        rf"mi {NEAR} ~2 (se quiere|quiere|intenta|intento|amenaza con|va a|se va a|ha intentado) (morir(?! de )|morirse|matar(?= \.|$)|matarse|suicidar|suicidarse|quitarse la vida|tirarse)",
        rf"(mi {NEAR}|el|ella) (dice|dijo|me (ha )?(dicho|dijo|escribio)|escribio) que (se )?(quiere|va a) (morir(?! de )|morirse|matar(?= \.|$)|matarse|suicidar\w*|quitar(se)? la vida)",
        rf"mi {NEAR} (se corta|se esta cortando|se autolesiona|se hace dano|se ha tomado ~2 pastillas|se tomo ~3 pastillas|vomita despues de)",
        unless=r"pelo|unas|novela|pelicula|serie|personaje",
    ),
)
ASK: tuple[Rule, ...] = (
    rule(
        "ASK",
        3,
        rf"(quiero|quisiera|necesito|puedo|podria|me gustaria|prefiero|preferiria|dejame|deseo|podemos) (hablar|chatear|conversar|comunicarme) con (un |una |algun |la |el |otra )?{PERSON}"
        r"( (real|de verdad|humana|del equipo|de carne y hueso)| por favor|(?= \.|$))",
        rf"(pasame|paseme|pasenme|pongame|ponme|comunicame|comuniqueme|conectame|conecteme|transfiereme|transfierame|dame|deme) (con|a) (un |una |algun |la |el )?{PERSON}",
        r"(operadora?|agente|humano|persona real|asesora?) por favor|hay (alguien|una persona|algun humano) (ahi|real|de verdad|humano)",
        r"(quiero|prefiero|necesito|podria|puede|pueden|que) (que )?(me )?(llame|llamar|atienda|atender|conteste|ayude) (una persona|alguien|un humano|un asesor)",
        rf"(quiero|necesito|prefiero|dame|busco) (a )?(un|una) ({PERSON} (de verdad|real)|humano|persona (de verdad|real))",
        r"no (quiero |me gusta )?(hablar )?con (un |una |el |la )?(robot|maquina|bot|inteligencia artificial)",
        r"(que|quiero que|necesito que|prefiero que) (alguien|un medico|una medica|una persona|un profesional|un experto|un nutricionista)( del equipo| de verdad)? (lo |me |esto )?(lo )?(vea|revise|mire|llame|ayude|atienda|conteste|compruebe)",
        rf"(ponerme|ponganme|pongame|ponme) (por favor )?en contacto con (un |una |el |la |algun )?{PERSON}|(hablar|conversar) con (un|una|algun) {PERSON}(?= esto| que | porque | sobre | y | pero )|(que esto|esto) lo vea (un|una) {PERSON}|no me (apano|entiendo) con (las )?maquinas|echame a un {PERSON}",
        r"como (hago|puedo|le hago|podria) (yo )?(para )?(hablar|comunicarme|contactar|charlar) con (la|el|un|una|algun|alguna|alguien)( \w+)?( de (nutricion|verdad|dietas|la clinica|ahi))?(?= \.|$| por favor)|(quiero|queria|quisiera|necesito) (yo )?(a )?una persona(?= \.|$| de verdad| real)",
        unless=r"como se dice|hable con|he hablado|practicar|juego de rol|mi (madre|padre|familia|amig[oa])|cita con|ayer|la semana pasada",
        negated=None,
        past=None,
    ),
)
BOOK = Phrasebook(
    "es",
    (*SELF_HARM, *EATING, *MEDICAL, *PEOPLE, *ASK),
    common=compiled(
        r"que|de|la|el|los|las|una|un|mi|mis|por|para|con|quiero|quisiera|estoy|tengo|ya|muy|esta|mucho|sin|porque|pero|hay|soy|puedo|llevo|ojala|se|le|lo|al|del"
    ),
    denied=compiled(
        r"(no|nunca|jamas|tampoco|sin|ni)( (me|lo|he|voy|a|quiero|pienso|es|que|tengo|estoy|por|pensado|en|querer|de|la|idea|ganas)){0,5} ?$"
    ),
    still=compiled(r"no (dejo|puedo dejar|paro|puedo parar|puedo evitar|solo|se si) ?"),
    past=compiled(
        any_of(
            r"hace (muchos |varios |unos |\w+ )?anos|cuando era|cuando tenia \w+ anos|de (nin[oa]|joven|adolescente|pequen[oa])|en el pasado|antes (me|yo|sufria|tenia)"
            r"|solia|a los \w+ anos|en (19|20)\d\d|el ano pasado|de pequen[oa]"
        )
    ),
    present=compiled(
        r"otra vez|de nuevo|ahora|hoy|esta (noche|semana|manana)|ayer|anoche|todavia|sigo|ultimamente|cada (dia|noche)|he vuelto|volvi"
    ),
    lesson=compiled(
        any_of(
            r"como (se dice|digo|se traduce|se pronuncia)|que (significa|quiere decir)|tradu\w+|(la|una) (frase|palabra|oracion|cancion|letra|novela|pelicula|serie|escena)"
            r"|(el|un|del|al) (libro|poema|cuento|personaje|documental)|en (ingles|frances|aleman)"
        )
    ),
)
