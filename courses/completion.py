"""Who hears that a course is complete.

Actions announce, derivations never do: a rebuild of all state must issue nothing.
"""

from collections.abc import Callable
from uuid import UUID

from courses.models import Enrolment

_listeners: list[Callable[[Enrolment], object]] = []


def on_completion(listener: Callable[[Enrolment], object]) -> None:
    """Call the listener with each enrolment that an act completes; repeats count once."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce_completion(enrolment_uuid: UUID) -> bool:
    """Tell the listeners, if the course is complete; return whether it is.

    The caller is in the transaction of its act. Listeners must bear being told twice: an act that
    is repeated after a failure announces again. One query.
    """
    enrolment = (
        Enrolment.objects.filter(pk=enrolment_uuid, progress__completed_at__isnull=False)
        .select_related("progress", "person")
        .first()
    )
    if enrolment is None:
        return False
    for listener in _listeners:
        listener(enrolment)
    return True
