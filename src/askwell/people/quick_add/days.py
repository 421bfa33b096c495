"""The day a jotted line names (``yesterday``, ``am Freitag``, ``il y a deux semaines``, 先週)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from askwell.people.quick_add.words import GERMAN_VERB

# How many days ago -> how one says it.
_AGO: dict[int, str] = {
    0: "today tonight|this (?:morning|afternoon|evening)|heute(?: (?:morgen|früh|mittag|abend))?"
    "|aujourd['’]hui|ce matin"
    "|cet après-midi|ce soir|hoy|esta (?:mañana|tarde|noche)|hoje|oggi|stamattina|stasera|dzisiaj|dziś|今日"
    "|本日|今朝",
    1: "yesterday(?: (?:morning|afternoon|evening))?|last night|gestern(?: (?:morgen|mittag|abend))?"
    "|hier(?: (?:matin|soir))?"
    "|ayer|anoche|ontem|ieri(?: sera)?|wczoraj|昨日|昨夜",
    2: "the day before yesterday|vorgestern|avant-hier|anteayer|antier|anteontem|l['’]altro ieri"
    "|avantieri|altroieri"
    "|przedwczoraj|一昨日|おととい",
    7: "last week|letzte woche|la semaine dernière|la semana pasada|(?:na )?semana passada"
    "|la settimana scorsa"
    "|w (?:zeszłym|ubiegłym) tygodniu|先週",
    30: "last month|letzten monat|le mois dernier|el mes pasado|(?:no )?mês passado|il mese scorso"
    "|w (?:zeszłym|ubiegłym) miesiącu|先月",
    365: "last year|letztes jahr|l['’]année dernière|el año pasado|(?:no )?ano passado|l['’]anno scorso"
    "|w (?:zeszłym|ubiegłym) roku|昨年|去年",
}
_AGO[0] = _AGO[0].replace("today tonight", "today|tonight")
_WEEKDAYS = (
    "monday|montag|lundi|lunes|segunda(?:-feira)?|lunedì|poniedziałek|月曜日?",
    "tuesday|dienstag|mardi|martes|terça(?:-feira)?|martedì|wtorek|火曜日?",
    "wednesday|mittwoch|mercredi|miércoles|quarta(?:-feira)?|mercoledì|środę|水曜日?",
    "thursday|donnerstag|jeudi|jueves|quinta(?:-feira)?|giovedì|czwartek|木曜日?",
    "friday|freitag|vendredi|viernes|sexta(?:-feira)?|venerdì|piątek|金曜日?",
    "saturday|samstag|sonnabend|samedi|sábado|sabato|sobotę|土曜日?",
    "sunday|sonntag|dimanche|domingo|domenica|niedzielę|日曜日",
)
_COUNTS = {
    1: "a|an|one|eine[mnr]?|une?|una?|um|uma|un|jeden|tydzień",
    2: "two|zwei|deux|dos|duas|dois|due|dwa|a couple of",
    3: "three|drei|trois|tres|três|tre|trzy|a few|ein paar|quelques",
    4: "four|vier|quatre|cuatro|quatro|quattro|cztery",
    5: "five|fünf|cinq|cinco|cinque|pięć",
    6: "six|sechs|seis|sei|sześć",
}
_UNITS = {
    1: r"days?|tag(?:en)?|jours?|días?|dias?|giorn[oi]|dni|dzień|日",
    7: r"weeks?|wochen?|semaines?|semanas?|settiman[ae]|tygodni(?:e)?|tydzień|週間",
    30: r"months?|monat(?:en)?|mois|mes(?:es)?|mês|mesi|mese|miesiąc[e]?|[かヶカ]月",
}
_COUNT = r"\d{1,3}|" + "|".join(_COUNTS.values())
_UNIT = "|".join(_UNITS.values())
_FIXED = "|".join(f"(?P<ago{days}>{said})" for days, said in sorted(_AGO.items(), key=lambda one: -one[0]))
_DAY = "|".join(f"(?P<day{number}>{said})" for number, said in enumerate(_WEEKDAYS))
_BEFORE_DAY = r"(?:(?:on|last|this|am|letzten|diesen|le|el|la|na|no|lo|scorso|w|we) )?"
_AFTER_DAY = r"(?: (?:dernier|pasado|passado|passada|scorso|scorsa))?"
_WHEN = re.compile(
    rf"[,;、]?\s*(?<!\w)(?:{_FIXED}"
    rf"|(?:vor|il y a|hace|há|faz)\s+(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})"
    rf"|(?P<count2>{_COUNT})\s+(?P<unit2>{_UNIT})\s+(?:ago|fa|atrás|temu)"
    rf"|(?P<count3>\d{{1,3}})(?P<unit3>{_UNIT})前"
    rf"|{_BEFORE_DAY}(?:{_DAY}){_AFTER_DAY}"
    r"|(?:(?:on|am|le|el|em|il) )?(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?:(?:am|le|el|em|il) )?(?P<dotted>\d{1,2}\.\d{1,2}\.\d{4}))(?:(?!\w)|(?<=[日週月朝夜い年前曜去]))\.?",
    re.IGNORECASE,
)


def when(text: str, today: date) -> tuple[date | None, str, str]:
    """Give the day a text names, its words, and the text without them."""
    for match in _WHEN.finditer(text):
        if match.group().strip(" ,").lower() == "hier" and GERMAN_VERB.search(text):
            continue  # here, not yesterday
        day = _day(match, today)
        if day is not None:
            return day, match.group().strip(" ,;.、"), text[: match.start()] + " " + text[match.end() :]
    return None, "", text


def _day(match: re.Match[str], today: date) -> date | None:
    said = {name: value for name, value in match.groupdict().items() if value is not None}
    try:
        for name, value in said.items():
            if name.startswith("ago"):
                return today - timedelta(days=int(name.removeprefix("ago")))
            if name.startswith("day"):
                back = (today.weekday() - int(name.removeprefix("day"))) % 7
                return today - timedelta(days=back or 7)
            if name.startswith("count"):
                unit = said[name.replace("count", "unit")]
                return today - timedelta(days=_number(value, _COUNTS) * _number(unit, _UNITS))
        return _date(said)
    except (ValueError, OverflowError):
        return None


def _number(said: str, table: dict[int, str]) -> int:
    if said.isascii() and said.isdigit():
        return int(said)
    return next(number for number, words in table.items() if re.fullmatch(words, said, re.IGNORECASE))


def _date(said: dict[str, str]) -> date:
    if "iso" in said:
        return date.fromisoformat(said["iso"])
    day, month, year = said["dotted"].split(".")
    return date(int(year), int(month), int(day))
