"""What devices ask: JSON in, JSON out, never a page. A refusal says in words what is safe."""

import datetime as dt
import json
import logging
import sqlite3
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from assessments.carrying import carry_papers
from records.statements import utc_text
from sync.access import own_device
from sync.devices import Report
from sync.enrolling import enrol_device, find_actor, label_of_browser
from sync.errors import (
    DeviceTakenError,
    ParcelCutOffError,
    ParcelEncodingError,
    ParcelRefusedError,
    ParcelTooLargeError,
    SyncError,
    TooManyDevicesError,
)
from sync.keys import site_keys
from sync.lines import LARGEST_PARCEL_BYTES, unpack
from sync.reasons import label_of
from sync.receiving import Receipt, receive
from sync.state import state_for

logger = logging.getLogger(__name__)
View = Callable[..., JsonResponse]
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
_LARGEST_QUESTION = 64 * 1024
_MOST_COURSES = 200
_LARGEST_COUNT, _LARGEST_SKEW = 10_000_000, 2**31
_FULL = ("full", "readonly", "read-only", "disk I/O", "No space left", "unable to open")


class _Csrf(CsrfViewMiddleware):
    """Django's own check, asked by the view: a device is told that it is signed out before anything else."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        logger.warning("refused %s: %s", request.path, reason)
        return problem("csrf", _("This page is too old. Nothing is lost: reload it and the work is sent."), 403)


_csrf = _Csrf(lambda _request: JsonResponse({}))


def _unmarked(_request: HttpRequest) -> JsonResponse:
    """Stand for a view that is not exempt from the check."""
    return JsonResponse({})


def problem(code: str, message: str, status: int) -> JsonResponse:
    """Return a refusal: a stable code, and words for the reader."""
    return JsonResponse({"error": code, "message": message}, status=status)


def asked_by_device(view: View) -> View:
    """Return the view for those who are signed in and come from our own pages; others are told so in JSON."""

    @never_cache
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        if not request.user.is_authenticated:
            text = _("You are signed out. Nothing is lost: sign in and what waits on this device is sent.")
            return problem("signed-out", text, 401)
        # The check would read a form's fields, and with them the body that the view reads as it is.
        if request.content_type in _FORMS and request.method == "POST":
            return _refused(ParcelEncodingError())
        if refused := _csrf.process_view(request, _unmarked, (), {}):
            return refused  # type: ignore[return-value]  # what _reject above returns
        return _answer_of(lambda: view(request, *args, **kwargs))

    return answer


def _answer_of(ask: Callable[[], JsonResponse]) -> JsonResponse:
    try:
        return ask()
    except SyncError as error:
        return _refused(error)
    except UnreadablePostError:
        return _refused(ParcelCutOffError())
    except DatabaseError as error:
        return _unwritten(error)


@require_safe
@never_cache
def session(request: HttpRequest) -> JsonResponse:
    """Say who is signed in, what time it is here, and by which keys this site is known. Open to everybody."""
    return _answer_of(lambda: _session(request))


def _session(request: HttpRequest) -> JsonResponse:
    login: Any = request.user
    signed_in = login.is_authenticated
    return JsonResponse(
        {
            "person": login.person.uuid if signed_in else None,
            "actor": find_actor(login.person) if signed_in else None,
            "csrf": get_token(request),
            "time": utc_text(timezone.now()),
            "base": settings.ACTIVITY_BASE,
            "keys": site_keys().public(),
        }
    )


@require_POST
@asked_by_device
def devices(request: HttpRequest) -> JsonResponse:
    """Enrol this browser's key for the person who is signed in."""
    login: Any = request.user
    asked = read_question(request)
    public_key, proof = asked.get("public_key"), asked.get("proof")
    if not isinstance(public_key, str) or not isinstance(proof, str):
        raise ParcelRefusedError
    label = label_of_browser(request.headers.get("User-Agent", ""))
    device, is_new = enrol_device(
        by=login, device=uuid_in(asked.get("device")), public_key=public_key, proof=proof, label=label
    )
    answer = {"device": device.uuid, "actor": device.actor_uuid, "keys": site_keys().public()}
    return JsonResponse(answer, status=201 if is_new else 200)


@require_POST
@asked_by_device
def statements(request: HttpRequest) -> JsonResponse:
    """Take in a parcel; name what is stored and what is held back, and why."""
    login: Any = request.user
    is_carried = request.headers.get("Relais-Carried") == "1"
    if not is_carried and request.headers.get("Relais-Person") != str(login.person.uuid):
        text = _(
            "Another person is signed in. Nothing is lost: this work stays on the device until its owner signs in."
        )
        return problem("not-you", text, 409)
    now = timezone.now()
    report = None if is_carried else _report(request, now)
    receipt = receive(_read_parcel(request), carried_by=login, now=now, report=report)
    return JsonResponse(_told(receipt, now))


@require_safe
@asked_by_device
def state(request: HttpRequest) -> JsonResponse:
    """Say what this site knows of the person's own learning."""
    login: Any = request.user
    return JsonResponse(state_for(login, timezone.now()))


@require_POST
@asked_by_device
def papers(request: HttpRequest) -> JsonResponse:
    """Give the person's own device the test papers it may carry for some courses, drawn where one is missing."""
    login: Any = request.user
    asked = read_question(request)
    courses = asked.get("courses")
    if not isinstance(courses, list) or len(courses) > _MOST_COURSES:
        raise ParcelRefusedError
    device = own_device(login, uuid_in(asked.get("device")))
    found = carry_papers(by=login, device=device.uuid, courses=[uuid_in(each) for each in courses])
    return JsonResponse({"papers": found})


def read_question(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON mapping that was posted; raise ParcelRefusedError."""
    try:
        asked = json.loads(_read_body(request, _LARGEST_QUESTION))
    except (ValueError, RecursionError):
        raise ParcelRefusedError from None
    if not isinstance(asked, dict):
        raise ParcelRefusedError
    return asked


def uuid_in(value: Any) -> UUID:
    """Return a UUID that came as text; raise ParcelRefusedError."""
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError):
        raise ParcelRefusedError from None


def _read_parcel(request: HttpRequest) -> bytes:
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", "gzip"}:
        raise ParcelEncodingError
    body = _read_body(request, LARGEST_PARCEL_BYTES)
    return unpack(body) if encoding == "gzip" else body


def _read_body(request: HttpRequest, most: int) -> bytes:
    """Return the whole body; raise ParcelTooLargeError, or ParcelCutOffError where the connection broke."""
    body = request.read(most + 1)
    if len(body) > most:
        raise ParcelTooLargeError
    promised = request.META.get("CONTENT_LENGTH") or "0"
    if promised.isdigit() and len(body) < int(promised):
        raise ParcelCutOffError
    return body


def _report(request: HttpRequest, now: dt.datetime) -> Report:
    """Return what the device's headers say of it; what can't be read says nothing."""
    clock = _moment(request.headers.get("Relais-Clock", ""))
    skew = int((clock - now).total_seconds()) if clock else None
    count, _space, since = request.headers.get("Relais-Waiting", "").partition(" ")
    return Report(
        clock_skew_s=skew if skew is None or abs(skew) < _LARGEST_SKEW else None,
        waiting_count=_count(count),
        waiting_since=_moment(since),
    )


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
        return moment.astimezone(dt.UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _count(text: str) -> int | None:
    is_count = text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST_COUNT))
    return int(text) if is_count else None


def _told(receipt: Receipt, now: dt.datetime) -> dict[str, Any]:
    held = [
        {"id": each.id, "line": each.line, "reason": each.reason, "text": str(label_of(each.reason))}
        for each in receipt.held
    ]
    return {"stored": receipt.stored, "held": held, "time": utc_text(now)}


def _refused(error: SyncError) -> JsonResponse:
    is_taken = isinstance(error, DeviceTakenError | TooManyDevicesError)
    status = 409 if is_taken else getattr(error, "status", 400)
    return problem(error.code, str(error), status)


def _unwritten(error: DatabaseError) -> JsonResponse:
    """Say that nothing could be written, and that the device keeps its copy."""
    logger.error("nothing was written: %s", error)
    cause = error.__cause__
    is_full = isinstance(error, OperationalError) and any(word in str(error) for word in _FULL)
    if is_full or getattr(cause, "sqlite_errorcode", None) in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}:
        text = _("The site has no room left. Nothing is lost: the work stays on the device and is sent later.")
        return problem("no-room", text, 507)
    text = _("The site could not write this now. Nothing is lost: the work stays on the device and is sent later.")
    return problem("busy", text, 503)
