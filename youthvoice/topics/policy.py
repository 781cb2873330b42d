"""Who may, with topics: the members of the organisation that hosts one."""

from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.policy import Anyone
from youthvoice.topics.models import Topic


def may_host(user: Anyone, organisation: Organisation) -> bool:
    """Opens topics in its name."""
    return organisation.is_active and orgs_policy.is_member(user, organisation.pk)


def may_look_after(user: Anyone, topic: Topic) -> bool:
    return orgs_policy.is_member(user, topic.host_id)
