"""Django's own list of what operators did, kept free of what people are called."""

import json
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models.signals import pre_save
from django.dispatch import receiver


@receiver(pre_save, sender=LogEntry)
def on_logged(instance: LogEntry, **kwargs: Any) -> None:
    """It would copy the row's name, which is a nickname, to where no erasure looks for it."""
    kind = instance.content_type.model if instance.content_type else ""
    instance.object_repr = f"{kind}:{instance.object_id}"
    try:
        changes = json.loads(instance.change_message)
    except ValueError:
        return
    for change in changes if isinstance(changes, list) else []:
        for what in change.values():
            what.pop("object", None)
    instance.change_message = json.dumps(changes)
