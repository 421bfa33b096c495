"""Where somebody is: the town an address, a headline or a card names.

A town is taken only beside a postal code, a country or a state, or when it is one of the large ones
listed here; ``Lyon Martin`` is nobody's town.
"""

from __future__ import annotations

import re

from askwell.people.quick_add.words import STREET
from askwell.search.text import fold

_COUNTRIES_TEXT = """
usa|united states|uk|united kingdom|england|scotland|wales|ireland|germany|france|spain|portugal|italy
|poland|japan
|china|austria|switzerland|belgium|netherlands|nigeria|kenya|ghana|south
africa|india|canada|mexico|brazil|argentina
|chile|colombia|peru|australia|new zealand|sweden|norway|denmark|finland|singapore
|deutschland|osterreich|schweiz|frankreich|belgien|niederlande|spanien|italien|polen
|allemagne|suisse|belgique|espagne|italie|luxembourg|maroc|tunisie|senegal|quebec
|espana|ecuador|uruguay|costa rica|venezuela|guatemala|jalisco|cataluna
|brasil|angola|mocambique|italia|svizzera|polska|niemcy
"""
_COUNTRIES = frozenset(one.strip() for one in _COUNTRIES_TEXT.replace("\n", " ").split("|"))
_TOWNS_TEXT = """
london|paris|berlin|munchen|munich|hamburg|koln|cologne|frankfurt|stuttgart|dusseldorf|leipzig|dresden|bonn
|bremen
|hannover|nurnberg|wien|vienna|graz|linz|salzburg|zurich|bern|berne|basel|genf|geneve|geneva|lausanne|lyon|marseille
|toulouse|bordeaux|nantes|lille|strasbourg|rennes|grenoble|montpellier|bruxelles|brussels|montreal|quebec|madrid
|barcelona|valencia|sevilla|bilbao|zaragoza|malaga|ciudad de mexico|monterrey|guadalajara|bogota|medellin|lima
|santiago|buenos aires|lisboa|lisbon|porto|braga|coimbra|sao paulo|rio de janeiro|belo
horizonte|brasilia|curitiba
|porto alegre|recife|salvador|fortaleza|roma|rome|milano|milan|torino|turin|napoli|naples|bologna|firenze
|genova|palermo|verona|padova|venezia|warszawa|warsaw|krakow|lodz|wroclaw|poznan|gdansk|gdynia|sopot|katowice|lublin
|szczecin|tokyo|osaka|kyoto|yokohama|nagoya|sapporo|fukuoka|new york|new york city|boston|chicago|san
francisco
|los angeles|seattle|austin|denver|philadelphia|washington|washington
dc|atlanta|houston|dallas|portland|toronto
|vancouver|ottawa|dublin|edinburgh|glasgow|manchester|birmingham|leeds|bristol|liverpool|cardiff|belfast|oxford
|cambridge|amsterdam|rotterdam|copenhagen|stockholm|oslo|helsinki|lagos|nairobi|accra|mumbai|bangalore|bengaluru
|delhi|new delhi|singapore|sydney|melbourne|beijing|shanghai|hong kong
"""
_TOWNS = frozenset(one.strip() for one in _TOWNS_TEXT.replace("\n", " ").split("|"))
_STATES_TEXT = """
AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR RI SC
SD TN TX UT VT VA WA WV WI WY DC ON QC BC AB MB NB NS SK AC AP AM BA CE ES GO MT MS PB PE PI RJ RN RS RR SP
TO SE
"""
_STATES = frozenset(_STATES_TEXT.split())
_ALSO_LETTERS = frozenset(
    ["MD", "MA", "PA"]
)  # after a name these are degrees, after a town and before a code states
_NAME = r"[^\W\d_][\w'’.-]*(?:[ -][^\W\d_][\w'’.-]*){0,3}"
_CODES = re.compile(
    rf"(?:^|[\s,;–-])(?:[A-Z]{{1,2}}-)?(?:\d{{5}}-\d{{3}}|\d{{4}}-\d{{3}}|\d{{2}}-\d{{3}}|\d{{4,5}})\s+"
    rf"(?P<town>{_NAME}(?:,\s?(?:[A-Z]{{2}})(?!\w))?)"
)
_AFTER = re.compile(
    rf"(?:^|,\s*)(?P<town>{_NAME}(?:\s\([^)]*\))?(?:,\s?[A-Z]{{2}})?),?\s+"
    r"(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|(?<=[A-Z]{2}\s)\d{5}(?:-\d{4})?)$"
)
_STATE = re.compile(rf"^(?P<town>{_NAME}),\s?(?P<state>[A-Z]{{2}}|D\.C\.)$")
_AREA = re.compile(rf"^(?:greater|großraum|grand)\s{_NAME}(?:\sarea)?$", re.IGNORECASE)
_JAPANESE = re.compile(
    r"^(?:〒?\s*\d{3}-\d{4}\s*)?(?P<town>(?:東京都|北海道|京都府|大阪府|[^\d\s]{2,3}県)?[^\d\s都道府県]{1,5}?[市区])"
)


def town(segment: str, *, first: bool = False) -> str:
    """Give the town of a part of a text, or nothing.  ``first``: it opens the text, where a name stands."""
    said = segment.strip(" .,📍")
    if found := _JAPANESE.match(said):
        return found["town"] if re.search(r"\d|[市区]$", said) else ""
    if found := _CODES.search(said) or _AFTER.search(said):
        return _without_country(found["town"]) if found["town"][0].isupper() else ""
    return "" if first else _by_list(said)


def _by_list(said: str) -> str:
    if _AREA.match(said) or fold(said) in _TOWNS:
        return said
    if state := _STATE.match(said):
        sure = state["state"].replace(".", "") in _STATES - _ALSO_LETTERS or fold(state["town"]) in _TOWNS
        return said if sure else ""
    head, comma, country = said.rpartition(",")
    sound = bool(re.fullmatch(_NAME, head.strip())) if comma else False
    return said if sound and fold(country) in _COUNTRIES and not STREET.search(fold(head)) else ""


def _without_country(said: str) -> str:
    head, comma, country = said.rpartition(",")
    return head if comma and fold(country) in _COUNTRIES else said


def is_state(before: str, word: str) -> bool:
    """Say whether a word after a comma is the state of the large town before it."""
    return word in _STATES and fold(before) in _TOWNS


def is_address(segment: str) -> bool:
    """Say whether it is of a street or a box."""
    return bool(STREET.search(fold(segment)) or segment.lstrip().startswith("〒"))
