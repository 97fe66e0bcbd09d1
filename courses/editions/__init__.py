"""National editions: a course with the same activity ids, in a country's own pages, that keeps up with its source."""
