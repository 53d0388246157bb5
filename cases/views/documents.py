"""Recording the papers of a case, and looking at their pages."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.documents import marked_page, record_pact
from cases.forms.documents import PactForm
from cases.models import Case, CaseDocument, DocumentPage
from cases.refusals import ActionRefused
from cases.views.answers import FormPage, answer, posted, visible_case
from cases.views.evidence import jpeg
from evidence.children import ChildUnavailable
from evidence.painting import PaintingFailed
from evidence.vault import NotInVault
from reports.browser import body_bytes
from reports.originals import StorageFailed


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.CLARIFY)
def write_pact(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record that the respondent signed an integrity pact."""
    case = visible_case(request, case_id)
    form = PactForm(posted(request), request.FILES or None, body_bytes=body_bytes(request))
    page = FormPage(case=case, form=form, title=_("Catat pakta integritas"), submit=_("Simpan pakta"))
    return answer(request, page, lambda: _record(request, case, form), done=_("Pakta integritas dicatat."))


@require_safe
def document_page(request: HttpRequest, case_id: UUID, page_id: UUID) -> HttpResponse:
    """A page marked with who looks; every look is on record."""
    case = visible_case(request, case_id)
    page = get_object_or_404(DocumentPage.objects.select_related("document__case"), pk=page_id, document__case=case)
    try:
        painted = marked_page(page=page, by=current_user(request), at=timezone.now())
    except (ActionRefused, NotInVault) as refused:
        raise Http404 from refused
    except (PaintingFailed, ChildUnavailable):
        return HttpResponse(status=503)
    return jpeg(painted.data, f"{page.document.kind}-{page.position}.jpg")


def _record(request: HttpRequest, case: Case, form: PactForm) -> CaseDocument:
    try:
        return record_pact(case=case, pact=form.pact(), by=current_user(request), at=timezone.now())
    except StorageFailed as failed:
        raise ActionRefused(
            _("Server belum dapat menyimpan gambar. Tidak ada yang dicatat; coba lagi sebentar lagi.")
        ) from failed
