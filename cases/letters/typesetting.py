"""A letter's template and facts in, PDF/A out. The work is done by a child that can open nothing."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from cases.letters.wording import drawable_data
from evidence.children import ChildFailed, ask
from evidence.limits import MIB, ChildLimits

FOLDER = Path(__file__).parent / "data"
# What stands before every template: the facts as data, the language and the fonts.
BASE = (FOLDER / "dasar.typ").read_text(encoding="utf-8")
# The mark across a draft is laid over finished pages, where no template can leave it out or cover it.
MARK = (FOLDER / "konsep.typ").read_text(encoding="utf-8")
LIMITS = ChildLimits(cpu_seconds=8, memory_bytes=1024 * MIB, wall_seconds=20, answer_bytes=16 * MIB)
_PLACE = re.compile(r"^ +┌─ \S+:(?P<line>\d+):\d+$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """What is wrong with a template: in the shared layout or not, in which line (from 1), what the compiler says."""

    in_layout: bool
    line: int
    words: str
    text: str


class TemplateBroken(RuntimeError):
    """The template cannot be set. `mistake` says where and why."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(f"{mistake.line}: {mistake.words}")
        self.mistake = mistake


def typeset(*, layout: str, body: str, data: Mapping[str, object], at: datetime) -> bytes:
    """The letter as PDF/A-2a, or where `data["draft"]` is true as a PDF with the mark KONSEP across every page.

    The same texts, facts and time give the same bytes.

    Raises TemplateBroken for a template that cannot be set, evidence.children.ChildUnavailable when the machine has
    no room for the child.
    """
    head = f"{BASE}{layout}\n"
    mark = MARK if data["draft"] else ""
    asked = {"source": head + body, "data": drawable_data(dict(data)), "at": int(at.timestamp()), "mark": mark}
    try:
        answer = ask("cases.letters.typesetter", data=json.dumps(asked).encode(), limits=LIMITS)
    except ChildFailed as failed:
        words = _("Templat ini terlalu berat untuk disusun. Kurangi pengulangan, lalu coba lagi.")
        raise TemplateBroken(Mistake(in_layout=False, line=1, words=words, text="")) from failed
    if "mistakes" in answer.facts:
        raise TemplateBroken(_mistake(str(answer.facts["mistakes"]), layout, body))
    return answer.payload


def _mistake(said: str, layout: str, body: str) -> Mistake:
    """The first message, counted from the top of the part the person wrote."""
    above, first = BASE.count("\n"), said.partition("\n")[0].removeprefix("error: ")
    found = _PLACE.search(said)
    line = int(found["line"]) - above if found else 1
    in_layout = line <= layout.count("\n") + 1
    if not in_layout:
        line -= layout.count("\n") + 1
    lines = (layout if in_layout else body).split("\n")
    text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return Mistake(in_layout=in_layout, line=max(1, line), words=_plain(first), text=text)


def _plain(said: str) -> str:
    if "package" in said:
        return _("Templat surat tidak boleh memakai paket dari luar. Hapus #import itu. (%(said)s)") % {"said": said}
    if "failed to load file" in said or "escape the project root" in said or "file not found" in said:
        return _("Templat surat tidak boleh membaca berkas. Hapus perintah itu. (%(said)s)") % {"said": said}
    return said
