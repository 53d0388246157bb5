"""People who act on a pool of cases as the dice say, and what of it the audit shows to be off the table."""

import random
from collections import Counter
from contextlib import suppress
from datetime import timedelta

from accounts.models import AuditEvent, User
from accounts.roles import Permission, Role
from cases.facts import Completion, Duplicate, RegistrationEntry, StatusCorrection
from cases.handover import propose_handover
from cases.models import Case, Clarification
from cases.refusals import ActionRefused
from cases.status import Status
from cases.transitions import TRANSITIONS
from cases.workflow import Action, available_actions
from regions.models import Region
from tests.case_factories import MONDAY, facts_for, make_case, step
from tests.clarification_factories import deliver
from tests.conftest import make_user

POOL = 12
# How often somebody offers the case to another office first
OFFERS = 0.1
PEOPLE = ("sari", "budi", "kartika", "wayan", "dewi", "nasrul", "aminah", "rini")
# The same steps in every run, so that a failure can be looked at.
SEED = 20_241_014


class Crowd:
    """People who act on a pool of cases as the dice say; each keeps old pages open and uses them now and then."""

    def __init__(self):
        self.dice = random.Random(SEED)
        # Where cases are transferred to there is somebody to go on with them.
        make_user("rini", Role.REVIEWER_BAWASLU, "33.72", "Bawaslu Kota Surakarta")
        self.people = {person.username: person for person in User.objects.filter(username__in=PEOPLE)}
        self.regions = list(Region.objects.filter(pk__in=["33.74", "33.72", "51.71"]))
        self.at = MONDAY
        self.pool = [self.open_case() for _ in range(POOL)]
        self.opened = {case.pk for case in self.pool}
        self.old_pages = {}
        self.counts = Counter()

    def open_case(self):
        employer = self.dice.choice(["pusat", "33.74", ""])
        return make_case(by=self.people["sari"], second=self.people["budi"], employer=employer, at=self.at)

    def walk(self, steps):
        """That many tries; returns the counts and what was illegal."""
        for _ in range(steps):
            self.act()
        return self.counts, illegal_changes(self.opened)

    def act(self):
        """One try of one person on one case."""
        self.at += timedelta(minutes=1)
        place = self.dice.randrange(POOL)
        case = self.page(self.pool[place].pk)
        person = self.somebody(case)
        if self.dice.random() < OFFERS:
            self.offer(case, person)
        action = self.choose(case, person)
        if action is Action.JADWALKAN_ULANG:
            self.serve(case, person)
        reason = self.dice.choice(["Sesuai hasil pemeriksaan."] * 4 + [" "])
        try:
            step(case, action, by=person, at=self.at, reason=reason, facts=self.facts(action))
        except ActionRefused as refused:
            self.counts["refused" if str(refused).strip() else "refused without a word"] += 1
        else:
            self.counts["accepted"] += 1
        self.replace_if_finished(place, case)

    def somebody(self, case):
        """Anybody, or (more often) a reviewer of the place, since most others can do nothing there."""
        near = [
            person
            for person in self.people.values()
            if person.may(Permission.CLARIFY) and person.works_in(case.region_id)
        ]
        return self.dice.choice(near if self.dice.random() < 0.6 else list(self.people.values()))

    def offer(self, case, person):
        """Propose the case to some office; a refusal is part of the game."""
        region = self.dice.choice(self.regions)
        with suppress(ActionRefused):
            propose_handover(case=case, region=region, reason="Kejadiannya di sana.", by=person, at=self.at)

    def serve(self, case, person):
        """Bring the summons that waits to the respondent; a refusal is part of the game."""
        with suppress(ActionRefused, Clarification.DoesNotExist):
            deliver(case, by=person, at=self.at)

    def page(self, case_id):
        """The case as the person sees it: as it is, or as it was on a page that stayed open."""
        if self.dice.random() < 0.15 and case_id in self.old_pages:
            return self.old_pages[case_id]
        now = Case.objects.select_related("region", "respondent").get(pk=case_id)
        if self.dice.random() < 0.2:
            self.old_pages[case_id] = Case.objects.select_related("region", "respondent").get(pk=case_id)
        return now

    def choose(self, case, person):
        """A button that is there, or any step at all."""
        buttons = available_actions(case, person)
        return self.dice.choice(buttons if buttons and self.dice.random() < 0.6 else list(Action))

    def facts(self, action):
        """What is filled in: right, or in one of five cases something that must be refused."""
        is_wrong = self.dice.random() < 0.2
        today = self.at.date()
        own = {
            Action.KOREKSI_STATUS: StatusCorrection(target=self.dice.choice(list(Status))),
            Action.TANDAI_DOBEL: Duplicate(other=self.dice.choice(self.pool)),
        }
        wrong = {
            Action.MINTA_PERBAIKAN: Completion(missing=" ", due_date=today - timedelta(days=400)),
            Action.DAFTARKAN: RegistrationEntry(number="", registered_date=today + timedelta(days=400)),
        }
        return (wrong.get(action) if is_wrong else None) or own.get(action) or facts_for(action, self.at)

    def replace_if_finished(self, place, case):
        """Finished cases are tried for a while and then make room: else the walk would soon stand still."""
        if case.status == Status.SELESAI and self.dice.random() < 0.5:
            self.pool[place] = self.open_case()
            self.opened.add(self.pool[place].pk)


def illegal_changes(case_ids):
    """Changes of status in the audit that the table does not have, and cases that are not where the audit left them."""
    at = {}
    found = []
    for event in AuditEvent.objects.about(*case_ids).filter(details__has_key="to").order_by("id"):
        source, target = event.details.get("from"), event.details["to"]
        row = TRANSITIONS.get(event.action)
        if row is None:
            fits = source is None and target == Status.MASUK
        else:
            targets = set(Status) if row.target is None else {row.target}
            if row.returns_to and row.target:
                targets.add(Status.TINDAK_LANJUT)
            fits = source in row.sources and target in targets and source == at[event.subject_id]
        if not fits:
            found.append((event.pk, event.action, source, target))
        at[event.subject_id] = target
    statuses = {str(pk): status for pk, status in Case.objects.filter(pk__in=case_ids).values_list("pk", "status")}
    return found + [(pk, statuses[pk], at[pk]) for pk in statuses if statuses[pk] != at[pk]]


def reached(case_ids):
    """Every status the cases were in, as the audit tells it."""
    told = AuditEvent.objects.about(*case_ids).filter(details__has_key="to")
    return {Status(status) for status in told.values_list("details__to", flat=True).distinct()}
