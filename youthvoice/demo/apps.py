from django.apps import AppConfig


class Demo(AppConfig):
    name = "youthvoice.demo"
    verbose_name = "演示"
