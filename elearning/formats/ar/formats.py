"""A moment in Arabic: Django knows the day and the time alone. Times are of 24 hours, as everywhere on this site."""

DATETIME_FORMAT = "j F Y، H:i"
