"""Guard the audit log."""

from django.db import migrations

from elearning.lib.guards import GuardTable


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("accounts", "0001_initial")]

    operations = [GuardTable("accounts_auditevent")]
