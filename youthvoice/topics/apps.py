from django.apps import AppConfig


class Topics(AppConfig):
    name = "youthvoice.topics"
    verbose_name = "话题"

    def ready(self) -> None:
        from youthvoice.counts import registry
        from youthvoice.kit import recounting
        from youthvoice.reads.actions import heard
        from youthvoice.topics import counting, holdings, receivers  # noqa: F401 - connects signals
        from youthvoice.topics.actions import COUNTED, count_anew

        holdings.join()
        registry.add(counting.count)
        heard.append(counting.on_reads)
        recounting.add(count_anew, *COUNTED)
