"""How statements and packs travel; nothing yet."""
