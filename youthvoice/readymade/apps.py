from django.apps import AppConfig


class ReadymadeConfig(AppConfig):
    name = "youthvoice.readymade"
