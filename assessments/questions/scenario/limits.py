"""How large a scenario may be: what fits into one form, and into one sitting of a few minutes."""

MOST_STEPS = 8
MOST_WAYS = 4
MOST_POINTS = 10
