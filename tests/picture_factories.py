"""Pictures that were really sealed and rebuilt, with lines somebody read from them."""

import io

from PIL import Image, ImageDraw, ImageFont

from cases.models import Case
from reports import preparation
from reports.adding import add_evidence
from reports.models import Evidence
from reports.originals import Picture
from tests.case_factories import MONDAY

WIDTH, HEIGHT = 320, 240
# What stands in the picture, and where: (left, top, right, bottom)
LINES = [
    ("Mari dukung nomor 2", [10, 10, 200, 30]),
    ("Hubungi 0812 3456 7890", [10, 50, 220, 70]),
    ("oleh @bambang.lurah", [10, 90, 200, 110]),
]
PHONE = 1


def screenshot(shade: int = 0) -> bytes:
    """A PNG with the lines in it; another shade is another picture."""
    image = Image.new("RGB", (WIDTH, HEIGHT), (255, 255, 255 - shade))
    pen = ImageDraw.Draw(image)
    for text, (left, top, _, _) in LINES:
        pen.text((left, top), text, fill="black", font=ImageFont.load_default(16))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def make_picture(case: Case, *, data: bytes | None = None) -> Evidence:
    """A picture the reporter of the case added: sealed, rebuilt in the child, its lines read."""
    report = case.case_reports.get().report
    added = add_evidence(report=report, pictures=[Picture.of(data or screenshot(report.evidence.count()))], at=MONDAY)[
        0
    ]
    preparation.make_clean_copy(evidence=added, at=MONDAY)
    Evidence.objects.filter(pk=added.pk).update(
        text="\n".join(text for text, _ in LINES),
        lines=[{"text": text, "box": box, "confidence": 0.9} for text, box in LINES],
        reading_state="read",
    )
    return Evidence.objects.get(pk=added.pk)
