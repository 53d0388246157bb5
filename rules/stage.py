"""Before or after penetapan: the date of the act against the election it belongs to. Pure, no clock.

The SKB puts the same act in another table once candidates are fixed, so the date of the act decides, never the date of
the report. Where no election applies the stage is unknown, and that is said.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

BAKAL_CALON, CALON, UNKNOWN = "bakal_calon", "calon", "unknown"
# Local politics begin before the formal first step; an act that names a prospective candidate belongs to the election.
ANTICIPATION = timedelta(days=365)

# A day since a vote weighs as much as so many days before the next.
_PAST_COUNTS = 4

_LOCAL = (
    r"pilkada|pilbup|pilgub|pilwal\w*|cabup|cawabup|cagub|cawagub|cawalkot|cawako|cawali|bacabup|bacagub"
    r"|paslon\w* (?:bupati|gubernur|wal)|perseorangan|b\.?1[- ]?kwk|balon (?:wabup|wagub)"
    r"|(?:calon|paslon|balon|kandidat|pasangan|paket|kursi|menuju|petahana|pemilihan|maju|jadi|dukung\w*|pilih|bacalon)"
    r"(?: jadi)?(?: wakil| wakili)? (?:bupati|gubernur|walikota|wali kota|walkot|wako|kepala daerah)"
)
_NATIONAL = (
    r"\b(?:ba)?caleg|nyaleg|pileg\b|legislatif|calon (?:anggota )?(?:dpr|dpd|dewan|senator)|anggota dpd|maju dpd"
    r"|balon dpd|dapil|pencalegan"
)
_HINTS = {
    "kepala_daerah": re.compile(_LOCAL),
    "legislatif": re.compile(_NATIONAL),
    "presiden": re.compile(r"capres|cawapres|pilpres|calon (?:wakil )?presiden|presiden nomor"),
}
# Words that lean to a local election but are used in others too: they choose, they do not exclude.
_LEANS_LOCAL = re.compile(r"\bpaslon|\bpetahana|\bcakada|\bpaket\b")
_PROSPECTIVE = re.compile(
    r"bakal (?:pasangan )?calon|bakal paslon|\bbalon\b|\bbac[aq]\w+|bapaslon|penjaringan|mau maju|akan maju|siap maju"
    r"|menuju|doa restu"
)
# Other votes, and texts that say they are about none.
_NO_ELECTION = re.compile(
    r"pilkades|pilhut|pilkuw|calon kades|calon hukum tua|pemilihan kepala desa|pemilihan (?:ketua )?(?:rt|rw|osis)\b"
    r"|bukan (?:soal|urusan) (?:pemilu|pilkada|coblosan|politik)"
    r"|(?:tidak|tak|g?ak?|nggak) ada (?:urusan|hubungan|kait|sangkut)\w*(?: paut\w*)? (?:dengan |sama )?"
    r"(?:\w+,? (?:atau )?){0,3}(?:politik|pemilu|pilkada)"
    r"|(?:tidak|tak|g?ak?|nggak) ada (?:calon|paslon|pemilu|pilkada|pemilihan) (?:apa|mana)\b"
)
_RERUN = re.compile(r"\bpsu\b|suara ulang|pilkada ulang|pemilihan ulang|coblos(?:an)? ulang")


@dataclass(frozen=True, slots=True)
class Election:
    """An election with the dates that decide a stage. No regions means the whole country."""

    code: str
    kind: str
    name: str
    regions: tuple[str, ...]
    starts: date
    penetapan: date
    voting: date
    ends: date
    contests: tuple[str, ...] = ()
    rerun: bool = False
    source: str = ""
    confidence: str = ""


def stage_of(act_date: date | None, election: Election | None) -> str:
    """`bakal_calon` before penetapan, `calon` from that day on, `unknown` without a date or an election.

    Candidates stay candidates until the elected are fixed; before the election has begun an act belongs to it only
    if the election was found by its words, so a date before `starts` is `bakal_calon` too.
    """
    if act_date is None or election is None or act_date > election.ends:
        return UNKNOWN
    return BAKAL_CALON if act_date < election.penetapan else CALON


def find_election(
    act_date: date | None, *, region_code: str, text: str, elections: Iterable[Election]
) -> Election | None:
    """The election an act belongs to, or None.

    `region_code` is a province or kabupaten/kota code or empty; `text` is read for the contest it speaks of. Of several
    elections that run on the day the one the text names wins, else the one with the nearest vote.
    """
    if act_date is None:
        return None
    words = text.lower()
    if _NO_ELECTION.search(words):
        return None
    hinted = {contest for contest, pattern in _HINTS.items() if pattern.search(words)}
    here = [e for e in elections if _is_here(e, region_code, rerun_named=bool(_RERUN.search(words)))]
    running = [e for e in here if e.starts <= act_date <= e.ends]
    if _PROSPECTIVE.search(words) and "kepala_daerah" in hinted:
        running += [e for e in here if e.kind == "pilkada" and e.starts - ANTICIPATION <= act_date < e.starts]
    named = [e for e in running if hinted & set(e.contests)]
    if not hinted and _LEANS_LOCAL.search(words):
        running = [e for e in running if e.kind == "pilkada"] or running
    return _nearest(act_date, named if hinted else running)


def _is_here(election: Election, region_code: str, *, rerun_named: bool) -> bool:
    exact = not election.regions or region_code in election.regions or region_code[:2] in election.regions
    if not election.rerun:
        return exact or not region_code
    inside = any(code.startswith(region_code) for code in election.regions)
    return (exact and len(region_code) > 2) or (rerun_named and (exact or inside))


def _nearest(act_date: date, elections: Sequence[Election]) -> Election | None:
    """The election with the nearest vote; a vote that is over soon gives way to the next one."""
    return min(elections, key=lambda e: (_distance(act_date, e), e.code), default=None)


def _distance(act_date: date, election: Election) -> int:
    days = (election.voting - act_date).days
    return days if days >= 0 else -days * _PAST_COUNTS
