"""What is there after the demo was loaded."""

import sys
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, User
from cases.actions import Action
from cases.demo import keeping
from cases.demo.loading import FIRST, Loaded, load_demo
from cases.demo.people import NameTaken
from cases.follow_up import status_for_reporter
from cases.models import Case, Recommendation, Sanction
from cases.status import Outcome
from evidence import vault
from reports import receipt
from reports.models import ClassificationState, Evidence, OutboxEntry, Report
from rules.models import Stage

LAST_DAY_OF_KASN = date(2024, 8, 31)


def test_every_story_is_told(demo, capsys):
    with capsys.disabled():
        sys.stdout.write(f"[demo loaded in {demo.seconds:.1f} s] ")
    assert demo.loaded == Loaded(cases=len(demo.finished_stories()), live=2)


def test_loading_twice_changes_nothing_and_asks_once(demo):
    before = Report.objects.count(), Case.objects.count(), AuditEvent.objects.count(), User.objects.count()
    with CaptureQueriesContext(connection) as queries:
        assert load_demo(at=demo.at) == Loaded()
    asked = [query for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == 1
    assert before == (Report.objects.count(), Case.objects.count(), AuditEvent.objects.count(), User.objects.count())


def test_the_report_that_tells_whether_the_demo_is_there_is_a_story(demo):
    assert FIRST in {story.key for story in demo.stories}


def test_every_case_reached_its_state(demo):
    reached = {story.key: demo.case(story).status for story in demo.finished_stories()}
    assert reached == {story.key: story.status for story in demo.finished_stories()}


def test_the_audit_tells_every_step_in_order(demo):
    for story in demo.finished_stories():
        events = AuditEvent.objects.about(demo.case(story).pk).oldest_first()
        told = [event.action for event in events if event.action in Action.values]
        assert told == [step.do for step in story.steps if step.do in Action.values], story.key


def test_the_audit_reads_in_the_order_of_time_and_ends_before_the_loading(demo):
    times = list(AuditEvent.objects.oldest_first().values_list("at", flat=True))
    steps = [moment for moment in times if moment < demo.at]
    assert all(moment <= demo.at for moment in times)
    assert len(steps) > 700
    assert all((earlier - later).total_seconds() < 120 for earlier, later in pairwise(times))


def test_recommendations_go_to_the_body_of_their_date(demo):
    letters = Recommendation.objects.select_related("body")
    assert Counter(letter.body.code for letter in letters) == {"kasn": 11, "bkn": 22}
    assert all((letter.body.code == "kasn") == (letter.letter_date <= LAST_DAY_OF_KASN) for letter in letters)


def test_the_general_election_went_to_kasn_and_the_local_elections_to_bkn(demo):
    for story in demo.finished_stories():
        letter = demo.case(story).recommendation
        if letter:
            assert letter.body.code == ("kasn" if story.event.startswith("pemilu") else "bkn")


def test_sent_recommendations_took_two_people(demo):
    sent = Recommendation.objects.exclude(sent_at=None)
    assert sent.count() == 32
    assert all(letter.drafted_by_id != letter.sent_by_id for letter in sent)


def test_outcomes_are_as_mixed_as_in_practice(demo):
    old = [demo.case(story) for story in demo.finished_stories() if story.received]
    dropped = {Outcome.TIDAK_DIREGISTRASI, Outcome.BUKAN_PELANGGARAN, Outcome.BUKAN_ASN}
    assert 0.3 < sum(case.outcome in dropped for case in old) / len(old) < 0.4
    levels = Counter(Sanction.objects.values_list("level", flat=True))
    assert levels["heavy"] + levels["pdth"] < 0.15 * sum(levels.values())
    assert Counter(case.outcome for case in old)[Outcome.GAKKUMDU] == 1
    assert Case.objects.exclude(transferred_at=None).count() == 1
    assert Case.objects.exclude(duplicate_of=None).count() == 1
    assert Case.objects.exclude(shared_with_kesbangpol_at=None).count() == 2


def test_the_stage_follows_the_date_of_the_act(demo):
    stages = {story.key: demo.report(story).classifications.get().stage for story in demo.finished_stories()}
    assert stages["pemilu-04"] == stages["pilkada-jateng-08"] == Stage.BAKAL_CALON
    assert stages["pemilu-01"] == stages["pilkada-jateng-01"] == Stage.CALON
    assert stages["baru-03"] == Stage.UNKNOWN


def test_only_the_live_reports_wait_for_the_worker(demo):
    live = [demo.report(story) for story in demo.stories if story.live]
    assert {report.classification_state for report in live} == {ClassificationState.WAITING}
    assert set(OutboxEntry.objects.open().values_list("report_id", flat=True)) == {report.pk for report in live}


def test_pictures_are_viewable_and_read(demo, demo_folder):
    evidence = Evidence.objects.viewable().first()
    assert vault.load(demo_folder / "clean", evidence.clean_name)
    assert evidence.text
    assert evidence.lines[0]["box"]


def test_the_inbox_of_the_demo_reviewer_is_full(demo):
    sari = User.objects.get(username="sari")
    seen = Case.objects.visible_to(sari)
    assert seen.count() >= 12
    assert seen.new().exists()
    assert seen.open().assigned_to(sari).exists()
    assert seen.overdue(demo.at).exists()
    assert seen.filter(status="rekomendasi").exclude(recommendations__drafted_by=sari).exists()


def test_kesbangpol_sees_what_was_shared_or_is_of_another_government(demo):
    seen = Case.objects.visible_to(User.objects.get(username="kartika"))
    assert 0 < seen.count() < Case.objects.within("33.74").count()


def test_jawa_tengah_and_many_provinces_have_cases(demo):
    regions = [case.region_id for case in Case.objects.all()]
    assert len({code[:2] for code in regions}) >= 12
    assert sum(code.startswith("33") for code in regions) >= 22


def test_the_codes_open_the_demo_reports(demo, demo_folder, settings):
    settings.DATA_DIR = demo_folder
    codes = keeping.kept(keeping.CODES).splitlines()
    reports = [Report.objects.get(receipt_digest=receipt.digest(code)) for code in codes]
    assert [report.pk for report in reports] == [
        demo.report(story).pk for story in sorted(demo.stories, key=lambda story: story.key) if story.show_code
    ]
    assert all(status_for_reporter(report, demo.at).state for report in reports)


def test_no_story_and_no_name_is_in_the_log(demo):
    log = "\n".join(demo.log)
    for story in demo.stories:
        assert story.narrative[:30] not in log
        assert story.respondent.get("name", "-no name-") not in log


def test_an_account_of_a_demo_name_is_never_touched(sari):
    password = sari.password
    with pytest.raises(NameTaken, match="sari"):
        load_demo(at=sari.date_joined)
    sari.refresh_from_db()
    assert sari.password == password
    assert not Report.objects.exists()
