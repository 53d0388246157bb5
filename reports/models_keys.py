"""The keys of sealed files, in a table of their own, so that a backup can leave them out (docs/sealing.md)."""

import pgtrigger
from django.db import models


class DataKey(models.Model):
    """The sealed key of one sealed file. Without this row no copy of the file opens, wherever it is.

    `id` is that of the picture, or of the report for what was captured of its link. There is no foreign key: a backup
    of the database holds the pictures' rows and none of these.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    sealed_key = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(sealed_key__gt=b""), name="data_key_is_a_key")]

    def __str__(self) -> str:
        return str(self.id)


def erased_has_no_key() -> pgtrigger.Trigger:
    """For a table of pictures: the database marks none as erased that can still be opened."""
    return pgtrigger.Trigger(
        name="erased_has_no_key",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__erased_at__isnull=False),
        func="""
        IF EXISTS (SELECT FROM reports_datakey WHERE id = NEW.id) THEN
            RAISE EXCEPTION 'a picture is erased after its key' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
        """,
    )
