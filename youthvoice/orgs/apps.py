from django.apps import AppConfig


class Orgs(AppConfig):
    name = "youthvoice.orgs"
    verbose_name = "组织"

    def ready(self) -> None:
        from allauth.account.models import EmailAddress
        from allauth.mfa.models import Authenticator
        from django.contrib import admin
        from django_tasks_db.models import DBTaskResult

        from youthvoice.kit import retention
        from youthvoice.orgs import (
            actions,
            holdings,
            receivers,  # noqa: F401 - connects the signals
        )
        from youthvoice.orgs import names as names_of_bodies
        from youthvoice.people import names

        holdings.join()
        retention.add("invitations", purge=actions.purge_invitations)
        names.add(names_of_bodies)
        # Pages of packages that would change rows without an entry in the journal, or that
        # serve those who look after the machine; operators look after people.
        admin.site.unregister([Authenticator, EmailAddress, DBTaskResult])
