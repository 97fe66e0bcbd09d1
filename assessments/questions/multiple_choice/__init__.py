"""The multiple choice question. One choice or more are right."""
