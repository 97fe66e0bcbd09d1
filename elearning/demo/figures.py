"""Let the desk of the demo show something: devices, heard of or silent, and what is counted now and then."""

import base64
import datetime as dt

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.utils import timezone

from accounts.models import Login
from certificates.freshness import count_reporting
from certificates.headcounts import count_heads
from elearning.demo.clock import clock_at
from elearning.demo.cohorts import COHORTS, DemoCohort
from elearning.demo.people import demo_uuid, opening_of
from sync.enrolling import enrol_device
from sync.models import Device

# For each device of a class, how many hours ago it was heard of; counted from now, or the demo would grow silent.
_HEARD = {"bamako": (2, 5, 20, 30, 49, 216, None), "kyiv": (1, 26, 70, 120)}


def load_figures() -> None:
    """Add devices and count: what run_due does later, done once."""
    for demo in COHORTS:
        _add_devices(demo)
    now = timezone.now()
    count_heads(now)
    count_reporting(now)


def _add_devices(demo: DemoCohort) -> None:
    """Enrol a device for some officers of a class, the first ones first."""
    now = timezone.now()
    for officer, hours in zip(demo.officers, _HEARD[demo.key], strict=False):
        login = Login.objects.filter(person__service_number=officer.service_number).first()
        if login is None:
            continue
        uuid = demo_uuid("device", officer.service_number)
        with clock_at(opening_of(demo)):
            enrol_device(by=login, device=uuid, label="Chrome, Android", **_key_of(f"{uuid} {login.person.uuid}"))
        heard = now - dt.timedelta(hours=hours) if hours is not None else None
        Device.objects.filter(pk=uuid).update(last_seen_at=heard)


def _key_of(named: str) -> dict[str, str]:
    """Return a key that nobody keeps, and its proof: these devices say nothing in the demo."""
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    r, s = decode_dss_signature(key.sign(f"relais-enrol/1 {named}".encode(), ec.ECDSA(hashes.SHA256())))
    raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return {"public_key": base64.b64encode(public).decode(), "proof": base64.b64encode(raw).decode()}
