from django.contrib.admin.apps import AdminConfig


class OperatorAdminConfig(AdminConfig):
    """Django's admin behind our own door: operators only."""

    default_site = "youthvoice.orgs.backends.OperatorSite"
