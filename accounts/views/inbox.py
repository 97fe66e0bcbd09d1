"""The own inbox: what the site has to say to somebody, in that person's language."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import mark_read
from accounts.messaging import words_of
from accounts.models import Message
from accounts.requests import SignedInRequest
from elearning.lib.navigation import in_section

PER_PAGE = 20


@in_section("inbox")
@login_required
@never_cache
@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    """Show one's own messages, the newest first. Looking changes nothing."""
    mine = Message.objects.filter(person=request.user.person_id)
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "letters": [(each, words_of(each)) for each in page],
        "unread": mine.unread().count(),
    }
    return render(request, "accounts/inbox.html", context)


@login_required
@require_POST
def inbox_read(request: SignedInRequest, message_uuid: uuid.UUID | None = None) -> HttpResponse:
    """Mark one message, or all of them, as read; go on to what the one message is about."""
    if message_uuid is None:
        done = mark_read(by=request.user)
        told = ngettext("%(count)s message is marked as read.", "%(count)s messages are marked as read.", done)
        messages.success(request, told % {"count": done})
        return HttpResponseRedirect(reverse("accounts:inbox"))
    message = Message.objects.filter(person=request.user.person_id, uuid=message_uuid).first()
    if message is None:
        raise Http404
    mark_read(by=request.user, only=message.uuid)
    return HttpResponseRedirect(words_of(message).link or reverse("accounts:inbox"))
