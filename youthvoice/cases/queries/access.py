"""Whose desk somebody comes to."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from youthvoice.cases import policy
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.policy import Anyone


def access_desk(user: Anyone, slug: str) -> Organisation:
    """The body whose desk it is. Raises Http404, and PermissionDenied for all but its members."""
    organisation = get_object_or_404(Organisation, slug=slug, is_active=True)
    if not policy.may_see_queue(user, organisation.pk):
        raise PermissionDenied
    return organisation
