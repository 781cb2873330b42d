"""`migrate` makes what Django's own makes, and less of it twice."""

from django.core.management.commands import migrate
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from youthvoice.kit.management.commands.migrate import Executor, State


def built(kind):
    """A state in which three models were added after the first had been rendered."""
    state = kind()
    key = ("id", models.BigAutoField(primary_key=True))
    state.add_model(ModelState("tests", "Body", [key]))
    assert state.apps.get_model("tests", "Body")
    body = models.ForeignKey("tests.Body", models.CASCADE, related_name="members")
    state.add_model(ModelState("tests", "Member", [key, ("body", body)]))
    known = models.ManyToManyField("tests.Member")
    state.add_model(ModelState("tests", "Group", [key, ("known", known)]))
    state.add_field("tests", "group", "size", models.IntegerField(), preserve_default=True)
    return state


def fields(state):
    """Of each model, with what links to it."""
    return {
        model._meta.label: sorted((f.name, type(f).__name__) for f in model._meta.get_fields())
        for model in state.apps.get_models(include_auto_created=True)
    }


def test_the_state_is_the_one_that_django_would_come_to():
    ours = fields(built(State))

    assert ours == fields(built(ProjectState))
    assert ("members", "ManyToOneRel") in ours["tests.Body"]


def test_a_new_model_makes_no_other_one_anew():
    def kept(kind):
        state = kind()
        key = ("id", models.BigAutoField(primary_key=True))
        state.add_model(ModelState("tests", "Body", [key]))
        first = state.apps.get_model("tests", "Body")
        body = models.ForeignKey("tests.Body", models.CASCADE)
        state = state.clone()
        state.add_model(ModelState("tests", "Member", [key, ("body", body)]))
        return state.apps.get_model("tests", "Body") is first

    assert kept(State)
    assert not kept(ProjectState)


def test_the_command_uses_it():
    assert migrate.MigrationExecutor is Executor
