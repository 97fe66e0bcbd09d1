"""Run by test_power_loss: post parcels to the site's own address and say so after each reply."""

import json
import os
import sys
from pathlib import Path

import django

django.setup()

from django.test import Client  # noqa: E402

from accounts.models import Login  # noqa: E402
from sync.models import Device  # noqa: E402
from tests.sync.client import parcel  # noqa: E402

parcels = json.loads((Path(sys.argv[1]) / "parcels.json").read_text())
login = Login.objects.get(person__uuid=Device.objects.get().person_id)
client = Client()
client.force_login(login, backend="accounts.backends.RelaisBackend")
headers = {"Relais-Person": str(login.person.uuid)}
for number, lines in enumerate(parcels):
    reply = client.post("/sync/statements/", parcel(lines), content_type="text/plain", headers=headers)
    assert len(reply.json()["stored"]) == len(lines)
    os.write(1, f"acknowledged {number}\n".encode())
