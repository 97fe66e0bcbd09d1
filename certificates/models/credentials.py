"""Where the status of each credential stands: a place in a list of bits."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.models.awards import Award

# W3C, Bitstring Status List v1.0, section 6.1: with fewer, who asks for a list says whom he asks about.
LIST_SIZE = 2**17


class StatusList(models.Model):
    """One row is one list of bits, signed by one issuer's key."""

    number = models.PositiveIntegerField(primary_key=True)
    # The did:key that signs the list: a credential and its list have the same issuer.
    issuer = models.CharField(max_length=100)
    size = models.PositiveIntegerField(default=LIST_SIZE)

    class Meta:
        verbose_name = _("status list")
        verbose_name_plural = _("status lists")

    def __str__(self) -> str:
        return str(self.number)


class StatusEntry(models.Model):
    """One row is the place of one award in one list: drawn at random, so that it tells nothing of when or whose."""

    award = models.ForeignKey(
        Award, models.DO_NOTHING, to_field="uuid", db_constraint=False, related_name="status_entries"
    )
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="entries")
    index = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("place in a status list")
        verbose_name_plural = _("places in status lists")
        constraints = (
            models.UniqueConstraint(fields=("status_list", "index"), name="status_place_of_one_award"),
            models.UniqueConstraint(fields=("status_list", "award"), name="status_place_once_per_list"),
        )

    def __str__(self) -> str:
        return f"{self.status_list_id}/{self.index}"
