"""Who is spoken of in a text, and in which role: the one who acts, a victim, a relative, or only a word in passing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.engine.lexicon import People
from rules.engine.patterns import Found
from rules.engine.words import Token

ASN_KINDS = frozenset({"asn_status", "asn_post"})
NOT_ASN_KINDS = frozenset({"village", "honorer", "military", "politician", "organiser", "private", "retired"})
WHY = {
    "asn_status": "disebut ASN",
    "asn_post": "jabatan yang dipegang ASN",
    "vague": "pegawai, status belum jelas",
    "village": "perangkat desa, bukan ASN",
    "honorer": "tenaga honorer atau kontrak, bukan ASN",
    "military": "TNI atau Polri, bukan ASN",
    "politician": "pejabat politik, bukan ASN",
    "organiser": "penyelenggara pemilu, bukan ASN",
    "private": "perorangan, bukan ASN",
    "retired": "sudah pensiun, bukan ASN lagi",
}
_SUBJECT_REACH = 7
_STATUS = frozenset({"pns", "asn", "pppk", "cpns"})
_YOGYAKARTA = (
    "yogyakarta",
    "diy",
    "jogja",
    "bantul",
    "sleman",
    "gunungkidul",
    "gunung kidul",
    "kulon progo",
    "kulonprogo",
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person spoken of at tokens `start` to `end` (end excluded)."""

    kind: str
    role: str
    start: int
    end: int


def is_in_yogyakarta(province: str, text: str) -> bool:
    """In DI Yogyakarta a lurah heads a kalurahan, that is a village, and is no civil servant."""
    place = f"{province} {text}".lower()
    return any(name in place for name in _YOGYAKARTA)


def mentions_in(tokens: Sequence[Token], people: People, acts: Iterable[Found], *, yogyakarta: bool) -> list[Mention]:
    """Every person mentioned, in the order of the text. The longest phrase wins, decoys are dropped."""
    act_starts = sorted({act.start for act in acts})
    found: list[Mention] = []
    place = 0
    while place < len(tokens):
        kind, end = _longest(tokens, place, people)
        if not kind:
            place += 1
            continue
        if kind != "decoy":
            if kind in NOT_ASN_KINDS and _said_to_be_asn(tokens, end):
                kind = "asn_status"
            if yogyakarta and kind == "asn_post" and "lurah" in tokens[end - 1].keys:
                kind = "village"
            found.append(Mention(kind, _role(tokens, place, end, people, act_starts), place, end))
        place = end
    return found


def _said_to_be_asn(tokens: Sequence[Token], end: int) -> bool:
    """ "Penghulu PNS", "satpol PP yang PNS": the status right behind a post decides."""
    if end < len(tokens) and "yang" in tokens[end].keys:
        end += 1
    return end < len(tokens) and not _STATUS.isdisjoint(tokens[end].keys)


def _longest(tokens: Sequence[Token], place: int, people: People) -> tuple[str, int]:
    """Of phrases of one length the kind that comes first in the alphabet, so that the answer is always the same."""
    found = people.phrases.at(tokens, place)
    end, kind = min(found, key=lambda phrase: (-phrase[0], phrase[1])) if found else (0, "")
    return kind, end


def _role(tokens: Sequence[Token], start: int, end: int, people: People, act_starts: Sequence[int]) -> str:
    before = tokens[start - 1].keys if start and tokens[start - 1].sentence == tokens[start].sentence else frozenset()
    if before & people.relation:
        return "relative"
    if before & people.agent:
        return "agent"
    if before & people.companion:
        return "companion"
    if any(end <= act <= end + _SUBJECT_REACH and _same_sentence(tokens, start, act) for act in act_starts):
        return "subject"
    if any(act < start <= act + 2 and _same_sentence(tokens, start, act) for act in act_starts):
        return "object"
    return "other"


def _same_sentence(tokens: Sequence[Token], first: int, second: int) -> bool:
    return tokens[first].sentence == tokens[second].sentence
