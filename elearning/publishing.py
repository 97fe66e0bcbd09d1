"""Pages that editors scheduled: published, and taken back, when their time has come."""

import datetime as dt

from django.core.management import call_command
from django.db.models import Q
from wagtail.models import Page, Revision


def publish_scheduled(now: dt.datetime) -> int:
    """Publish and expire pages whose moment has passed, as Wagtail's command does; return how many there were."""
    ready: int = Revision.page_revisions.filter(approved_go_live_at__lt=now).count()
    over: int = Page.objects.filter(Q(expire_at__lt=now), live=True).count()
    if ready or over:
        call_command("publish_scheduled", verbosity=0)
    return ready + over
