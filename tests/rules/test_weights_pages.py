"""The national admin sees what was learned and decides."""

import pytest
from django.urls import reverse

from rules.current import version_in_force
from rules.models import WeightsChoice
from rules.promoting import promote
from tests.case_factories import MONDAY
from tests.rules.weights_factory import make_weights

pytestmark = pytest.mark.django_db
LIST = "/kelola/mesin/"


@pytest.fixture
def admin(client, nasrul):
    client.force_login(nasrul)
    return client


def page_of(weights) -> str:
    return reverse("rules:choose-weights", args=[weights.version if weights else "rilis"])


def test_the_list_names_every_training_its_verdict_and_what_counts(admin):
    weights = make_weights()
    page = admin.get(LIST).content.decode()
    assert weights.short_version in page
    assert "tidak terbukti lebih baik" in page
    assert page.count("berlaku hari ini") == 1


def test_an_empty_list_says_what_to_do(admin):
    assert "manage.py train" in admin.get(LIST).content.decode()


def test_looking_at_the_report_chooses_nothing_and_the_button_does(admin):
    weights = make_weights()
    page = admin.get(page_of(weights)).content.decode()
    assert "Label pertama benar" in page
    assert "-1.0 sampai +5.0" in page
    assert version_in_force() == ""
    answer = admin.post(page_of(weights), {"reason": "Lebih baik."})
    assert answer.status_code == 302
    assert version_in_force() == weights.version


def test_without_a_reason_nothing_is_chosen_and_the_page_says_so(admin):
    weights = make_weights()
    answer = admin.post(page_of(weights), {"reason": ""})
    assert answer.status_code == 422
    assert not WeightsChoice.objects.exists()


def test_after_a_bad_report_the_box_must_be_ticked(admin):
    worse = make_weights(verdict="worse")
    assert "Tuduhan keliru" in admin.get(LIST).content.decode()
    answer = admin.post(page_of(worse), {"reason": "Dicoba."})
    assert answer.status_code == 409
    assert "Dicoba." in answer.content.decode()
    admin.post(page_of(worse), {"reason": "Dicoba.", "despite_worse": "on"})
    assert version_in_force() == worse.version


def test_the_way_back_to_the_release_is_one_more_choice(admin, nasrul):
    promote(weights=make_weights(), reason="Dicoba.", by=nasrul, at=MONDAY)
    assert page_of(None) in admin.get(LIST).content.decode()
    admin.post(page_of(None), {"reason": "Keliru."})
    assert version_in_force() == ""
    assert "Keliru." in admin.get(LIST).content.decode()


def test_what_already_counts_offers_no_button(admin):
    assert "Ya, berlakukan" not in admin.get(page_of(None)).content.decode()


def test_a_newer_release_puts_a_choice_aside_and_the_page_says_so(admin, nasrul):
    weights = make_weights()
    promote(weights=weights, reason="Dicoba.", by=nasrul, at=MONDAY)
    stranger = type(weights)(
        version="e" * 64,
        content=weights.content,
        lexicon_version="older",
        release_version="older",
        made_at=MONDAY,
        accounts=1,
        report=weights.report,
    )
    stranger.save()
    WeightsChoice.objects.create(weights=stranger, reason="Dulu.", by=nasrul, at=MONDAY)
    assert "Pilihan terakhir tidak dipakai lagi" in admin.get(LIST).content.decode()


def test_unknown_weights_are_not_found(admin):
    assert admin.get("/kelola/mesin/0123/").status_code == 404


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(admin, django_assert_max_num_queries):
    for lean in range(4):
        make_weights(lean=lean + 1.0)
    with django_assert_max_num_queries(7):
        admin.get(LIST)
