from django.apps import AppConfig


class KunskapsbankConfig(AppConfig):
    name = "kunskapsbank"
    verbose_name = "kunskapsbanken"
