"""Addresses of case work and of the reporter's follow-up."""

from django.urls import path

from cases.views import actions, assessments, case, evidence, follow_up, hints, inbox, second_reading, writing

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
    path("kasus/<uuid:case_id>/gambar/<uuid:evidence_id>/", evidence.evidence, name="evidence"),
    path("kasus/<uuid:case_id>/gambar/<uuid:evidence_id>/salinan", evidence.evidence_image, name="evidence-image"),
    path("pembacaan-kedua/", second_reading.second_readings, name="second-readings"),
    path("pembacaan-kedua/<uuid:draw_id>/", second_reading.second_reading, name="second-reading"),
    path(
        "pembacaan-kedua/<uuid:draw_id>/gambar/<uuid:evidence_id>",
        second_reading.second_reading_image,
        name="second-reading-image",
    ),
    path("kasus/<uuid:case_id>/gambar/<uuid:evidence_id>/petunjuk/<int:place>/", hints.judge, name="judge-hint"),
    path("lacak/", follow_up.follow_up, name="follow-up"),
    path("lacak/laporan/", follow_up.followed, name="followed-report"),
    path("lacak/laporan/pesan/", follow_up.write, name="write-to-office"),
    path("lacak/laporan/gambar/", follow_up.add_pictures, name="add-pictures"),
    path("lacak/selesai/", follow_up.leave, name="leave-report"),
]
