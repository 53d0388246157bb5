"""A draft begun before the catalogue had English gets that of this release; what the draft changed lacks it visibly."""

from pathlib import Path

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "catalogue" / "english.yaml"


def give_drafts_their_english(apps, schema_editor):
    """The text of the file is what a new draft would begin with."""
    for draft in apps.get_model("rules", "CatalogueDraft").objects.exclude(files__has_key=FILE.name):
        draft.files[FILE.name] = FILE.read_text(encoding="utf-8")
        draft.save(update_fields=["files"])


class Migration(migrations.Migration):
    dependencies = [
        ("rules", "0002_drafts_and_editable_elections"),
    ]

    operations = [
        migrations.RunPython(give_drafts_their_english, migrations.RunPython.noop),
    ]
