"""Choices and judgements stand in the bodies now. Guards of the new tables, and again of those made anew."""

from django.db import migrations

from elearning.lib.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [("assessments", "0006_structures_into_bodies")]

    operations = [
        migrations.RemoveField(model_name="truefalsequestion", name="is_true"),
        migrations.DeleteModel(name="Choice"),
        GuardTable("assessments_questionimage"),
        GuardTable("assessments_regrade"),
    ]
