"""Pure helpers by subject: no model, view or app is imported here."""
