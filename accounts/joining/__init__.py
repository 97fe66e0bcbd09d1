"""How people come into a cohort: registries for the apps above, reading lists of people, throttling guesses."""
