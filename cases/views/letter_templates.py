"""Pages where the national admin writes the templates of letters and the heads of offices."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.forms.letter_templates import EditionForm, LetterheadForm, TemplateForm
from cases.letters.editing import (
    TemplateRefused,
    discard_template,
    preview,
    publish_template,
    save_template,
    start_template,
    template_mistake,
)
from cases.letters.kinds import LetterKind
from cases.letters.letterheads import save_letterhead
from cases.letters.models import LAYOUT
from cases.letters.typesetting import TemplateBroken
from cases.models import Letterhead, LetterTemplate

KINDS = [LAYOUT, *LetterKind.values]


@require_safe
@permission_required(Permission.EDIT_RULES)
def templates(request: HttpRequest) -> HttpResponse:
    """The templates in force, drafts beside them, and the heads of offices."""
    published = LetterTemplate.objects.published().select_related("changed_by")
    in_force = {template.kind: template for template in reversed(published)}
    drafts = {template.kind for template in LetterTemplate.objects.drafts()}
    context = {
        "templates": [(in_force[kind], kind in drafts) for kind in KINDS if kind in in_force],
        "heads": Letterhead.objects.order_by("office_code"),
    }
    return render(request, "cases/admin/letter_templates.html", context)


@require_POST
@permission_required(Permission.EDIT_RULES)
def start(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin a draft, or open the one there is."""
    start_template(kind=_known(kind), by=current_user(request), at=timezone.now())
    return redirect("cases:letter-template", kind)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_RULES)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The text of the draft with the first mistake in it; POST keeps it."""
    draft = _draft(kind)
    if request.method != "POST":
        return _show(request, draft, TemplateForm(initial={"source": draft.source, "edition": draft.edition}))
    form = TemplateForm(request.POST)
    if not form.is_valid():
        return _show(request, draft, form, status=422)
    try:
        save_template(kind=kind, **form.cleaned_data, by=current_user(request), at=timezone.now())
    except TemplateRefused as refused:
        form.add_error(None, str(refused))
        return _show(request, draft, form, status=409)
    messages.success(request, _("Draf templat disimpan. Surat masih memakai versi yang berlaku."))
    return redirect("cases:letter-template", kind)


@require_safe
@permission_required(Permission.EDIT_RULES)
def preview_template(request: HttpRequest, kind: str) -> HttpResponse:
    """The letter of sample facts as the saved draft makes it."""
    draft = _draft(kind)
    shown = LetterKind.UNDANGAN_KLARIFIKASI if kind == LAYOUT else kind
    try:
        pdf = preview(draft, kind=shown, at=timezone.now())
    except TemplateBroken:
        return redirect("cases:letter-template", kind)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="contoh-{shown}.pdf"'
    return response


@require_POST
@permission_required(Permission.EDIT_RULES)
def publish(request: HttpRequest, kind: str) -> HttpResponse:
    """Letters are set with the draft from now on."""
    try:
        published = publish_template(
            kind=_known(kind), edition=_edition(request), by=current_user(request), at=timezone.now()
        )
    except TemplateRefused as refused:
        messages.error(request, str(refused))
        return redirect("cases:letter-template", kind)
    messages.success(request, _("Versi %(version)d terbit dan langsung berlaku.") % {"version": published.version})
    return redirect("cases:letter-templates")


@require_POST
@permission_required(Permission.EDIT_RULES)
def discard(request: HttpRequest, kind: str) -> HttpResponse:
    """Throw the draft away."""
    try:
        discard_template(kind=_known(kind), edition=_edition(request), by=current_user(request), at=timezone.now())
        messages.success(request, _("Draf dibuang. Surat tetap memakai versi yang berlaku."))
    except TemplateRefused as refused:
        messages.error(request, str(refused))
    return redirect("cases:letter-templates")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_RULES)
def letterhead(request: HttpRequest, office_code: str = "") -> HttpResponse:
    """The head of one office; without a code, of an office that has none yet."""
    head = get_object_or_404(Letterhead, pk=office_code) if office_code else None
    form = LetterheadForm(request.POST if request.method == "POST" else None, head=head)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["office_code"]
        save_letterhead(office_code=code, words=form.words(), by=current_user(request), at=timezone.now())
        messages.success(request, _("Kop surat %(code)s disimpan.") % {"code": code})
        return redirect("cases:letter-templates")
    context = {"form": form, "head": head}
    return render(request, "cases/admin/letterhead.html", context, status=422 if form.errors else 200)


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise Http404
    return kind


def _draft(kind: str) -> LetterTemplate:
    return get_object_or_404(LetterTemplate.objects.drafts().select_related("changed_by"), kind=kind)


def _edition(request: HttpRequest) -> int:
    """The edition on the page a button was pressed on; 0, which no draft has, for nonsense."""
    form = EditionForm(request.POST)
    return int(form.cleaned_data["edition"]) if form.is_valid() else 0


def _show(request: HttpRequest, draft: LetterTemplate, form: TemplateForm, *, status: int = 200) -> HttpResponse:
    context = {"draft": draft, "form": form, "mistake": template_mistake(draft, at=timezone.now())}
    return render(request, "cases/admin/letter_template.html", context, status=status)
