"""The database's own copy of the table of steps: it refuses every change of status the table does not have.

For whoever comes past `cases.workflow.perform`: a script, a shell, a later mistake. See docs/adr/0014.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pgtrigger
from django.db import connection, models
from django.utils.module_loading import import_string

from cases.status import Status

# Holds the id of the one case a correction was judged for; every other case keeps to the table.
CORRECTED_CASE = "lapor.corrected_case"


def roads() -> list[str]:
    """Every change of status the table of steps has, as "source:target", in the order of the statuses."""
    known = set(_roads())
    return [f"{source}:{target}" for source, target in product(Status, Status) if (source, target) in known]


def correctable() -> list[Status]:
    """The statuses a step leads out of whose target a person names, in order."""
    named = [set(row.sources) for row in _table().values() if row.target is None]
    return [status for status in Status if status in set().union(*named)]


def let_correct(case_id: object) -> None:
    """Let the case be moved off the roads until the transaction ends or `keep_to_the_roads` is called."""
    _set(str(case_id))


def keep_to_the_roads() -> None:
    """The correction is made."""
    _set("")


class KeepsToTheRoads(pgtrigger.Trigger):
    """Refuses a status off the roads, and a new status without the next version.

    A refusal is an IntegrityError. The roads are read from the table when the trigger is compiled (makemigrations).
    """

    name = "keeps_to_the_roads"
    when = pgtrigger.Before
    operation = pgtrigger.Update
    condition = pgtrigger.Q(old__status__df=pgtrigger.F("new__status"))

    def get_func(self, model: models.Model) -> str:
        """The body of the trigger function."""
        return f"""
        IF NEW.version <> OLD.version + 1 THEN
            RAISE EXCEPTION 'a new status of a case needs the next version' USING ERRCODE = 'check_violation';
        END IF;
        IF concat(OLD.status, ':', NEW.status) = ANY ('{{{",".join(roads())}}}'::text[]) THEN
            RETURN NEW;
        END IF;
        IF OLD.status IN ({", ".join(f"'{status}'" for status in correctable())})
            AND current_setting('{CORRECTED_CASE}', true) = OLD.id::text THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'no step leads a case from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
        """


class BeginsAtTheBeginning(pgtrigger.Trigger):
    """Refuses a new case in any status but the first."""

    name = "begins_at_the_beginning"
    when = pgtrigger.Before
    operation = pgtrigger.Insert
    condition = ~pgtrigger.Q(new__status=Status.MASUK.value)
    func = "RAISE EXCEPTION 'a case begins as masuk, not as %', NEW.status USING ERRCODE = 'check_violation';"


# Any: cases.transitions.Transition, which cannot be imported here
def _table() -> Mapping[Any, Any]:
    # By name, when asked: the table is about cases, so its module needs the model this guards.
    table: Mapping[Any, Any] = import_string("cases.transitions.TRANSITIONS")
    return table


def _roads() -> Iterator[tuple[Status, Status]]:
    for row in _table().values():
        for source in row.sources if row.target is not None else ():
            if source != row.target:
                yield source, row.target


def _set(case_id: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [CORRECTED_CASE, case_id])
