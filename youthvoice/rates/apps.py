from django.apps import AppConfig


class Rates(AppConfig):
    name = "youthvoice.rates"
    verbose_name = "统计"

    def ready(self) -> None:
        from youthvoice.rates import holdings

        holdings.join()
