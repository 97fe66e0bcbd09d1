"""Guard the log, and give this node its identity."""

import uuid
from typing import Any

from django.db import migrations

from elearning.lib.guards import GuardTable


def mint_node(apps: Any, _schema_editor: Any) -> None:
    """Give this node an id of its own, once."""
    node = apps.get_model("records", "Node")
    if not node.objects.exists():
        node.objects.create(uuid=uuid.uuid4(), epoch=1, is_here=True)


class Migration(migrations.Migration):
    """Triggers, and the row of this node."""

    dependencies = [("records", "0001_initial")]

    operations = [
        GuardTable("records_statement"),
        migrations.RunPython(mint_node, migrations.RunPython.noop),
    ]
