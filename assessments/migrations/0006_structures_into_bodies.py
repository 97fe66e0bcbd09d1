"""Write each question's choices, or its judgement, into its body, then drop what held them."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill_bodies(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill the bodies of the three kinds that there were."""
    del schema_editor
    question_model = apps.get_model("assessments", "Question")
    choices: dict[int, list[Any]] = {}
    for row in apps.get_model("assessments", "Choice").objects.order_by("question_id", "position"):
        choices.setdefault(row.question_id, []).append(row)
    for model in ("SingleChoiceQuestion", "MultipleChoiceQuestion"):
        for pk in apps.get_model("assessments", model).objects.values_list("pk", flat=True):
            rows = choices.get(pk, [])
            body = {
                "choices": [str(row.uuid) for row in rows],
                "right": sorted(str(row.uuid) for row in rows if row.is_right),
            }
            question_model.objects.filter(pk=pk).update(body=body)
    for pk, is_true in apps.get_model("assessments", "TrueFalseQuestion").objects.values_list("pk", "is_true"):
        question_model.objects.filter(pk=pk).update(body={"is_true": is_true})


class Migration(migrations.Migration):

    dependencies = [("assessments", "0005_kinds_bank_and_rules")]

    operations = [
        migrations.RunPython(fill_bodies, migrations.RunPython.noop, elidable=True),
    ]
