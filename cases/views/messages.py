"""Writing to the reporter, and the texts such a message starts from."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import current_user, permission_required
from accounts.models import User
from accounts.roles import Permission
from cases.forms.casework import PickTemplateForm, ReporterMessageForm
from cases.forms.message_templates import MessageTemplateForm
from cases.message_templates import BLANKS, SAMPLE, Composed, checked_texts, compose, fill, publish_texts
from cases.messages import send_to_reporter
from cases.models import Case, MessageKind, MessageTemplate
from cases.refusals import ActionRefused, FactsRefused
from cases.views.answers import FormPage, answer, posted, show, show_problems, visible_case

PREVIEW = "pratinjau"


@dataclass(frozen=True, kw_only=True)
class MessagePage(FormPage):
    """The page a message is written on. `preview` is what the reporter will read, empty before there is something."""

    template: str = "cases/write_message.html"
    pick: PickTemplateForm = field(default_factory=PickTemplateForm)
    preview: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.MESSAGE_REPORTER)
def write_message(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A line to the reporters of the case, from a template or free, seen before it is sent."""
    case, by, at = visible_case(request, case_id), current_user(request), timezone.now()
    pick = PickTemplateForm(request.GET) if "templat" in request.GET else PickTemplateForm()
    composed = _composed(pick, case, by, at)
    started = {"text": composed.text, "template": composed.template.pk} if composed else {}
    form = ReporterMessageForm(posted(request), initial=started, case=case)
    page = MessagePage(
        case=case,
        form=form,
        title=_("Tulis kepada pelapor"),
        submit=_("Kirim pesan"),
        pick=pick,
        preview=composed.text if composed else "",
    )
    if PREVIEW in request.POST and form.is_valid():
        return show(request, replace(page, preview=form.cleaned_data["text"]))
    return answer(request, page, lambda: _send(case, form, by, at), done=_sent())


@require_safe
@permission_required(Permission.EDIT_RULES)
def templates(request: HttpRequest) -> HttpResponse:
    """The texts in force."""
    rows = {row.kind: row for row in MessageTemplate.objects.in_force().select_related("changed_by")}
    context = {"templates": [rows[kind] for kind in MessageKind.values if kind in rows]}
    return render(request, "cases/admin/message_templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_RULES)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Both texts of one kind. POST shows them filled in, or publishes them as the next version."""
    latest = get_object_or_404(MessageTemplate.objects.in_force(), kind=_known(kind))
    words = {"seen_version": latest.version, "text_id": latest.text_id, "text_en": latest.text_en}
    form = MessageTemplateForm(posted(request), initial=words)
    if request.method != "POST" or not form.is_valid():
        return _show(request, latest, form, status=422 if form.errors else 200)
    try:
        given = form.cleaned_data
        if PREVIEW in request.POST:
            checked_texts(given["text_id"], given["text_en"])
            return _show(request, latest, form)
        publish_texts(kind=kind, **given, by=current_user(request), at=timezone.now())
    except FactsRefused as refused:
        show_problems(form, refused)
        return _show(request, latest, form, status=422)
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return _show(request, latest, form, status=409)
    messages.success(request, _("Templat terbit dan langsung berlaku. Pesan yang sudah terkirim tidak berubah."))
    return redirect("cases:message-templates")


def _known(kind: str) -> str:
    if kind not in MessageKind.values:
        raise Http404
    return kind


def _composed(pick: PickTemplateForm, case: Case, by: User, at: datetime) -> Composed | None:
    if not pick.is_bound or not pick.is_valid():
        return None
    kind, language = pick.cleaned_data["templat"], pick.cleaned_data["bahasa"]
    try:
        return compose(case=case, kind=kind, language=language, by=by, at=at)
    except ActionRefused as refused:
        pick.add_error("templat", str(refused))
        return None


def _send(case: Case, form: ReporterMessageForm, by: User, at: datetime) -> None:
    given = form.cleaned_data
    send_to_reporter(case=case, text=given["text"], to=given.get("to"), by=by, at=at, began_from=given["template"])


def _sent() -> str:
    return _("Pesan terkirim. Pelapor membacanya saat membuka halaman lacaknya.")


def _show(
    request: HttpRequest, latest: MessageTemplate, form: MessageTemplateForm, *, status: int = 200
) -> HttpResponse:
    """The page with both texts as they would read, also while they are being written."""
    previews = [(language, fill(str(form[f"text_{language}"].value()), SAMPLE[language])) for language in ("id", "en")]
    context = {"latest": latest, "form": form, "previews": previews, "blanks": BLANKS.items()}
    return render(request, "cases/admin/message_template.html", context, status=status)
