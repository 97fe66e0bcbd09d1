"""The short answer question. A word or a few to write."""
