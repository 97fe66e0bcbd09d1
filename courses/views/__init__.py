"""Pages of courses: parse, access, action, respond."""
