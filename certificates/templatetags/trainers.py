"""Words and tags for trainers' states."""

from typing import Any

from django import template

from certificates.cascade.words import state_words, tone_of

register = template.Library()


@register.filter
def trainer_state(state: str) -> Any:
    """Return a state in words."""
    return state_words(state)


@register.filter
def trainer_tone(state: str) -> str:
    """Return the kind of tag for a state."""
    return tone_of(state)
