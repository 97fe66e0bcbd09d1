"""What is attested: awards, their PDF, verification, and the coordinator's desk."""
