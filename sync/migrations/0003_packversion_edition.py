"""A manifest is one edition's."""

from django.db import migrations, models

from elearning.lib.guards import GuardTable


class Migration(migrations.Migration):
    """Add the column; SQLite makes the table anew for it, without its triggers."""

    dependencies = [("sync", "0002_guard_packs")]

    operations = [
        migrations.AddField(
            model_name="packversion",
            name="edition",
            field=models.CharField(default="international", max_length=40),
        ),
        GuardTable("sync_packversion"),
    ]
