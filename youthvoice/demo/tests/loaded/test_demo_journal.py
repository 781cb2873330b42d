"""A whole house as it was acted out: each row has its entry, and all words are those accepted."""

import pytest
from django.apps import apps

from youthvoice.cases.models import Hop
from youthvoice.journal import queries
from youthvoice.journal.models import GENESIS, Entry, Head, Worded
from youthvoice.promises.models import Promise
from youthvoice.questions.models import Answer, Comment, Hidden, Question

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo_house"),
    # One process loads it for all of them.
    pytest.mark.xdist_group("demo_house"),
]


def strays():
    return {(stray.row, stray.kind) for stray in queries.strays()}


def test_the_demo_and_its_journal_answer_for_each_other():
    assert [*queries.faults(), *queries.strays()] == []


def test_its_last_ten_entries_can_not_be_cut_off():
    left = Entry.objects.order_by("-seq")[10]
    Entry.objects.filter(seq__gt=left.seq).delete()
    Head.objects.update(seq=left.seq, hash=left.hash)

    assert (list(queries.faults()), bool(strays())) == ([], True)


def test_it_can_not_be_emptied():
    Entry.objects.all().delete()
    Head.objects.update(seq=0, hash=GENESIS)

    found = strays()
    assert {f"questions.question:{pk}" for pk in Question.objects.values_list("pk", flat=True)} <= {
        row for row, _kind in found
    }


def test_words_rewritten_in_any_of_its_tables_are_found():
    rewritten = set()
    for model in (m for m in apps.get_models() if issubclass(m, Worded)):
        column = model.words[-1]
        row = model.objects.exclude(**{column: ""}).last()
        if row is not None:
            model.objects.filter(pk=row.pk).update(**{column: "别的话"})
            rewritten.add((f"{model._meta.label_lower}:{row.pk}", "other words"))

    tables = {row.split(":")[0] for row, _kind in rewritten}
    assert tables >= {
        m._meta.label_lower for m in (Question, Answer, Comment, Hidden, Hop, Promise)
    }
    assert strays() == rewritten
