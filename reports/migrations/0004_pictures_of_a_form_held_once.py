"""Held pictures know their browser and come once per form. They live a day at most, so those of today may go."""

from django.db import migrations, models


def drop_held_pictures(apps, schema_editor):
    apps.get_model("reports", "HeldImage").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_pictures_and_texts_are_compared")]

    operations = [
        # Their sealed files go with the next sweep of files no row knows.
        migrations.RunPython(drop_held_pictures, migrations.RunPython.noop),
        migrations.AddField(
            model_name="heldimage",
            name="browser_digest",
            field=models.CharField(db_index=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="heldimage",
            constraint=models.UniqueConstraint(fields=("form_digest", "sha256"), name="a_form_holds_a_picture_once"),
        ),
    ]
