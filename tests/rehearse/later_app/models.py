from django.db import models


class Later(models.Model):
    note = models.TextField(default="")
    entry = models.ForeignKey("kunskapsbank.Entry", models.CASCADE, null=True)

    def __str__(self):
        return self.note
