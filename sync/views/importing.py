"""A trainer brings a file that a device exported."""

from collections import Counter
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions import record_audit
from elearning.lib.navigation import in_section
from sync.access import check_desk
from sync.errors import ParcelRefusedError
from sync.forms import ImportForm
from sync.lines import lines_of
from sync.reasons import label_of
from sync.receiving import Receipt, receive


@in_section("desk", "devices")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def import_file(request: HttpRequest) -> HttpResponse:
    """Ask for a file; say what became of each of its lines. The same file again changes nothing."""
    login: Any = request.user
    check_desk(login)
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            receipt = receive(lines_of(form.cleaned_data["file"]), carried_by=login, now=timezone.now())
        except ParcelRefusedError as error:
            form.add_error("file", str(error))
        else:
            context |= {"receipt": receipt, "reasons": _reasons(receipt), "form": ImportForm()}
            record_audit(by=login, act="work.imported", detail=counts_of(receipt))
    return render(request, "sync/import.html", context)


def counts_of(receipt: Receipt) -> dict[str, int]:
    """Return how many lines became what."""
    return {
        "lines": receipt.lines,
        "accepted": len(receipt.accepted),
        "known": len(receipt.known),
        "held": len(receipt.held),
    }


def _reasons(receipt: Receipt) -> list[tuple[Any, int]]:
    counted = Counter(each.reason for each in receipt.held)
    return [(label_of(reason), count) for reason, count in counted.most_common()]
