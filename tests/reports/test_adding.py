"""More pictures for a report."""

from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from reports import adding
from reports.adding import ReportErased, TooManyPictures, add_evidence
from reports.erasing_reports import erase_report
from reports.models import Evidence
from reports.originals import Picture, open_original
from tests.factories import AT, finish_work, make_report, png, send_report

LATER = AT + timedelta(days=1)


def pictures(number):
    return [Picture.of(png()) for _ in range(number)]


@pytest.mark.django_db
def test_added_pictures_continue_the_row_and_are_worked_on(reference):
    report = send_report(pictures=2).report
    data = png()
    (added,) = add_evidence(report=report, pictures=[Picture.of(data)], at=LATER)
    assert (added.position, added.received_at) == (3, LATER)
    assert open_original(added) == data
    assert report.outbox.filter(evidence=added).count() == 1
    assert AuditEvent.objects.about(report.id).get(action="report.evidence_added").details == {"pictures": 1}


@pytest.mark.django_db
def test_a_report_is_classified_again_after_an_addition(reference):
    report = make_report()
    add_evidence(report=report, pictures=pictures(1), at=LATER)
    assert report in type(report).objects.ready_for_review()
    finish_work(report, at=LATER)
    assert report.classifications.count() == 2


@pytest.mark.django_db
def test_sending_an_addition_twice_adds_it_once(reference):
    report = send_report().report
    chosen = pictures(2)
    assert len(add_evidence(report=report, pictures=chosen, at=LATER)) == 2
    assert add_evidence(report=report, pictures=chosen, at=LATER) == []
    assert report.evidence.count() == 3


@pytest.mark.django_db
def test_the_same_addition_sent_twice_at_the_same_moment_adds_it_once(reference, monkeypatch):
    """The second sending is sealed while the first one is being written."""
    report, chosen, seal = send_report().report, pictures(1), adding.seal_originals

    def seal_after_the_other(sealed):
        monkeypatch.setattr(adding, "seal_originals", seal)
        assert len(add_evidence(report=report, pictures=chosen, at=LATER)) == 1
        return seal(sealed)

    monkeypatch.setattr(adding, "seal_originals", seal_after_the_other)
    assert add_evidence(report=report, pictures=chosen, at=LATER) == []
    assert report.evidence.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("already", "more", "room"), [(1, 11, 10), (25, 6, 5), (30, 1, 0)])
def test_ten_at_a_time_and_thirty_in_all(reference, settings, already, more, room):
    report = send_report(pictures=min(already, 10)).report
    for _ in range((already - 1) // 10):
        add_evidence(report=report, pictures=pictures(min(10, already - report.evidence.count())), at=LATER)
    assert report.evidence.count() == already
    with pytest.raises(TooManyPictures) as refusal:
        add_evidence(report=report, pictures=pictures(more), at=LATER)
    assert refusal.value.room == room
    assert Evidence.objects.count() == already == len(list(settings.SEALED_ROOT.glob("*.sealed")))


@pytest.mark.django_db
def test_a_report_that_was_erased_takes_no_picture_and_says_that(reference, settings):
    report = make_report()
    erase_report(report=report, by=None, at=LATER, reason="retention rule sanksi")
    kept = (Evidence.objects.count(), len(list(settings.SEALED_ROOT.glob("*.sealed"))))
    with pytest.raises(ReportErased):
        add_evidence(report=report, pictures=pictures(1), at=LATER)
    assert (Evidence.objects.count(), len(list(settings.SEALED_ROOT.glob("*.sealed")))) == kept
