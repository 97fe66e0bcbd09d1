"""The trainer's question area under Wagtail's admin. ADR 0008 says what Wagtail's own scope holds."""
