"""The scenario question. A case whose steps depend on what was chosen."""
