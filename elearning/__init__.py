"""The site: settings, addresses, base templates and the pure helpers of lib/."""
