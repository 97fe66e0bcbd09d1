"""Guard manifests and what belongs to them."""

from django.db import migrations

from elearning.lib.guards import GuardTable


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("sync", "0001_initial")]

    operations = [GuardTable("sync_packversion"), GuardTable("sync_packfile")]
