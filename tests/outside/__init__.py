"""What others' programs say of what we make."""
