"""Which questions are in which topics, and who thereby takes part in one."""

from django.conf import settings
from django.db import models

from youthvoice.questions.models.question import Question
from youthvoice.topics.models import Topic


class Tag(models.Model):
    """A question in a topic, put there by the topic's host."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="tags")
    #: The constraint's index finds a topic's questions, in their order.
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="tags", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "question"], name="questions_tagged_once")
        ]

    def __str__(self) -> str:
        return f"{self.question_id} in {self.topic_id}"


class Participant(models.Model):
    """Somebody who is counted in a topic. It says nothing that other rows don't: it is kept so
    that each act can tell whether its person is new there. `recount` proves it.
    """

    #: The constraint's index counts a topic's people.
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="participants", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "person"], name="questions_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.topic_id}"
