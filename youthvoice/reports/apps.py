from django.apps import AppConfig


class Reports(AppConfig):
    name = "youthvoice.reports"
    verbose_name = "统计"
