"""Which weights count, who decides it, and the way back."""

from datetime import date

import pytest
from django.db import InternalError, transaction

from accounts.models import AuditEvent
from rules.current import engine_on, release_engine
from rules.engine import Account
from rules.models import TrainedWeights, WeightsChoice
from rules.promoting import PromotionRefused, promote
from tests.case_factories import MONDAY
from tests.rules.weights_factory import make_weights

pytestmark = pytest.mark.django_db
TODAY = date(2024, 10, 14)


def choose(weights, by, reason="Lebih baik pada kasus kami.", **more):
    return promote(weights=weights, reason=reason, by=by, at=MONDAY, **more)


def test_until_somebody_chooses_the_weights_of_the_release_count(reference):
    make_weights()
    assert engine_on(TODAY).model is release_engine().model


def test_chosen_weights_count_for_every_judgement_from_then_on_and_opinions_name_them(nasrul):
    weights = make_weights(lean=6.0)
    account = Account("Jalan di depan kantor rusak.")
    before = engine_on(TODAY).judge(account)
    choose(weights, nasrul)
    after = engine_on(TODAY).judge(account)
    assert after.versions.model == weights.short_version != before.versions.model
    assert after.versions.lexicon == before.versions.lexicon
    assert after.ranked[0].label != before.ranked[0].label


def test_an_older_choice_can_be_chosen_again_and_so_can_the_release(nasrul):
    first, second = make_weights(lean=1.0), make_weights(lean=2.0)
    for weights in (first, second, first):
        choose(weights, nasrul)
        assert engine_on(TODAY).model.version == weights.short_version
    choose(None, nasrul)
    assert engine_on(TODAY).model is release_engine().model
    assert WeightsChoice.objects.count() == 4


@pytest.mark.parametrize("field", ["lexicon_version", "release_version"])
def test_weights_of_another_release_never_count(nasrul, field):
    weights = make_weights()
    stranger = TrainedWeights(
        version="f" * 64,
        content=weights.content,
        lexicon_version=weights.lexicon_version,
        release_version=weights.release_version,
        made_at=MONDAY,
        accounts=1,
    )
    setattr(stranger, field, "older")
    stranger.save()
    with pytest.raises(PromotionRefused, match="Latih ulang"):
        choose(stranger, nasrul)
    # Chosen while its release ran, before the next one came.
    WeightsChoice.objects.create(weights=stranger, reason="Dulu cocok.", by=nasrul, at=MONDAY)
    assert engine_on(TODAY).model is release_engine().model


def test_weights_that_did_worse_need_an_explicit_word(nasrul):
    worse = make_weights(verdict="worse")
    with pytest.raises(PromotionRefused, match="lebih buruk"):
        choose(worse, nasrul)
    choose(worse, nasrul, despite_worse=True)
    assert AuditEvent.objects.get(action="weights.chosen").details["despite_worse"] is True


def test_a_choice_needs_a_reason_and_the_permission(nasrul, sari):
    weights = make_weights()
    with pytest.raises(PromotionRefused, match="alasannya"):
        choose(weights, nasrul, reason="  ")
    with pytest.raises(PromotionRefused, match="tidak berwenang"):
        choose(weights, sari)
    assert not WeightsChoice.objects.exists()


def test_what_already_counts_is_not_chosen_again(nasrul):
    with pytest.raises(PromotionRefused, match="memang sedang berlaku"):
        choose(None, nasrul)


def test_the_same_training_is_kept_once_and_on_record(reference):
    assert make_weights() == make_weights()
    assert AuditEvent.objects.filter(action="weights.trained").count() == 1


def test_the_database_refuses_to_change_weights_or_choices(nasrul):
    weights = make_weights()
    for change in (lambda: TrainedWeights.objects.update(accounts=1), TrainedWeights.objects.get(pk=weights.pk).delete):
        with pytest.raises(InternalError), transaction.atomic():
            change()
    choice = choose(weights, nasrul)
    for change in (lambda: WeightsChoice.objects.update(reason="Lain."), choice.delete):
        with pytest.raises(InternalError), transaction.atomic():
            change()
