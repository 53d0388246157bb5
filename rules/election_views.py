"""Pages where the national admin keeps the elections and their dates."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from regions.models import Region
from rules.election_editing import ElectionRefused, change_election, create_election, facts_of, move_stages
from rules.election_forms import ElectionForm, NewElectionForm, words_of
from rules.models import ElectionEvent


@require_safe
@permission_required(Permission.EDIT_RULES)
def elections(request: HttpRequest) -> HttpResponse:
    """Every election with its places and dates, and what runs today."""
    known = list(ElectionEvent.objects.newest_first())
    names = dict(Region.objects.values_list("code", "name"))
    rows = [(event, [names.get(code, code) for code in event.region_codes]) for event in known]
    running = ElectionEvent.objects.running_on(timezone.localdate()).exists()
    return render(request, "rules/admin/elections.html", {"rows": rows, "is_running": running})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_RULES)
def new_election(request: HttpRequest) -> HttpResponse:
    """Write down an election."""
    form = NewElectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            code = form.cleaned_data["code"]
            create_election(code=code, facts=form.facts(), by=current_user(request), at=timezone.now())
        except ElectionRefused as refused:
            form.say(refused)
        else:
            messages.success(request, _("Pemilihan ditambahkan."))
            return redirect("rules:elections")
    return _show(request, form, _("Tambah pemilihan"))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_RULES)
def election(request: HttpRequest, code: str) -> HttpResponse:
    """Correct an election."""
    event = get_object_or_404(ElectionEvent, code=code)
    form = ElectionForm(request.POST if request.method == "POST" else None, initial=words_of(event))
    if request.method == "POST" and form.is_valid():
        try:
            before = facts_of(event)
            after = change_election(code=code, facts=form.facts(), by=current_user(request), at=timezone.now())
            moved = move_stages(before, facts_of(after))
        except ElectionRefused as refused:
            form.say(refused)
        else:
            messages.success(request, _("Perubahan disimpan. Laporan berikutnya dinilai dengan tanggal ini."))
            # A page of the app above, known by its address only, as on the page of the draft
            return redirect("reports:rejudge" if moved else "rules:elections")
    return _show(request, form, event.name)


def _show(request: HttpRequest, form: ElectionForm, title: str) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "rules/admin/election.html", {"form": form, "title": title}, status=status)
