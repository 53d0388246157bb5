"""The page that offers to judge past reports again after an election was corrected."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from reports.rejudging import rejudge_moved, summed_up


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_RULES)
def rejudge(request: HttpRequest) -> HttpResponse:
    """How many reports would get another stage; POST has them judged again."""
    if request.method != "POST":
        moves = summed_up()
        context = {"moves": moves, "count": sum(move.count for move in moves)}
        return render(request, "reports/rejudge.html", context)
    count = rejudge_moved(by=current_user(request), at=timezone.now())
    if count:
        words = ngettext("%(count)d laporan akan dinilai ulang.", "%(count)d laporan akan dinilai ulang.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("Tidak ada laporan yang perlu dinilai ulang."))
    return redirect("rules:elections")
