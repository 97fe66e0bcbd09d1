"""Messages in people's own inbox: the one channel that everybody has, with or without e-mail."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Person


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, newest first."""

    def unread(self) -> "MessageQuerySet":
        """Return those that were not marked as read."""
        return self.filter(read_at__isnull=True)


class Message(models.Model):
    """One row is one message to one person: a code and its facts; the words are made when it is read.

    So a message follows the reader's language of today, and holds no text that could go stale.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="messages", verbose_name=_("person"))
    # What happened, once: the same thing told twice is one message.
    key = models.CharField(max_length=160)
    code = models.CharField(max_length=48)
    facts = models.JSONField(default=dict)
    # An address of this site, without its host; the language in front is the reader's.
    link = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-created_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("person", "key"), name="message_told_once"),)
        indexes = (models.Index(fields=("mailed_at", "created_at"), name="message_to_mail"),)

    def __str__(self) -> str:
        return f"{self.code} {self.person_id}"
