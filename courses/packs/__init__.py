"""Course packs: a folder of YAML, Markdown and pictures, read strictly and written to pages."""
