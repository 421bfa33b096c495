"""The worker beside the server: does what waits, and survives what fails."""

import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from askwell.people import importing
from askwell.people.models import Contact, Import
from askwell.web.worker import Duty, do_imports, lanes, settle_all, sweep, work

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jane Doe\r\nEMAIL:jane@acme.example\r\nEND:VCARD\r\n"


@pytest.fixture
def started(owner, now, tmp_path):
    """An import of one card, as a page leaves it."""

    def start(**options):
        card = tmp_path / "jane.vcf"
        card.write_text(CARD)
        return importing.start_import(owner, [("jane.vcf", card)], now=now, options=options)

    return start


def test_no_other_process_of_the_tests_writes_into_this_data_folder():
    assert Path(settings.DATA_DIR) == Path(os.environ["ASKWELL_DATA"])


def test_a_duty_comes_again_when_its_time_is_up(now):
    done = []
    duty = Duty(job=done.append, every=timedelta(hours=1))
    for minutes in (0, 30, 59, 60, 90, 121):
        sweep([duty], now=now + timedelta(minutes=minutes))
    assert done == [now, now + timedelta(minutes=60), now + timedelta(minutes=121)]


def test_a_duty_that_fails_stops_no_other_and_is_tried_again(now, caplog):
    done = []

    def broken(_now):
        done.append("tried")
        raise ValueError

    both = [
        Duty(job=broken, every=timedelta(0)),
        Duty(job=lambda _now: done.append("fine"), every=timedelta(0)),
    ]
    sweep(both, now=now)
    sweep(both, now=now)
    assert done == ["tried", "fine"] * 2
    assert "could not finish broken" in caplog.text


def test_an_import_a_page_left_is_read(started, now):
    batch = started()
    assert do_imports(now) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.summary["counts"]["new"]) == ("planned", 1)
    assert do_imports(now) == 0


def test_an_import_a_page_asked_for_is_done(started, now, owner):
    batch = started()
    do_imports(now)
    Import.objects.filter(pk=batch.pk).update(state="applying")
    assert do_imports(now) == 1
    assert Contact.objects.for_owner(owner).people().get().name == "Jane Doe"


def test_an_import_of_the_command_line_is_left_to_it(started, now):
    started(by="command")
    assert do_imports(now) == 0


def test_an_import_whose_files_are_gone_says_so_and_is_not_tried_for_ever(started, now):
    batch = started()
    importing.batches.remove_files(batch)
    do_imports(now)
    batch.refresh_from_db()
    assert (batch.state, batch.error) == ("failed", "files-gone")
    assert do_imports(now) == 0


def test_time_passes_in_every_notebook(owner, other_owner, now):
    assert settle_all(now) == 0


@pytest.mark.django_db(transaction=True)
def test_the_worker_ends_when_told_to(owner):
    stop = threading.Event()
    worker = threading.Thread(target=work, args=(stop,), daemon=True)
    worker.start()
    stop.set()
    worker.join(timeout=20)
    assert not worker.is_alive()


def test_imports_are_looked_at_more_often_than_the_clock():
    every = {duty.job: duty.every for lane in lanes() for duty in lane}
    assert every[do_imports] < every[settle_all]
