"""The case page shows what was reported and thought, and nothing that must not be there."""

import pytest
from django.utils.html import escape

from cases.messages import receive_from_reporter, send_to_reporter
from cases.models import Case, Note, Respondent
from cases.notes import add_note, propose
from cases.status import Status
from reports.models import Classification, Evidence, Finding, Lane, Report
from tests.case_factories import make_case, make_evidence, make_finding

XSS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{7*7}}{% debug %}",
    "</textarea><script>alert(2)</script>",
    "<iframe srcdoc='<script>alert(3)</script>'>",
    "' autofocus onfocus=alert(4) x='",
]
CANARY = "KANARI-IDENTITAS-PELAPOR"


@pytest.fixture
def read(sari, visit, address):
    def of(case, who=sari):
        return visit(who).get(address("case", case))

    return of


def span(text, words, why, source="report"):
    return {"source": source, "start": text.find(words), "end": 0, "words": words, "why": why}


def test_it_shows_the_report_with_its_telling_words_marked(case, read):
    report = case.case_reports.get().report
    Finding.objects.update(spans=[span(report.narrative, "poster calon", "menyebarkan bahan kampanye")])
    text = read(case).content.decode()
    assert "<mark>poster calon</mark>" in text
    assert "<li>menyebarkan bahan kampanye</li>" in text
    assert "sesudah penetapan calon" in text
    assert "informasi awal" in text.lower()
    assert "Bambang Sutrisno, S.Pd." in text
    assert "belum diverifikasi" in text


def test_the_words_read_from_a_picture_are_marked_too(case, read):
    Evidence.objects.update(text="Dukung paslon 2", reading_state="read")
    Finding.objects.update(spans=[span("", "Dukung paslon", "ajakan memilih", "screenshot")])
    assert "<mark>Dukung paslon</mark>" in read(case).content.decode()


def test_a_link_is_text_and_not_clickable(case, read):
    Report.objects.update(link="https://contoh.example/jebakan")
    text = read(case).content.decode()
    assert "https://contoh.example/jebakan" in text
    assert 'href="https://' not in text


@pytest.mark.parametrize("canary", XSS)
def test_what_others_typed_is_inert(canary, case, read, sari, kartika, monday):
    report = case.case_reports.get().report
    Report.objects.update(
        narrative=f"Awal {canary} akhir",
        candidate=canary,
        link=canary,
        respondent_name=canary,
        respondent_agency=canary,
    )
    Respondent.objects.update(name=canary, post=canary, agency=canary, asn_status_source=canary)
    Evidence.objects.update(text=f"{canary} terbaca", reading_state="read")
    Finding.objects.update(spans=[{"source": "report", "start": 5, "end": 0, "words": canary, "why": canary}])
    add_note(case=case, text=canary, by=sari, at=monday)
    propose(case=case, text=canary, by=kartika, at=monday)
    receive_from_reporter(report=report, text=canary, at=monday)
    text = read(case).content.decode()
    main = text.split("<main")[1].split("</main>")[0]
    assert escape(canary) in main
    if "<" in canary:
        assert canary not in main


def test_the_reporters_identity_is_nowhere(sari, budi, nasrul, aminah, kartika, read, visit, address):
    case = make_case(by=sari, second=budi)
    sealed = CANARY.encode()
    Report.objects.update(lane=Lane.LAPORAN, identity_key=sealed, identity_box=sealed, receipt_digest=CANARY)
    report = case.case_reports.get().report
    evidence, finding = make_evidence(report), make_finding(report)
    names = [("case",), ("evidence", evidence.pk), ("assess-finding", finding.pk), ("change-respondent",)]
    names += [("write-note",), ("write-message",), ("add-rule",), ("take-step", "mulai_kajian_awal")]
    for who in (sari, nasrul, aminah, kartika):
        client = visit(who)
        for name, *more in names:
            assert CANARY.encode() not in client.get(address(name, case, *more)).content
        assert CANARY.encode() not in client.get("/kotak-masuk/").content


def test_the_machine_says_when_it_has_no_opinion(case, read):
    assert "Mesin tidak memberi pendapat" not in read(case).content.decode()
    Classification.objects.update(abstained=True)
    assert "Mesin tidak memberi pendapat" in read(case).content.decode()


def test_no_finding_is_called_proven(case, read):
    assert "terbukti" not in read(case).content.decode().split('id="temuan"')[1].split("</section>")[0].lower()


def test_a_maximum_of_the_table_is_no_forecast(case, read):
    text = read(case).content.decode()
    assert "Hukuman disiplin berat, paling berat menurut tabel, bukan ramalan" in text


def test_a_disputed_rule_shows_no_level(case, read):
    Finding.objects.update(rule_code="SKB2-II-B-3")
    findings = read(case).content.decode().split('id="temuan"')[1].split("</section>")[0]
    assert "Tingkat sanksi tidak ditampilkan" in findings
    assert "saling bertentangan" in findings
    assert "sedang" not in findings
    assert "berat" not in findings.replace("bertentangan", "")


def test_a_penal_threat_is_marked_as_once_enacted(case, read):
    Finding.objects.update(rule_code="UU7-280-3")
    assert "sebagaimana diundangkan" in read(case).content.decode()


def test_the_persons_verdict_stands_beside_the_machines_opinion(case, read, sari, visit, address):
    finding = Finding.objects.get()
    words = {"verdict": "confirm", "reason": "Akun asli dan ajakannya jelas."}
    answer = visit(sari).post(address("assess-finding", case, finding.pk), words, follow=True)
    text = answer.content.decode()
    assert "Penilaian disimpan" in text
    assert "Sesuai · sari" in text
    assert "sangat mungkin" in text
    finding.refresh_from_db()
    assert finding.probability == 0.8


def test_messages_with_the_reporter_are_not_for_kesbangpol(case, read, sari, kartika, aminah, monday):
    send_to_reporter(case=case, text="Apakah masih ada?", by=sari, at=monday)
    receive_from_reporter(report=case.case_reports.get().report, text="Saya tetangganya.", at=monday)
    assert "Saya tetangganya." in read(case).content.decode()
    assert "Saya tetangganya." in read(case, aminah).content.decode()
    assert "Saya tetangganya." not in read(case, kartika).content.decode()
    assert "Apakah masih ada?" not in read(case, kartika).content.decode()


def test_a_look_is_on_record_and_not_in_the_timeline(case, read):
    read(case)
    text = read(case).content.decode()
    assert "Kasus dibuka" in text
    assert "Kasus dilihat" not in text


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_page_with_its_records(status, sari, budi, read):
    case = make_case(by=sari, second=budi, status=status)
    answer = read(case)
    assert answer.status_code == 200
    assert case.get_status_display() in answer.content.decode()


def test_the_letter_names_the_body_in_force_on_its_date(sari, budi, read):
    case = make_case(by=sari, second=budi, status=Status.REKOMENDASI)
    text = read(case).content.decode()
    assert "Badan Kepegawaian Negara (BKN)" in text
    assert "Menunggu orang kedua" in text
    # The drafter is told why the letter cannot be sent by the same person.
    assert "Setujui dan kirim rekomendasi: Rekomendasi harus diperiksa" in text


def test_nobody_is_offered_what_would_be_refused(case, read, kartika, sari):
    assert "Daftarkan" not in read(case, kartika).content.decode()
    offered = [offer.action for offer in read(case, sari).context["panel"].forward]
    assert [str(action) for action in offered] == ["mulai_kajian_awal"]


def test_the_cost_does_not_grow_with_what_is_on_the_page(
    case, read, sari, monday, django_assert_max_num_queries, django_assert_num_queries
):
    report = case.case_reports.get().report
    # What a process reads once and keeps
    read(case)
    with django_assert_max_num_queries(45) as few:
        read(case)
    for number in range(8):
        make_evidence(report, sha256=f"{number:064x}")
        Note.objects.create(case=case, text="Catatan.", by=sari, at=monday)
        receive_from_reporter(report=report, text="Pesan.", at=monday)
    with django_assert_num_queries(len(few.captured_queries)):
        read(case)
    assert Case.objects.count() == 1
