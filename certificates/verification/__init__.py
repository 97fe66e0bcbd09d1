"""What a certificate proves, and how anybody checks it with no network."""
