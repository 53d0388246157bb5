"""Addresses of case work and of the reporter's follow-up."""

from django.urls import path

from cases.views import (
    actions,
    assessments,
    bundle,
    case,
    documents,
    evidence,
    follow_up,
    hints,
    inbox,
    masking,
    originals,
    second_reading,
    verification,
    writing,
)

app_name = "cases"
urlpatterns = [
    path("kotak-masuk/", inbox.inbox, name="inbox"),
    path("kasus/<uuid:case_id>/", case.case, name="case"),
    path("kasus/<uuid:case_id>/langkah/<slug:action>/", actions.take_step, name="take-step"),
    path("kasus/<uuid:case_id>/ambil/", actions.take_case, name="take-case"),
    path("kasus/<uuid:case_id>/lepas/", actions.release_case, name="release-case"),
    path("kasus/<uuid:case_id>/bagikan/", actions.share_case, name="share-case"),
    path("kasus/<uuid:case_id>/temuan/<int:finding_id>/", assessments.assess_finding, name="assess-finding"),
    path("kasus/<uuid:case_id>/aturan/", assessments.name_rule, name="add-rule"),
    path("kasus/<uuid:case_id>/aturan/<slug:rule_code>/", assessments.take_rule_back, name="withdraw-rule"),
    path("kasus/<uuid:case_id>/catatan/", writing.write_note, name="write-note"),
    path("kasus/<uuid:case_id>/usulan/", writing.write_proposal, name="write-proposal"),
    path("kasus/<uuid:case_id>/pesan/", writing.write_message, name="write-message"),
    path("kasus/<uuid:case_id>/terlapor/", writing.change_respondent, name="change-respondent"),
    path("kasus/<uuid:case_id>/pakta/", documents.write_pact, name="write-pact"),
    path("kasus/<uuid:case_id>/berkas/<uuid:page_id>/salinan", documents.document_page, name="document-page"),
    path("kasus/<uuid:case_id>/gambar/<uuid:evidence_id>/", evidence.evidence, name="evidence"),
    path("kasus/<uuid:case_id>/gambar/<uuid:evidence_id>/salinan", evidence.evidence_image, name="evidence-image"),
    path("pembacaan-kedua/", second_reading.second_readings, name="second-readings"),
    path("pembacaan-kedua/<uuid:draw_id>/", second_reading.second_reading, name="second-reading"),
    path(
        "pembacaan-kedua/<uuid:draw_id>/gambar/<uuid:evidence_id>",
        second_reading.second_reading_image,
        name="second-reading-image",
    ),
    path(
        "kasus/<uuid:case_id>/gambar/<uuid:evidence_id>/kecil", evidence.evidence_thumbnail, name="evidence-thumbnail"
    ),
    path("kasus/<uuid:case_id>/gambar/<uuid:evidence_id>/samarkan/", masking.mask_evidence, name="mask-evidence"),
    path("kasus/<uuid:case_id>/gambar/<uuid:evidence_id>/asli/", originals.original, name="original"),
    path("kasus/<uuid:case_id>/asli/<uuid:opening_id>/setujui/", originals.agree_original, name="agree-original"),
    path("kasus/<uuid:case_id>/asli/<uuid:opening_id>/unduh/", originals.take_original_file, name="take-original"),
    path("kasus/<uuid:case_id>/berkas/", bundle.bundle, name="bundle"),
    path("cocokkan/", verification.verify_file, name="verify-file"),
    path("kunci/", bundle.public_key, name="signing-key"),
    path("kasus/<uuid:case_id>/gambar/<uuid:evidence_id>/petunjuk/<int:place>/", hints.judge, name="judge-hint"),
    path("lacak/", follow_up.follow_up, name="follow-up"),
    path("lacak/laporan/", follow_up.followed, name="followed-report"),
    path("lacak/laporan/pesan/", follow_up.write, name="write-to-office"),
    path("lacak/laporan/gambar/", follow_up.add_pictures, name="add-pictures"),
    path("lacak/laporan/periksa/", follow_up.check_own_file, name="check-own-file"),
    path("lacak/selesai/", follow_up.leave, name="leave-report"),
]
