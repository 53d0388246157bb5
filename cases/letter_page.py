"""What the holder of a link reads of a letter: number, dates, rules, level. No respondent, no reporter, no reasons."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.models import Delivery
from cases.rulebook import title_in_force


def letter_facts(delivery: Delivery) -> list[tuple[str, str]]:
    """The letter as (label, value) pairs."""
    letter = delivery.recommendation
    rules = [f"{code} {title_in_force(code)}".strip() for code in letter.rule_codes]
    sent = date_format(timezone.localdate(letter.sent_at), "j F Y") if letter.sent_at else ""
    return [
        (_("Nomor surat"), letter.letter_number),
        (_("Tanggal surat"), date_format(letter.letter_date, "j F Y")),
        (_("Dikirim"), sent),
        (_("Ditujukan kepada"), letter.body.name),
        (_("Aturan"), "; ".join(rules)),
        (_("Usul tingkat"), letter.get_proposed_level_display() or _("diserahkan kepada badan penerima")),
    ]
