"""The text customers are found by takes the form of the index: its parts stand apart by two blanks."""

from django.db import migrations

APART = (
    "UPDATE customers_customer SET search_text = '  ' || replace(search_text, chr(10), '  ')"
    " WHERE search_text <> '' AND substr(search_text, 1, 2) <> '  '"
)


def forwards(apps, schema_editor):
    chr_of = "chr" if schema_editor.connection.vendor == "postgresql" else "char"
    schema_editor.execute(APART.replace("chr", chr_of))


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_attention")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
