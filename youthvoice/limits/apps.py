from django.apps import AppConfig


class Limits(AppConfig):
    name = "youthvoice.limits"
    verbose_name = "限度"
