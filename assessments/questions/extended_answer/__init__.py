"""The extended answer question. A text to write, which a person marks."""
