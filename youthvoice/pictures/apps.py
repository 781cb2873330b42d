from django.apps import AppConfig


class Pictures(AppConfig):
    name = "youthvoice.pictures"
    verbose_name = "图片"
