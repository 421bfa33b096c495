"""كيف يُقال بالعربية: how one says it in Arabic; vowel signs are taken out of a line before."""

from __future__ import annotations

from askwell.search.asked.phrases import END, NAME, Phrases, numbered, one_of, phrase

_MONTHS = numbered("""
يناير
فبراير شباط
مارس آذار
أبريل إبريل نيسان
مايو أيار
يونيو حزيران
يوليو تموز
أغسطس آب
سبتمبر أيلول
أكتوبر
نوفمبر
ديسمبر
""")
_COUNTS = numbered("""
واحد واحدة
اثنين اثنتين
ثلاثة ثلاث
أربعة أربع
خمسة خمس
ستة ست
سبعة سبع
ثمانية ثماني
تسعة تسع
عشرة عشر
""")
_SPANS = {
    "يوم": "day", "يوما": "day", "أيام": "day", "أسبوع": "week", "الأسبوع": "week", "أسبوعا": "week",
    "أسابيع": "week", "شهر": "month", "الشهر": "month", "شهرا": "month", "أشهر": "month", "شهور": "month",
    "سنة": "year", "السنة": "year", "سنوات": "year", "عام": "year", "العام": "year", "عاما": "year",
    "أعوام": "year",
}  # fmt: skip
_COUPLES = {"يومين": 2, "أسبوعين": 14, "شهرين": 60, "سنتين": 730, "عامين": 730}
_WHEN = (
    r"(?:(?:في[ ])?(?:هذا|هذه)[ ](?P<this>الأسبوع|الشهر|العام|السنة)"
    rf"|منذ[ ](?:(?P<month>{one_of(_MONTHS)})\b(?:[ ](?P<of>\d{{4}}))?|(?P<year>\d{{4}})\b"
    r"|(?P<last>الشهر|العام|السنة)[ ]الماضي[ة]?"
    rf"|(?:أكثر[ ]من[ ])?(?:(?P<count>\d{{1,3}}|{one_of(_COUNTS)})[ ](?P<unit>{one_of(_SPANS)})"
    rf"|(?P<couple>{one_of(_COUPLES)})|(?P<one>{one_of(_SPANS)})))"
    r")"
)
_WITH = r"(?:[ ](?:مع|إلى|من|ل|ب)(?:ه|ها|هم|هن)?(?=[ ]|$|[،,]))?"
_SAY = r"(?:أتحدث|أتكلم|أتواصل|أكتب|أراسل|أكلم|ألتق|ألتقي|أقابل|أسمع)(?:ه|ها|هم|هن)?"
_SAID = r"(?:تحدثت|تكلمت|تواصلت|كتبت|راسلت|كلمت|التقيت|قابلت|سمعت)(?:ه|ها|هم|هن)?"
_WHO = r"(?:(?:الذي|التي|الذين|من|ممن)[ ])?"
_NOT = rf"(?:لم[ ]{_SAY}|ما[ ]{_SAID}){_WITH}"
_PERSON = rf"{NAME}(?:[ ](?!(?:الذي|التي|الذين|في|لدى|عند|لم|و)\b){NAME}){{0,2}}?"
_ANYBODY = r"شخص|شخصا|أحد|أحدا|أشخاص|أشخاصا|ناس|الناس|الجميع|من"
_STOP = rf"{END}|[ ](?:الذي|التي|الذين|في|لدى|عند|لم|ما)\b)"

ARABIC = Phrases(
    quiet=(
        phrase(rf"{_WHO}{_NOT}[ ]{_WHEN}"),
        phrase(rf"{_WHEN}[ ]{_NOT}"),
        phrase(rf"(?:بلا|دون|بدون)[ ](?:تواصل|اتصال)[ ]{_WHEN}"),
    ),
    touched=(phrase(rf"{_WHO}{_SAID}{_WITH}[ ]{_WHEN}"), phrase(rf"{_WHEN}[ ]{_SAID}{_WITH}")),
    never=phrase(rf"{_WHO}{_NOT}[ ](?:قط|أبدا|من[ ]قبل)"),
    known=(
        phrase(rf"(?:{_ANYBODY})[ ][يت]عرف(?:ه|ها|هم|هن)?[ ](?P<who>{_PERSON}){_STOP}"),
        phrase(rf"(?:معروف(?:ة|ون)?[ ]لدى|أصدقاء|صديق|صديقة)[ ](?P<who>{_PERSON}){_STOP}"),
        phrase(rf"عرفتني[ ]ب(?:ه|ها|هم)[ ](?P<who>{_PERSON}){_STOP}"),
    ),
    hires=phrase(rf"{_WHO}(?:[يت]وظف(?:ون)?)(?:[ ](?:ناسا|أشخاصا))?"),
    connects=phrase(rf"{_WHO}(?:[يت](?:ربط|صل|جمع)(?:ون)?[ ](?:بين[ ])?الناس)"),
    no_mail=phrase(r"(?:بلا|دون|بدون)[ ](?:عنوان[ ])?بريد(?:[ ]إلكتروني)?"),
    works=phrase(rf"{_WHO}(?:[يت]عمل(?:ون)?[ ])?(?:في|لدى|عند)(?=[ ])"),
    place=phrase(rf"{_WHO}(?:[يت](?:سكن|عيش|قيم)(?:ون)?[ ])?في(?=[ ])"),
    noise=phrase(rf"{_ANYBODY}|الذي|التي|الذين|و|لكن|مع|[يت]عمل(?:ون)?|[يت]عيش(?:ون)?|[يت]سكن(?:ون)?"),
    months=_MONTHS,
    counts=_COUNTS,
    spans=_SPANS,
    couples=_COUPLES,
)
