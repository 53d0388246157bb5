"""Deadlines: the month, what is late, the law's extension, and the calendar of holidays."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.clock_page import due_case, late_regions, month, month_of
from cases.clocks import extend, extending_refusal
from cases.election_kind import choose_election_kind, choosing_refusal
from cases.forms.clock import ElectionKindForm, ExtensionForm, HolidayForm
from cases.holidays import add_holiday, confirm_holiday, remove_holiday
from cases.models import Case
from cases.refusals import ActionRefused, FactsRefused
from cases.views.answers import FormPage, answer, posted, show, visible_case
from regions.models import Holiday

CASES_PER_PAGE = 25
CHANGES = {"confirm": confirm_holiday, "remove": remove_holiday}


@require_safe
@permission_required(Permission.SEE_CASES)
def due_month(request: HttpRequest) -> HttpResponse:
    """The deadlines of one month."""
    by, at = current_user(request), timezone.now()
    first = month_of(request.GET.get("bulan", ""), today=timezone.localdate(at))
    return render(request, "cases/due_month.html", {"month": month(first, by=by, at=at)})


@require_safe
@permission_required(Permission.SEE_CASES)
def overdue(request: HttpRequest) -> HttpResponse:
    """Every late case of the person's region, the latest first."""
    by, at = current_user(request), timezone.now()
    late = Case.objects.visible_to(by).overdue(at).select_related("region", "respondent", "assigned_to")
    page = Paginator(late.most_urgent_first(), CASES_PER_PAGE).get_page(request.GET.get("page"))
    rows = [due_case(case, at=at) for case in page]
    return render(request, "cases/overdue.html", {"regions": late_regions(by=by, at=at), "page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.STUDY)
def extend_deadline(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take the extension the law gives."""
    case, by = visible_case(request, case_id), current_user(request)
    form = ExtensionForm(posted(request), initial={"version": case.version})
    page = FormPage(
        case=case,
        form=form,
        title=_("Perpanjang batas waktu"),
        submit=_("Perpanjang"),
        lead=_("Undang-undang memberi perpanjangan satu kali, bila masih perlu keterangan tambahan."),
        why_closed=lambda: extending_refusal(case, by),
    )
    if request.method != "POST" and (why := page.why_closed()):
        return show(request, page, status=409, refused=ActionRefused(why))
    return answer(
        request,
        page,
        lambda: extend(case=case, by=by, at=timezone.now(), **form.given()),
        done=_("Batas waktu diperpanjang."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.STUDY)
def choose_election(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say which kind of election the case is about."""
    case, by = visible_case(request, case_id), current_user(request)
    form = ElectionKindForm(posted(request), initial={"version": case.version, "kind": case.election_kind})
    page = FormPage(
        case=case,
        form=form,
        title=_("Jenis pemilihan"),
        submit=_("Simpan jenis pemilihan"),
        lead=_("Batas waktu yang berjalan dihitung ulang dari awal yang sama, menurut aturan jenis yang Anda pilih."),
        why_closed=lambda: choosing_refusal(case),
    )
    if request.method != "POST" and (why := page.why_closed()):
        return show(request, page, status=409, refused=ActionRefused(why))
    return answer(
        request,
        page,
        lambda: choose_election_kind(case=case, by=by, at=timezone.now(), **form.given()),
        done=_("Jenis pemilihan disimpan."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_RULES)
def holidays(request: HttpRequest) -> HttpResponse:
    """The holidays of a year, and a form for one more."""
    form = HolidayForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            moved = add_holiday(**form.cleaned_data, by=current_user(request), at=timezone.now())
        except FactsRefused as refused:
            for name, problem in refused.problems.items():
                form.add_error(name, problem)
        else:
            _tell(request, _("Hari libur ditambahkan."), moved)
            return redirect(_year_address(form.cleaned_data["day"]))
    year = _year(request.GET.get("tahun", ""))
    rows = Holiday.objects.in_year(year).by_day()
    context = {"form": form, "rows": rows, "year": year, "before": year - 1, "after": year + 1}
    return render(request, "cases/holidays.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(Permission.EDIT_RULES)
def change_holiday(request: HttpRequest, day: str) -> HttpResponse:
    """Confirm a day or make it a working day again."""
    try:
        chosen, change = date.fromisoformat(day), CHANGES[request.POST.get("change", "")]
    except (ValueError, KeyError) as error:
        raise Http404 from error
    try:
        moved = change(day=chosen, by=current_user(request), at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        _tell(request, _("Kalender disimpan."), moved or 0)
    return redirect(_year_address(chosen))


def _tell(request: HttpRequest, done: str, moved: int) -> None:
    """What happened, and how many deadlines followed."""
    words = ngettext(
        "%(count)d batas waktu kasus terbuka ikut berubah.", "%(count)d batas waktu kasus terbuka ikut berubah.", moved
    )
    messages.success(request, f"{done} {words % {'count': moved}}" if moved else done)


def _year(text: str) -> int:
    years = Holiday.objects.dates("day", "year")
    known = {day.year for day in years}
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return wanted if wanted in known else timezone.localdate().year


def _year_address(day: date) -> str:
    return f"{reverse('cases:holidays')}?tahun={day.year}"
