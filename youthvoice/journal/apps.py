from django.apps import AppConfig


class Journal(AppConfig):
    name = "youthvoice.journal"
    verbose_name = "日志"
