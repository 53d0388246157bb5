"""Steps taken through pages: the whole road, two people at once, typed words kept."""

import pytest

from cases.assessment import add_rule
from cases.models import Case
from cases.status import Status
from cases.workflow import Action
from tests.case_factories import RULE, make_case, step

FILLED = {
    "daftarkan": {"number": "001/LP/PW/14.01/X/2024", "registered_date": "2024-10-14"},
    "jadwalkan_klarifikasi": {
        "scheduled_date": "2024-10-15",
        "starts": "09:00",
        "place": "Ruang rapat",
        "method": "online",
        "host": "bawaslu",
    },
    "catat_klarifikasi": {"held_date": "2024-10-14", "attended": "ya", "method": "online", "minutes": "Mengakui."},
    "susun_rekomendasi": {
        "letter_number": "120/PM.00.02",
        "letter_date": "2024-10-14",
        "reasons": "Unsur terpenuhi.",
        "proposed_level": "",
    },
    "catat_sanksi": {
        "level": "medium",
        "form_code": "potong_tukin_6",
        "form": "pemotongan tukin",
        "decree_number": "800/1",
        "decree_date": "2024-10-14",
        "imposed_by": "Wali Kota",
    },
    "minta_perbaikan": {"missing": "Tautan unggahan", "due_date": "2024-10-16"},
    "tolak_registrasi": {"reason": "Syarat materiel tidak terpenuhi."},
    "koreksi_status": {"target": "kajian", "reason": "Salah tekan."},
}


@pytest.fixture
def take_step(visit, address):
    def post(case, action, who, **changes):
        current = Case.objects.get(pk=case.pk)
        words = {"version": current.version} | FILLED.get(action, {}) | changes
        return visit(who).post(address("take-step", case, action), words)

    return post


def test_the_whole_road_is_walked_on_pages(case, sari, budi, take_step, monday):
    road = ["mulai_kajian_awal", "daftarkan", "jadwalkan_klarifikasi", "catat_klarifikasi"]
    for action in road:
        assert take_step(case, action, sari).status_code == 302, action
    add_rule(case=case, rule_code=RULE, reason="Jelas.", by=sari, at=monday)
    assert take_step(case, "susun_rekomendasi", sari).status_code == 302
    assert take_step(case, "kirim_rekomendasi", sari).status_code == 409
    assert take_step(case, "kirim_rekomendasi", budi).status_code == 302
    assert take_step(case, "catat_sanksi", sari).status_code == 302
    assert take_step(case, "tutup", sari).status_code == 302
    case.refresh_from_db()
    assert (case.status, case.outcome) == (Status.SELESAI, "sanksi")


@pytest.mark.parametrize("action", list(Action))
def test_every_step_has_a_form_for_its_facts(action, case, sari, nasrul, visit, address):
    answer = visit(sari).get(address("take-step", case, action))
    assert answer.status_code in {200, 409}
    assert str(action.label) in answer.content.decode()


def test_a_refused_step_says_why_and_offers_no_button(case, sari, visit, address):
    answer = visit(sari).get(address("take-step", case, "tutup"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "tidak bisa dilakukan saat kasus berstatus «Masuk»" in text
    assert "<button" not in text.split("<main")[1].split("</main>")[0]


def test_two_reviewers_at_once_one_wins_and_the_other_sees_what_changed(case, sari, budi, visit, address):
    step(case, Action.MULAI_KAJIAN_AWAL, by=sari, reason="")
    seen = Case.objects.get(pk=case.pk).version
    words = FILLED["daftarkan"] | {"version": seen}
    assert visit(sari).post(address("take-step", case, "daftarkan"), words).status_code == 302
    late = visit(budi).post(
        address("take-step", case, "minta_perbaikan"),
        {"version": seen, "missing": "Mohon kirim tautan yang utuh.", "due_date": "2024-10-17"},
    )
    text = late.content.decode()
    assert late.status_code == 409
    assert "sari lebih dulu mengubah kasus ini: «Daftarkan (registrasi)»" in text
    assert "Diregistrasi" in text
    assert "001/LP/PW/14.01/X/2024" in text
    assert "Mohon kirim tautan yang utuh." in text
    case.refresh_from_db()
    assert case.status == Status.DIREGISTRASI


def test_after_seeing_the_change_the_same_words_can_be_sent(case, sari, budi, visit, address, monday):
    step(case, Action.MULAI_KAJIAN_AWAL, by=sari, reason="")
    seen = Case.objects.get(pk=case.pk).version
    visit(sari).post(address("take-case", case), {"version": seen})
    late = visit(budi).post(
        address("take-step", case, "minta_perbaikan"), FILLED["minta_perbaikan"] | {"version": seen}
    )
    assert late.status_code == 409
    form = late.context["page"].form
    again = {name: form[name].value() for name in form.fields}
    assert again["missing"] == "Tautan unggahan"
    assert visit(budi).post(address("take-step", case, "minta_perbaikan"), again).status_code == 302


@pytest.mark.parametrize(
    ("action", "changes", "said"),
    [
        ("daftarkan", {"registered_date": "2024-12-01"}, "belum terjadi"),
        ("daftarkan", {"number": "   "}, "kosong"),
        ("minta_perbaikan", {"due_date": "2024-10-01"}, "Pilih tanggal mulai besok"),
        ("tolak_registrasi", {"reason": ""}, "kosong"),
        ("tandai_dobel", {"other": "LN-2024-999999"}, "tidak ditemukan"),
    ],
)
def test_a_slip_keeps_the_words_and_names_the_field(action, changes, said, case, sari, take_step):
    step(case, Action.MULAI_KAJIAN_AWAL, by=sari, reason="")
    answer = take_step(case, action, sari, **changes)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in text
    assert said in text
    case.refresh_from_db()
    assert case.status == Status.KAJIAN_AWAL


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "99999999999999999999", "1e9"])
def test_a_made_up_version_takes_no_step(version, case, sari, visit, address):
    answer = visit(sari).post(address("take-step", case, "mulai_kajian_awal"), {"version": version})
    assert answer.status_code in {409, 422}
    assert visit(sari).post(address("take-case", case), {"version": "99999999"}).status_code == 409
    for button in ("take-case", "release-case", "share-case"):
        for unread in ({}, {"version": ""}, {"version": "satu"}):
            assert visit(sari).post(address(button, case), unread).status_code == 409
    case.refresh_from_db()
    assert (case.status, case.assigned_to) == (Status.MASUK, None)


def test_extra_fields_are_ignored(case, sari, take_step):
    answer = take_step(case, "mulai_kajian_awal", sari, status="selesai", region="51.71", outcome="sanksi")
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.status, case.region_id, case.outcome) == (Status.KAJIAN_AWAL, "33.74", "")


def test_a_duplicate_is_named_by_its_reference_and_only_if_visible(case, sari, wayan, budi, take_step):
    elsewhere = make_case(by=wayan, second=budi, region_code="51.71")
    twin = make_case(by=sari, second=budi)
    assert take_step(twin, "tandai_dobel", sari, other=elsewhere.reference).status_code == 422
    assert take_step(twin, "tandai_dobel", sari, other=case.reference.lower()).status_code == 302
    twin.refresh_from_db()
    assert twin.duplicate_of == case


def test_a_letters_form_says_to_whom_letters_go(case, sari, visit, address):
    text = visit(sari).get(address("take-step", case, "susun_rekomendasi")).content.decode()
    assert "Surat sampai 31 Agustus 2024 ditujukan kepada Komisi Aparatur Sipil Negara (KASN)" in text
    assert "Surat sejak 1 September 2024 ditujukan kepada Badan Kepegawaian Negara (BKN)" in text


def test_take_and_release(case, sari, budi, visit, address):
    taken = visit(sari).post(address("take-case", case), {"version": case.version}, follow=True)
    assert "Anda memegang kasus ini." in taken.content.decode()
    case.refresh_from_db()
    late = visit(budi).post(address("take-case", case), {"version": case.version - 1})
    assert late.status_code == 409
    assert "sari lebih dulu" in late.content.decode()
    refused = visit(budi).post(address("release-case", case), {"version": case.version}, follow=True)
    assert "tidak sedang Anda pegang" in refused.content.decode()
    visit(sari).post(address("release-case", case), {"version": case.version})
    case.refresh_from_db()
    assert case.assigned_to is None
