"""What is looked up: the glossary."""
