"""Look-alikes are found when a picture was read or a report is classified, once, both ways round."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.screens import cropped, draw_post, post_text
from reports import adding, likeness, preparation, work
from reports.likeness import compare_evidence, compare_report, look_alikes, person_keys
from reports.models import Evidence
from reports.models_likeness import Alike, AlikeKind, EvidenceLikeness, ReportLikeness
from reports.originals import Picture
from tests.factories import AT, make_report, send_report

pytestmark = pytest.mark.django_db


def as_png(image):
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def arrive(image, text="", **facts):
    """A report with one picture, worked off; no two reports share narrative or person unless told to."""
    number = Evidence.objects.count()
    facts = {"respondent_name": f"Orang {'ABCDEFGH'[number]}", "narrative": post_text(900 + number)} | facts
    return make_report(pictures=[as_png(image)], text=text, **facts)


def pairs(kind=None):
    found = Alike.objects.all() if kind is None else Alike.objects.filter(kind=kind)
    return set(found.values_list("report", "other"))


def test_a_cropped_copy_in_another_report_is_found_and_written_both_ways(reference):
    first, second = arrive(draw_post(0)), arrive(cropped(draw_post(0)))
    arrive(draw_post(1))
    assert pairs() == {(first.pk, second.pk), (second.pk, first.pk)}
    (alike,) = look_alikes(second.evidence.get())
    assert (alike.evidence, alike.is_same_file, alike.why) == (first.evidence.get(), False, ["picture"])


def test_the_same_file_is_found_even_if_nobody_can_decode_it(reference):
    first, second = (send_report(pictures=[as_png(draw_post(3))]).report for _ in range(2))
    for report in (first, second):
        compare_evidence(evidence=report.evidence.get(), at=AT)
    (alike,) = look_alikes(second.evidence.get())
    assert (alike.is_same_file, alike.picture_distance, alike.text_similarity) == (True, None, None)
    assert alike.why == ["same_file"]


def test_the_words_find_what_the_pixels_do_not(reference):
    first = arrive(draw_post(4), text=post_text(4))
    second = arrive(draw_post(5).rotate(10), text=f"14.20\n{post_text(4)}")
    (alike,) = look_alikes(second.evidence.get())
    assert (alike.evidence.report, alike.why) == (first, ["text"])


def test_pictures_of_one_report_are_not_compared_with_each_other(reference):
    make_report(pictures=[as_png(draw_post(0)), as_png(cropped(draw_post(0)))])
    assert pairs() == set()


def test_a_narrative_passed_around_is_found(reference):
    first = make_report(respondent_name="Orang Satu", narrative=post_text(7))
    second = make_report(respondent_name="Orang Dua", narrative=f"{post_text(7)} Mohon ditindak.")
    make_report(respondent_name="Orang Tiga", narrative=post_text(8))
    assert pairs() == {(first.pk, second.pk), (second.pk, first.pk)}
    assert set(Alike.objects.values_list("kind", flat=True)) == {AlikeKind.TEXT}


def test_one_person_is_recognised_by_nip_or_by_name_and_agency(reference):
    by_nip = {"respondent_nip": "199001012015031001", "respondent_name": "Slamet"}
    first = make_report(narrative=post_text(1), **by_nip)
    second = make_report(narrative=post_text(2), **by_nip | {"respondent_name": "Pak Lurah"})
    third = make_report(narrative=post_text(3), respondent_name="Drs. Riyadi Slamet")
    fourth = make_report(narrative=post_text(4), respondent_name="Slamet Riyadi, S.Pd.")
    assert pairs(AlikeKind.PERSON) == {
        (first.pk, second.pk), (second.pk, first.pk), (third.pk, fourth.pk), (fourth.pk, third.pk)
    }  # fmt: skip


def test_a_post_stands_in_for_a_name_nobody_knew(reference):
    report = send_report(respondent_name="", respondent_agency="Kecamatan Tembalang").report
    assert person_keys(report) == ["post:camat tembalang|kecamatan tembalang"]
    one_word = send_report(respondent_name="Budi", respondent_agency="").report
    assert person_keys(one_word) == []


def test_comparing_again_changes_nothing(reference):
    first, second = arrive(draw_post(0), narrative=post_text(1)), arrive(draw_post(0), narrative=post_text(1))
    before = pairs(), Alike.objects.count(), ReportLikeness.objects.count()
    for report in (first, second):
        compare_evidence(evidence=report.evidence.get(), at=AT)
        compare_report(report=report, at=AT)
    assert (pairs(), Alike.objects.count(), ReportLikeness.objects.count()) == before


def test_the_nearest_are_kept_when_there_are_too_many(reference, monkeypatch):
    monkeypatch.setattr(likeness, "MOST_ALIKE", 2)
    cut = arrive(cropped(draw_post(0)))
    same = [arrive(draw_post(0)) for _ in range(3)]
    nearest = {alike.evidence.report for alike in look_alikes(same[-1].evidence.get())}
    assert nearest == set(same[:2])
    assert cut not in nearest


def test_work_off_compares_pictures_and_words_of_a_report(reference):
    report = send_report(pictures=[as_png(draw_post(0))]).report
    while entry := report.outbox.open().first():
        work.work_off(entry_id=entry.pk, clock=lambda: AT)
    kept = EvidenceLikeness.objects.get()
    assert kept.picture_keys
    assert kept.text_keys, "the reader found no words in the drawn post"
    assert ReportLikeness.objects.get().report == report


def test_a_picture_added_later_is_compared_too(reference):
    first, second = arrive(draw_post(0)), arrive(draw_post(1))
    (added,) = adding.add_evidence(report=second, pictures=[Picture.of(as_png(draw_post(0)))], at=AT)
    preparation.make_clean_copy(evidence=added, at=AT)
    assert pairs() == {(first.pk, second.pk), (second.pk, first.pk)}


def test_a_look_up_takes_a_fixed_number_of_queries(reference):
    last = [arrive(draw_post(0)) for _ in range(4)][-1].evidence.get()
    with CaptureQueriesContext(connection) as few:
        assert len(look_alikes(last)) == 3
    arrive(draw_post(0))
    with CaptureQueriesContext(connection) as more:
        assert len(look_alikes(last)) == 4
    assert len(more) == len(few)


def test_the_same_file_is_found_where_not_all_that_share_a_key_are_looked_at(reference, monkeypatch):
    monkeypatch.setattr(likeness, "MOST_CANDIDATES", 0)
    arrive(cropped(draw_post(0)))
    first, second = arrive(draw_post(0)), arrive(draw_post(0))
    assert pairs(AlikeKind.PICTURE) == {(first.pk, second.pk), (second.pk, first.pk)}
    assert look_alikes(second.evidence.get())[0].is_same_file


def test_candidates_come_by_index(reference):
    own = EvidenceLikeness.objects.get(evidence__report=arrive(draw_post(0), text=post_text(0)))
    sharing = EvidenceLikeness.objects.sharing_a_key(picture_keys=own.picture_keys, text_keys=own.text_keys)
    with likeness.by_index():
        plan = sharing.explain()
    assert "Seq Scan" not in plan
    assert "likeness_by_picture" in plan
    assert "likeness_by_text" in plan


def test_pictures_from_before_are_compared_by_the_command(reference):
    first, second = arrive(draw_post(0)), arrive(cropped(draw_post(0)))
    expected = pairs()
    EvidenceLikeness.objects.all().delete()
    ReportLikeness.objects.all().delete()
    Alike.objects.all().delete()
    said = io.StringIO()
    call_command("find_look_alikes", stdout=said)
    assert pairs() == expected
    assert said.getvalue() == "4 compared\n"
    call_command("find_look_alikes", stdout=said)
    assert said.getvalue().endswith("0 compared\n")
    assert {first.pk, second.pk} == set(ReportLikeness.objects.values_list("report", flat=True))


def test_erasing_a_picture_erases_what_was_derived_from_it(reference):
    first, second = arrive(draw_post(0)), arrive(draw_post(0))
    second.outbox.all().delete()
    second.evidence.all().delete()
    assert pairs() == set()
    assert set(EvidenceLikeness.objects.values_list("evidence__report", flat=True)) == {first.pk}
