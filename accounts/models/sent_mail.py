"""Which mails have been sent, so that none is sent twice."""

from django.db import models


class SentMail(models.Model):
    """What became of one mail, known by its Message-ID; holds no address (trust R22).

    Whoever sends it first takes it for a while, so that two workers never send the same
    one. Only a crash between the server's yes and our note of it can repeat a mail.
    """

    message_id = models.CharField("mejlets id", max_length=200, unique=True)
    taken_until = models.DateTimeField("skickas just nu, till", null=True, blank=True)
    sent_at = models.DateTimeField("skickat", null=True, blank=True)
    refused_at = models.DateTimeField("nekat för gott", null=True, blank=True)
    refusal = models.CharField("serverns svar", max_length=80, blank=True)

    class Meta:
        verbose_name = "skickat mejl"
        verbose_name_plural = "skickade mejl"

    def __str__(self):
        return self.message_id

    @property
    def is_done(self):
        return self.sent_at is not None or self.refused_at is not None
