"""The tables of certificates."""

from certificates.models.awards import Award, HolderName
from certificates.models.totals import Standing, Total

__all__ = ["Award", "HolderName", "Standing", "Total"]
