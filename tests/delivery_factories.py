"""What a body does with a letter it received."""

from cases.delivery import Notice, Receipt, add_notice, confirm_receipt, issue_link
from cases.models import Case, DeliveryNotice, NoticeKind
from tests.case_factories import MONDAY

OFFICER = Receipt(officer_name="Rani", officer_office="Direktorat Pengawasan BKN", own_letter_number="B-77")


def ask_for_more(case: Case, *, by, at=MONDAY, remark="Lampiran kurang.") -> DeliveryNotice:
    """The body opens its link, confirms the letter and says that something is missing."""
    delivery = issue_link(case=case, sent_to="BKN", by=by, at=at).delivery
    confirm_receipt(delivery=delivery, receipt=OFFICER, at=at)
    notice = Notice(kind=NoticeKind.INCOMPLETE, happened_date=at.date(), remark=remark)
    return add_notice(delivery=delivery, notice=notice, at=at)
