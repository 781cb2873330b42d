from django.apps import AppConfig


class Clock(AppConfig):
    name = "youthvoice.clock"
    verbose_name = "时钟"
