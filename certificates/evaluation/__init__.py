"""What the training changed: reactions, gains between two tests, use on duty."""
