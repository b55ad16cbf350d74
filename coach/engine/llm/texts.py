"""What the engine says in words of its own: short, reviewed, in five languages.

No text holds advice or a number. One that cannot help is at most twelve words long and ends in one
next step. `{expert}` is who a tool can call, `{called}` the coach's name with a comma, or nothing.
"""

from typing import Final

from coach.engine.llm.language import Language

Texts = dict[Language, str]

# An answer to small talk, and what cannot be done, by the kind of the request.
REPLIES: Final[dict[str, Texts]] = {
    "greeting": {
        "en": "Hello, I am {called}your AI coach. How can I help you?",
        "es": "Hola, soy {called}tu coach de IA. ¿En qué te ayudo?",
        "fr": "Bonjour, je suis {called}ton coach IA. Que puis-je faire ?",
        "de": "Hallo, ich bin {called}dein KI-Coach. Was kann ich tun?",
        "ko": "안녕하세요, {called}AI 코치입니다. 무엇을 도와드릴까요?",
    },
    "thanks": {
        "en": "You are welcome.",
        "es": "De nada.",
        "fr": "Avec plaisir.",
        "de": "Gern geschehen.",
        "ko": "천만에요.",
    },
    "farewell": {
        "en": "Goodbye. Talk to you soon.",
        "es": "Hasta pronto.",
        "fr": "À bientôt.",
        "de": "Bis bald.",
        "ko": "안녕히 가세요.",
    },
    "how_are_you": {
        "en": "I am a computer, so always well. How are you?",
        "es": "Soy un ordenador, siempre bien. ¿Y tú?",
        "fr": "Je suis un ordinateur, toujours bien. Et toi ?",
        "de": "Ich bin ein Computer, immer wohlauf. Und du?",
        "ko": "저는 컴퓨터라 늘 괜찮아요. 어떠세요?",
    },
    "who_are_you": {
        "en": "I am {called}an AI coach, a computer and not a person.",
        "es": "Soy {called}un coach de IA: un ordenador, no una persona.",
        "fr": "Je suis {called}un coach IA : un ordinateur, pas une personne.",
        "de": "Ich bin {called}ein KI-Coach: ein Computer, kein Mensch.",
        "ko": "저는 {called}사람이 아니라 AI 코치예요.",
    },
    "language": {
        "en": "I speak English. You can type Spanish, French, German or Korean too.",
        "es": "Hablo inglés. También puedes escribirme en español, francés, alemán o coreano.",
        "fr": "Je parle anglais. Tu peux aussi m'écrire en français, espagnol ou allemand.",
        "de": "Ich spreche Englisch. Tippen kannst du auch auf Deutsch oder Spanisch.",
        "ko": "영어로 말해요. 한국어로 입력하셔도 돼요.",
    },
    "slower": {
        "en": "Of course. I will speak more slowly.",
        "es": "Claro. Hablaré más despacio.",
        "fr": "Bien sûr. Je parlerai plus lentement.",
        "de": "Natürlich. Ich spreche langsamer.",
        "ko": "네, 더 천천히 말할게요.",
    },
    "normal_pace": {
        "en": "All right. I will speak at my normal speed.",
        "es": "De acuerdo. Hablaré a velocidad normal.",
        "fr": "D'accord. Je parlerai à vitesse normale.",
        "de": "In Ordnung. Ich spreche wieder normal.",
        "ko": "네, 다시 보통 속도로 말할게요.",
    },
    "manner": {
        "en": "I cannot change how I speak. My words are on the page.",
        "es": "No puedo cambiar mi voz. Mis palabras están en la página.",
        "fr": "Je ne peux pas changer ma voix. Mes mots sont affichés.",
        "de": "Meine Stimme kann ich nicht ändern. Meine Worte stehen auf der Seite.",
        "ko": "말투는 바꿀 수 없어요. 화면에 글로 나와요.",
    },
    "stop": {
        "en": "All right.",
        "es": "De acuerdo.",
        "fr": "D'accord.",
        "de": "In Ordnung.",
        "ko": "알겠어요.",
    },
    "mood": {
        "en": "I hear you. Tell me more, or what I can do.",
        "es": "Te escucho. Cuéntame más, o dime qué hago.",
        "fr": "Je t'écoute. Dis-m'en plus, ou ce que je peux faire.",
        "de": "Ich höre dir zu. Erzähl mehr, oder sag, was ich tun kann.",
        "ko": "듣고 있어요. 더 말씀해 주세요.",
    },
    "praise": {
        "en": "Good to hear. What is next?",
        "es": "Me alegro. ¿Qué más?",
        "fr": "Tant mieux. Et ensuite ?",
        "de": "Das freut mich. Was kommt als Nächstes?",
        "ko": "다행이에요. 다음은 뭘 할까요?",
    },
    "complaint": {
        "en": "I am sorry. Tell me what is wrong, or say “undo”.",
        "es": "Lo siento. Dime qué está mal, o di «deshacer».",
        "fr": "Désolé. Dis-moi ce qui ne va pas, ou « annule ».",
        "de": "Das tut mir leid. Sag, was falsch ist, oder „rückgängig“.",
        "ko": "죄송해요. 무엇이 틀렸는지 말씀해 주세요.",
    },
    "sorry": {
        "en": "No problem.",
        "es": "No pasa nada.",
        "fr": "Pas de souci.",
        "de": "Kein Problem.",
        "ko": "괜찮아요.",
    },
    "yes": {
        "en": "All right. What would you like to do next?",
        "es": "De acuerdo. ¿Qué hacemos ahora?",
        "fr": "D'accord. Que faisons-nous ensuite ?",
        "de": "In Ordnung. Was machen wir als Nächstes?",
        "ko": "네. 다음은 무엇을 할까요?",
    },
    "not_eaten": {
        "en": "All right. Tell me when you have had it.",
        "es": "De acuerdo. Dime cuando lo hayas tomado.",
        "fr": "D'accord. Dis-le-moi quand tu l'auras pris.",
        "de": "In Ordnung. Sag Bescheid, wenn du es gegessen hast.",
        "ko": "알겠어요. 드시면 말씀해 주세요.",
    },
    "out_of_scope": {
        "en": "I cannot help with that. Ask me what I can do.",
        "es": "Con eso no puedo ayudar. Pregúntame qué puedo hacer.",
        "fr": "Je ne peux pas aider pour cela. Demande ce que je fais.",
        "de": "Dabei kann ich nicht helfen. Frag mich, was ich kann.",
        "ko": "그건 도와드릴 수 없어요. 무엇을 할 수 있는지 물어보세요.",
    },
    "app": {
        "en": "That is done on the pages of your account, not here.",
        "es": "Eso se hace en las páginas de tu cuenta.",
        "fr": "Cela se fait dans les pages de ton compte.",
        "de": "Das geht auf den Seiten deines Kontos.",
        "ko": "그건 계정 페이지에서 하실 수 있어요.",
    },
    "photo": {
        "en": "I cannot see pictures. Tell me what is on it.",
        "es": "No veo imágenes. Dime qué hay en ella.",
        "fr": "Je ne vois pas les images. Dis-moi ce qu'il y a.",
        "de": "Bilder sehe ich nicht. Sag mir, was darauf ist.",
        "ko": "사진은 볼 수 없어요. 무엇인지 말씀해 주세요.",
    },
    "lesson": {
        "en": "Lessons are on their own page. I cannot start one here.",
        "es": "Las lecciones están en su página. Aquí no puedo empezarlas.",
        "fr": "Les leçons ont leur page. Je ne peux pas commencer ici.",
        "de": "Lektionen haben ihre eigene Seite. Hier kann ich keine beginnen.",
        "ko": "수업은 수업 페이지에서 시작하세요.",
    },
    "others_health": {
        "en": "I keep notes about you alone, so I have not noted that.",
        "es": "Solo anoto cosas sobre ti, así que no lo he anotado.",
        "fr": "Je ne note que ce qui te concerne, donc je n'ai pas noté cela.",
        "de": "Ich notiere nur, was dich betrifft. Das habe ich nicht notiert.",
        "ko": "본인에 대한 것만 적어요. 그래서 적지 않았어요.",
    },
    "about_people": {
        "en": "I know little about that.",
        "es": "De eso sé poco.",
        "fr": "J'en sais peu.",
        "de": "Darüber weiß ich wenig.",
        "ko": "그건 잘 몰라요.",
    },
    "memory": {
        "en": "I cannot look that far back. Tell me again, please.",
        "es": "No puedo mirar tan atrás. Cuéntamelo otra vez.",
        "fr": "Je ne peux pas remonter si loin. Redis-le-moi.",
        "de": "So weit kann ich nicht zurücksehen. Sag es mir noch einmal.",
        "ko": "지난 대화는 볼 수 없어요. 다시 말씀해 주세요.",
    },
    "silence": {
        "en": "I did not hear anything. Are you still there?",
        "es": "No he oído nada. ¿Sigues ahí?",
        "fr": "Je n'ai rien entendu. Es-tu encore là ?",
        "de": "Ich habe nichts gehört. Bist du noch da?",
        "ko": "아무것도 못 들었어요. 계신가요?",
    },
    "here": {
        "en": "Yes, I am here and I can hear you.",
        "es": "Sí, estoy aquí y te oigo.",
        "fr": "Oui, je suis là et je t'entends.",
        "de": "Ja, ich bin hier und höre dich.",
        "ko": "네, 여기 있고 잘 들려요.",
    },
}

# What cannot be done, before an offer to ask somebody who can.
SORRY: Final[Texts] = {
    "en": "I cannot help with that.",
    "es": "Con eso no puedo ayudar.",
    "fr": "Je ne peux pas aider pour cela.",
    "de": "Dabei kann ich nicht helfen.",
    "ko": "그건 제가 도와드릴 수 없어요.",
}
UNCLEAR: Final[Texts] = {
    "en": "I did not understand. Please say it another way.",
    "es": "No te he entendido. Dilo de otra forma, por favor.",
    "fr": "Je n'ai pas compris. Dis-le autrement, s'il te plaît.",
    "de": "Das habe ich nicht verstanden. Sag es bitte anders.",
    "ko": "이해하지 못했어요. 다르게 말씀해 주세요.",
}
SAD: Final[Texts] = {
    "en": "I am sorry you feel this way.",
    "es": "Siento que estés así.",
    "fr": "Je suis désolé.",
    "de": "Das tut mir leid.",
    "ko": "많이 힘드시겠어요.",
}

# An offer is made of a frame and what would be done, by the kind of the request.
FRAMES: Final[dict[Language, tuple[str, str, str]]] = {
    "en": ("Shall I ", ", or ", "?"),
    "es": ("¿", ", o ", "?"),
    "fr": ("Dois-je ", ", ou ", " ?"),
    "de": ("Soll ich ", ", oder ", "?"),
    "ko": ("", "? 아니면 ", "?"),
}
OFFERS: Final[dict[str, Texts]] = {
    "log": {
        "en": "write that down",
        "es": "lo apunto",
        "fr": "le noter",
        "de": "das aufschreiben",
        "ko": "기록할까요",
    },
    "correct": {
        "en": "change that in the diary",
        "es": "lo cambio en el diario",
        "fr": "le changer dans le journal",
        "de": "das im Tagebuch ändern",
        "ko": "일지에서 고칠까요",
    },
    "remove": {
        "en": "take that out of the diary",
        "es": "lo quito del diario",
        "fr": "l'enlever du journal",
        "de": "das aus dem Tagebuch nehmen",
        "ko": "일지에서 뺄까요",
    },
    "undo": {
        "en": "undo the last change",
        "es": "deshago el último cambio",
        "fr": "annuler la dernière modification",
        "de": "die letzte Änderung zurücknehmen",
        "ko": "마지막 변경을 취소할까요",
    },
    "health_told": {
        "en": "note that about you",
        "es": "lo anoto en tu perfil",
        "fr": "le noter dans ton profil",
        "de": "mir das über dich merken",
        "ko": "프로필에 적어 둘까요",
    },
    "reminder": {
        "en": "set a reminder",
        "es": "pongo un recordatorio",
        "fr": "mettre un rappel",
        "de": "eine Erinnerung stellen",
        "ko": "알림을 설정할까요",
    },
    "person": {
        "en": "ask {expert}",
        "es": "pregunto a {expert}",
        "fr": "demander à {expert}",
        "de": "{expert} fragen",
        "ko": "{expert}에게 물어볼까요",
    },
}
OF_OFFER: Final = {  # offers that are worded like another
    "allergy_told": "health_told", "weight_told": "health_told", "goal_told": "health_told",
    "memory": "health_told",
}  # fmt: skip

# Who can be asked, as the tool's own description calls them; the first that it names.
EXPERTS: Final[dict[str, Texts]] = {
    "dietitian": {
        "en": "a dietitian",
        "es": "un dietista",
        "fr": "un diététicien",
        "de": "eine Fachkraft",
        "ko": "영양사",
    },
    "teacher": {
        "en": "a teacher",
        "es": "un profesor",
        "fr": "un professeur",
        "de": "eine Lehrkraft",
        "ko": "선생님",
    },
    "": {
        "en": "a person",
        "es": "una persona",
        "fr": "une personne",
        "de": "einen Menschen",
        "ko": "사람",
    },
}
