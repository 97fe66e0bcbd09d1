"""The true or false question. A statement to judge."""
