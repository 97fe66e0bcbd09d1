"""The life of an award: on what terms it is given, to whom, and how it is renewed, corrected and recalled."""
