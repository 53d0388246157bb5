"""The classifier: explained rules over words, with a small trained model beside them. Plain Python, no framework."""

from rules.engine.account import LABELS, VIOLATIONS, Account, Opinion, Ranked, Span, Versions
from rules.engine.judge import Engine, load_engine

__all__ = ["LABELS", "VIOLATIONS", "Account", "Engine", "Opinion", "Ranked", "Span", "Versions", "load_engine"]
