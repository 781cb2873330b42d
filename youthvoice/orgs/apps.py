from django.apps import AppConfig


class Orgs(AppConfig):
    name = "youthvoice.orgs"
    verbose_name = "组织"
