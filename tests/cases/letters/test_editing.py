"""Templates: written, tried out and published by the national admin; kept as they were once in force."""

from datetime import timedelta

import pytest
from django.db import InternalError, transaction

from accounts.models import AuditEvent
from cases.letters.editing import (
    TemplateRefused,
    discard_template,
    publish_template,
    sample,
    save_template,
    start_template,
    template_mistake,
)
from cases.letters.kinds import LetterKind
from cases.letters.loading import load_letter_templates, shipped_sources
from cases.letters.models import LAYOUT
from cases.letters.offices import office_of
from cases.letters.writing import LetterNotSet, facts_on_paper, letter_pdf, sign_off
from cases.models import Letter, LetterCounter, LetterTemplate
from tests.case_factories import MONDAY
from tests.cases.letters.specimens import drafted, signed

pytestmark = pytest.mark.django_db
KIND = LetterKind.KAJIAN
GOOD = "#judul()\n\nIsi baru.\n\n#tanda_tangan()\n"


@pytest.fixture
def draft(nasrul):
    return start_template(kind=KIND, by=nasrul, at=MONDAY)


def save(source, nasrul, edition=1):
    return save_template(kind=KIND, source=source, edition=edition, by=nasrul, at=MONDAY)


def publish(nasrul, edition=2):
    return publish_template(kind=KIND, edition=edition, by=nasrul, at=MONDAY)


@pytest.mark.parametrize("kind", shipped_sources())
def test_the_templates_of_the_release_make_letters_of_the_sample(kind, reference):
    assert template_mistake(LetterTemplate.objects.in_force(kind), at=MONDAY) is None


@pytest.mark.parametrize("kind", LetterKind)
def test_the_sample_has_the_facts_a_letter_has(kind, sari, budi):
    letter = signed(kind, by=sari, second=budi)
    assert set(sample(kind)) == set(facts_on_paper(letter, office_of(sari)))


def test_a_draft_counts_for_nobody_until_it_is_published(draft, nasrul, sari, budi):
    save(GOOD, nasrul)
    before = signed(KIND, by=sari, second=budi)
    assert before.template.version == 1
    published = publish(nasrul)
    after = signed(KIND, by=sari, second=budi)
    assert (published.version, after.template) == (2, published)
    actions = AuditEvent.objects.about(KIND).values_list("action", flat=True).order_by("id")
    assert list(actions) == ["template.started", "template.saved", "template.published"]


def test_a_letter_stays_as_it_was_signed(draft, nasrul, sari, budi):
    letter = signed(KIND, by=sari, second=budi)
    was = letter_pdf(letter)
    save(GOOD, nasrul)
    publish(nasrul)
    assert letter_pdf(Letter.objects.get(pk=letter.pk)) == was


def test_a_broken_draft_is_kept_named_by_line_and_not_published(draft, nasrul):
    kept = save("#judul()\n\n#tidak_ada\n", nasrul)
    mistake = template_mistake(kept, at=MONDAY)
    assert (mistake.line, mistake.text, mistake.in_layout) == (3, "#tidak_ada", False)
    with pytest.raises(TemplateRefused, match="baris 3"):
        publish(nasrul)
    assert LetterTemplate.objects.in_force(KIND).version == 1
    assert LetterTemplate.objects.drafts().get().source == "#judul()\n\n#tidak_ada\n"


def test_a_mistake_that_shows_only_once_signed_is_found_too(draft, nasrul):
    kept = save("#judul()\n#if not data.draft [#data.tidak_ada]\n", nasrul)
    assert template_mistake(kept, at=MONDAY).line == 2


def test_two_who_edit_at_once_do_not_overwrite_one_another(draft, nasrul):
    save(GOOD, nasrul)
    with pytest.raises(TemplateRefused, match="baru saja diubah"):
        save("= Lain", nasrul, edition=1)
    discard_template(kind=KIND, edition=2, by=nasrul, at=MONDAY)
    with pytest.raises(TemplateRefused, match="sudah tidak ada"):
        save(GOOD, nasrul, edition=2)


def test_the_database_keeps_published_templates(reference):
    template = LetterTemplate.objects.in_force(KIND)
    with pytest.raises(InternalError), transaction.atomic():
        LetterTemplate.objects.filter(pk=template.pk).update(source="= Lain")
    with pytest.raises(InternalError), transaction.atomic():
        template.delete()


def test_loading_again_changes_nothing_and_never_what_an_admin_wrote(draft, nasrul):
    assert load_letter_templates(at=MONDAY) == 0
    save(GOOD, nasrul)
    publish(nasrul)
    assert load_letter_templates(at=MONDAY + timedelta(days=1)) == 0
    assert LetterTemplate.objects.in_force(KIND).source == GOOD


def test_a_release_that_changed_a_template_publishes_it_as_the_next_version(reference):
    old = LetterTemplate.objects.in_force(LAYOUT)
    LetterTemplate.objects.create(kind=LAYOUT, version=2, source=f"{old.source}// lama\n", changed_at=MONDAY)
    assert load_letter_templates(at=MONDAY) == 1
    newest = LetterTemplate.objects.in_force(LAYOUT)
    assert (newest.version, newest.source) == (3, old.source)


def test_a_letter_that_cannot_be_set_takes_no_number(sari, budi):
    LetterTemplate.objects.create(kind=KIND, version=2, source="#tidak_ada\n", changed_at=MONDAY)
    letter = drafted(KIND, by=sari, second=budi)
    with pytest.raises(LetterNotSet, match="admin nasional"):
        sign_off(letter=letter, by=budi, at=MONDAY)
    assert not LetterCounter.objects.filter(kind=KIND).exists()
    assert Letter.objects.get(pk=letter.pk).is_draft
