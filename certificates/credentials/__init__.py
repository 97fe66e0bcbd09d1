"""Open Badges 3.0 credentials, status lists and comprehensive learner records."""
