"""Pages in several languages: side by side for translators, and what is missing or out of date."""
