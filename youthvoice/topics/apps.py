from django.apps import AppConfig


class Topics(AppConfig):
    name = "youthvoice.topics"
    verbose_name = "话题"
