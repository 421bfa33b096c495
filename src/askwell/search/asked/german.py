"""Wie man es auf Deutsch sagt: how one says it in German."""

from __future__ import annotations

from askwell.search.asked.phrases import END, NAME, Phrases, numbered, one_of, phrase

_MONTHS = numbered("""
januar jänner jan
februar feber feb
märz mär
april apr
mai
juni jun
juli jul
august aug
september sept sep
oktober okt
november nov
dezember dez
""")
_COUNTS = numbered("""
ein eine einem einen einer
zwei
drei
vier
fünf
sechs
sieben
acht
neun
zehn
elf
zwölf
""")
_SPANS = {
    "tag": "day", "tage": "day", "tagen": "day", "woche": "week", "wochen": "week",
    "monat": "month", "monate": "month", "monaten": "month",
    "jahr": "year", "jahre": "year", "jahren": "year",
}  # fmt: skip
_UNIT = one_of(_SPANS)
_LAST = r"(?:letzt|vorig|vergangen)e[mnrs]?"
_WHEN = (
    r"(?:(?:in[ ])?diese[mnrs]?[ ](?P<this>Woche|Monat|Jahr)"
    rf"|seit[ ](?:(?P<month>{one_of(_MONTHS)})\b(?:[ ](?P<of>\d{{4}}))?|(?P<year>\d{{4}})"
    rf"|(?:dem[ ])?{_LAST}[ ](?P<last>Monat|Jahr))"
    rf"|(?:seit(?:[ ](?:über|mehr[ ]als|mindestens))?|in[ ]den[ ]{_LAST})[ ]"
    rf"(?P<count>\d{{1,3}}|{one_of(_COUNTS)})[ ](?P<unit>{_UNIT})"
    rf"|(?:im|in[ ]der)[ ]{_LAST}[ ](?P<one>Woche|Monat|Jahr))"
)
_WITH = r"(?:(?:mit|von|an)[ ](?:ihnen|ihm|ihr|denen|dem|der)[ ])?"
_WAYS = (
    r"(?:gesprochen|geredet|telefoniert|geschrieben|getroffen|gesehen|gehört|kontaktiert"
    r"|(?:in[ ])?(?:Kontakt|Verbindung)(?:[ ](?:gewesen|gestanden|gehabt))?)"
    r"(?:[ ](?:habe|hatte|bin|war|stand))?"
)
_WHO = rf"{_WITH}(?:(?:denen|dem|der|die|den)[ ])?(?:ich[ ])?(?:habe[ ])?"
_NOT = r"(?:nicht|kein(?:e|en)?)(?:[ ]mehr)?"
_PERSON = rf"{NAME}(?:[ ](?!(?:der|die|den|in|bei|aus|nicht|und|kennt|kennen)\b){NAME}){{0,3}}?"
_ANYBODY = r"(?:irgend)?(?:jemand(?:en|em)?|wen|wer)|Leute|Menschen|Personen|alle"

GERMAN = Phrases(
    quiet=(
        phrase(rf"{_WHO}{_WHEN}[ ]{_NOT}[ ]{_WITH}{_WAYS}"),
        phrase(rf"{_WHO}{_NOT}[ ]{_WITH}{_WAYS}[ ]{_WHEN}"),
        phrase(rf"ohne[ ](?:Kontakt|Verbindung)[ ]{_WHEN}"),
        phrase(rf"{_WHEN}[ ]ohne[ ](?:Kontakt|Verbindung)"),
    ),
    touched=(
        phrase(rf"{_WHO}{_WHEN}[ ]{_WITH}{_WAYS}"),
        phrase(rf"{_WHO}{_WAYS}[ ]{_WHEN}"),
    ),
    never=phrase(rf"{_WHO}(?:noch[ ])?nie(?:mals)?[ ]{_WITH}{_WAYS}"),
    known=(
        phrase(rf"(?:{_ANYBODY}),?[ ](?:(?:der|die|den)[ ])?(?P<who>{_PERSON})[ ]kenn(?:t|en)"),
        phrase(rf"(?:der|die|den)[ ](?P<who>{_PERSON})[ ]kenn(?:t|en)"),
        phrase(
            r"(?:bekannt[ ]mit|(?:vorgestellt|empfohlen)[ ]von|Freund(?:e|in|innen)?[ ]von)[ ]"
            rf"(?P<who>{_PERSON}){END}|[ ](?:der|die|in|bei|aus|nicht|und)\b)"
        ),
        phrase(rf"von[ ](?P<who>{_PERSON})[ ](?:vorgestellt|empfohlen)"),
    ),
    hires=phrase(
        r"(?:(?:der|die)[ ])?(?:(?:Leute[ ])?einstell(?:t|en)|stell(?:t|en)(?:[ ]Leute)?[ ]ein"
        r"|such(?:t|en)[ ](?:Leute|Personal))"
    ),
    connects=phrase(
        r"(?:(?:der|die)[ ])?(?:(?:Leute|Menschen|andere)[ ](?:verbind(?:et|en)|vernetz(?:t|en))"
        r"|(?:verbind(?:et|en)|vernetz(?:t|en))[ ](?:Leute|Menschen|andere)|Netzwerker(?:in|innen)?)"
    ),
    no_mail=phrase(r"(?:ohne|keine)(?:[ ]eine)?[ ](?:E-?)?Mail(?:-?[ ]?Adresse)?"),
    works=phrase(r"(?:(?:(?:der|die)[ ])?arbeite(?:t|n)[ ])?(?:bei|beim)(?=[ ])"),
    place=phrase(r"(?:(?:(?:der|die)[ ])?(?:wohn(?:t|en)|leb(?:t|en))[ ])?(?:in|aus)(?=[ ])"),
    noise=phrase(
        rf"{_ANYBODY}|Kontakte?|der|die|den|und|aber|mit|ich|habe|arbeite(?:t|n)|wohn(?:t|en)|leb(?:t|en)|kommen|kommt"
    ),
    months=_MONTHS,
    counts=_COUNTS,
    spans=_SPANS,
    couples={},
)
