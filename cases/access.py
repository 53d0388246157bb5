"""Questions every use case asks first: may this person see the case, and does the role carry the power?"""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from cases.facts import LONGEST_TEXT, text_problem
from cases.models import Case
from cases.refusals import ActionRefused, FactsRefused, NotVisible


def require_visible(case: Case, by: User) -> None:
    """Raises NotVisible for a case outside what the person may see, as the database has it now."""
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise NotVisible(_("Kasus ini tidak ada atau di luar wewenang Anda."))


def erased_refusal(case: Case) -> str | None:
    """Why nothing can be done to a case that was erased; None for any other."""
    if case.erased_at is None:
        return None
    return _("Isi kasus ini sudah dihapus sesuai aturan penyimpanan. Tidak ada yang dapat diubah.")


def require(case: Case, permission: Permission, by: User) -> None:
    """Raises NotVisible or ActionRefused unless the person sees the case, it is not erased and the role may."""
    require_visible(case, by)
    if why := erased_refusal(case):
        raise ActionRefused(why)
    if not by.may(permission):
        raise ActionRefused(_("Peran Anda (%(role)s) tidak berwenang untuk ini.") % {"role": by.get_role_display()})


def required_text(field: str, text: str, longest: int = LONGEST_TEXT) -> str:
    """The text without surrounding white space. Raises FactsRefused when it is empty or too long."""
    # Nobody types NUL, and PostgreSQL keeps none.
    text = text.replace("\x00", "")
    if problem := text_problem(text, longest):
        raise FactsRefused({field: problem})
    return text.strip()
