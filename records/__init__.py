"""What happened: an append-only log of statements, and state derived from it."""
