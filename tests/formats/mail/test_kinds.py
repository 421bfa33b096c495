"""What a message is, at the borders between one kind and the next."""

from __future__ import annotations

import pytest
from tests.formats.mail.letters import ANNA, DAEMON, LINA, calendar, parts, raw, report

from askwell.formats.mail.kinds import Kind, kind_of
from askwell.formats.mail.message import read_message

AWAY = "Thank you for your message. I am out of the office until 6 December 2026.\n"
FAILED = "Final-Recipient: rfc822; tom@harbour.example\nAction: failed\nStatus: 5.1.1\n"
ANSWERS = {"in_reply_to": "<1@example.org>", "subject": "Re: Twenty minutes?"}
READ = (
    "Content-Type: message/disposition-notification\n\n"
    "Final-Recipient: rfc822; anna@harbour.example\nDisposition: manual-action/MDN-sent-manually; displayed\n"
)


def kind(message: bytes, **options) -> Kind:
    return kind_of(read_message(message), **options)


class TestPeople:
    def test_a_letter_is_personal(self):
        assert kind(raw()) is Kind.PERSONAL

    def test_an_answer_is_a_reply(self):
        assert kind(raw(**ANSWERS)) is Kind.REPLY

    def test_so_is_one_that_only_has_references(self):
        assert kind(raw(references="<0@example.org> <1@example.org>")) is Kind.REPLY

    def test_a_letter_passed_on_is_personal_though_it_has_references(self):
        assert kind(raw(references="<0@example.org>", subject="WG: Twenty minutes?")) is Kind.PERSONAL

    def test_re_alone_makes_no_reply(self):
        assert kind(raw("A great offer!\n", subject="Re: Your order")) is Kind.PERSONAL

    @pytest.mark.parametrize("subject", ["Re: Hello", "AW: Hello", "Odp: Hello", "SV: Hello", "回复：Hello"])
    def test_re_over_a_quotation_makes_one(self, subject):
        text = "Gladly!\n\nOn Fri, 20 Nov 2026, Lina Weiss wrote:\n> Could we talk?\n"
        assert kind(raw(text, subject=subject)) is Kind.REPLY

    def test_a_quotation_without_re_makes_none(self):
        assert kind(raw("> Could we talk?\n\nthat was it\n", subject="A question")) is Kind.PERSONAL

    def test_outlooks_thread_tells_of_an_answer_where_it_left_the_id_out(self):
        begun = "Ad0Tq6VtSGVsbG8gdGhlcmUgTGluYQ=="  # 22 bytes
        answered = "Ad0Tq6VtSGVsbG8gdGhlcmUgTGluYQABAgMEBQ=="
        assert kind(raw(subject="RE: Hello", thread_index=answered)) is Kind.REPLY
        assert kind(raw(subject="RE: Hello", thread_index=begun)) is Kind.PERSONAL
        assert kind(raw(subject="RE: Hello", thread_index="AQ=")) is Kind.PERSONAL

    def test_a_person_who_writes_that_they_are_away_is_a_person(self):
        assert kind(raw("I am out of the office until Monday, but yes, gladly!\n", **ANSWERS)) is Kind.REPLY
        assert kind(raw("I'll be away next week.\n", subject="Out of office next week")) is Kind.PERSONAL

    def test_asking_others_for_silence_is_no_sign_of_a_program(self):
        assert kind(raw(x_auto_response_suppress="All", **ANSWERS)) is Kind.REPLY
        assert kind(raw(x_auto_response_suppress="DR, OOF, AutoReply")) is Kind.PERSONAL
        assert kind(raw(x_auto_response_suppress="All", subject="Out of office next week")) is Kind.PERSONAL

    def test_auto_submitted_no_says_that_a_person_wrote(self):
        assert kind(raw(auto_submitted="no", **ANSWERS)) is Kind.REPLY

    @pytest.mark.parametrize("value", ["first-class", "normal", "special-delivery"])
    def test_an_ordinary_precedence_says_nothing(self, value):
        assert kind(raw(precedence=value)) is Kind.PERSONAL

    def test_answering_an_automatic_reply_is_human(self):
        text = "Welcome back!\n\nOn Mon, Anna Berg wrote:\n> I am away.\n"
        assert (
            kind(raw(text, subject="Re: Automatic reply: Hello", in_reply_to="<2@x.example>")) is Kind.REPLY
        )

    def test_a_letter_sent_by_a_service_for_others_is_a_reply_where_it_answers(self):
        assert kind(raw(feedback_id="1.eu-west-1.abc:AmazonSES", **ANSWERS)) is Kind.REPLY
        assert kind(raw(feedback_id="1.eu-west-1.abc:AmazonSES")) is Kind.MACHINE

    @pytest.mark.parametrize(
        "name", ["info", "hello", "support", "nora.reply", "noah", "newsome", "rootes", "anna.system-smith"]
    )
    def test_names_of_people_and_offices_are_no_machines(self, name):
        assert kind(raw(from_=f"{name}@harbour.example")) is Kind.PERSONAL

    def test_a_postmaster_may_write_as_a_person(self):
        assert kind(raw("Welcome to our server.\n", from_="postmaster@harbour.example")) is Kind.MACHINE
        assert kind(raw("Thank you!\n", from_="Postmistress <mistress@harbour.example>")) is Kind.PERSONAL


class TestAutomaticReplies:
    @pytest.mark.parametrize(
        "headers",
        [
            {"auto_submitted": "auto-replied"},
            {"auto_submitted": "Auto-Replied (vacation)"},
            {"auto_submitted": 'auto-replied; owner-email="anna@harbour.example"'},
            {"x_autoreply": "yes"},
            {"x_autorespond": "Hello"},
            {"x_autoreply_from": "anna@harbour.example"},
            {"precedence": "auto_reply"},
            {"precedence": "auto-reply"},
            {"delivered_to": ["lina@example.org", "Autoresponder"]},
            {"subject": "Automatic reply: Hello"},
            {"subject": "Out of Office AutoReply: Hello"},
            {"subject": "Abwesenheitsnotiz: Hello"},
            {"subject": "Réponse automatique : Hello"},
            {"subject": "AUTO: Anna Berg is out of the office (returning 12/07/2026)"},
            {"subject": "Out of office", "return_path": "<>"},
            {"subject": "Out of office", "precedence": "bulk"},
            {"subject": "Out of office", "precedence": "junk"},
            {"subject": "Automatic reply: Hello", "auto_submitted": "auto-generated"},
            {"subject": "Re: Hello (Automatic Response)", "precedence": "bulk"},
            {"subject": "Re: Hello", "return_path": "<>", "in_reply_to": "<1@example.org>"},
            {"subject": "Thank you for your e-mail", "return_path": ""},
        ],
    )
    def test_a_program_that_says_so_makes_one(self, headers):
        assert kind(raw(AWAY, **headers)) is Kind.AUTO_REPLY

    def test_one_that_says_no_makes_none(self):
        assert kind(raw(x_autoreply="no")) is Kind.PERSONAL

    def test_over_a_list_it_stays_one(self):
        assert kind(raw(AWAY, auto_submitted="auto-replied", list_id="<talk.example.org>")) is Kind.AUTO_REPLY

    def test_auto_generated_alone_is_a_machine(self):
        assert kind(raw("Your backup is done.\n", auto_submitted="auto-generated")) is Kind.MACHINE

    def test_the_words_before_the_colon_are_enough(self):
        assert (
            kind(raw("Thanks.\n", subject="Automatische Antwort: Hallo", x_auto_response_suppress="All"))
            is Kind.AUTO_REPLY
        )


class TestBounces:
    def test_the_part_for_programs_makes_one_whoever_sent_it(self):
        assert (
            kind(report(FAILED, from_=ANNA, subject="Hm", return_path="<anna@harbour.example>"))
            is Kind.BOUNCE
        )

    def test_exchange_and_exim_call_theirs_automatic_replies_and_it_is_a_bounce(self):
        assert (
            kind(report(FAILED, auto_submitted="auto-replied", in_reply_to="<1@example.org>")) is Kind.BOUNCE
        )

    def test_a_delay_is_a_bounce_too(self):
        assert kind(report(FAILED.replace("failed", "delayed"), subject="Delayed Mail")) is Kind.BOUNCE

    @pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
    def test_a_notice_that_it_arrived_is_a_machine(self, action):
        status = f"Final-Recipient: rfc822; tom@harbour.example\nAction: {action}\nStatus: 2.0.0\n"
        assert kind(report(status, subject="Successful Mail Delivery Report")) is Kind.MACHINE

    def test_a_read_receipt_is_a_machine(self):
        read = parts(
            READ,
            kind="multipart/report",
            more="; report-type=disposition-notification",
            subject="Read: Hello",
        )
        assert kind(read) is Kind.MACHINE
        assert (
            kind(parts("Content-Type: text/plain\n\nRead.", READ, auto_submitted="auto-replied"))
            is Kind.MACHINE
        )

    def test_a_complaint_report_is_a_machine(self):
        complaint = "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\n"
        assert (
            kind(parts(complaint, kind="multipart/report", more="; report-type=feedback-report"))
            is Kind.MACHINE
        )

    def test_a_receipt_by_which_a_server_throws_mail_away_is_a_bounce(self):
        thrown = READ.replace(
            "manual-action/MDN-sent-manually; displayed", "automatic-action/MDN-sent-automatically; deleted"
        )
        text = "Content-Type: text/plain\n\nYour message to <tom@harbour.example> was automatically rejected:\nQuota exceeded\n"
        more = "; report-type=disposition-notification"
        said = parts(
            text,
            thrown,
            kind="multipart/report",
            more=more,
            from_=DAEMON,
            subject="Automatically rejected mail",
        )
        assert kind(said) is Kind.BOUNCE
        assert kind(parts(text, thrown, kind="multipart/report", more=more)) is Kind.MACHINE

    def test_a_person_who_passes_a_bounce_on_is_a_person(self):
        inside = report(FAILED).decode().replace("=b", "=c")
        assert (
            kind(
                parts(
                    "Content-Type: text/plain\n\nWhat is this?", f"Content-Type: message/rfc822\n\n{inside}"
                )
            )
            is Kind.PERSONAL
        )
        text = "What is this?\n\n---------- Forwarded message ---------\nFrom: Mail Delivery System\n\nUser unknown\n"
        assert kind(raw(text, subject="Fwd: Undelivered Mail Returned to Sender")) is Kind.PERSONAL

    def test_a_person_who_writes_about_one_is_a_person(self):
        text = "My mail to you was returned. Is this still right?\nanna@old.example\n"
        assert kind(raw(text, subject="Returned mail")) is Kind.PERSONAL
        assert kind(raw(text, subject="Re: Undeliverable: Hello", in_reply_to="<2@x.example>")) is Kind.REPLY

    def test_an_automatic_reply_by_someone_who_left_is_no_bounce(self):
        text = "Anna Berg is no longer with Harbour. This mailbox is not monitored. Please write to tom@harbour.example.\n"
        assert kind(raw(text, auto_submitted="auto-replied", return_path="<>")) is Kind.AUTO_REPLY


class TestLists:
    @pytest.mark.parametrize(
        "headers",
        [
            {"list_id": "Talk <talk.example.org>"},
            {"list_post": "<mailto:talk@example.org>"},
            {"mailing_list": "list talk@example.org; contact owner@example.org"},
            {"x_mailman_version": "2.1"},
            {"x_beenthere": "talk@example.org"},
            {"precedence": "list"},
            {"precedence": "bulk", "sender": "owner-talk@example.org"},
            {"precedence": "bulk", "sender": "Talk <talk-bounces@example.org>"},
            {"list_unsubscribe": "<mailto:off@example.org>", "from_": "Harbour News <news@harbour.example>"},
            {
                "list_unsubscribe": "<https://x.example/off>",
                "list_unsubscribe_post": "List-Unsubscribe=One-Click",
            },
            {"list_id": "<talk.example.org>", "in_reply_to": "<9@elsewhere.example>"},
            {"list_unsubscribe": "<mailto:off@x.example>", "feedback_id": "a:b:c", "precedence": "bulk"},
        ],
    )
    def test_a_list_is_known_by_its_headers(self, headers):
        assert kind(raw(**headers)) is Kind.LIST

    def test_whoever_answers_us_over_a_list_answers_us(self):
        answer = raw(list_id="<talk.example.org>", **ANSWERS)
        assert kind(answer) is Kind.LIST
        assert kind(answer, own_ids={"<1@example.org>"}) is Kind.REPLY
        by_bulk = raw(references="<1@example.org> <2@x.example>", precedence="bulk")
        assert kind(by_bulk, own_ids={"<1@example.org>"}) is Kind.REPLY


class TestMachines:
    @pytest.mark.parametrize(
        "headers",
        [
            {"auto_submitted": "auto-generated"},
            {"auto_submitted": "auto-notified; owner-email=x"},
            {"from_": "no-reply@shop.example"},
            {"from_": "Shop <noreply@shop.example>"},
            {"from_": "donotreply@shop.example"},
            {"from_": "do_not_reply+7@shop.example"},
            {"from_": "nicht-antworten@laden.example"},
            {"from_": "ne-pas-repondre@magasin.example"},
            {"from_": "no-responder@tienda.example"},
            {"from_": "shop-noreply@shop.example"},
            {"from_": "shopnoreply@shop.example"},
            {"from_": "nao-responda@loja.example"},
            {"from_": "non-rispondere@negozio.example"},
            {"from_": "niet-beantwoorden@winkel.example"},
            {"from_": "nie-odpowiadaj@sklep.example"},
            {"from_": "svara-inte@butik.example"},
            {"from_": "ikke-svar@butikk.example"},
            {"from_": "jenkins@build.example"},
            {"from_": "Anna Berg via Docs <comments-noreply@docs.example>", "in_reply_to": "<1@example.org>"},
            {"from_": "notifications@code.example", "in_reply_to": "<1@example.org>"},
            {"from_": "newsletter@harbour.example"},
            {"from_": "root@server.example", "x_cron_env": "<LOGNAME=root>"},
            {"precedence": "bulk"},
            {"list_unsubscribe": "<https://x.example/off>", "from_": "no-reply@network.example"},
            {"list_unsubscribe": "<https://x.example/off>", "auto_submitted": "auto-generated"},
            {"x_github_reason": "mention"},
            {"return_path": "<>", "from_": "no-reply@shop.example"},
            {"x_sg_eid": "abc"},
        ],
    )
    def test_a_machine_says_so_in_one_way_or_another(self, headers):
        assert kind(raw("Your parcel is on its way.\n", **headers)) is Kind.MACHINE


class TestCalendars:
    @pytest.mark.parametrize(
        "method", ["REPLY", "REQUEST", "CANCEL", "COUNTER", "DECLINECOUNTER", "ADD", "REFRESH"]
    )
    def test_a_calendar_with_a_method_is_one(self, method):
        assert kind(parts("Content-Type: text/plain\n\nYes.", calendar(method), **ANSWERS)) is Kind.CALENDAR

    def test_whoever_sends_it(self):
        assert (
            kind(
                parts(calendar("REQUEST"), auto_submitted="auto-generated", from_="noreply@calendar.example")
            )
            is Kind.CALENDAR
        )

    def test_the_method_may_stand_with_the_part_alone(self):
        assert kind(parts(calendar("", parameter="; method=REPLY"))) is Kind.CALENDAR

    def test_as_a_file_it_counts_too(self):
        assert kind(parts(calendar("REPLY", kind="application/ics"))) is Kind.CALENDAR
        assert (
            kind(parts(calendar("REPLY", kind="application/octet-stream", parameter='; name="Invite.ics"')))
            is Kind.CALENDAR
        )

    def test_without_a_method_it_is_a_file_like_any(self):
        assert kind(parts("Content-Type: text/plain\n\nSee there.", calendar(""))) is Kind.PERSONAL

    def test_one_that_is_published_counts_where_a_person_sent_it(self):
        assert kind(parts(calendar("PUBLISH"))) is Kind.CALENDAR
        assert kind(parts(calendar("PUBLISH"), from_="no-reply@rail.example")) is Kind.MACHINE
        assert kind(parts(calendar("PUBLISH"), list_id="<talks.example.org>")) is Kind.LIST

    def test_a_bounce_of_an_invitation_is_a_bounce(self):
        invited = f"Message-ID: <1@example.org>\nSubject: Talk\n{calendar('REQUEST')}"
        assert kind(report(FAILED, original=invited)) is Kind.BOUNCE


def test_nobody_and_nothing_is_personal_at_worst():
    assert kind(b"") in set(Kind)
    assert kind(raw(from_=LINA)) is Kind.PERSONAL
