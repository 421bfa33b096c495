"""Subjects of answers, of letters passed on and of automatic answers, in many languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats.mail.subjects import bare_subject, is_auto_subject, is_forward_subject, is_reply_subject

ANSWERS = ["Re: ", "RE: ", "AW: ", "Antw: ", "SV: ", "VS: ", "Odp: ", "RIF: ", "R: ", "RES: ", "YNT: ", "Отв: ", "回复：", "答复: ", "返信: ", "회신: ", "رد: ", "Re[2]: ", "RE (3): ", "re^2: "]  # fmt: skip
PASSED_ON = ["Fwd: ", "FW: ", "WG: ", "TR: ", "RV: ", "I: ", "ENC: ", "VB: ", "VL: ", "Doorst: ", "PD: ", "İLT: ", "转发: ", "転送: ", "إعادة توجيه: "]  # fmt: skip
AUTOMATIC = [
    "Out of Office: Twenty minutes", "Automatic reply: Twenty minutes", "Re: Auto-reply: hello", "OOO: back on Monday",
    "Abwesenheitsnotiz", "Automatische Antwort: Gespräch", "Réponse automatique : Entretien", "Absence du bureau",
    "Respuesta automática: Entrevista", "Fuera de la oficina", "Risposta automatica: Colloquio", "Fuori sede",
    "Resposta automática: Conversa", "Ausência temporária", "Automatisch antwoord: Gesprek", "Afwezig",
    "Odpowiedź automatyczna: Rozmowa", "Poza biurem", "Autosvar: Samtal", "Frånvaromeddelande", "رد تلقائي: لقاء",
    "خارج المكتب", "Автоматический ответ: Встреча", "Otomatik yanıt: Görüşme", "自動返信：面談", "自动回复：会谈", "자동 회신: 면담",
    "Automatisk svar: Samtale", "Automaattinen vastaus: Tapaaminen", "Automatická odpověď: Setkání",
]  # fmt: skip
ORDINARY = ["Office space", "Twenty minutes", "Regarding Monday", ""]


@pytest.mark.parametrize("prefix", ANSWERS)
def test_an_answer_is_known_and_its_subject_found_below(prefix):
    assert is_reply_subject(prefix + "Twenty minutes")
    assert bare_subject(prefix + "Twenty minutes") == "Twenty minutes"


@pytest.mark.parametrize("prefix", PASSED_ON)
def test_a_letter_passed_on_is_known_and_its_subject_found_below(prefix):
    assert is_forward_subject(prefix + "Twenty minutes")
    assert bare_subject(prefix + "Twenty minutes") == "Twenty minutes"


@pytest.mark.parametrize("subject", AUTOMATIC)
def test_an_automatic_answer_is_known_by_its_subject(subject):
    assert is_auto_subject(subject)


@pytest.mark.parametrize("subject", ORDINARY)
def test_an_ordinary_subject_is_none_of_these(subject):
    assert not any(known(subject) for known in (is_auto_subject, is_reply_subject, is_forward_subject))
    assert bare_subject(subject) == subject


def test_answers_to_answers_and_a_list_before_them():
    assert bare_subject("AW: Re: [team] SV: Fwd: Twenty\r\n minutes") == "[team] Twenty minutes"
    assert is_reply_subject("[team] Re: hello")


def test_a_subject_of_nothing_but_answers_ends():
    assert bare_subject("Re: " * 500).startswith("Re: ")


@given(st.text())
def test_any_subject_can_be_asked_about(subject):
    bare = bare_subject(subject)
    assert bare == bare.strip()
    assert is_auto_subject(subject) in {True, False}
