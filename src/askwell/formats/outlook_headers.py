"""Outlook's column names in other languages, brought to English.

From the lists that Outlook's own export shows in German, French, Spanish, Italian and
Dutch; a name that is not here stays as it is and its cells are kept as notes.
"""

from __future__ import annotations

from functools import lru_cache

from askwell.formats.tables import fold

_TRANSLATED: dict[str, str] = {
    "Title": "Anrede|Titre|Tratamiento|Titolo|Titel",
    "First Name": "Vorname|Prénom|Nombre|Nome|Voornaam|名",
    "Middle Name": (
        "Weitere Vornamen|Zweiter Vorname|Deuxième prénom|Segundo nombre|Secondo nome|Middelste naam"
    ),
    "Last Name": "Nachname|Nom|Nom de famille|Apellidos|Apellido|Cognome|Achternaam|姓",
    "Suffix": "Suffixe|Sufijo|Titolo straniero|Achtervoegsel",
    "Nickname": "Spitzname|Surnom|Sobrenombre|Apodo|Soprannome|Bijnaam",
    "Company": "Firma|Société|Entreprise|Compañía|Organización|Empresa|Società|Bedrijf|会社名",
    "Department": "Abteilung|Service|Departamento|Reparto|Afdeling|部署",
    "Job Title": "Position|Fonction|Puesto|Cargo|Posizione|Functie|役職",
    "E-mail Address": (
        "E-Mail-Adresse|E-Mail|Adresse de messagerie|Adresse e-mail|Dirección de correo electrónico"
        "|Indirizzo posta elettronica|E-mailadres|電子メール アドレス"
    ),
    "E-mail 2 Address": (
        "E-Mail 2: Adresse|E-Mail-Adresse 2|Adresse de messagerie 2|Adresse e-mail 2"
        "|Dirección de correo electrónico 2|Indirizzo posta elettronica 2|E-mailadres 2"
        "|電子メール 2 アドレス"
    ),
    "E-mail 3 Address": (
        "E-Mail 3: Adresse|E-Mail-Adresse 3|Adresse de messagerie 3|Adresse e-mail 3"
        "|Dirección de correo electrónico 3|Indirizzo posta elettronica 3|E-mailadres 3"
        "|電子メール 3 アドレス"
    ),
    "Business Phone": (
        "Telefon geschäftlich|Téléphone (bureau)|Téléphone bureau|Teléfono del trabajo|Ufficio"
        "|Telefoon op werk|会社電話"
    ),
    "Business Phone 2": (
        "Telefon geschäftlich 2|Téléphone 2 (bureau)|Teléfono del trabajo 2|Ufficio 2|会社電話 2"
    ),
    "Home Phone": (
        "Telefon privat|Téléphone (domicile)|Teléfono particular|Abitazione|Telefoon thuis|自宅電話"
    ),
    "Home Phone 2": (
        "Telefon privat 2|Telefon (privat 2)|Téléphone 2 (domicile)|Número de teléfono particular 2"
    ),
    "Mobile Phone": (
        "Mobiltelefon|Tél. mobile|Téléphone mobile|Teléfono móvil|Cellulare|Mobiele telefoon|携帯電話"
    ),
    "Other Phone": "Weiteres Telefon|Téléphone (autre)|Otro teléfono|Altro telefono|Andere telefoon",
    "Business Fax": "Fax geschäftlich|Télécopie (bureau)|Fax del trabajo|Fax (uff.)|Fax op werk|会社 FAX",
    "Home Fax": "Fax privat|Télécopie (domicile)|Fax particular|Fax (ab.)|Fax thuis",
    "Company Main Phone": "Telefon Firma|Téléphone société|Número de centralita de la organización",
    "Pager": "Récepteur de radiomessagerie|Localizador|Cercapersone|Pieper",
    "Business Street": "Straße geschäftlich|Rue (bureau)|Calle del trabajo|Via (uff.)|Werkadres, straat",
    "Business City": "Ort geschäftlich|Ville (bureau)|Ciudad de trabajo|Città (uff.)|Werkadres, plaats",
    "Business State": (
        "Region geschäftlich|Bundesland/Kanton geschäftlich|Dép/Région (bureau)"
        "|Provincia o estado de trabajo|Provincia (uff.)"
    ),
    "Business Postal Code": (
        "Postleitzahl geschäftlich|Code postal (bureau)|Código postal del trabajo|CAP (uff.)"
        "|Werkadres, postcode"
    ),
    "Business Country/Region": (
        "Land/Region geschäftlich|Pays/Région (bureau)|País o región del trabajo|Paese (uff.)"
        "|Werkadres, land/regio"
    ),
    "Home Street": (
        "Straße privat|Rue (domicile)|Calle del domicilio particular|Via (ab.)|Huisadres, straat"
    ),
    "Home City": (
        "Ort privat|Ville (domicile)|Ciudad del domicilio particular|Città (ab.)|Huisadres, plaats"
    ),
    "Home State": "Region privat|Bundesland/Kanton privat|Dép/Région (domicile)|Provincia (ab.)",
    "Home Postal Code": (
        "Postleitzahl privat|Code postal (domicile)|Código postal del domicilio particular"
        "|CAP (ab.)|Huisadres, postcode"
    ),
    "Home Country/Region": (
        "Land/Region privat|Pays/Région (domicile)|País o región del domicilio|Paese (ab.)"
    ),
    "Web Page": "Webseite|Page Web|Página web|Pagina Web|Webpagina",
    "Birthday": "Geburtstag|Anniversaire|Date de naissance|Cumpleaños|Compleanno|Verjaardag|誕生日",
    "Notes": "Notizen|Notas|Note|Notities|メモ",
    "Categories": "Kategorien|Catégories|Categorías|Categorie|Categorieën|分類項目",
    "Referred By": "Empfohlen von|Recommandé par|Remitido por|Presentato da|Verwezen door|紹介者",
    "Location": "Lieu|Ubicación|Luogo|Locatie",
    "Gender": "Geschlecht|Sexe|Sexo|Sesso|Geslacht",
    "Priority": "Priorität|Priorité|Prioridad|Priorità|Prioriteit",
    "Sensitivity": "Vertraulichkeit|Critère de diffusion|Carácter|Riservatezza|Gevoeligheid",
    "Private": "Privat|Privé|Privado|Privato",
    "Anniversary": "Jahrestag|Anniversaire de mariage ou fête|Aniversario|Anniversario|Speciale datum",
    "E-mail Display Name": "E-Mail: Angezeigter Name|Nom complet de l'adresse de messagerie",
    "E-mail Type": "E-Mail-Typ|Type de messagerie",
}
_ENGLISH = {fold(other): fold(name) for name, others in _TRANSLATED.items() for other in others.split("|")}


@lru_cache(maxsize=4096)
def english(name: str) -> str:
    """A folded column name in its English folded form."""
    return _ENGLISH.get(name, name)


def english_names(names: set[str]) -> set[str]:
    """Folded column names in their English folded form."""
    return {english(name) for name in names}
