"""Things in a state, reached by the steps that lead there."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from secrets import token_hex

from PIL import Image

from evidence.lines import ReadLine
from evidence.text import ReadText
from reports import drafts, intake, outbox, preparation
from reports.classification import classify
from reports.identity import Identity
from reports.likeness import compare_report
from reports.models import Lane, OutboxEntry, Report
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


def finish_work(report: Report, *, text: str = "", at: datetime) -> None:
    """Every piece of work owed to a report, done in this process.

    Pictures are really opened and rebuilt. Reading takes seconds per picture, so it is given here: the lines of `text`.
    """
    while (
        entry_id := OutboxEntry.objects.open().filter(report=report).values_list("pk", flat=True).first()
    ) is not None:
        entry = outbox.claim(entry_id=entry_id, at=at)
        if entry.evidence:
            preparation.make_clean_copy(evidence=entry.evidence, at=at)
            lines = tuple(ReadLine(line, (0, 0, 20, 10), 0.9) for line in text.splitlines())
            reading = preparation.Reading(ReadText(lines, "given", 0.0))
            preparation.store_reading(evidence=entry.evidence, reading=reading, at=at)
        else:
            compare_report(report=report, at=at)
            classify(report=report, at=at)
        outbox.finish(entry=entry, at=at)
    report.refresh_from_db()


def make_report(*, text: str = "", at: datetime = AT, **facts) -> Report:
    """A report the machine is done with; `text` is what stands in its pictures. See send_report()."""
    report = send_report(at=at, **facts).report
    finish_work(report, text=text, at=at + timedelta(minutes=1))
    return report
