"""Pages about who is in a cohort: joining, leaving, importing, merging."""
