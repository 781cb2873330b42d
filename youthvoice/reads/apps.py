from django.apps import AppConfig


class Reads(AppConfig):
    name = "youthvoice.reads"
    verbose_name = "阅读"

    def ready(self) -> None:
        from youthvoice.kit import recounting
        from youthvoice.reads.actions import recount

        recounting.add(recount)
