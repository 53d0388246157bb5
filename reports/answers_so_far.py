"""What somebody has typed into the report form so far, judged for completeness and kept nowhere."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from regions.models import Holiday
from reports.completeness import Given, checklist
from reports.judged_questions import JudgedQuestions

NO_LANE = 422
NOT_ASKED_HERE = ("pictures", "held_pictures", "shown_pictures", "reporter_contact", "reporter_nik")


class AnswersSoFar(JudgedQuestions):
    """The questions of the report form, none of them required; `picture_count` is how many pictures are chosen."""

    picture_count = forms.IntegerField(min_value=0, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NOT_ASKED_HERE:
            del self.fields[name]
        for name, field in self.fields.items():
            field.required = name == "lane"

    def given(self) -> Given:
        """What is answered, once is_valid() was asked. What the report form would refuse is no answer."""
        answers = self.cleaned_data
        region_code = answers.get("regency") or answers.get("province") or ""
        region = self.regions.get(region_code)
        time_zone = ZoneInfo(region.time_zone) if region else timezone.get_default_timezone()
        event = answers.get("election_event")
        return Given(
            lane=answers["lane"],
            has_identity=bool(answers.get("reporter_name") and answers.get("reporter_address")),
            respondent_name=answers.get("respondent_name", ""),
            respondent_post=answers.get("respondent_post", ""),
            respondent_agency=answers.get("respondent_agency", ""),
            narrative=answers.get("narrative", ""),
            act_date=answers.get("act_date"),
            act_date_is_approximate=answers.get("act_date_is_approximate", False),
            received_on=self.now.astimezone(time_zone).date(),
            election_kind=event.kind if event else "",
            region_code=region_code,
            platform=answers.get("platform", ""),
            link=answers.get("link", ""),
            pictures=answers.get("picture_count") or 0,
            holidays=Holiday.objects.counting().days(),
            known_since=answers.get("known_since"),
        )


@login_not_required
@require_POST
@sensitive_post_parameters()
def completeness(request: HttpRequest) -> JsonResponse:
    """What the answers sent (fields of the report form, `picture_count`) still lack; nothing is stored.

    {"requirements": [{"code", "kind": "formal" | "material", "label", "state": "met" | "missing" | "for_a_person",
    "words"}]}, or 422 {"fault"} in words where the lane is not chosen.
    """
    form = AnswersSoFar(request.POST, now=timezone.now())
    form.is_valid()
    if "lane" not in form.cleaned_data:
        return JsonResponse({"fault": _("Pilih dulu cara melapor di bagian 1.")}, status=NO_LANE)
    rows = [
        {
            "code": row.requirement.code,
            "kind": row.requirement.kind,
            "label": str(row.requirement.label),
            "state": row.state,
            "words": row.words,
        }
        for row in checklist(form.given())
    ]
    return JsonResponse({"requirements": rows})
