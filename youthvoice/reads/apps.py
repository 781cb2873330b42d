from django.apps import AppConfig


class Reads(AppConfig):
    name = "youthvoice.reads"
    verbose_name = "阅读"
