"""Learning paths: which courses, in which order, for whom. Data that any device can judge by itself."""
