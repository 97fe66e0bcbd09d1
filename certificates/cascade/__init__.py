"""Who trained whom: rules for trainers, where each stands, and the tree."""
