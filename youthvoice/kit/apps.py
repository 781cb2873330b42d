from django.apps import AppConfig


class Kit(AppConfig):
    name = "youthvoice.kit"
    verbose_name = "工具"
