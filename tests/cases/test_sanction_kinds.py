"""A PPPK is not demoted, a PNS has no contract to end; where the law is open or the kind unknown, people are told."""

import pytest

from cases.actions import Action
from cases.decisions import decisions
from cases.forms.steps import SanctionForm
from cases.models import AsnKind, AsnStatus, DisciplineLevel, Respondent
from cases.respondents import RespondentFacts, edit_respondent
from cases.sanction_forms import OTHER_FORM, BadSanctionForms, Others, misfit, sanction_forms
from cases.status import Status
from cases.workflow import FactsRefused
from tests.case_factories import MONDAY, decree, make_case, step

TODAY = MONDAY.date()
# Form, and what of a respondent of each kind: R refused, ! to be checked, otherwise nothing to say
TABLE = {
    "moral_tertutup": ("", "!"),
    "moral_terbuka": ("", "!"),
    "teguran_lisan": ("", ""),
    "teguran_tertulis": ("", ""),
    "tidak_puas_tertulis": ("", ""),
    "potong_tukin_6": ("", ""),
    "potong_tukin_9": ("", ""),
    "potong_tukin_12": ("", ""),
    "turun_jabatan_12": ("", "R"),
    "pelaksana_12": ("", "R"),
    "pdhtaps": ("", "R"),
    "pppk_putus_hormat": ("R", ""),
    "pdth": ("", "!"),
    "pppk_putus_tidak_hormat": ("R", ""),
}
MARKS = {"R": Others.REFUSED, "!": Others.OPEN, "": None}


def record(case, form_code, by, **more):
    level = sanction_forms()[form_code].level if form_code != OTHER_FORM else DisciplineLevel.HEAVY
    facts = decree(TODAY, level=level, form_code=form_code, **more)
    return step(case, Action.CATAT_SANKSI, by=by, facts=facts)


def remarks(case, by):
    told = [dict(row.facts) for row in decisions(case, by=by) if row.title == "Sanksi"]
    return [facts.get("Perlu diperiksa", "") for facts in told]


@pytest.fixture
def case_of(sari, budi):
    """A case with its recommendation sent, about somebody of that kind; empty: nobody knows."""

    def build(kind):
        case = make_case(by=sari, second=budi, status=Status.TINDAK_LANJUT)
        known = {"asn_status": AsnStatus.VERIFIED if kind else AsnStatus.UNVERIFIED, "asn_kind": kind}
        Respondent.objects.filter(pk=case.respondent_id).update(**known)
        case.respondent.refresh_from_db()
        return case

    return build


def test_every_form_says_what_of_either_kind():
    found = {code: tuple(misfit(code, kind) for kind in (AsnKind.PNS, AsnKind.PPPK)) for code in sanction_forms()}
    assert found == {code: (MARKS[pns], MARKS[pppk]) for code, (pns, pppk) in TABLE.items()}
    assert not any(misfit(code, "") for code in TABLE)


def test_a_table_that_does_not_say_what_of_the_others_is_refused(tmp_path):
    broken = tmp_path / "forms.yaml"
    broken.write_text("- {code: a, level: heavy, for: pns, confirmed: true, source: s, title: {id: a, en: a}}")
    with pytest.raises(BadSanctionForms, match=r"forms.yaml: a: 'others'"):
        sanction_forms(broken)
    sanction_forms.cache_clear()


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "form_code"), [("pppk", "turun_jabatan_12"), ("pns", "pppk_putus_hormat")])
def test_a_form_the_respondent_cannot_get_is_refused_and_its_words_can_still_be_recorded(
    case_of, sari, kind, form_code
):
    case = case_of(kind)
    with pytest.raises(FactsRefused, match="menurut bunyi keputusan") as refused:
        record(case, form_code, sari)
    assert set(refused.value.problems) == {"form_code"}
    assert not case.sanctions.exists()
    record(case, OTHER_FORM, sari, form="Diturunkan setingkat.")
    assert remarks(case, sari) == [""]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "said"), [("pppk", "Terlapor PPPK"), ("", "Belum tercatat apakah")])
def test_the_form_says_beforehand_what_it_can_compare_with(case_of, sari, kind, said):
    form = SanctionForm(case=case_of(kind), by=sari, needs_reason=False)
    assert said in form["form_code"].help_text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "form_code", "said"),
    [
        ("pppk", "moral_terbuka", "sedangkan terlapor PPPK"),
        ("", "pdhtaps", "belum tercatat"),
        ("", "teguran_lisan", ""),
        ("pns", "pdhtaps", ""),
    ],
)
def test_what_is_open_is_recorded_and_said_beside_the_sanction(case_of, sari, kind, form_code, said):
    case = record(case_of(kind), form_code, sari)
    [remark] = remarks(case, sari)
    assert (said in remark) if said else remark == ""


@pytest.mark.django_db
def test_a_kind_found_out_later_is_said_of_what_was_recorded_and_holds_for_the_correction(case_of, sari):
    case = record(case_of(""), "pdhtaps", sari)
    edit_respondent(case=case, facts=verified(AsnKind.PPPK), by=sari, at=MONDAY)
    assert "sedangkan terlapor PPPK" in remarks(case, sari)[0]
    with pytest.raises(FactsRefused):
        step(case, Action.PERBAIKI_SANKSI, by=sari, facts=decree(TODAY, level="heavy", form_code="pdhtaps"))


def verified(kind, **changes):
    known = {"asn_status": AsnStatus.VERIFIED, "asn_status_source": "SIASN", "asn_status_date": TODAY}
    return RespondentFacts(employer_code="pusat", nip="", **(known | {"asn_kind": kind} | changes))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes", [{"asn_status": AsnStatus.UNVERIFIED}, {"asn_status": AsnStatus.NOT_ASN}, {"asn_kind": "tni"}]
)
def test_only_who_is_verified_has_a_kind(case_of, sari, changes):
    with pytest.raises(FactsRefused) as refused:
        edit_respondent(case=case_of(""), facts=verified(AsnKind.PNS, **changes), by=sari, at=MONDAY)
    assert set(refused.value.problems) == {"asn_kind"}


@pytest.mark.django_db
def test_who_turns_out_to_be_no_asn_has_no_kind_any_more(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN)
    edit_respondent(case=case, facts=verified(AsnKind.PNS), by=sari, at=MONDAY)
    step(case, Action.NYATAKAN_BUKAN_ASN, by=sari)
    assert Respondent.objects.get(pk=case.respondent_id).asn_kind == ""
