"""Guard papers and question versions."""

from django.db import migrations

from elearning.lib.guards import GuardTable


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("assessments", "0001_initial")]

    operations = [GuardTable("assessments_paper"), GuardTable("assessments_questionversion")]
