"""How every page of case work finds its case and answers a form; refusals become pages here and nowhere else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import current_user
from cases.evidence_access import record_view
from cases.forms.with_pictures import fault_status
from cases.models import Case, Handover
from cases.refusals import ActionRefused, FactsRefused, NotVisible, SomebodyWasFaster
from cases.timeline import lines_for
from cases.wording import deadline

# What every page of a case shows of it
SHOWN_WITH = ("respondent__asn_status_by", "region__parent", "assigned_to", "own_finding__by")


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A form that has a page of its own."""

    case: Case
    form: forms.Form
    title: str
    submit: str
    lead: str = ""
    # Where a form that was done leads, and "back" goes: a page about this case
    back: str = "cases:case"
    # The picture that page is about, where it is about one
    picture: UUID | None = None
    # Drawn with the page, the case and what was refused
    template: str = "cases/form_page.html"
    # Asked after a refusal: may the person send the form again at all?
    why_closed: Callable[[], str | None] = lambda: None
    # A second case the page tells of, which the person sees too
    beside: Case | None = None

    @property
    def is_open(self) -> bool:
        """Whether sending the form can succeed."""
        return self.why_closed() is None

    @property
    def back_url(self) -> str:
        """The address of that page."""
        return reverse(self.back, args=[self.case.pk, self.picture] if self.picture else [self.case.pk])


def visible_case(request: HttpRequest, case_id: UUID, *, shown_with: Sequence[str] = SHOWN_WITH) -> Case:
    """The case with these relations, if this person may see it. Raises Http404."""
    cases = Case.objects.visible_to(current_user(request))
    waiting = Handover.objects.waiting().filter(case=OuterRef("pk"))
    return get_object_or_404(cases.select_related(*shown_with).annotate(is_offered=Exists(waiting)), pk=case_id)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, or None where a form is only asked for."""
    return request.POST if request.method == "POST" else None


def seen_version(request: HttpRequest) -> int:
    """The version of the case on the page a button was pressed on; 0, which no case has, where the page named none."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def show_case(
    request: HttpRequest, case: Case, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """A page that tells of a case, once it is written down who looks. `case` is in the context."""
    record_view(case=case, by=current_user(request), at=timezone.now())
    return render(request, template, {"case": case, **context}, status=status)


def show(
    request: HttpRequest, page: FormPage, *, status: int = 200, refused: ActionRefused | None = None
) -> HttpResponse:
    """The page of a form. After a refusal it says why and what the other person did; typed words stay."""
    faster = refused.event if isinstance(refused, SomebodyWasFaster) else None
    context = {
        "page": page,
        "deadline": deadline(page.case.due_at, at=timezone.now(), time_zone=page.case.region.time_zone),
        "refused": refused,
        "others_facts": lines_for(faster, current_user(request)) if faster else [],
    }
    if page.beside:
        record_view(case=page.beside, by=current_user(request), at=timezone.now())
    return show_case(request, page.case, page.template, context, status=status)


def answer(request: HttpRequest, page: FormPage, do: Callable[[], object], *, done: str) -> HttpResponse:
    """GET shows the form. POST does what the form is for and returns to the case, or shows what stands against it."""
    if request.method != "POST":
        return show(request, page)
    if not page.form.is_valid():
        return show(request, page, status=fault_status(page.form))
    try:
        do()
    except NotVisible as refused:
        raise Http404 from refused
    except FactsRefused as refused:
        show_problems(page.form, refused)
        return show(request, page, status=422)
    except ActionRefused as refused:
        page.case.refresh_from_db()
        _bring_up_to_date(page)
        return show(request, page, status=409, refused=refused)
    messages.success(request, done)
    return landing(request, page.case, page.back_url)


def act(request: HttpRequest, case: Case, do: Callable[[], object], *, done: str) -> HttpResponse:
    """A step without a form: does it and returns to the case, or says what stands against it."""
    try:
        do()
    except NotVisible as refused:
        raise Http404 from refused
    except SomebodyWasFaster as refused:
        context = {"reason": str(refused), "back_url": reverse("cases:case", args=[case.pk])}
        return render(request, "409.html", context, status=409)
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return landing(request, case)
    messages.success(request, done)
    return landing(request, case)


def landing(request: HttpRequest, case: Case, back_url: str = "") -> HttpResponse:
    """Back to the case or the page about it, or to the inbox when the step took the case out of this person's sight."""
    if Case.objects.visible_to(current_user(request)).contains(case):
        return redirect(back_url or reverse("cases:case", args=[case.pk]))
    messages.info(request, _("Kasus itu kini ditangani kantor lain."))
    return redirect("cases:inbox")


def show_problems(form: forms.Form, refused: FactsRefused) -> None:
    """Put what is wrong beside its field."""
    for name, problem in refused.problems.items():
        form.add_error(name if name in form.fields else None, problem)


def _bring_up_to_date(page: FormPage) -> None:
    """Who sends the form again has now seen what the other person did."""
    if "version" in page.form.fields and isinstance(page.form.data, QueryDict):
        typed = page.form.data.copy()
        typed["version"] = str(page.case.version)
        page.form.data = typed
