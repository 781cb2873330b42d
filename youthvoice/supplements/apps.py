from django.apps import AppConfig


class Supplements(AppConfig):
    name = "youthvoice.supplements"
    verbose_name = "补充说明"
