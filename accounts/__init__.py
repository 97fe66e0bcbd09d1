"""People and logins, roles and their scope, countries, agencies, posts, cohorts, audit."""
