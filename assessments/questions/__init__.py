"""The kinds of question, a folder each, and the registry that lists them."""
