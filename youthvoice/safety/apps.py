from django.apps import AppConfig


class Safety(AppConfig):
    name = "youthvoice.safety"
    verbose_name = "提醒词与求助电话"
