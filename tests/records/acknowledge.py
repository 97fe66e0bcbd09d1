"""Run by test_power_loss: append a few statements and say so after each, as a reply would."""

import os
import sys
import uuid

import django

django.setup()

from records.actions import append_statements  # noqa: E402
from records.deriving import UnitKind, registry  # noqa: E402
from tests.records.conftest import ACTOR, KIND, statement  # noqa: E402

registry.units[KIND] = UnitKind(KIND, frozenset({"answered"}), lambda _sets: {}, ())
for number in range(int(sys.argv[1])):
    append_statements(by={ACTOR}, statements=[statement(uuid.uuid4())])
    os.write(1, f"acknowledged {number}\n".encode())
