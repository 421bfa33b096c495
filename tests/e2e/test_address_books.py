"""An address book in step, with something to settle: accessible, on a desk and a phone, in both themes."""

from __future__ import annotations

import pytest
from tests.e2e.test_pages import LOOKS, look
from tests.people.drawer import Drawer

from askwell.gateways.dav_collections import Collection
from askwell.people.actions import edit_contact
from askwell.people.address_book_sync import Wishes, connect, set_sending, sync
from askwell.people.models import Sending


@pytest.fixture
def book(scene, clock):
    """Everybody of the scene has a card there; of Amara both sides changed the name; one card is new."""
    drawer, owner = Drawer(), scene.owner
    made = connect(
        owner, Collection(url="https://dav.example/phone/", name="Phone"), user="lina@home.example"
    )
    set_sending(made, Sending.EVERYBODY)
    sync(made, drawer, Wishes(), now=clock)
    (path,) = (path for path in drawer.cards if f"FN:{scene.amara.name}" in drawer.text(path))
    drawer.edit(f"FN:{scene.amara.name}", "FN:Amara Another", path)
    edit_contact(scene.amara, now=clock, name="Amara Okafor-Lindqvist")
    drawer.place("/n.vcf", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:New Person\r\nN:Person;New;;;\r\nEND:VCARD\r\n")
    assert sync(made, drawer, Wishes(), now=clock).questions == 1
    return made


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_an_address_book_and_its_questions_are_accessible(open_page, book, axe, shot, theme, size):
    page = open_page("/settings/address-book/", size=size, theme=theme)
    paths = [f"/settings/address-book/{part}" for part in ("", f"{book.pk}/", "settle/")]
    assert look(page, {path: path for path in paths}, axe, shot, f"{size}-{theme}") == {}


def test_a_side_is_chosen_with_the_keyboard(open_page, book, scene):
    page = open_page("/settings/address-book/settle/")
    page.get_by_role("radio", name="Name, Phone").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Everything is settled").wait_for()
    scene.amara.refresh_from_db()
    assert scene.amara.name == "Amara Another"
