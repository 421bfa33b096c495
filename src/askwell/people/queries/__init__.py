"""Everything that can be asked about people.  Every query starts from the owner."""

from askwell.people.queries.alike import alike
from askwell.people.queries.doing import Doing, by_what_they_do
from askwell.people.queries.finding import find, known_as
from askwell.people.queries.imports import imports, problems_of
from askwell.people.queries.listing import ContactFilter, Page, contacts
from askwell.people.queries.meant import Meant, meant_by
from askwell.people.queries.organizations import OrganizationPage, organization_page, organizations
from askwell.people.queries.page import ContactView, contact_view, own_name
from askwell.people.queries.reviews import open_review_count, open_reviews

__all__ = [
    "ContactFilter",
    "ContactView",
    "Doing",
    "Meant",
    "OrganizationPage",
    "Page",
    "alike",
    "by_what_they_do",
    "contact_view",
    "contacts",
    "find",
    "imports",
    "known_as",
    "meant_by",
    "open_review_count",
    "open_reviews",
    "organization_page",
    "organizations",
    "own_name",
    "problems_of",
]
