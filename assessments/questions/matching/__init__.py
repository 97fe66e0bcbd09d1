"""The matching question. Pairs to find."""
