"""The life of a cohort: which stage may follow which. Pure."""

PLANNED, OPEN, RUNNING, CLOSED, CANCELLED = "planned", "open", "running", "closed", "cancelled"

# What is closed or cancelled by mistake can be taken up again; what has begun is not planned any more.
_NEXT = {
    PLANNED: (OPEN, RUNNING, CANCELLED),
    OPEN: (RUNNING, PLANNED, CANCELLED),
    RUNNING: (CLOSED, CANCELLED),
    CLOSED: (RUNNING,),
    CANCELLED: (PLANNED,),
}


def next_stages(stage: str) -> tuple[str, ...]:
    """Return the stages that may follow, the usual one first.

    >>> next_stages("planned")[0]
    'open'
    """
    return _NEXT.get(stage, ())


def may_follow(stage: str, wanted: str) -> bool:
    """Tell whether one stage may follow another."""
    return wanted in next_stages(stage)
