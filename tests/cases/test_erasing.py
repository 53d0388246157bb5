"""A case goes when two people say so: no word, key or file of it is left, the figures and the tombstone are."""

from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from psycopg2 import sql

from accounts.models import AuditEvent
from accounts.roles import Role
from cases import disposal, messages, notes, original_opening
from cases.disposal import approve_disposal, place_hold, propose_disposal, reject_disposal, tombstone
from cases.documents import Pact, prepare_waiting_pages, record_pact
from cases.erasing import BETWEEN, DELETED, ERASED, ERASED_RESPONDENT
from cases.facts import StatusCorrection
from cases.models import (
    Case,
    Disposal,
    Letter,
    LetterTemplate,
    OriginalOpening,
    Regrouping,
    Respondent,
    SamePerson,
    SecondReading,
    SecondReadingDraw,
)
from cases.opening import open_case
from cases.refusals import ActionRefused, SomebodyWasFaster
from cases.status import Status
from cases.workflow import Action, available_actions
from evidence import vault
from reports.erasing_reports import ERASED_FINDING, ERASED_REPORT
from reports.models import Evidence, Lane, Report
from reports.models_keys import DataKey
from reports.originals import Picture
from stats.figures import Period, cases_of, overview
from tests.case_factories import MONDAY, PATHS, RULE, facts_for, make_case, make_finding, planted, step
from tests.conftest import make_user
from tests.factories import finish_work, png, send_report

LATER = MONDAY.replace(year=2040)
CANARY = "KenariHapus"

pytestmark = pytest.mark.django_db
MODELS = [model for label in ("reports", "cases") for model in apps.get_app_config(label).get_models()]
WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
# Columns with words that stay, and why. Everything else has to stand in one of the tables of erasing.
KEPT = {
    "reports.Report": {"lane", "receipt_digest", "idempotency_digest", "platform", "classification_state"},
    "cases.ClockRun": {"name", "unit", "starts", "source", "rules_version", "holidays_version", "pauses"},
    "cases.Reminder": {"kind"},
    "reports.Classification": {"engine_version", "second_version", "second_label", "second_rule_code", "stage"},
    "reports.Finding": {"label", "rule_code", "also_rule_codes"},
    # Emptied by reports.erasing, all but what proves that a picture was there
    "reports.Evidence": {
        "sha256", "image_format", "state", "clean_sha256", "clean_media_type", "refusal",
        "reading_state", "text", "lines", "reading_engine",
    },
    # Addresses emptied by reports.erasing_reports
    "reports.LinkCapture": {"final_url", "content_type", "refusal", "sha256", "requested_url"},
    "reports.OutboxEntry": {"step", "last_error"},
    # Rows deleted by reports.erasing_reports
    "reports.EvidenceLikeness": None,
    "reports.ReportLikeness": None,
    "reports.Alike": None,
    "reports.SenderMark": None,
    # Rows deleted by reports.erasing and cases.erasing
    "reports.DataKey": None,
    # Pictures of forms never sent, gone after a day
    "reports.HeldImage": None,
    "cases.Respondent": {"employer_code", "asn_status", "asn_kind"},
    "cases.Case": {"election_kind", "status", "outcome"},
    "cases.Assessment": {"rule_code", "verdict"},
    "cases.Registration": {"number", "kind"},
    "cases.Regrouping": {"source_status", "kind"},
    "cases.Handover": {"answer"},
    "cases.Recusal": {"kind"},
    "cases.Clarification": {"role", "letter_number", "method", "host", "ending"},
    "cases.SummonsService": {"way"},
    "cases.RespondentAccess": {"code_digest"},
    "cases.OversightBody": None,
    "cases.Recommendation": {"letter_number", "rule_codes", "proposed_level"},
    "cases.Sanction": {"level", "form_code"},
    # The offices' own, about no case
    "cases.LetterTemplate": None,
    "cases.MessageTemplate": None,
    "cases.Letterhead": None,
    "cases.LetterCounter": None,
    "cases.Letter": {"kind", "office_code", "number", "pdf_sha256"},
    "cases.Delivery": {"token_digest", "sent_to", "officer_office", "own_letter_number"},
    "cases.DeliveryNotice": {"kind"},
    "cases.ReminderLetter": {"letter_number"},
    "cases.NoSanction": {"letter_number"},
    "cases.Appeal": {"body", "ruling", "decision_number"},
    "cases.GakkumduStep": {"kind", "letter_number"},
    "cases.CaseDocument": {"kind"},
    "cases.DocumentPage": {"sha256", "image_format", "clean_sha256", "clean_media_type", "refusal"},
    "cases.MaskedCopy": {"sha256", "media_type"},
    "cases.SecondReading": {"conclusion"},
    "cases.Disposal": {"rule", "rule_codes", "hashes"},
}  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_column_with_words_is_erased_or_kept_on_purpose(model):
    kept = KEPT.get(model._meta.label, set())
    if kept is None or model in DELETED:
        return
    erased = {Report: ERASED_REPORT, Respondent: ERASED_RESPONDENT}.get(model) or (
        ERASED.get(model) or BETWEEN.get(model) or ("", {})
    )[1]
    if model._meta.label == "reports.Finding":
        erased = ERASED_FINDING
    words = {field.name for field in model._meta.fields if isinstance(field, WORDS)}
    assert words == kept | set(erased) - {"erased_at", "known_since"}, (
        f"say in cases/erasing.py what becomes of {model.__name__}"
    )


@pytest.fixture
def nur(reference):
    """The second national admin."""
    return make_user("nur", Role.NATIONAL_ADMIN, "", "Bawaslu RI")


@pytest.fixture
def case(sari, budi, nasrul, settings):
    """A finished case with planted words wherever somebody can write, real sealed files, and every kind of copy."""
    report = send_report(
        pictures=2,
        at=MONDAY,
        lane=Lane.LAPORAN,
        narrative=f"{CANARY}: camat mengirim ajakan memilih pasangan calon nomor 2 ke grup WhatsApp warga.",
        respondent_name=f"{CANARY} Slamet",
        respondent_post=f"{CANARY} Camat",
        respondent_agency=f"{CANARY} Dinas",
        candidate=f"{CANARY} Calon",
        link=f"https://contoh.id/{CANARY}",
    ).report
    finish_work(report, text=f"{CANARY} pilih nomor 2", at=MONDAY)
    make_finding(report)
    report.classifications.last().findings.update(spans=[{"words": CANARY, "source": "report", "why": "x"}])
    case = open_case(report=report, at=MONDAY)
    write_about(case, report, sari)
    for action in PATHS[Status.SELESAI]:
        # Register and letter numbers stay, so nothing is planted there.
        facts = planted(facts_for(action, MONDAY), CANARY, but=("number", "letter_number"))
        by = budi if action.value == "kirim_rekomendasi" else sari
        step(case, action, by=by, reason=f"{CANARY} mengaku.", facts=facts)
        if case.status == Status.KAJIAN:
            case.assessments.create(rule_code=RULE, verdict="added", reason=CANARY, by=sari, at=MONDAY)
    case.follow_ups.create(happened_date=date(2024, 10, 14), actor=CANARY, text=CANARY, by=sari, at=MONDAY)
    plant_the_other_side(case, sari, budi)
    draw = SecondReadingDraw.objects.create(case=case, drawn_at=MONDAY)
    SecondReading.objects.create(draw=draw, conclusion="tidak_cukup", reason=CANARY, by=budi, at=MONDAY)
    copies_of(report.evidence.first(), settings)
    return Case.objects.get(pk=case.pk)


def write_about(case, report, by):
    notes.add_note(case=case, text=CANARY, by=by, at=MONDAY)
    messages.send_to_reporter(case=case, text=CANARY, by=by, at=MONDAY)
    messages.receive_from_reporter(report=report, text=CANARY, at=MONDAY)
    pact = Pact(signed_date=MONDAY.date(), witness=CANARY, remark=CANARY, pages=[Picture.of(png())])
    record_pact(case=case, pact=pact, by=by, at=MONDAY)
    prepare_waiting_pages(at=MONDAY)
    opening = original_opening.ask_for_original(
        original=report.evidence.first(), reason=f"{CANARY} diminta penyidik.", by=by, at=MONDAY
    )
    OriginalOpening.objects.filter(pk=opening.pk).update(parcel_key=b"k", parcel_sealed_key=b"s")


def plant_the_other_side(case, by, second):
    hearing = case.clarifications.first()
    case.clarifications.update(person_name=CANARY, person_post=CANARY, place=CANARY, ending_text=CANARY)
    hearing.services.create(way="pos", served_date=MONDAY, served_by=CANARY, note=CANARY, by=by, at=MONDAY)
    hearing.schedule_changes.create(old_date=MONDAY, new_date=MONDAY, reason=CANARY, by=by, at=MONDAY)
    hearing.schedule_requests.create(wanted_date=MONDAY, reason=CANARY, at=MONDAY)
    hearing.participants.create(position=1, name=CANARY, role="petugas")
    hearing.questions.create(position=1, question=CANARY, answer=CANARY)
    case.allegations.create(addressed_to=CANARY, text=CANARY, act_date=MONDAY, place=CANARY, by=by, at=MONDAY)
    case.respondent_answers.create(text=CANARY, at=MONDAY)
    case.named_people.create(role="saksi", name=CANARY, contact=CANARY, knows=CANARY, at=MONDAY)
    case.no_sanctions.create(
        decided_by=CANARY, letter_number="1", reason=CANARY, letter_date=MONDAY, recorded_by=by, recorded_at=MONDAY
    )
    case.gakkumdu_steps.create(
        kind="diteruskan", happened_date=MONDAY, letter_number="1", text=CANARY, by=by, at=MONDAY
    )
    template = LetterTemplate.objects.first()
    Letter.objects.create(
        case=case,
        kind="kajian",
        office_code="33.74",
        data={"isi": CANARY},
        template=template,
        layout=template,
        drafted_by=by,
        drafted_at=MONDAY,
        number="1",
        year=2024,
        sequence=1,
        letter_date=MONDAY.date(),
        withdrawn_by=by,
        withdrawn_at=MONDAY,
        withdrawal_reason=CANARY,
        signed_off_by=second,
        signed_off_at=MONDAY,
        pdf=CANARY.encode(),
        pdf_sha256="a" * 64,
    )
    case.respondent_accesses.create(code_digest="0" * 64, issued_by=by, issued_at=MONDAY)


def copies_of(picture, settings):
    for name in (f"{picture.clean_name}.small.jpg", f"{picture.id}.masked.x.png"):
        vault.store(settings.CLEAN_ROOT, name, b"copy")
    vault.store(settings.SEALED_ROOT, OriginalOpening.objects.get().parcel_name, b"parcel")


def files(settings):
    return [path.name for root in (settings.SEALED_ROOT, settings.CLEAN_ROOT) for path in root.glob("[0-9a-f]*")]


def tables_with(word):
    """Tables in which some row holds the word anywhere, bytes included."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                sql.SQL("SELECT count(*) FROM {} t WHERE t::text LIKE %s OR t::text LIKE %s").format(
                    sql.Identifier(table)
                ),
                [f"%{word}%", f"%{word.encode().hex()}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def erase(case, nasrul, nur, run):
    propose_disposal(case=case, by=nasrul, at=LATER)
    with run(execute=True):
        return approve_disposal(case=case, by=nur, at=LATER)


def test_no_word_key_or_file_is_left(case, nasrul, nur, settings, django_capture_on_commit_callbacks):
    assert {"reports_report", "cases_note", "cases_message", "accounts_auditwords"} < set(tables_with(CANARY))
    assert len(files(settings)) == 9
    erase(case, nasrul, nur, django_capture_on_commit_callbacks)
    assert tables_with(CANARY) == []
    assert files(settings) == []
    report = Report.objects.get(case_link__case=case)
    assert (report.identity_key, report.identity_box, report.erased_at) == (None, None, LATER)
    assert not DataKey.objects.exists()
    assert OriginalOpening.objects.get().parcel_key is None


@pytest.mark.parametrize("side", ["first", "second"])
@pytest.mark.parametrize("is_undone", [False, True])
def test_what_was_said_between_two_cases_goes_with_either_of_them(
    side, is_undone, case, sari, budi, nasrul, nur, django_capture_on_commit_callbacks
):
    """Why two respondents are one person, and why reports moved: words about both, erased with the first to go."""
    alive = make_case(by=sari, second=budi)
    if side == "second":
        Case.objects.filter(pk=alive.pk).update(respondent=Respondent.objects.create(pk=-1, name="Somebody"))
        alive.refresh_from_db()
    undone = {"undone_by": sari, "undone_at": MONDAY} if is_undone else {}
    first, second = sorted((case.respondent_id, alive.respondent_id))
    assert (first == case.respondent_id) is (side == "first")
    link = SamePerson.objects.create(
        first_id=first,
        second_id=second,
        reason=CANARY,
        undone_reason=CANARY if is_undone else "",
        by=sari,
        at=MONDAY,
        **undone,
    )
    source, target = (case, alive) if side == "first" else (alive, case)
    moved = Regrouping.objects.create(
        kind="attach", source=source, target=target, source_status="masuk", reason=CANARY, by=sari, at=MONDAY, **undone
    )
    erase(case, nasrul, nur, django_capture_on_commit_callbacks)
    assert tables_with(CANARY) == []
    link.refresh_from_db()
    moved.refresh_from_db()
    assert (link.reason, bool(link.undone_reason), moved.reason) == ("—", is_undone, "—")
    assert link.by == moved.by == sari, "who joined or parted them, and when, is counted and stays"


def test_the_figures_are_the_same_before_and_after(case, nasrul, nur, django_capture_on_commit_callbacks):
    def counted():
        return overview(cases_of("", Period()))

    before = counted()
    erase(case, nasrul, nur, django_capture_on_commit_callbacks)
    assert counted() == before


def test_the_tombstone_keeps_what_proves_what_was_there(case, nasrul, nur, django_capture_on_commit_callbacks):
    hashes = list(Evidence.objects.order_by("position").values_list("sha256", flat=True))
    erase(case, nasrul, nur, django_capture_on_commit_callbacks)
    stone = tombstone(Case.objects.get(pk=case.pk))
    assert (stone.rule, stone.rule_codes, stone.hashes) == ("sanksi", [RULE], hashes)
    assert (stone.proposed_by, stone.approved_by, stone.due_on) == (nasrul, nur, date(2034, 10, 14))
    assert (stone.case.number, stone.case.outcome, stone.case.erased_at) == (case.number, "sanksi", LATER)


def test_nobody_approves_their_own_proposal(case, nasrul):
    propose_disposal(case=case, by=nasrul, at=LATER)
    with pytest.raises(ActionRefused, match="orang lain"):
        approve_disposal(case=case, by=nasrul, at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.update(approved_by=nasrul, approved_at=LATER)


def test_the_database_erases_nothing_without_two_people(case, nasrul):
    propose_disposal(case=case, by=nasrul, at=LATER)
    with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(erased_at=LATER)


def test_an_erased_case_takes_no_step(case, sari, nasrul, nur, django_capture_on_commit_callbacks):
    erase(case, nasrul, nur, django_capture_on_commit_callbacks)
    case = Case.objects.get(pk=case.pk)
    correction = StatusCorrection(target=Status.KAJIAN)
    for action, by, facts in ((Action.KOREKSI_STATUS, nasrul, correction), (Action.BUKA_KEMBALI, sari, None)):
        assert available_actions(case, by) == []
        with pytest.raises(ActionRefused, match="sudah dihapus"):
            step(case, action, by=by, at=LATER, facts=facts)


def test_a_decided_disposal_stays_as_it_is(case, nasrul, nur, django_capture_on_commit_callbacks):
    erase(case, nasrul, nur, django_capture_on_commit_callbacks)
    for change in (lambda: Disposal.objects.update(hashes=[]), Disposal.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_hold_between_proposal_and_approval_wins(case, sari, nasrul, nur):
    propose_disposal(case=case, by=nasrul, at=LATER)
    read_before = Case.objects.get(pk=case.pk)
    place_hold(case=case, reason="Gugatan di PTUN.", by=sari, at=LATER)
    with pytest.raises(ActionRefused, match="ditahan"):
        approve_disposal(case=case, by=nur, at=LATER)
    with pytest.raises(SomebodyWasFaster):
        approve_disposal(case=read_before, by=nur, at=LATER)
    assert tables_with(CANARY)


@pytest.mark.parametrize("who", ["sari", "aminah"])
def test_only_national_admins_dispose(case, who, request):
    with pytest.raises(ActionRefused):
        propose_disposal(case=case, by=request.getfixturevalue(who), at=LATER)


def test_nothing_is_proposed_before_its_day(case, nasrul):
    with pytest.raises(ActionRefused, match="Masa simpan"):
        propose_disposal(case=case, by=nasrul, at=MONDAY.replace(year=2034, day=13))


def test_a_rejected_proposal_can_be_made_again(case, nasrul, nur):
    propose_disposal(case=case, by=nasrul, at=LATER)
    reject_disposal(case=case, by=nur, at=LATER)
    assert disposal.waiting_disposal(case) is None
    propose_disposal(case=case, by=nur, at=LATER)


def test_a_person_in_another_case_stays_known_there(case, sari, budi, nasrul, nur, django_capture_on_commit_callbacks):
    other = make_case(by=sari, second=budi)
    Case.objects.filter(pk=other.pk).update(respondent=case.respondent)
    erase(case, nasrul, nur, django_capture_on_commit_callbacks)
    assert CANARY in Respondent.objects.get(pk=case.respondent_id).name


def test_an_erased_case_takes_no_more_words(case, sari, nasrul, nur, django_capture_on_commit_callbacks):
    erase(case, nasrul, nur, django_capture_on_commit_callbacks)
    with pytest.raises(ActionRefused, match="sudah dihapus"):
        notes.add_note(case=case, text="Halo", by=sari, at=LATER)
    with pytest.raises(ActionRefused, match="sudah dihapus"):
        messages.receive_from_reporter(report=Report.objects.get(case_link__case=case), text="Halo", at=LATER)


def test_the_audit_tells_who_and_by_which_rule(case, nasrul, nur, django_capture_on_commit_callbacks):
    erase(case, nasrul, nur, django_capture_on_commit_callbacks)
    event = AuditEvent.objects.get(action="kasus_dihapus")
    assert (event.actor, event.details["retention_rule"]) == (nur, "sanksi")
