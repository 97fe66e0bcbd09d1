"""What is looked up; nothing yet."""
