from datetime import timedelta

from django.apps import AppConfig


class People(AppConfig):
    name = "youthvoice.people"
    verbose_name = "人"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from youthvoice.clock import registry
        from youthvoice.people import (
            actions,
            holdings,
            receivers,  # noqa: F401 - connects the signals
        )

        holdings.join()
        from youthvoice.people.phones import actions as phones

        # It would keep the moment of each sign-in; nor does the journal, see `sessions`.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        registry.add("people.guardians", every=timedelta(hours=1), work=actions.erase_unanswered)
        registry.add("phones.forget", every=timedelta(minutes=10), work=phones.forget)
