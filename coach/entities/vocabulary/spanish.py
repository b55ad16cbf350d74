"""Spanish words of units, days, months and parts of a day."""

from typing import Final

from coach.entities.numerals.romance import SPANISH as NUMBERS
from coach.entities.phrases import Phrases
from coach.entities.text import word_set
from coach.entities.vocabulary.shared import METRIC, units_with
from coach.entities.vocabulary.vocabulary import Vocabulary

UNITS: Final = units_with(METRIC, {
    "g": "gr|grs|gramo|gramos", "kg": "kilo|kilos|kilogramo|kilogramos",
    "mg": "miligramo|miligramos",
    "lb": "libra|libras", "oz": "onza|onzas", "ml": "mililitro|mililitros",
    "cl": "centilitro|centilitros", "dl": "decilitro|decilitros", "l": "litro|litros",
    "cup": "taza|tazas|tacita|tacitas",
    "tbsp": "cucharada|cucharadas|cda|cdas|cuchara sopera|cucharas soperas",
    "tsp": "cucharadita|cucharaditas|cdta|cdtas|cucharilla|cucharillas",
    "inch": "pulgada|pulgadas", "mile": "milla|millas", "gallon": "galon|galones",
    "cm": "centimetro|centimetros", "m": "metro|metros", "km": "kilometro|kilometros",
    "kcal": "caloria|calorias|kilocaloria|kilocalorias", "%": "por ciento",
    "slice": "rebanada|rebanadas|loncha|lonchas|rodaja|rodajas",
    "piece": "trozo|trozos|pedazo|pedazos|pieza|piezas|unidad|unidades",
    "can": "lata|latas", "bottle": "botella|botellas|botellin|botellines",
    "glass": "vaso|vasos|copa|copas", "bowl": "bol|boles|tazon|tazones|cuenco|cuencos",
    "plate": "plato|platos", "handful": "punado|punados", "bar": "barrita|barritas|barra|barras",
    "packet": "paquete|paquetes|bolsita|bolsitas|sobre|sobres", "bag": "bolsa|bolsas",
    "portion": "porcion|porciones|racion|raciones", "jar": "tarro|tarros|bote|botes",
    "clove": "diente|dientes", "pinch": "pizca|pizcas", "scoop": "cacito|cacitos",
    "box": "caja|cajas",
})  # fmt: skip
WEEKDAYS: Final = {
    "lunes": 0, "martes": 1, "miercoles": 2, "jueves": 3, "viernes": 4, "sabado": 5, "domingo": 6,
}  # fmt: skip
PHRASES: Final = [
    ("day", "hoy", 0, ""), ("day", "ayer", -1, ""), ("day", "ayer por|en|a? la <part>", -1, ""),
    ("day", "anteayer|antier", -2, ""), ("day", "antes de ayer", -2, ""),
    ("day", "anoche", -1, "night"), ("day", "manana", 1, ""),
    ("day", "manana por|en|a la <part>", 1, ""), ("day", "pasado manana", 2, ""),
    ("day", "esta <part>", 0, ""), ("day", "hoy por la <part>", 0, ""),
    ("part", "por|en|de|durante la <part>", 0, ""), ("part", "de madrugada", 0, "night"),
    ("weekday", "el? <weekday>", 0, ""),
    ("weekday_last_week", "el <weekday> de la semana pasada", 0, ""),
    ("weekday_this", "el? <weekday> de esta semana", 0, ""),
    ("weekday_next_week", "el? <weekday> de la semana que viene", 0, ""),
    ("weekday_next_week", "el? <weekday> de la proxima semana", 0, ""),
    ("weekends", "los fines de semana", 1, ""), ("weekday", "el <weekday> por la <part>", 0, ""),
    ("weekday_last", "el <weekday> pasado", 0, ""), ("weekday_last", "el pasado <weekday>", 0, ""),
    ("weekday_next", "el proximo <weekday>", 0, ""), ("weekday_next",
    "el <weekday> que viene", 0, ""),
    ("weekday_next", "el <weekday> proximo", 0, ""), ("weekday_this", "este <weekday>", 0, ""),
    ("dated", "el? dia? <ordinal> de <month>", 0, ""),
    ("dated", "el? dia? <ordinal> de <month> de|del <year>", 0, ""),
    ("date", "el? <date>", 0, ""), ("day_of_month", "el dia <ordinal>", 0, ""),
    ("span_this", "esta|este <period>", 0, ""),
    ("span_other", "la|el <period> pasada|pasado", -1, ""),
    ("span_other", "la|el pasada|pasado <period>", -1, ""),
    ("span_other", "la|el proxima|proximo <period>", 1, ""),
    ("span_other", "la|el <period> que viene", 1, ""),
    ("span_so_many", "en|durante? los|las ultimos|ultimas <n> <period>", -1, ""),
    ("span_so_many", "en|durante? los|las <n> ultimos|ultimas <period>", -1, ""),
    ("span_so_many", "los|las proximos|proximas <n> <period>", 1, ""),
    ("weekend", "este|el fin de semana", 0, ""), ("weekend", "el fin de semana pasado", -1, ""),
    ("weekend", "el proximo fin de semana", 1, ""), ("span_month", "en <month>", 0, ""),
    ("every", "todos|todas los|las <period>", 1, ""), ("every", "cada <period>", 1, ""),
    ("every", "cada <n> <period>", 1, ""), ("every", "diariamente|diario", 1, "day"),
    ("every_weekday", "todos los <weekdays>", 1, ""), ("every_weekday", "cada <weekday>", 1, ""),
    ("every_weekday", "los <weekdays>", 1, ""), ("every_part", "cada <part>", 1, ""),
    ("every_part", "todas las <part>", 1, ""),
    ("workdays", "entre semana", 1, ""),
]  # fmt: skip

SPANISH: Final = Vocabulary(
    language="es",
    numbers=NUMBERS,
    units=UNITS,
    units_as_written={},
    plus=frozenset({"y", "mas", "+"}),
    to=frozenset({"a", "o", "u", "hasta"}),
    between=frozenset({"entre"}),
    from_=frozenset({"de"}),
    and_=frozenset({"y"}),
    about=word_set("unos unas aproximadamente casi alrededor sobre como"),
    periods={
        "segundo": "second", "segundos": "second", "minuto": "minute", "minutos": "minute",
        "min": "minute", "hora": "hour", "horas": "hour", "h": "hour", "dia": "day", "dias": "day",
        "semana": "week", "semanas": "week", "mes": "month", "meses": "month", "ano": "year",
        "anos": "year",
    },
    weekdays=WEEKDAYS,
    weekdays_short=WEEKDAYS,
    weekdays_plural=WEEKDAYS | {"sabados": 5, "domingos": 6},
    months={
        "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7,
        "agosto": 8, "septiembre": 9, "setiembre": 9, "octubre": 10, "noviembre": 11,
        "diciembre": 12,
    },
    parts={
        "manana": "morning", "mananas": "morning", "mediodia": "noon", "tarde": "afternoon",
        "tardes": "afternoon", "noche": "night", "noches": "night", "madrugada": "night",
    },
    meals={
        "desayuno": "morning", "desayune": "morning", "desayunar": "morning", "almuerzo": "noon",
        "almorce": "noon", "comida": "noon", "comi": "noon", "cena": "evening", "cene": "evening",
        "cenar": "evening", "anoche": "night",
    },
    phrases=Phrases(PHRASES),
    ago_before=(("hace",),),
    ahead_before=(("en",), ("dentro", "de")),
    future=word_set("voy vamos va sera tomare comere recuerdame manana"),
    since_before=frozenset({"desde"}),
    until=frozenset({"hasta", "a", "al"}),
    before_weekday=frozenset({"el", "los"}),
)  # fmt: skip
