from datetime import timedelta

from django.apps import AppConfig


class People(AppConfig):
    name = "youthvoice.people"
    verbose_name = "人"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        # Connect the signals.
        import youthvoice.people.devices.receivers
        import youthvoice.people.factors.receivers
        import youthvoice.people.signing_in.receivers  # noqa: F401
        from youthvoice.clock import registry
        from youthvoice.people import holdings
        from youthvoice.people.devices import actions as devices
        from youthvoice.people.guardians import actions as guardians
        from youthvoice.people.phones import actions as phones

        holdings.join()
        # It would keep the moment of each sign-in; nor does the journal, see devices/sessions.py.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        registry.add("people.guardians", every=timedelta(hours=1), work=guardians.erase_unanswered)
        registry.add("people.sessions", every=timedelta(days=1), work=devices.purge)
        registry.add("phones.forget", every=timedelta(minutes=10), work=phones.forget)
