"""Texts a message starts from: filled in with what names nobody, in two languages, in versions."""

from datetime import timedelta

import pytest
from django.db import InternalError, transaction
from django.utils import translation

from accounts.models import AuditEvent
from cases import message_templates
from cases.follow_up import words_of
from cases.message_templates import (
    BLANKS,
    SAMPLE,
    compose,
    fill,
    load_message_templates,
    publish_texts,
    shipped_texts,
)
from cases.messages import send_to_reporter
from cases.models import MessageKind, MessageTemplate
from cases.refusals import ActionRefused, FactsRefused
from cases.status import Status
from tests.case_factories import MONDAY, make_case

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi)


def publish(by, kind=MessageKind.TANGGAL, seen=1, text_id="Kapan? {kasus}", text_en="When? {kasus}"):
    return publish_texts(kind=kind, text_id=text_id, text_en=text_en, seen_version=seen, by=by, at=LATER)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", MessageKind)
def test_every_shipped_text_is_filled_in_and_names_nobody(kind, language, case, sari):
    text = compose(case=case, kind=kind, language=language, by=sari, at=MONDAY).text
    assert case.reference in text
    assert "{" not in text
    report = case.case_reports.get().report
    for word in (case.respondent.name, report.respondent_name, report.respondent_agency, report.candidate, "sari"):
        assert word not in text


def test_the_language_of_the_text_is_the_one_chosen_and_not_the_officers(case, sari):
    with translation.override("en"):
        indonesian = compose(case=case, kind=MessageKind.PERLU_WAKTU, language="id", by=sari, at=MONDAY).text
    english = compose(case=case, kind=MessageKind.PERLU_WAKTU, language="en", by=sari, at=MONDAY).text
    assert "14 Oktober 2024: Laporan Anda sudah sampai di meja petugas." in indonesian
    assert "14 October 2024: " in english
    assert "Laporan Anda" not in english


@pytest.mark.parametrize("status", [Status.MASUK, Status.TIDAK_DIREGISTRASI, Status.SELESAI])
def test_the_state_is_told_in_the_words_of_the_reporters_page(status, sari, budi):
    case = make_case(by=sari, second=budi, status=status)
    text = compose(case=case, kind=MessageKind.SELESAI, language="id", by=sari, at=MONDAY).text
    assert str(words_of(case)[0]) in text


def test_while_one_reporter_completes_no_text_tells_another_that_the_office_waits_for_them(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.PERBAIKAN)
    text = compose(case=case, kind=MessageKind.PERLU_WAKTU, language="id", by=sari, at=MONDAY).text
    assert "menunggu tambahan" not in text
    assert "Petugas sedang memeriksa kelengkapan laporan Anda." in text


def test_nothing_but_the_named_blanks_is_ever_filled_in():
    assert set(SAMPLE["id"]) == set(SAMPLE["en"]) == set(BLANKS)
    assert fill("{kasus.__class__} {pelapor} {kasus}", SAMPLE["id"]) == "{kasus.__class__} {pelapor} LN-2024-000123"


@pytest.mark.parametrize("text", ["{nama}", "{kasus.pk}", "{", "} {kasus}", "{}", "{kasus", " ", "x" * 2001])
@pytest.mark.parametrize("field", ["text_id", "text_en"])
def test_an_unusable_text_names_its_field_and_is_not_published(text, field, nasrul):
    with pytest.raises(FactsRefused) as refused:
        publish(nasrul, **{field: text})
    assert set(refused.value.problems) == {field}
    assert MessageTemplate.objects.in_force().get(kind=MessageKind.TANGGAL).version == 1


def test_a_new_version_counts_from_then_on_and_is_told(case, sari, nasrul):
    template = publish(nasrul)
    assert (template.version, template.changed_by) == (2, nasrul)
    assert compose(case=case, kind=template.kind, language="en", by=sari, at=LATER).text == f"When? {case.reference}"
    event = AuditEvent.objects.get(subject_kind="message_template")
    assert (event.actor, event.details) == (nasrul, {"kind": "tanggal", "version": 2})


def test_of_two_who_edit_at_once_the_second_is_told_who_was_faster(nasrul):
    publish(nasrul)
    with pytest.raises(ActionRefused, match="baru saja diubah oleh nasrul"):
        publish(nasrul)


def test_only_who_edits_rules_publishes(sari, aminah, dewi):
    for person in (sari, aminah, dewi):
        with pytest.raises(ActionRefused, match="tidak berwenang"):
            publish(person)


def test_what_was_published_never_changes(reference):
    template = MessageTemplate.objects.first()
    for change in (lambda: MessageTemplate.objects.update(text_id="x"), template.delete):
        with pytest.raises(InternalError), transaction.atomic():
            change()


def test_loading_again_changes_nothing_and_leaves_what_the_admin_wrote(nasrul, monkeypatch):
    assert load_message_templates(at=LATER) == 0
    publish(nasrul)
    changed = shipped_texts()
    changed[MessageKind.TANGGAL] = {"id": "Rilis {kasus}", "en": "Release {kasus}"}
    changed[MessageKind.TEMPAT] = {"id": "Rilis {kasus}", "en": "Release {kasus}"}
    monkeypatch.setattr(message_templates, "shipped_texts", lambda: changed)
    assert load_message_templates(at=LATER) == 1
    in_force = {row.kind: (row.version, row.text_en) for row in MessageTemplate.objects.in_force()}
    assert in_force["tempat"] == (2, "Release {kasus}")
    assert in_force["tanggal"] == (2, "When? {kasus}")


def test_the_audit_keeps_the_version_a_message_began_from_and_not_its_words(case, sari):
    composed = compose(case=case, kind=MessageKind.TAUTAN, language="id", by=sari, at=MONDAY)
    send_to_reporter(case=case, text=composed.text + " Segera.", by=sari, at=MONDAY, began_from=composed.template)
    details = AuditEvent.objects.about(case.pk).order_by("-id").first().details
    assert (details["template"], details["template_version"]) == ("tautan", 1)
    assert "Segera" not in str(details)
