"""The workflow table as a document for people: a state diagram, the steps, the deadlines."""

from dataclasses import fields

from django.utils.translation import override

from accounts.roles import POWERS, Permission, Role
from cases.actions import Action
from cases.deadline_rules import Clock, Confidence, Starts, read_rules
from cases.status import Status
from cases.transitions import TRANSITIONS, Transition

INTRODUCTION = """# The life of a case

Generated from the tables in `cases/` by `manage.py workflow_diagram`; do not edit. `make check` compares.

Statuses and steps are stable identifiers. Only `cases.workflow.perform` writes a status; each step leaves one event
in the audit. `koreksi_status` (national admin, with a reason) leads from any status to any other and is left out of the
picture; of a finished case it takes back the end, unless a merge ended it, which has its own undoing. The database
refuses every other change of status (docs/adr/0014): after a change to the table of steps run
`manage.py makemigrations cases`.
"""


def document() -> str:
    """The whole file, in English with the Indonesian names of statuses and steps."""
    with override("id"):
        parts = [INTRODUCTION, _diagram(), _statuses(), _steps(), _deadlines()]
    return "\n".join(parts)


def _diagram() -> str:
    arrows = [
        f"    {source} --> {transition.target}: {action}"
        for source in Status
        for action, transition in TRANSITIONS.items()
        if transition.target and source in transition.sources
    ]
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {Status.MASUK}", *arrows, f"    {Status.SELESAI} --> [*]"]
    return "\n".join([*lines, "```", ""])


def _statuses() -> str:
    rows = [f"| `{status}` | {status.label} |" for status in Status]
    return "\n".join(["## Statuses", "", "| Status | Name |", "|---|---|", *rows, ""])


def _steps() -> str:
    head = [
        "## Steps",
        "",
        "| Step | Name | From | To | Who may | Reason | Recorded |",
        "|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *(_step(action) for action in Action), ""])


def _step(action: Action) -> str:
    transition = TRANSITIONS[action]
    leads_anywhere = transition.target is None and transition.returns_to is None
    sources = "any status" if leads_anywhere else _names(transition.sources)
    target = f"`{transition.target}`" if transition.target else "the named status"
    if transition.returns_to:
        where_sent = f"{target}, `{Status.TINDAK_LANJUT}` where a letter was sent before"
        target = where_sent if transition.target else "the status before the merge"
    reason = "required" if transition.needs_reason else "optional"
    who = _who(transition.permission)
    return f"| `{action}` | {action.label} | {sources} | {target} | {who} | {reason} | {_recorded(transition)} |"


def _names(statuses: frozenset[Status]) -> str:
    return ", ".join(f"`{status}`" for status in Status if status in statuses)


def _who(permission: Permission) -> str:
    return ", ".join(str(role.label) for role in Role if permission in POWERS[role].permissions)


def _recorded(transition: Transition) -> str:
    if transition.facts is None:
        return "-"
    return ", ".join(field.name.replace("_", " ") for field in fields(transition.facts))


def _deadlines() -> str:
    rules = read_rules()
    head = [
        "## Deadlines",
        "",
        "Figures marked *to be checked* were not read in the regulation itself. Days end at 23.59 in the time zone of",
        "the office; the day something happens is not counted unless the table says so. A paused clock does not count",
        "the days between. `pelaporan` runs before there is a case: people are told, nothing is refused.",
        f"Late by {rules.escalate_after_days} days, a case also shows at the office above.",
        "",
        "| Election | Clock | Runs in | Paused in | Length | Extension | Source |",
        "|---|---|---|---|---|---|---|",
    ]
    rows = [_deadline(str(kind), clock) for kind, clocks in rules.clocks.items() for clock in clocks]
    return "\n".join([*head, *rows, ""])


def _deadline(kind: str, clock: Clock) -> str:
    length = f"{clock.length} {clock.unit.replace('_', ' ')}"
    if clock.starts is Starts.SAME_DAY:
        length += ", first day included"
    source = clock.source if clock.confirmed else f"{clock.source} (*to be checked*)"
    extension = f"+{clock.extension}, once" if clock.extension else "-"
    runs, pauses = _names(clock.statuses) or "-", _names(clock.pauses_in) or "-"
    if clock.pauses_confidence is Confidence.TO_BE_CHECKED:
        pauses += " (*to be checked*)"
    return f"| {kind} | {clock.name} | {runs} | {pauses} | {length} | {extension} | {source} |"
