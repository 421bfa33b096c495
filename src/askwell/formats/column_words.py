"""What people call their columns, in several languages, and the field each name means.

A name is compared folded and without accents.  Whole names come first; a name that is not
here is tried by the longest known word it ends or begins with (``Work Email`` is an e-mail).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from askwell.formats.tables import fold

_WORDS: dict[str, str] = {
    "name": (
        "name|full name|contact|contact name|person|display name|who|fullname|student name"
        "|employee name|vollständiger name|kontakt|ansprechpartner|nom complet|nom et prénom"
        "|contacto|nombre completo|nombre y apellidos|nome completo|nominativo|volledige naam|naam"
        "|氏名|名前|姓名|お名前|成명|이름|имя и фамилия|фио|imię i nazwisko"
    ),
    "given": (
        "first name|given name|first|forename|fname|vorname|prénom|nombre|nombres|primer nombre"
        "|nome|primeiro nome|voornaam|名|名字|имя|imię|förnamn|fornavn|etunimi|rufname"
    ),
    "middle": "middle name|middle|zweiter vorname|deuxième prénom|segundo nombre|secondo nome|отчество",
    "family": (
        "last name|family name|surname|last|lname|nachname|familienname|nom|nom de famille|apellido"
        "|apellidos|sobrenome|apelido|cognome|achternaam|姓|名字姓|фамилия|nazwisko|efternamn"
        "|etternavn|sukunimi"
    ),
    "prefix": "name prefix|prefix|salutation|honorific|anrede|civilité|tratamiento|aanhef",
    "suffix": "name suffix|suffix|credentials",
    "nickname": "nickname|nick name|spitzname|surnom|apodo|soprannome|goes by|preferred name|known as",
    "organization": (
        "company|organization|organisation|employer|company name|company school|employer name"
        "|current company|firm|school|university|workplace|account|account name|firma|unternehmen"
        "|arbeitgeber|société|entreprise|empresa|compañía|organización|azienda|società|bedrijf"
        "|werkgever|会社|会社名|公司|公司名称|회사|компания|company or school"
    ),
    "title": (
        "title|job title|position|role|job|occupation|current position|current title|designation"
        "|job role|function|stelle|beruf|berufsbezeichnung|funktion|poste|fonction"
        "|intitulé du poste|cargo|puesto|ruolo|qualifica|mansione|functie|役職|职位|职务|직책"
        "|должность|stanowisko"
    ),
    "department": (
        "department|division|team|dept|abteilung|bereich|service|département|departamento|reparto"
        "|afdeling|部署|部门"
    ),
    "headline": "headline|linkedin headline|about|bio|tagline|slogan",
    "email": (
        "email|e mail|mail|email address|e mail address|email id|mail id|primary email|work email"
        "|personal email|email 1|e mail 1|emailaddress|e mail adresse|mailadresse|adresse e mail"
        "|adresse mail|courriel|adresse électronique|correo|correo electrónico|correo e"
        "|indirizzo email|posta elettronica|endereço de email|e mailadres|メール|メールアドレス"
        "|电子邮件|邮箱|이메일|почта|электронная почта|adres e mail|e post|sähköposti"
    ),
    "email_2": "email 2|e mail 2|secondary email|alternate email|other email|second email|zweite e mail",
    "email_3": "email 3|e mail 3",
    "phone": (
        "phone|telephone|phone number|tel|contact number|phone no|telefon|telefonnummer|rufnummer"
        "|téléphone|tél|numéro de téléphone|teléfono|número de teléfono|telefone|telefono|telefoon"
        "|電話|電話番号|电话|전화|телефон|puhelin|phone 1"
    ),
    "phone_mobile": (
        "mobile|cell|mobile phone|cell phone|mobile number|cell number|cellphone|mobil|handy"
        "|mobiltelefon|handynummer|portable|mobile téléphone|téléphone portable|móvil|celular"
        "|teléfono móvil|cellulare|mobiel|携帯|携帯電話|手机|휴대폰|mobilnummer|whatsapp"
    ),
    "phone_work": (
        "work phone|business phone|office phone|telefon geschäftlich|téléphone bureau"
        "|teléfono del trabajo|office"
    ),
    "phone_home": "home phone|telefon privat|téléphone domicile|teléfono particular|home telephone",
    "phone_2": "phone 2|telephone 2|other phone|second phone|phone number 2",
    "fax": "fax|fax number|telefax|télécopie",
    "linkedin": (
        "linkedin|linkedin url|linkedin profile|profile|profile url|linkedin link|public profile"
        "|linkedin profile url|profil|profil linkedin|perfil|perfil de linkedin|profilo|li url"
        "|linkedin profil"
    ),
    "url": (
        "url|website|web site|web page|homepage|web|site|link|webseite|site web|sitio web"
        "|página web|sito|ウェブサイト|网站"
    ),
    "street": (
        "street|street address|address line 1|address 1|straße|strasse|rue|calle|via|straat|住所1|street 1"
    ),
    "city": "city|town|ort|stadt|ville|ciudad|città|cidade|plaats|woonplaats|市区町村|城市|city town",
    "region": (
        "state|region|province|county|bundesland|département région|provincia|estado|provincie"
        "|都道府県|省份|state province"
    ),
    "postcode": (
        "zip|zip code|zipcode|postal code|postcode|plz|postleitzahl|code postal|código postal|cap"
        "|郵便番号|邮编"
    ),
    "country": "country|land|pays|país|paese|国|国家|country region",
    "address": (
        "address|full address|mailing address|postal address|adresse|anschrift|dirección|indirizzo"
        "|adres|住所|地址|home address"
    ),
    "place": (
        "location|place|based in|where|lives in|current location|standort|wohnort|lieu|ubicación"
        "|luogo|所在地|current city"
    ),
    "birthday": (
        "birthday|birth date|date of birth|birthdate|dob|geburtstag|geburtsdatum|anniversaire"
        "|date de naissance|cumpleaños|fecha de nacimiento|compleanno|data di nascita"
        "|data de nascimento|verjaardag|geboortedatum|誕生日|生年月日|生日"
    ),
    "connected_on": (
        "connected on|date connected|connection date|connected|connected date|verbunden am"
        "|vernetzt am|kontakt seit|date de connexion|en relation depuis le|fecha de conexión"
        "|conectado el|conectado em|つながった日"
    ),
    "notes": (
        "notes|note|comments|comment|remarks|details|description|memo|notizen|bemerkung|bemerkungen"
        "|anmerkungen|kommentar|remarques|commentaires|commentaire|notas|observaciones|comentarios"
        "|appunti|opmerkingen|notities|メモ|備考|备注|비고|заметки"
    ),
    "tags": (
        "tags|tag|labels|label|groups|group|categories|category|contact type|type of contact|list"
        "|type|gruppe|gruppen|kategorie|kategorien|schlagworte|étiquettes|groupe|catégorie"
        "|catégories|etiquetas|grupo|categoría|gruppo|categoria|タグ|标签"
    ),
    "referred_by": (
        "introduced by|referred by|referral|referrer|introduction from|who introduced us"
        "|source of introduction|intro by|connected by|connected through|via whom|empfohlen von"
        "|vorgestellt von|vermittelt von|présenté par|recommandé par|presentado por|recomendado por"
        "|presentato da|紹介者|介绍人"
    ),
    "met": (
        "how met|how we met|where met|where we met|met|met at|met through|how do you know"
        "|how i know them|how we know each other|how you know them|relationship|relation|connection"
        "|source|kennengelernt|woher|wie kennengelernt|beziehung|rencontre|comment rencontré"
        "|cómo nos conocimos|relación|dove conosciuto|出会い|context"
    ),
    "last_contact": (
        "last contact|date of last contact|last contacted|last contact date|last talked|last spoke"
        "|last touch|last interaction|last conversation|date last contacted|last met"
        "|date and form of last contact|date form of last contact|last reached out|letzter kontakt"
        "|dernier contact|date du dernier contact|último contacto|fecha del último contacto"
        "|ultimo contatto|laatste contact|最終連絡日"
    ),
    "url_2": "url 2|website 2",
    "phone_3": "phone 3|telephone 3",
}
FIELDS: tuple[str, ...] = tuple(_WORDS)
"""Every field a mapping may have."""

LOOSE = ("email", "phone_mobile", "phone", "linkedin", "birthday", "organization")
LOOSE_AT_START = ("email", "phone_mobile", "phone", "linkedin")
SHORTEST_LOOSE = 4
NOT_LOOSE = (
    "optin",
    "optedout",
    "sent",
    "status",
    "verified",
    "type",
    "count",
    "date",
    "label",
    "consent",
    "bounced",
)


def _plain(text: str) -> str:
    """Folded, without accents (but a kana keeps its mark), ``ß`` as ``ss``."""
    folded = unicodedata.normalize("NFD", fold(text))
    return unicodedata.normalize(
        "NFC", "".join(char for char in folded if not ("\u0300" <= char <= "\u036f"))
    )


_BY_NAME = {_plain(word): field for field, words in reversed(_WORDS.items()) for word in words.split("|")}
_LOOSE_WORDS = sorted(
    ((name, field) for name, field in _BY_NAME.items() if field in LOOSE and len(name) >= SHORTEST_LOOSE),
    key=lambda pair: -len(pair[0]),
)


def field_of_header(header: str) -> str:
    """The field a column of this name holds, or ``""``."""
    return _field_of(_plain(header))


@lru_cache(maxsize=4096)
def _field_of(name: str) -> str:
    if name in _BY_NAME:
        return _BY_NAME[name]
    if any(word in name for word in NOT_LOOSE):
        return ""
    return next((field for word, field in _LOOSE_WORDS if _is_part(word, field, name)), "")


def _is_part(word: str, field: str, name: str) -> bool:
    """At the end always; at the beginning only where the rest can hardly change the meaning."""
    return name.endswith(word) or (field in LOOSE_AT_START and name.startswith(word))
