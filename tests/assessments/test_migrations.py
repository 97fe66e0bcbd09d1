"""Questions of before keep their keys: choices and judgements move into the bodies."""

from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = "0005_kinds_bank_and_rules", "0006_structures_into_bodies"


def migrate_to(*names: str):
    """Bring the tables of assessments to a migration, and return the models of then."""
    executor = MigrationExecutor(connection)
    executor.migrate([("assessments", name) for name in names])
    executor.loader.build_graph()
    return executor.loader.project_state([("assessments", name) for name in names]).apps


@pytest.mark.django_db(transaction=True)
def test_choices_and_judgements_become_bodies():
    leaves = [name for app, name in MigrationExecutor(connection).loader.graph.leaf_nodes() if app == "assessments"]
    old = migrate_to(BEFORE)

    def question(model, **fields):
        model = old.get_model("assessments", model)
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        return model.objects.create(uuid=uuid4(), course_uuid=uuid4(), polymorphic_ctype_id=kind.pk, **fields)

    single, several = question("SingleChoiceQuestion"), question("MultipleChoiceQuestion")
    judged = [question("TrueFalseQuestion", is_true=is_true) for is_true in (True, False)]
    empty = question("SingleChoiceQuestion")
    choice = old.get_model("assessments", "Choice")
    ids = {}
    for row, right in ((single, {1}), (several, {0, 2})):
        # Stored last to first: the position says the order.
        for position in (2, 1, 0):
            made = choice.objects.create(
                uuid=uuid4(), question_id=row.pk, position=position, is_right=position in right
            )
            ids[row.pk, position] = str(made.uuid)
    model = migrate_to(AFTER).get_model("assessments", "Question")
    bodies = dict(model.objects.values_list("pk", "body"))
    assert bodies == {
        single.pk: {"choices": [ids[single.pk, each] for each in range(3)], "right": [ids[single.pk, 1]]},
        several.pk: {
            "choices": [ids[several.pk, each] for each in range(3)],
            "right": sorted([ids[several.pk, 0], ids[several.pk, 2]]),
        },
        judged[0].pk: {"is_true": True},
        judged[1].pk: {"is_true": False},
        empty.pk: {"choices": [], "right": []},
    }
    kept = migrate_to(*leaves).get_model("assessments", "Question")
    assert dict(kept.objects.values_list("pk", "body")) == bodies
