"""Guard practice papers, and papers again: on SQLite their table was made anew."""

from django.db import migrations

from elearning.lib.guards import GuardTable


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("assessments", "0003_classes_devices_and_flags")]

    operations = [GuardTable("assessments_practicepaper"), GuardTable("assessments_paper")]
