"""Whom merged customers were joined to."""

from django.db import migrations, models


def take_over(apps, schema_editor):
    """So far the two were one."""
    customers = apps.get_model("customers", "Customer")
    customers.objects.exclude(merged_into=None).update(joined_to=models.F("merged_into"))


class Migration(migrations.Migration):
    dependencies = [("customers", "0004_joined_to")]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
