"""Random people take random steps: no illegal status, one event per step, none for a refusal."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import AuditEvent, User
from cases import assessment, assignment, handover, sharing
from cases.clocks import running
from cases.facts import Duplicate, StatusCorrection
from cases.models import Case, CaseReport, Regrouping, RegroupingKind
from cases.released_evidence import released_pictures
from cases.respondent_access import current_access
from cases.status import Outcome, Status
from cases.transitions import TRANSITIONS
from cases.workflow import Action, ActionRefused, available_actions, refusal
from regions.models import Region
from tests.case_factories import MONDAY, RULE, facts_for, make_case, make_evidence, make_report, step
from tests.cases.beside_the_road import ABOUT_A_PICTURE, OF_THE_RESPONDENT, WORK

PEOPLE = ("sari", "budi", "kartika", "wayan", "dewi", "nasrul", "aminah")
names = st.sampled_from(PEOPLE)
# Those who can do something more often than those who only watch
doers = st.sampled_from(("sari", "budi", "sari", "budi", "kartika", "nasrul"))
statuses = st.sampled_from(Status)
regions = st.sampled_from(("33.74", "33.72", "51.71"))


class CaseLife(RuleBasedStateMachine):
    """One case in the hands of everybody; the machine keeps its own books beside it."""

    @initialize(start=st.sampled_from((Status.MASUK, Status.KLARIFIKASI, Status.KAJIAN)))
    def open_a_case(self, start):
        self.people = {person.username: person for person in User.objects.filter(username__in=PEOPLE)}
        self.at = MONDAY
        self.original = make_case(by=self.people["sari"], second=self.people["budi"], employer="33.74")
        self.begin_again(start)

    def begin_again(self, start=Status.MASUK):
        sari, budi = self.people["sari"], self.people["budi"]
        self.case = make_case(by=sari, second=budi, status=start, employer="33.74", at=self.at)
        report = make_report(received_at=self.at)
        CaseReport.objects.create(case=self.case, report=report, attached_at=self.at)
        make_evidence(report)
        self.versions = self.case.version
        self.events = self.case_events()

    def case_events(self):
        # Without what steps leave of letters, which tests of letters count.
        return AuditEvent.objects.about(self.case.pk).exclude(action__startswith="surat_").count()

    @rule(name=names, action=st.sampled_from(Action), corrected=statuses, is_stale=st.booleans())
    def try_anything(self, name, action, corrected, is_stale):
        self.attempt(self.people[name], action, corrected, is_stale)

    @rule(name=doers, pick=st.floats(min_value=0, max_value=0.999), corrected=statuses)
    def press_a_button(self, name, pick, corrected):
        case = Case.objects.get(pk=self.case.pk)
        buttons = available_actions(case, self.people[name])
        if buttons:
            action = buttons[int(pick * len(buttons))]
            self.attempt(self.people[name], action, corrected, is_stale=False)
        elif case.status == Status.SELESAI:
            self.begin_again()

    @rule(
        names=st.tuples(doers, doers),
        picks=st.tuples(st.floats(min_value=0, max_value=0.999), st.floats(min_value=0, max_value=0.999)),
        corrected=statuses,
    )
    def two_press_buttons_on_pages_of_the_same_moment(self, names, picks, corrected):
        views = [Case.objects.get(pk=self.case.pk) for _ in names]
        before = self.versions
        for name, pick, view in zip(names, picks, views, strict=True):
            if buttons := available_actions(view, self.people[name]):
                action = buttons[int(pick * len(buttons))]
                self.attempt(self.people[name], action, corrected, is_stale=False, case=view)
        assert self.versions - before <= 1

    def attempt(self, person, action, corrected, is_stale, case=None):
        case = case or Case.objects.get(pk=self.case.pk)
        own = {
            Action.KOREKSI_STATUS: StatusCorrection(target=corrected),
            Action.TANDAI_DOBEL: Duplicate(other=self.original),
        }
        source, is_allowed = case.status, refusal(case, action, person) is None
        is_seen = Case.objects.visible_to(person).filter(pk=case.pk).exists()
        is_seen |= action is Action.ALIHKAN and handover.is_offered_to(case, person)
        seen_version, had_code = case.version - is_stale, current_access(case) is not None
        facts = own.get(action) or facts_for(action, self.at)
        try:
            step(case, action, by=person, at=self.at, facts=facts, seen_version=seen_version)
        except ActionRefused:
            return
        assert is_allowed
        assert is_seen
        assert not is_stale
        self.versions += 1
        # A code that dies with the step is told beside it.
        self.events += 1 + (had_code and current_access(case) is None)
        assert source in TRANSITIONS[action].sources
        if action is Action.BATALKAN_DOBEL:
            assert case.status == self.merged_from
        elif action is Action.KEMBALIKAN_REKOMENDASI:
            stands = case.recommendations.sent().exists()
            assert case.status == (Status.TINDAK_LANJUT if stands else Status.KAJIAN)
        else:
            assert case.status == (TRANSITIONS[action].target or corrected)
        if action is Action.TANDAI_DOBEL:
            self.merged_from = source

    @rule(name=names, use_case=st.sampled_from(("take", "release", "share")))
    def handle(self, name, use_case):
        calls = {"take": assignment.take, "release": assignment.release, "share": sharing.share_with_kesbangpol}
        try:
            calls[use_case](case=Case.objects.get(pk=self.case.pk), by=self.people[name], at=self.at)
        except ActionRefused:
            return
        self.versions += 1
        self.events += 1

    @rule(name=names, region=regions)
    def offer_to_another_office(self, name, region):
        where, case = Region.objects.get(pk=region), Case.objects.get(pk=self.case.pk)
        try:
            handover.propose_handover(case=case, region=where, reason="Di sana.", by=self.people[name], at=self.at)
        except ActionRefused:
            return
        self.events += 1

    @rule(name=names)
    def accept_what_is_offered(self, name):
        self.attempt(self.people[name], Action.ALIHKAN, Status.MASUK, is_stale=False)

    @rule(tries=st.lists(st.tuples(doers, st.sampled_from(sorted(WORK))), min_size=1, max_size=6))
    def work_beside_the_road(self, tries):
        """Grouping, the hearing, and both sides of the respondent's page, in any order."""
        for name, what in tries:
            self.work(self.people[name], what)

    @rule(by=st.sampled_from(("sari", "budi")), tries=st.permutations(OF_THE_RESPONDENT))
    def let_the_respondent_in(self, by, tries):
        if Case.objects.get(pk=self.case.pk).status == Status.SELESAI:
            self.begin_again(Status.KLARIFIKASI)
        self.attempt(self.people["nasrul"], Action.KOREKSI_STATUS, Status.KLARIFIKASI, is_stale=False)
        for what in ("allege", "issue", *tries):
            self.work(self.people[by], what)

    def work(self, person, what):
        """No status changes but by taking back a merge or a split; a refusal leaves the books as they were."""
        case = Case.objects.select_related("region").get(pk=self.case.pk)
        before, others = case.status, Regrouping.objects.count()
        taken_back = Regrouping.objects.of_case(case.pk).standing().newest_first().first() if what == "undo" else None
        try:
            WORK[what](case, self.original, person, self.at)
        except ActionRefused:
            self.the_books_agree()
            return
        now, events = Case.objects.get(pk=case.pk), self.case_events()
        assert now.version - self.versions in {0, 1}
        assert events > self.events or what in ABOUT_A_PICTURE
        # A case made by splitting goes back into the one it came from, which is a merge of its own.
        rejoins = taken_back is not None and taken_back.kind == RegroupingKind.SPLIT
        if rejoins and taken_back.target_id == case.pk:
            assert now.outcome == Outcome.DOBEL
            self.merged_from = before
        elif taken_back and taken_back.kind == RegroupingKind.MERGE and taken_back.source_id == case.pk:
            assert now.status == self.merged_from
        else:
            assert now.status == before
        assert Regrouping.objects.count() - others == (rejoins or what in {"attach", "split"})
        self.versions, self.events = now.version, events

    @rule(name=names)
    def assess(self, name):
        try:
            case = Case.objects.get(pk=self.case.pk)
            assessment.add_rule(case=case, rule_code=RULE, reason="Jelas.", by=self.people[name], at=self.at)
        except ActionRefused:
            return
        self.events += 1

    @rule(hours=st.integers(min_value=1, max_value=48))
    def time_passes(self, hours):
        self.at += timedelta(hours=hours)

    @invariant()
    def the_books_agree(self):
        case = Case.objects.get(pk=self.case.pk)
        assert case.version == self.versions
        assert self.case_events() == self.events
        is_finished = case.status == Status.SELESAI
        assert bool(case.outcome) is is_finished
        assert (case.outcome == Outcome.DOBEL) is (case.duplicate_of_id is not None)
        if is_finished:
            assert case.due_at is None
            buttons = {action for person in self.people.values() for action in available_actions(case, person)}
            back = {Outcome.DOBEL: Action.BATALKAN_DOBEL, Outcome.SANKSI: Action.BUKA_KEMBALI}
            correction = set() if case.outcome == Outcome.DOBEL else {Action.KOREKSI_STATUS}
            assert buttons <= {back.get(case.outcome), *correction}
        run = running(case)
        assert run is None or run.paused_at or run.due_at == case.due_at, "two deadlines"
        assert case.recommendations.filter(sent_at=None, withdrawn_at=None).count() <= 1
        assert case.sanctions.filter(withdrawn_at=None).count() <= 1
        if current_access(case):
            assert case.status in {Status.KLARIFIKASI, Status.KAJIAN}, "a code outlived the clarification"
        assert case.case_reports.exists() is (case.outcome != Outcome.DOBEL)
        assert {row.copy.evidence_id for row in released_pictures(case)} <= set(
            case.case_reports.values_list("report__evidence", flat=True)
        )


@pytest.mark.django_db
def test_no_order_of_steps_by_anybody_leads_out_of_the_table(sari, budi, kartika, wayan, dewi, nasrul, aminah):
    run_state_machine_as_test(
        CaseLife,
        settings=settings(
            max_examples=15,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
