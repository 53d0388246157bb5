"""The bundle: what is in it, what never is, and that every change is noticed by the verifier in plain Python."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from cases.bundle import export_bundle
from cases.bundle_archive import zip_parts
from cases.masking import confirm_nothing_to_hide, mask_picture
from cases.refusals import ActionRefused, NotVisible
from cases.sharing import share_with_kesbangpol
from cases.status import Status
from evidence.signing import generate_signing_key, public_hex, read_signing_key, sign
from evidence.verify_bundle import main
from reports.models import Evidence, PreparationState
from tests.case_factories import MONDAY, RULE, make_case, make_evidence
from tests.picture_factories import make_picture, screenshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KAJIAN, employer="33.74", narrative="KenariCerita rahasia.")


@pytest.fixture
def pictures(case, sari):
    """One masked, one in which nothing needs hiding."""
    first, second = make_picture(case, data=screenshot()), make_picture(case)
    mask_picture(evidence=first, boxes=[(0, 45, 240, 75)], by=sari, at=MONDAY)
    confirm_nothing_to_hide(evidence=second, by=sari, at=MONDAY)
    return first, second


@pytest.fixture
def archive(case, pictures, sari):
    return b"".join(zip_parts(export_bundle(case=case, by=sari, at=MONDAY), at=MONDAY))


@pytest.fixture
def unpacked(archive, tmp_path):
    zipfile.ZipFile(io.BytesIO(archive)).extractall(tmp_path / "bundle")
    return tmp_path / "bundle"


def told(folder):
    return json.loads((folder / "manifest.json").read_bytes())


def test_masked_copies_go_where_they_exist_and_the_bundle_says_which(unpacked, pictures):
    listed = {row["file"]: row for row in told(unpacked)["pictures"]}
    assert {name: row["copy"] for name, row in listed.items()} == {
        "gambar/01-tersamar.png": "masked",
        "gambar/02.png": "clean",
    }
    assert listed["gambar/01-tersamar.png"]["black_boxes"] == [[0, 32, 240, 80]]
    assert {path.name for path in (unpacked / "gambar").iterdir()} == {"01-tersamar.png", "02.png"}


def test_it_names_case_body_catalogue_and_the_rules_people_confirmed(unpacked, case):
    manifest = told(unpacked)
    assert manifest["case"] == case.reference
    assert "BKN" in manifest["made_for"]
    assert manifest["catalogues"][0]["sha256"]
    assert [rule["code"] for rule in manifest["confirmed_rules"]] == [RULE]


def test_custody_is_told_by_the_day_until_a_person_acts(unpacked):
    steps = told(unpacked)["pictures"][0]["custody"]
    assert [step["step"] for step in steps] == [
        "evidence.received",
        "evidence.sealed",
        "evidence.prepared",
        "bukti_disamarkan",
        "bukti_diekspor",
    ]
    assert [len(step["at"]) for step in steps] == [10, 10, 10, 21, 21]
    assert steps[-1]["by"] == "sari"


def test_nothing_in_it_leads_to_the_reporter_or_names_the_respondent(archive, case, pictures):
    inside = zipfile.ZipFile(io.BytesIO(archive))
    text = b"".join(inside.read(name) for name in inside.namelist() if not name.startswith("gambar/")).decode()
    report = case.case_reports.get().report
    secrets = ["KenariCerita", report.receipt_digest, str(report.pk), report.respondent_name, case.respondent.name]
    secrets += [picture.sha256 for picture in pictures] + [pictures[0].clean_sha256]
    assert [secret for secret in secrets if secret in text] == []


def test_leaving_is_on_record_for_the_case_and_each_picture(archive, case, pictures, sari):
    event = AuditEvent.objects.get(action="berkas_diekspor")
    assert (event.subject_id, event.actor, event.details) == (str(case.pk), sari, {"pictures": 2, "masked": 1})
    copies = AuditEvent.objects.filter(action="bukti_diekspor").oldest_first().values_list("details__copy", flat=True)
    assert list(copies) == ["masked", "clean"]


def test_only_bawaslu_of_the_region_exports(case, pictures, sari, wayan, kartika, aminah, nasrul):
    share_with_kesbangpol(case=case, by=sari, at=MONDAY)
    for person, refusal in [(wayan, NotVisible), *((who, ActionRefused) for who in (kartika, aminah, nasrul))]:
        with pytest.raises(refusal):
            export_bundle(case=case, by=person, at=MONDAY)
    assert not AuditEvent.objects.filter(action="berkas_diekspor").exists()


def test_a_copy_that_changed_on_disk_is_never_signed(case, pictures, sari, settings):
    path = settings.CLEAN_ROOT / pictures[1].clean_name
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(ActionRefused, match="tidak sama dengan catatannya"):
        export_bundle(case=case, by=sari, at=MONDAY)


def test_a_picture_nobody_looked_at_never_leaves(case, pictures, sari, client):
    make_picture(case)
    with pytest.raises(ActionRefused, match=r"gambar/03\.png belum diperiksa"):
        export_bundle(case=case, by=sari, at=MONDAY)
    assert not AuditEvent.objects.filter(action="berkas_diekspor").exists()
    client.force_login(sari)
    page = client.get(reverse("cases:bundle", args=[case.pk])).content.decode()
    assert "1 gambar belum diperiksa" in page
    assert 'class="btn btn-primary" disabled' in page


@pytest.fixture
def refused_picture(case):
    """One that arrived and that the decoder refused."""
    return make_evidence(case.case_reports.get().report, sha256="d" * 64, state=PreparationState.NEEDS_PERSON)


def test_a_picture_without_a_clean_copy_is_named_where_it_stays_behind(case, pictures, refused_picture, sari, client):
    client.force_login(sari)
    address = reverse("cases:bundle", args=[case.pk])
    page = client.get(address).content.decode()
    assert reverse("cases:evidence", args=[case.pk, refused_picture.pk]) in page
    assert "perlu diperiksa petugas" in page
    with zipfile.ZipFile(io.BytesIO(b"".join(client.post(address).streaming_content))) as file:
        manifest = json.loads(file.read("manifest.json"))
    assert manifest["without_copy"] == [{"evidence": str(refused_picture.pk), "state": "needs_person"}]
    assert len(manifest["pictures"]) == 2


def test_the_verifier_says_which_pictures_came_without_a_copy(case, pictures, refused_picture, sari, tmp_path, capsys):
    path = tmp_path / "case.zip"
    path.write_bytes(b"".join(zip_parts(export_bundle(case=case, by=sari, at=MONDAY), at=MONDAY)))
    assert main([str(path)]) == 0
    said = capsys.readouterr().out
    assert "1 gambar diterima portal tetapi tidak ada salinannya di sini" in said
    assert f"- {refused_picture.pk}" in said


def test_nothing_leaves_while_the_machine_still_works_on_a_picture(case, pictures, sari, client):
    waiting = make_evidence(case.case_reports.get().report, sha256="d" * 64, state=PreparationState.WAITING)
    with pytest.raises(ActionRefused, match="masih diolah"):
        export_bundle(case=case, by=sari, at=MONDAY)
    client.force_login(sari)
    page = client.get(reverse("cases:bundle", args=[case.pk])).content.decode()
    assert reverse("cases:evidence", args=[case.pk, waiting.pk]) in page
    assert 'class="btn btn-primary" disabled' in page


def test_an_erased_picture_is_not_among_those_without_a_copy(case, pictures, refused_picture, sari):
    Evidence.objects.filter(pk=refused_picture.pk).update(state="erased", erased_at=MONDAY)
    export = export_bundle(case=case, by=sari, at=MONDAY)
    assert json.loads(export.documents["manifest.json"])["without_copy"] == []


def test_a_bundle_from_before_that_list_is_still_whole(unpacked, capsys):
    manifest = told(unpacked)
    del manifest["without_copy"]
    (unpacked / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    sign_anew(unpacked)
    assert main([str(unpacked)]) == 0
    assert "salinannya" not in capsys.readouterr().out


def test_the_enclosed_script_needs_nothing_but_python(unpacked):
    """-I -S: no site packages, no folder of ours."""
    ran = subprocess.run([sys.executable, "-I", "-S", unpacked / "verify.py"], capture_output=True, text=True, cwd="/")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.startswith("UTUH: kasus LN-2024-")


def test_the_zip_can_be_checked_as_it_is_and_with_the_published_key(archive, tmp_path, settings, capsys):
    (tmp_path / "case.zip").write_bytes(archive)
    key = public_hex(read_signing_key(settings.BUNDLE_SIGNING_KEY_FILE))
    assert main([str(tmp_path / "case.zip"), "--kunci", key.upper()]) == 0
    assert main([str(tmp_path / "case.zip"), "--kunci", "00" * 32]) == 1
    assert "bukan kunci yang Anda berikan" in capsys.readouterr().out


def change_byte(folder: Path) -> None:
    data = bytearray((folder / "gambar/02.png").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "gambar/02.png").write_bytes(data)


def sign_anew(folder: Path) -> None:
    """What somebody with a key of their own would do: it is noticed by the key alone."""
    key = generate_signing_key()
    (folder / "manifest.sig").write_text(sign((folder / "manifest.json").read_bytes(), key).hex())
    (folder / "public-key.txt").write_text(public_hex(key))


def edit_manifest(folder: Path) -> None:
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    (folder / "manifest.json").write_text(text.replace('"masked"', '"clean"', 1), encoding="utf-8")


TAMPERING = {
    "a changed byte": (change_byte, "Isinya berubah: gambar/02.png"),
    "a removed file": (lambda folder: (folder / "gambar/02.png").unlink(), "Hilang: gambar/02.png"),
    "an added file": (lambda folder: (folder / "gambar/03.png").write_bytes(b"x"), "Tidak terdaftar: gambar/03.png"),
    "an added hidden file": (lambda folder: (folder / ".x").write_bytes(b"x"), "Tidak terdaftar: .x"),
    "a changed manifest": (edit_manifest, "Tanda tangan TIDAK cocok"),
    "a blank after the manifest": (
        lambda folder: (folder / "manifest.json").write_bytes((folder / "manifest.json").read_bytes() + b" "),
        "Tanda tangan TIDAK cocok",
    ),
    "no signature": (lambda folder: (folder / "manifest.sig").unlink(), "Tidak ada: manifest.sig"),
    "a broken signature": (lambda folder: (folder / "manifest.sig").write_text("zz"), "rusak"),
    "another read-me": (lambda folder: (folder / "BACA-SAYA.txt").write_text("x"), "Isinya berubah: BACA-SAYA.txt"),
    "another script": (lambda folder: (folder / "verify.py").write_text("print('UTUH')"), "Isinya berubah: verify.py"),
}


@pytest.mark.parametrize("tamper", TAMPERING)
def test_tampering_is_named(tamper, unpacked, capsys):
    change, words = TAMPERING[tamper]
    change(unpacked)
    assert main([str(unpacked)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("TIDAK UTUH")
    assert words in said


def test_a_bundle_signed_by_somebody_else_fails_against_the_published_key(unpacked, settings, capsys):
    key = public_hex(read_signing_key(settings.BUNDLE_SIGNING_KEY_FILE))
    edit_manifest(unpacked)
    sign_anew(unpacked)
    assert main([str(unpacked), "--kunci", key]) == 1
    assert main([str(unpacked)]) == 0
    assert "siapa pun dapat membuat kunci sendiri" in capsys.readouterr().out


def test_a_name_that_stands_twice_in_the_zip_is_noticed(archive, tmp_path, capsys):
    path = tmp_path / "twice.zip"
    path.write_bytes(archive)
    with zipfile.ZipFile(path, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("gambar/02.png", b"other")
    assert main([str(path)]) == 1
    assert "Ganda: gambar/02.png" in capsys.readouterr().out


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all"])
def test_what_is_no_bundle_is_said_to_be_unreadable(data, tmp_path, capsys):
    (tmp_path / "x.zip").write_bytes(data)
    assert main([str(tmp_path / "x.zip")]) == 1
    assert "Tidak dapat dibaca" in capsys.readouterr().out


def test_the_same_state_makes_the_same_pictures_in_the_same_order(case, pictures, sari):
    names = [[picture.name for picture in export_bundle(case=case, by=sari, at=MONDAY).pictures] for _ in range(2)]
    assert names[0] == names[1]
