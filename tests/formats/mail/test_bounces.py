"""Who was not reached, whether for good, and why: notices as many servers and languages write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.mail.letters import ANNA, DAEMON, parts, raw, report

from askwell.formats.mail import bounce_words, bounces
from askwell.formats.mail.bounces import MOST_LINES, MOST_RECIPIENTS, failed_recipients, is_permanent
from askwell.formats.mail.message import read_message

TOM = "tom@harbour.example"
NOTICE = {"from_": DAEMON, "subject": "Mail delivery failed: returning message to sender"}


def failed(message: bytes):
    return failed_recipients(read_message(message))


def one(message: bytes):
    (found,) = failed(message)
    return found


def status(action: str = "failed", code: str = "5.1.1", more: str = "") -> str:
    return (
        "Reporting-MTA: dns; mx.example.org\nArrival-Date: Mon, 23 Nov 2026 09:00:00 +0100\n\n"
        f"Final-Recipient: rfc822; {TOM}\nAction: {action}\nStatus: {code}\n{more}"
    )


class TestThePartForPrograms:
    def test_names_who_why_and_which_message(self):
        said = "Diagnostic-Code: smtp; 550 5.1.1 <tom@harbour.example>: Recipient address\n rejected: User unknown\n"
        found = one(report(status(more=said)))
        assert (found.address, found.permanent, found.status) == (TOM, True, "5.1.1")
        assert found.reason == "550 5.1.1 <tom@harbour.example>: Recipient address rejected: User unknown"
        assert found.original_message_id == "<1@example.org>"

    @pytest.mark.parametrize(
        ("action", "code", "permanent"),
        [
            ("failed", "5.1.1", True),
            ("failed", "5.7.1", True),
            ("Failed (bad address)", "5.0.0", True),
            ("error", "5.1.2", True),
            ("failed", "4.4.7", False),
            ("failed", "5.2.2", False),
            ("failed", "4.2.2", False),
            ("delayed", "4.4.1", False),
            ("delayed", "5.4.7", False),
            ("failed", "", True),
        ],
    )
    def test_is_permanent_by_its_class_but_for_a_full_mailbox_and_a_delay(self, action, code, permanent):
        assert one(report(status(action, code))).permanent is permanent

    def test_takes_the_code_from_the_servers_words_where_no_status_stands(self):
        found = one(report(status(code="", more="Diagnostic-Code: smtp; 450 4.2.1 try later\n")))
        assert (found.status, found.permanent) == ("4.2.1", False)
        assert not one(report(status(code="", more="Diagnostic-Code: smtp; 421 too busy\n"))).permanent
        assert one(report(status(code="", more="Diagnostic-Code: smtp; 550 no\n"))).permanent

    def test_says_in_plain_words_what_a_status_means_where_the_server_is_silent(self):
        assert one(report(status())).reason == "There is no such mailbox."
        assert one(report(status("delayed", "4.0.0"))).reason == "The message is delayed."
        assert one(report(status("failed", "5.9.9"))).reason == "The message could not be delivered."

    def test_shortens_a_long_reason(self):
        found = one(report(status(more=f"Diagnostic-Code: smtp; 550 {'word ' * 200}\n")))
        assert len(found.reason) <= 300
        assert found.reason.endswith("…")

    def test_gives_the_address_that_was_written_to(self):
        more = "Original-Recipient: rfc822; tom.mole@harbour.example\n"
        assert one(report(status(more=more))).address == "tom.mole@harbour.example"
        assert one(report(status(more="Original-Recipient: rfc822;\n"))).address == TOM
        assert one(
            report(status(more="Original-Recipient: rfc822; tom+2Bnews@harbour.example\n"))
        ).address == ("tom+news@harbour.example")
        assert (
            one(report(status(more="Original-Recipient: utf-8; t\\x{F6}m@harbour.example\n"))).address
            == "töm@harbour.example"
        )
        assert one(
            report(status(more="Original-Recipient: utf-8; t\\x{D800}m@harbour.example\n"))
        ).address == ("t\\x{D800}m@harbour.example")
        assert one(report("Final-Recipient: <tom@harbour.example>\nAction: failed\n")).address == TOM

    def test_names_each_recipient_once_however_the_blank_lines_fall(self):
        several = "".join(
            f"Final-Recipient: rfc822;{name}@x.example\nAction: failed\nStatus: 5.1.1\n"
            for name in ("a", "b", "A")
        )
        assert [found.address for found in failed(report(several))] == ["a@x.example", "b@x.example"]
        assert len(failed(report(several.replace("Final", "\n\nFinal")))) == 2

    def test_passes_over_lines_that_are_no_fields(self):
        assert one(report(status(more="(no field)\n more\nStatus: 5.2.1\n"))).status == "5.1.1"

    def test_passes_over_those_who_were_reached(self):
        reached = "\nFinal-Recipient: rfc822; ida@harbour.example\nAction: delivered\nStatus: 2.0.0\n"
        assert one(report(status() + reached)).address == TOM

    def test_is_read_where_it_is_packed(self):
        import base64

        packed = base64.encodebytes(status().encode()).decode()
        head = "Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n"
        assert one(parts(f"{head}{packed}", from_=DAEMON)).address == TOM

    def test_finds_the_id_in_the_returned_message_or_in_the_headers(self):
        inside = "Content-Type: message/rfc822\n\nFrom: lina@example.org\nMessage-ID: <7@example.org>\n\nHi\n"
        head = "Content-Type: message/delivery-status\n\n"
        assert one(parts(f"{head}{status()}", inside)).original_message_id == "<7@example.org>"
        assert (
            one(parts(f"{head}{status()}", in_reply_to="<8@example.org>")).original_message_id
            == "<8@example.org>"
        )
        assert one(parts(f"{head}{status()}", references="<1@x> <9@x>")).original_message_id == "<9@x>"
        assert one(parts(f"{head}{status()}")).original_message_id == ""
        unnamed = "Content-Type: text/rfc822-headers\n\nSubject: Hello\n"
        assert one(parts(f"{head}{status()}", unnamed, inside)).original_message_id == "<7@example.org>"

    def test_that_names_nobody_leaves_it_to_the_words(self):
        said = "Your message could not be delivered to\n\n  tom@harbour.example\n\n"
        assert one(report("Reporting-MTA: dns; x\n", said)).address == TOM
        assert failed(report("Reporting-MTA: dns; x\n", "Sorry.\n")) == ()


EXIM = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  tom@harbour.example
    host mx.harbour.example [192.0.2.7]
    SMTP error from remote mail server after RCPT TO:<tom@harbour.example>:
    550 5.1.1 No such user here

------ This is a copy of the message, including all the headers. ------

Return-path: <lina@example.org>
Message-ID: <1@example.org>
To: ida@elsewhere.example

Hello
"""
QMAIL = """Hi. This is the qmail-send program at example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<tom@harbour.example>:
192.0.2.7 does not like recipient.
Remote host said: 550 no mailbox here by that name (#5.1.1)
Giving up on 192.0.2.7.

--- Below this line is a copy of the message.

Message-ID: <1@example.org>
"""
EXCHANGE = """Your message did not reach some or all of the intended recipients.

      Subject:\tTwenty minutes?
      Sent:\t11/23/2026 10:00 AM

The following recipient(s) could not be reached:

      tom@harbour.example on 11/23/2026 10:01 AM
            The e-mail account does not exist at the organization this message was sent to.
            <mx.harbour.example #5.1.1>
"""
GMAIL_LATE = """This is an automatically generated Delivery Status Notification

THIS IS A WARNING MESSAGE ONLY.

YOU DO NOT NEED TO RESEND YOUR MESSAGE.

Delivery to the following recipient has been delayed:

     tom@harbour.example

Message will be retried for 2 more day(s)
"""
DOMINO = """Your message

  Subject: Twenty minutes?

was not delivered to:

  tom@harbour.example

because:

  User tom (tom@harbour.example) not listed in Domino Directory
"""


class TestNoticesInWords:
    @pytest.mark.parametrize(
        ("text", "headers", "code", "permanent", "said"),
        [
            (EXIM, {}, "5.1.1", True, "550 5.1.1 No such user here"),
            (QMAIL, {"subject": "failure notice"}, "5.1.1", True, "no mailbox here by that name"),
            (
                EXCHANGE,
                {"subject": "Undeliverable: Twenty minutes?"},
                "5.1.1",
                True,
                "account does not exist",
            ),
            (GMAIL_LATE, {"subject": "Delivery Status Notification (Delay)"}, "", False, ""),
            (DOMINO, {"subject": "DELIVERY FAILURE: User tom not listed"}, "", True, "not listed in Domino"),
        ],
    )
    def test_of_the_usual_servers_are_understood(self, text, headers, code, permanent, said):
        found = one(raw(text, **{**NOTICE, **headers}))
        assert (found.address, found.status, found.permanent) == (TOM, code, permanent)
        assert said in found.reason

    def test_links_that_outlook_writes_beside_an_address_are_no_reason(self):
        text = f"Nicht zugestellt an:\n\n{TOM}<mailto:{TOM}>\nDie Adresse wurde nicht gefunden.\n"
        assert one(raw(text, **NOTICE)).reason == "Die Adresse wurde nicht gefunden."

    def test_the_header_of_exim_and_gmail_is_believed_first(self):
        assert (
            one(raw(EXIM, **NOTICE, x_failed_recipients="ida@harbour.example")).address
            == "ida@harbour.example"
        )
        assert [
            each.address for each in failed(raw("No.\n", x_failed_recipients=f"{TOM}, ida@harbour.example"))
        ] == [
            TOM,
            "ida@harbour.example",
        ]

    def test_the_id_of_the_message_is_found_below(self):
        assert one(raw(EXIM, **NOTICE)).original_message_id == "<1@example.org>"

    def test_a_full_mailbox_is_not_for_good(self):
        text = "Your message could not be delivered to\n\n<tom@harbour.example>: mailbox is full\n"
        assert not one(raw(text, **NOTICE)).permanent
        assert not one(raw(text.replace("mailbox is full", "552 over quota"), **NOTICE)).permanent

    def test_one_status_for_all_counts_for_each(self):
        text = "Undeliverable (5.1.1):\n\n  tom@harbour.example\n"
        assert one(raw(text, **NOTICE)).status == "5.1.1"
        assert (
            one(raw("Trace 5.1.1\nTrace 5.2.1\nUndeliverable:\n\n  tom@harbour.example\n", **NOTICE)).status
            == ""
        )

    def test_addresses_beside_words_of_failure_count_where_none_stands_alone(self):
        text = "Sorry, the user called tom@harbour.example does not exist.\nFor help contact help@harbour.example.\n"
        assert one(raw(text, **NOTICE)).address == TOM

    def test_an_id_that_looks_like_an_address_is_nobody(self):
        text = f"Not delivered (permanent error).\n\n{TOM} Invalid Address, ERROR_CODE :550, mailbox unavailable\n"
        back = f"\n\nReceived:from x\nMessage-ID:<14a3@example.org>\nTo:<{TOM}>\n"
        found = one(raw(text + back, **NOTICE))
        assert (found.address, found.original_message_id) == (TOM, "<14a3@example.org>")

    def test_headers_told_of_in_the_notice_do_not_end_it(self):
        text = "About your message:\n\n  Message-id: <1@example.org>\n  To: tom@harbour.example\n\n"
        said = f"It cannot be delivered to\n\n  Recipient address: {TOM}\n  Reason: 550 5.7.1 User unknown: {TOM}\n"
        found = one(raw(text + said, **NOTICE))
        assert (found.address, found.status, found.original_message_id) == (TOM, "5.7.1", "<1@example.org>")

    def test_the_line_that_refuses_an_address_is_the_reason(self):
        text = (
            f"   ----- The following addresses had permanent fatal errors -----\n<{TOM}>\n\n"
            f"   ----- Transcript of session follows -----\n550 5.1.1 <{TOM}>... User unknown\n"
        )
        assert one(raw(text, **NOTICE)).reason == f"550 5.1.1 <{TOM}>... User unknown"

    def test_a_code_beside_an_address_says_enough_for_a_daemon(self):
        text = f"An error has occurred.\n\n{TOM}: 550 5.1.1 <{TOM}>... nem letezik\n"
        for sender in (DAEMON, '"Courier mail server at x.example" <@>'):
            assert one(raw(text, from_=sender, subject="NOTICE")).status == "5.1.1"
        assert failed(raw(text, from_=ANNA, subject="NOTICE")) == ()

    def test_the_reason_may_stand_before_the_address(self):
        text = f"Could not be delivered because of\n\n550 5.1.1 User unknown\n\nAffected:\n    {TOM}\n\n\nMore\n====\n"
        found = one(raw(text, **NOTICE))
        assert (found.status, found.reason) == ("5.1.1", "550 5.1.1 User unknown")

    def test_the_recipient_may_be_told_as_servers_tell_each_other(self):
        text = f"Error: no such user here\n\nDetails:\n  Subject: x\n  MAIL FROM: lina@example.org\n  RCPT TO: {TOM}\n"
        assert one(raw(text, from_="post_master@x.example", subject="Re:Hello")).address == TOM

    def test_a_sender_without_a_name_that_carries_a_message_back_is_a_server(self):
        text = f"Content-Type: text/plain\n\n送信できませんでした。\n\nCould not be delivered to: <{TOM}>\n"
        back = "Content-Type: message/rfc822\n\nMessage-ID: <1@example.org>\n\nHello\n"
        message = parts(
            text, back, from_="no-reply@x.example", subject="=?utf-8?b?44Oh44O844Or44Ko44Op44O86YCa55+l?="
        )
        assert one(message).address == TOM
        assert failed(message.replace(b"From: no-reply@x.example", b"From: Anna Berg <anna@x.example>")) == ()

    def test_where_to_ask_for_help_is_nobody(self):
        text = "Votre message n'a pas pu être remis.\n\nContact: aide@x.example\n\n  tom@harbour.example\n"
        assert one(raw(text, **NOTICE)).address == TOM

    def test_an_address_in_passing_is_nobody(self):
        text = "The mail was not delivered.\n\n\n\nSee also what tom@harbour.example wrote.\n"
        assert failed(raw(text, **NOTICE)) == ()

    def test_the_one_who_wrote_is_not_the_one_who_was_not_reached(self):
        text = "lina@example.org, your message could not be delivered to\n\nTo: tom@harbour.example\n"
        assert one(raw(text, **NOTICE)).address == TOM
        alone = "Your message could not be delivered:\n\n  lina@example.org\n"
        assert one(raw(alone, **NOTICE)).address == "lina@example.org"

    def test_a_server_that_names_nobody_makes_a_bounce_without_recipients(self):
        assert failed(raw("Your message was not delivered.\n", **NOTICE)) == ()

    def test_without_a_postmaster_the_empty_return_path_tells(self):
        text = "Your message could not be delivered:\n\n  tom@harbour.example\n"
        headers = {"from_": ANNA, "subject": "Delivery failure"}
        assert failed(raw(text, **headers)) == ()
        assert one(raw(text, **headers, return_path="<>")).address == TOM
        assert one(raw(text, **headers, return_path="<MAILER-DAEMON>")).address == TOM

    def test_a_notice_nobody_signed_is_one_too(self):
        text = "Your message could not be delivered:\n\n  tom@harbour.example\n"
        headers = {"from_": "gateway@harbour.example", "subject": "Delivery failure"}
        assert one(raw(text, **headers)).address == TOM
        assert failed(raw(text, **headers, in_reply_to="<1@example.org>")) == ()
        assert failed(raw("See you.\n", **headers)) == ()

    def test_a_daemon_needs_no_words_to_carry_a_message_back(self):
        back = (
            "Content-Type: message/rfc822\n\nMessage-ID: <1@example.org>\nTo: tom@harbour.example\n\nHello\n"
        )
        text = "Content-Type: text/plain\n\nNe doputovalo.\n"
        found = one(parts(text, back, from_="MAILER-DAEMON@x.example", subject="Obvestilo"))
        assert (found.address, found.original_message_id) == (TOM, "<1@example.org>")
        to_two = back.replace("To: tom", "To: ida@harbour.example, tom")
        assert failed(parts(text, to_two, from_="MAILER-DAEMON@x.example", subject="Obvestilo")) == ()

    def test_a_sender_without_an_address_is_a_daemon(self):
        for sender in ("<>", "MAILER-DAEMON (Mail Delivery System)", "Postmaster", ""):
            text = "Your message was not delivered.\n\n<tom@harbour.example>: user unknown\n"
            assert one(raw(text, from_=sender, subject="Notice")).address == TOM

    def test_what_a_program_stumbles_over_is_read_by_its_words(self, monkeypatch):
        import flufl.bounce

        def stumble(_message):
            raise ValueError

        monkeypatch.setattr(flufl.bounce, "all_failures", stumble)
        assert one(raw(EXIM, **NOTICE)).address == TOM

    def test_a_hostile_notice_is_read_by_its_words_alone(self):
        many = ["Content-Type: text/plain\n\nnot delivered to\n\n<tom@harbour.example>: user unknown\n"]
        deep = parts(*many, *["Content-Type: text/plain\n\nx\n"] * 1_100, **NOTICE)
        assert one(deep).address == TOM

    def test_of_a_line_with_thousands_of_addresses_each_line_is_read_once(self, monkeypatch):
        looked_at = []

        def says_why(line):
            looked_at.append(line)
            return bounce_words.says_why(line)

        monkeypatch.setattr(bounces, "says_why", says_why)
        many = " ".join(f"a{number}@harbour.example" for number in range(5_000))
        found = failed(raw(f"These could not be delivered: {many}\n", **NOTICE))
        assert len(found) == MOST_RECIPIENTS
        assert len(looked_at) <= 2 * MOST_LINES


LANGUAGES = {
    "de": ("Unzustellbar: Zwanzig Minuten?", "Ihre Nachricht konnte nicht zugestellt werden an:"),
    "fr": ("Non remis : Vingt minutes ?", "Votre message n'a pas pu être remis aux destinataires suivants :"),
    "es": ("No se puede entregar: ¿Veinte minutos?", "No se pudo entregar su mensaje a:"),
    "it": ("Non recapitabile: Venti minuti?", "Impossibile recapitare il messaggio a:"),
    "pt": ("Não é possível entregar: Vinte minutos?", "Sua mensagem não pôde ser entregue a:"),
    "nl": ("Onbestelbaar: Twintig minuten?", "Uw bericht is niet afgeleverd bij:"),
    "pl": ("Nie można dostarczyć: Dwadzieścia minut?", "Wiadomość nie została dostarczona do:"),
    "sv": ("Det gick inte att leverera: Tjugo minuter?", "Meddelandet kunde inte levereras till:"),
    "da": ("Kan ikke leveres: Tyve minutter?", "Meddelelsen kunne ikke leveres til:"),
    "no": ("Kan ikke leveres: Tjue minutter?", "Meldingen kunne ikke leveres til:"),
    "fi": ("Toimitus epäonnistui: Kaksikymmentä minuuttia?", "Viestiä ei voitu toimittaa:"),
    "cs": ("Nedoručitelné: Dvacet minut?", "Zprávu nelze doručit:"),
    "ru": ("Недоставленное сообщение: Двадцать минут?", "Не удалось доставить сообщение:"),
    "tr": ("Teslim edilemedi: Yirmi dakika?", "İletiniz teslim edilemedi:"),
    "ja": ("配信不能: 二十分", "メッセージを配信できませんでした:"),
    "zh": ("退信：二十分钟", "您的邮件无法投递:"),
    "ko": ("배달되지 않음: 이십 분", "메시지를 배달할 수 없습니다:"),
    "ar": ("تعذر التسليم: عشرون دقيقة", "تعذر تسليم رسالتك إلى:"),
}
LATE = {
    "de": "Die Zustellung ist verzögert. Wir versuchen es weiter.",
    "fr": "La remise du message est retardée.",
    "es": "La entrega del mensaje se ha retrasado: retraso.",
    "it": "Il recapito è in ritardo.",
    "pt": "A entrega está atrasada.",
    "nl": "De bezorging is vertraagd.",
    "pl": "Dostarczenie jest opóźnione.",
    "sv": "Leveransen är försenad.",
    "da": "Leveringen er forsinket.",
    "ru": "Доставка сообщения задерживается.",
    "ja": "配信が遅延しています。",
}


class TestLanguages:
    def test_every_one_there_is_has_its_notice_here(self):
        assert set(bounce_words.languages()) == {"en", *LANGUAGES}

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_notice_in_words_is_understood(self, language):
        subject, line = LANGUAGES[language]
        found = one(raw(f"{line}\n\n  {TOM}\n", from_="postmaster@x.example", subject=subject))
        assert (found.address, found.permanent) == (TOM, True)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_text_alone_tells_too(self, language):
        _subject, line = LANGUAGES[language]
        assert one(raw(f"{line}\n\n  {TOM}\n", from_="postmaster@x.example", subject="-")).address == TOM

    @pytest.mark.parametrize("language", LATE)
    def test_a_delay_is_not_for_good(self, language):
        text = f"{LATE[language]}\n\n  {TOM}\n"
        assert not one(raw(text, from_="postmaster@x.example", subject="Mail")).permanent


@settings(max_examples=60)
@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_a_server_says_is_read(text, subject):
    message = read_message(
        raw(
            f"{text}\nnot delivered: {TOM}\n",
            from_=DAEMON,
            subject=subject.encode("ascii", "ignore").decode(),
        )
    )
    for found in failed_recipients(message):
        assert found.address
        assert len(found.reason) <= 300


@given(st.from_regex(r"[45]\.[0-7]\.[0-9]{1,2}", fullmatch=True))
def test_a_status_of_class_four_is_never_for_good(status):
    assert is_permanent(status, "") is (status.startswith("5") and not status.endswith(".2.2"))
