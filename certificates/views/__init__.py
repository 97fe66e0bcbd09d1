"""The pages of certificates: the own record, the PDF, verification, and the coordinator's desk."""
