from django.apps import AppConfig


class Importing(AppConfig):
    name = "youthvoice.importing"
    verbose_name = "导入"
