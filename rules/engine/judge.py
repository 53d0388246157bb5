"""The engine itself: an account in, an opinion out. Pure: no clock, no database, the same answer every time."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.catalogue import Catalogue, load_catalogue
from rules.engine.account import OFFTOPIC, VIOLATIONS, Account, Opinion, Ranked, Span, Versions
from rules.engine.features import Evidence, evidence_of
from rules.engine.lexicon import Lexicon, load_lexicon
from rules.engine.model import GATE_SIZE, INDEX, VIOLATION, Model, in_order, load_model
from rules.engine.second_opinion import SecondOpinion

MOST_SPANS = 6
# Places of the ranking that are explained with spans; the rest are next to impossible.
EXPLAINED = 6
_ELECTION_WORDS = "is:election_words"
_LEAST_SAY = 0.15
_LEAST_OWN = 0.3

Says = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Engine:
    """Lexicon, weights and catalogue, loaded once and shared; the word model beside them where it is asked too."""

    lexicon: Lexicon
    model: Model
    catalogue: Catalogue
    second: SecondOpinion | None = None

    @property
    def versions(self) -> Versions:
        """What this engine's opinions rest on."""
        second = self.second.version if self.second else ""
        return Versions(self.catalogue.version[:12], self.lexicon.version, self.model.version, second)

    def judge(self, account: Account) -> Opinion:
        """Rank every answer for an account, with the words that spoke for it.

        A text that is off topic and speaks of no election has no stage, whatever ran on its date.
        """
        evidence = evidence_of(account, self.lexicon)
        probabilities = self.model.probabilities(evidence.values)
        order = in_order(probabilities, self.model.calibration)
        says = {name: dict(self.model.weights.get(name, ())) for name in evidence.places}
        ranked = tuple(
            self._ranked(label, probabilities[label], account, evidence, says if place < EXPLAINED else {})
            for place, label in enumerate(order)
        )
        no_election = order[0] == OFFTOPIC and _ELECTION_WORDS not in evidence.values
        stage = "unknown" if no_election else account.stage
        second = self.second.probabilities(account) if self.second else None
        return Opinion(stage, ranked, self._abstains(probabilities, order[0]), self.versions, second)

    def _abstains(self, probabilities: Mapping[str, float], first: str) -> bool:
        """Too little certainty to give a reviewer a hint, or to let a report rest."""
        calibration = self.model.calibration
        violation = sum(probabilities[label] for label in VIOLATIONS)
        if first in VIOLATIONS:
            return violation < calibration.abstain_below
        return probabilities[first] < calibration.abstain_below or violation >= calibration.clears_below

    def _ranked(self, label: str, probability: float, account: Account, evidence: Evidence, says: Says) -> Ranked:
        codes = self.catalogue.rules_for(label, stage=account.stage, event_kind=account.event_kind)
        spans = _spans(label, account, evidence, says) if says else ()
        return Ranked(label, codes[0] if codes else None, round(probability, 6), spans, codes[1:])


def _spans(label: str, account: Account, evidence: Evidence, says: Says) -> tuple[Span, ...]:
    """The places whose features say most for a label, strongest first, without overlaps."""
    said = [
        (say, place)
        for name, row in says.items()
        if (say := _say(row, label)) > _LEAST_SAY
        for place in evidence.places[name]
    ]
    spans: list[Span] = []
    for _, place in sorted(said, key=lambda pair: (-pair[0], pair[1].source, pair[1].start, -pair[1].end)):
        if len(spans) == MOST_SPANS:
            break
        if not any(s.source == place.source and s.start < place.end and place.start < s.end for s in spans):
            text = account.text if place.source == "report" else account.screenshot_text
            spans.append(Span(place.source, place.start, place.end, text[place.start : place.end], place.why))
    return tuple(spans)


def _say(row: Mapping[int, float], label: str) -> float:
    """How much a feature speaks for a label; an act also by what it says for there being a violation at all."""
    own = row.get(INDEX[label], 0.0)
    if INDEX[label] < GATE_SIZE or own <= _LEAST_OWN:
        return own
    return own + _LEAST_OWN * row.get(INDEX[VIOLATION], 0.0)


def load_engine(catalogue: Catalogue | None = None) -> Engine:
    """Load lexicon, weights and catalogue; under a second. Raises LexiconError or CatalogueError."""
    lexicon = load_lexicon()
    return Engine(lexicon, load_model(lexicon), catalogue or load_catalogue())
