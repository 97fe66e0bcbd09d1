"""What is planned: programmes, cohorts, sessions, who was there, and what is known from before this site."""
