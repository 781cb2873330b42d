from django.apps import AppConfig


class People(AppConfig):
    name = "youthvoice.people"
    verbose_name = "人"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from youthvoice.people import receivers  # noqa: F401 - connects the signals

        # It would keep the moment of each sign-in; nor does the journal, see `sessions`.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
