"""Things in a state, reached by the steps that lead there."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from secrets import token_hex

from PIL import Image

from reports import drafts, intake
from reports.identity import Identity
from reports.models import Lane, Report
from reports.originals import Picture

AT = datetime(2024, 10, 14, 3, 0, tzinfo=UTC)
NARRATIVE = (
    "Camat kami mengirim ajakan memilih pasangan calon nomor 2 ke grup WhatsApp warga RT 05, "
    "lalu meminta semua perangkat kelurahan membagikannya."
)
REPORTER = Identity(name="Rahmawati Pelapor", address="Jalan Melati 5, Semarang", contact="081234567890")

_shade = count()


@dataclass(frozen=True)
class Sent:
    """A report and the code its reporter was shown."""

    report: Report
    code: str


def png(width: int = 24, height: int = 32) -> bytes:
    """A small picture; no two are alike."""
    number = next(_shade)
    picture = Image.new("RGB", (width, height), (number % 256, number // 256 % 256, 200))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def report_facts(**changes) -> intake.ReportFacts:
    """A report from Semarang during the Pilkada of 2024."""
    facts = {
        "lane": Lane.INFORMASI_AWAL,
        "narrative": NARRATIVE,
        "act_date": date(2024, 10, 10),
        "region_code": "33.74",
        "platform": "whatsapp",
        "respondent_name": "Slamet Riyadi",
        "respondent_post": "Camat Tembalang",
        "respondent_agency": "Pemerintah Kota Semarang",
        "candidate": "Pasangan calon nomor 2",
    } | changes
    if facts["lane"] == Lane.LAPORAN:
        facts.setdefault("identity", REPORTER)
    return intake.ReportFacts(**facts)


def new_draft() -> drafts.Draft:
    """A form in a browser of its own."""
    return drafts.Draft(key=drafts.new_key(), browser_secret=token_hex(16))


def send_report(*, pictures: int | list[bytes] = 1, at: datetime = AT, **facts) -> Sent:
    """A report that was just received: nothing prepared, nothing classified."""
    files = pictures if isinstance(pictures, list) else [png() for _ in range(pictures)]
    draft = new_draft()
    receipt = intake.submit(
        facts=report_facts(**facts), pictures=[Picture.of(data) for data in files], draft=draft, at=at
    )
    return Sent(Report.objects.of_draft(draft.idempotency_digest).get(), receipt.code)
