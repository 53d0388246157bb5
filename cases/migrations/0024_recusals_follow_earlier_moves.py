"""Who keeps out of a case keeps out of its reports where they went before migration 0023 too. No row is removed."""

from django.db import migrations


def follow_earlier_moves(apps, schema_editor):
    """Carry recusals along the standing moves, the oldest first, so that reports that moved twice are followed."""
    case = apps.get_model("cases", "Case")
    regrouping = apps.get_model("cases", "Regrouping")
    recusal = apps.get_model("cases", "Recusal")
    moves = regrouping.objects.filter(undone_at=None, moved__isnull=False).distinct().order_by("pk")
    for move in moves:
        known = set(recusal.objects.filter(case=move.target_id).values_list("user_id", flat=True))
        for row in recusal.objects.filter(case=move.source_id).exclude(user__in=known).order_by("pk"):
            # A recusal that came to the source after the move, with other reports, says nothing about these.
            if row.derived_from_id and row.derived_from_id > move.pk:
                continue
            held = case.objects.filter(pk=move.target_id, assigned_to=row.user_id)
            held_since = held.values_list("assigned_at", flat=True).first()
            held.update(assigned_to=None, assigned_at=None)
            recusal.objects.create(
                case_id=move.target_id,
                user_id=row.user_id,
                kind=row.kind,
                at=row.at,
                derived_from=move,
                held_since=held_since,
            )


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_recusals_follow_reports")]

    operations = [migrations.RunPython(follow_earlier_moves, migrations.RunPython.noop)]
