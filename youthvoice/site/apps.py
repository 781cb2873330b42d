from datetime import timedelta

from django.apps import AppConfig


class Site(AppConfig):
    name = "youthvoice.site"
    verbose_name = "页面"

    def ready(self) -> None:
        # Models can only be reached once every app is set up.
        from django.contrib.auth.signals import user_logged_out

        from youthvoice.clock import actions as clock
        from youthvoice.clock import registry
        from youthvoice.counts import actions as sums
        from youthvoice.counts import registry as counts
        from youthvoice.journal import actions as journal
        from youthvoice.limits import actions as limits
        from youthvoice.questions import above
        from youthvoice.reads.actions import forget
        from youthvoice.site import (
            counting,
            receivers,
        )
        from youthvoice.site.middleware import note_signed_out
        from youthvoice.site.said import with_answers

        above.said.append(with_answers)
        user_logged_out.connect(note_signed_out, dispatch_uid="site.signed_out")
        sums.moved.append(receivers.on_sums)
        counts.add(counting.count)
        counts.keep("first", counting.median)
        counts.keep("waiting")
        counts.keep("asked")
        registry.add("journal.tell_head", every=timedelta(hours=1), work=journal.tell_head)
        registry.add("reads.forget", every=timedelta(minutes=10), work=forget)
        registry.add("limits.forget", every=timedelta(minutes=10), work=limits.forget)
        registry.add("tasks.forget", every=timedelta(minutes=10), work=clock.forget_tasks)
