"""Where an enrolment counts. Pure."""

import uuid

# The cohort of those who learn on their own: a key that is the same everywhere, where null would not be one.
NO_COHORT = uuid.UUID(int=0)
