"""An address book in a copy of the notebook: what was agreed goes along, what signs in does not."""

from __future__ import annotations

import io

from tests.people.drawer import Drawer

from askwell.gateways.dav_collections import Collection
from askwell.outreach.archive import export_notebook
from askwell.people.actions import NewContact, add_contact
from askwell.people.address_book_sync import Wishes, connect, set_sending, sync
from askwell.people.models import Sending


def test_the_copy_holds_the_link_and_not_under_which_name_the_password_is_kept(owner, now):
    add_contact(owner, NewContact(name="Jane Doe"), now=now)
    book = connect(owner, Collection(url="https://dav.example/phone/", name="Phone"), user="lina")
    set_sending(book, Sending.EVERYBODY)
    sync(book, Drawer(), Wishes(), now=now)
    out = io.StringIO()
    counts = export_notebook(owner, out, now=now)
    assert (counts["people.addressbook"], counts["people.syncedcard"]) == (1, 1)
    assert book.handle not in out.getvalue()
