"""In whose eyes public pages are drawn."""

from django.contrib.auth.models import AnonymousUser

EVERYBODY = AnonymousUser()
