"""Who does the work of a run: a thread of this process, then whoever finds it left.

Three things call work_on_run, none of which the others need: a thread begun with the run; the page that shows
its progress, while it is open; and `manage.py run_due`. The lease keeps them apart. So there is no worker process
to install, to watch and to feed with memory on a small machine, and a process that is killed in the middle costs
a minute. Several machines would want a queue: then the thread is switched off (RELAIS_WORKS_IN_THREAD).
"""

import logging
import threading

from django.conf import settings
from django.db import connections, transaction

from certificates.actions.issuing import work_on_run
from certificates.models import IssuingRun

logger = logging.getLogger(__name__)


def drive_soon(run: IssuingRun) -> None:
    """Let a thread work on a run once it is committed; nothing where that is switched off."""
    if settings.RELAIS_WORKS_IN_THREAD:
        transaction.on_commit(lambda: threading.Thread(target=_drive, args=[run.pk], daemon=True).start())


def _drive(pk: int) -> None:
    try:
        run = IssuingRun.objects.select_related("cohort__country").get(pk=pk)
        while work_on_run(run):
            pass
    except Exception:
        # Nobody waits for this thread: the run stays open, and the page or run_due goes on with it.
        logger.exception("the thread of run %s ended", pk)
    finally:
        connections.close_all()
