"""How one says it in English."""

from __future__ import annotations

from askwell.search.asked.phrases import END, NAME, Phrases, numbered, one_of, phrase

_MONTHS = numbered("""
january jan
february feb
march mar
april apr
may
june jun
july jul
august aug
september sept sep
october oct
november nov
december dec
""")
_COUNTS = {"a": 1, "an": 1} | numbered(
    "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\neleven\ntwelve"
)
_SPANS = {name: name for name in ("day", "week", "month", "year")}
_WHEN = (
    r"(?:this[ ](?P<this>week|month|year)"
    rf"|since[ ](?:(?P<month>{one_of(_MONTHS)})\b(?:[ ](?P<of>\d{{4}}))?|(?P<year>\d{{4}})"
    r"|last[ ](?P<last>month|year))"
    r"|(?:for|in|within)(?:[ ]the)?(?:[ ](?:last|past|over|more[ ]than|at[ ]least)){0,2}[ ]"
    rf"(?P<count>\d{{1,3}}|{one_of(_COUNTS)})[ ](?P<unit>day|week|month|year)s?"
    r"|in[ ](?:the[ ])?(?:last|past)[ ](?P<one>week|month|year))"
)
_WAYS = (
    r"(?:been[ ])?(?:in[ ](?:touch|contact)|talk(?:ed)?|spoken|spoke|met|written|wrote|heard|contacted)"
    r"(?:[ ](?:to|with|from))?"
)
_NOT = r"(?:(?:have|has|did|had)?(?:[ ]?not|n['’]t)|have[ ]not)"
_WHO = r"(?:(?:that|who|whom)[ ])?(?:I[ ])?"
_PERSON = rf"{NAME}(?:[ ](?!(?:who|whom|in|at|not|and|knows?)\b){NAME}){{0,3}}?"
_ANYBODY = r"(?:someone|somebody|anyone|anybody|people|everybody|everyone)"

ENGLISH = Phrases(
    quiet=(phrase(rf"{_WHO}(?:{_NOT}|no)[ ](?:{_WAYS}|contact(?:[ ]with)?)[ ]{_WHEN}"),),
    touched=(phrase(rf"{_WHO}(?:have[ ]|was[ ]|were[ ])?{_WAYS}[ ]{_WHEN}"),),
    never=phrase(rf"{_WHO}(?:have[ ])?never[ ]{_WAYS}"),
    known=(
        phrase(rf"{_ANYBODY}(?:[ ](?:that|who|whom))?[ ](?P<who>{_PERSON})[ ]knows"),
        phrase(
            r"(?:known[ ](?:to|by)|(?:who|that)[ ]knows?|introduced[ ]by|friends?[ ]of)[ ]"
            rf"(?P<who>{_PERSON}){END}|[ ](?:who|in|at|not|and)\b)"
        ),
    ),
    hires=phrase(r"(?:(?:who|that)[ ])?(?:hires?|(?:is|are)[ ]hiring|hiring)(?:[ ]people)?"),
    connects=phrase(r"(?:(?:who|that)[ ])?(?:connects?[ ]people|connectors?)"),
    no_mail=phrase(r"(?:without|with[ ]no|no)(?:[ ]an)?[ ]e-?mail(?:[ ]address)?"),
    works=phrase(r"(?:(?:who[ ])?(?:works?|working)[ ])?at(?=[ ])"),
    place=phrase(r"(?:(?:who[ ])?(?:lives?|based|living)[ ])?in(?=[ ])"),
    noise=phrase(rf"{_ANYBODY}|contacts?|who|whom|that|and|but|with|the|I|have"),
    months=_MONTHS,
    counts=_COUNTS,
    spans=_SPANS,
    couples={},
)
