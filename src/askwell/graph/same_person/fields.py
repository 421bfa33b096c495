"""What may be known of a record: its fields, how columns are called, and what is believed of each at first.

Theory of operation.  Two values of a field stand at one of five levels to each other, from ``DIFFER`` to
``EXACT``.  ``same`` is how often each level is met between two records of one person, ``strangers`` how often
the middle three and the last are met between two people: beliefs to start from, which a large file corrects
(``learning``) and a small one keeps.
"""

from __future__ import annotations

from typing import NamedTuple

DIFFER, WEAK, ALIAS, NEAR, EXACT = range(5)
LEVELS = 5
MISSING = -1  # one of the two says nothing
(
    GIVEN,
    FAMILY,
    MIDDLE,
    EMAIL,
    PHONE,
    URL,
    NUMBER,
    BIRTHDAY,
    STREET,
    HOUSE,
    LOCALITY,
    POSTCODE,
    PLACE,
    REGION,
    ORGANIZATION,
    TITLE,
    SCHOOL,
    YEAR,
) = range(18)
WHOLE_NAME = "name"  # a column that is cut into the first three


class Field(NamedTuple):
    """A field: its name, what its columns are called (folded), and the beliefs to start from."""

    name: str
    headers: str
    same: tuple[float, float, float, float, float]
    strangers: tuple[float, float, float, float]  # weak, alias, near, exact


FIELDS = (
    Field(
        "given",
        "given givenname firstname forename first fname vorname prenom nombre",
        (0.03, 0.02, 0.05, 0.08, 0.82),
        (0.02, 0.004, 0.008, 0.005),
    ),
    Field(
        "family",
        "family familyname surname lastname last lname nachname familienname nom apellido apellidos",
        (0.06, 0.02, 0.02, 0.08, 0.82),
        (0.006, 0.001, 0.003, 0.0008),
    ),
    Field(
        "middle",
        "middle middlename additionalname secondname mname",
        (0.12, 0.25, 0.02, 0.05, 0.56),
        (0.07, 0.005, 0.01, 0.02),
    ),
    Field(
        "email",
        "email emailaddress mail mailaddress email1 email1value primaryemail workemail personalemail "
        "emailadresse",
        (0.40, 0.01, 0.09, 0.06, 0.44),
        (1e-4, 1e-5, 2e-6, 5e-7),
    ),
    Field(
        "phone",
        "phone phonenumber telephone tel mobile mobilephone cell cellphone phone1 phone1value telefon "
        "homephone workphone handy",
        (0.30, 0.02, 0.04, 0.06, 0.58),
        (2e-5, 2e-6, 1e-5, 1e-6),
    ),
    Field(
        "url",
        "url profile profileurl linkedin linkedinurl website web homepage link publicprofileurl",
        (0.15, 0.02, 0.02, 0.05, 0.76),
        (1e-4, 1e-5, 1e-5, 5e-7),
    ),
    Field(
        "number",
        "socsecid ssn socialsecuritynumber nationalid nationalidnumber passportnumber membernumber "
        "studentnumber "
        "matriculationnumber taxid",
        (0.04, 0.03, 0.01, 0.09, 0.83),
        (3e-5, 1e-6, 1e-5, 1e-6),
    ),
    Field(
        "birthday",
        "birthday dateofbirth dob birthdate born geburtstag geburtsdatum datedenaissance fechadenacimiento",
        (0.03, 0.03, 0.03, 0.08, 0.83),
        (0.004, 1e-4, 8e-4, 4e-5),
    ),
    Field(
        "street",
        "street address address1 streetaddress addressline1 streetname strasse rue addr1",
        (0.28, 0.08, 0.03, 0.10, 0.51),
        (0.02, 0.001, 0.001, 5e-4),
    ),
    Field(
        "house",
        "streetnumber house housenumber streetno hausnummer",
        (0.25, 0.03, 0.02, 0.10, 0.60),
        (0.02, 1e-3, 0.05, 0.01),
    ),
    Field(
        "locality",
        "address2 addressline2 locality building apartment unit addr2",
        (0.30, 0.10, 0.03, 0.10, 0.47),
        (0.01, 0.001, 0.001, 0.002),
    ),
    Field(
        "postcode",
        "postcode postalcode zip zipcode plz codepostal pincode",
        (0.22, 0.03, 0.01, 0.10, 0.64),
        (0.02, 1e-3, 0.006, 0.002),
    ),
    Field(
        "place",
        "place city town suburb location ort stadt ville ciudad village municipality",
        (0.20, 0.03, 0.03, 0.08, 0.66),
        (0.01, 0.005, 0.002, 0.02),
    ),
    Field(
        "region",
        "region state province county bundesland country",
        (0.12, 0.01, 0.01, 0.04, 0.82),
        (0.01, 0.01, 0.01, 0.15),
    ),
    Field(
        "organization",
        "organization organisation company employer org companyname organizationname firm firma workplace",
        (0.38, 0.06, 0.05, 0.06, 0.45),
        (0.02, 0.002, 0.001, 0.004),
    ),
    Field(
        "title",
        "title jobtitle position role occupation job profession headline",
        (0.42, 0.14, 0.06, 0.05, 0.33),
        (0.08, 0.02, 0.01, 0.02),
    ),
    Field(
        "school",
        "school university college almamater education institution hochschule",
        (0.15, 0.08, 0.05, 0.06, 0.66),
        (0.05, 0.01, 0.005, 0.02),
    ),
    Field(
        "year",
        "year classyear graduationyear gradyear classof graduation yearofgraduation jahrgang",
        (0.12, 0.02, 0.01, 0.10, 0.75),
        (0.08, 0.001, 0.05, 0.03),
    ),
)
COUNT = len(FIELDS)
NAMES = tuple(field.name for field in FIELDS)
IDENTITIES = (EMAIL, PHONE, URL, NUMBER)  # one value, one person
_WHOLE = "name fullname displayname contactname person wholename nameofperson formattedname"
_BY_HEADER = {
    **{header: field.name for field in FIELDS for header in field.headers.split()},
    **dict.fromkeys(_WHOLE.split(), WHOLE_NAME),
}
KNOWN = (WHOLE_NAME, *NAMES)


def field_of_header(header: str) -> str:
    """Give the field a column of this header holds, or an empty text.

    >>> field_of_header("First Name"), field_of_header("soc_sec_id"), field_of_header("shoe size")
    ('given', 'number', '')
    """
    return _BY_HEADER.get("".join(char for char in header.casefold() if char.isalnum()), "")


def is_key(header: str) -> bool:
    """Say whether a header is that of a row's own key: ``id``, ``rec_id``, ``ClusterID``, ``uuid``."""
    plain = header.strip().casefold()
    return plain in {"id", "uuid", "guid", "key", "row", "index", "uid", "#"} or plain.endswith(
        ("_id", " id", "-id", "recid", "entityid", "clusterid", "personid", "rowid", "recordid")
    )
