"""What a step is recorded from, and what recording it adds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar, cast

from accounts.models import User
from cases.facts import Facts
from cases.models import Case

F = TypeVar("F", bound=Facts)


@dataclass(frozen=True, kw_only=True)
class Step:
    """The step being recorded."""

    case: Case
    by: User
    at: datetime
    reason: str
    given: Facts | None

    def facts(self, kind: type[F]) -> F:
        """The facts, which `perform` has checked to be of the class the table names."""
        return cast("F", self.given)


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """Further columns of the case to change, and further details and words for the audit."""

    changes: Mapping[str, object] = field(default_factory=dict)
    details: Mapping[str, object] = field(default_factory=dict)
    words: Mapping[str, object] = field(default_factory=dict)
