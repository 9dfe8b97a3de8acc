"""The earlier wordings of every row."""

from simple_history.models import HistoricalRecords


class History(HistoricalRecords):
    """Named in Swedish, where the package would say "historical"."""

    def get_meta_options(self, model):
        name = f"historik för {model._meta.verbose_name}"
        options = super().get_meta_options(model)
        return {**options, "verbose_name": name, "verbose_name_plural": name}
