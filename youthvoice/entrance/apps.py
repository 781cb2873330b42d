from django.apps import AppConfig


class Entrance(AppConfig):
    name = "youthvoice.entrance"
    verbose_name = "入口"
