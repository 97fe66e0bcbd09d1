"""Forms of dates and times that Django leaves in English."""
