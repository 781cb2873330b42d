from datetime import timedelta

import pytest
from django.db.models import Count, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from tests.factories import PersonFactory, ask
from youthvoice.kit import clock
from youthvoice.kit.paging import by_time, page
from youthvoice.questions.models import Question
from youthvoice.readymade.prepared import prepared

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@prepared("numbers", "since", "field")
def some(*, numbers=None, since=None, field=None, newest=True) -> QuerySet[Question]:
    rows = Question.objects.select_related("author", "region").annotate(many=Count("answers"))
    if numbers is not None:
        rows = rows.filter(pk__in=numbers)
    if since is not None:
        rows = rows.filter(asked_at__gte=since)
    if field is not None:
        rows = rows.filter(field=field)
    return rows.order_by("-pk" if newest else "pk")


@prepared("since")
def numbers(since) -> QuerySet[Question, int]:
    return Question.objects.filter(asked_at__gte=since).order_by("pk").values_list("pk", flat=True)


@pytest.fixture
def asked(house):
    return [ask() for _ in range(5)]


def test_it_gives_what_the_queryset_gives(asked):
    for wanted in (asked[:1], asked[1:3], asked[1:4], asked):
        keys = [one.pk for one in wanted]
        rows = some(numbers=keys)
        assert [row.pk for row in rows] == sorted(keys, reverse=True)
        assert [row.pk for row in some(numbers=keys, newest=False)] == sorted(keys)
    (row,) = some(numbers=[asked[2].pk])
    plain = Question.objects.get(pk=asked[2].pk)
    assert {f.attname: getattr(row, f.attname) for f in Question._meta.concrete_fields} == {
        f.attname: getattr(plain, f.attname) for f in Question._meta.concrete_fields
    }
    assert (row == plain, row._state.db, row._state.adding, row.many) == (True, "default", False, 0)
    row.title = "another"
    row.save(update_fields=["title"])
    assert Question.objects.get(pk=row.pk).title == "another"


def test_what_stands_beside_a_row_is_there_without_a_query(asked, django_assert_num_queries):
    asked[0].author = None
    asked[0].is_nameless = True
    asked[0].save()
    with django_assert_num_queries(1):
        rows = some(numbers=[one.pk for one in asked[:2]], newest=False)
        assert rows[0].author is None
        assert rows[1].author == asked[1].author
        assert rows[1].region == asked[1].region


def test_the_sql_is_made_once_for_all_values(asked, monkeypatch):
    some(numbers=[asked[0].pk])
    numbers(since=clock.now())
    made = []
    as_sql = SQLCompiler.as_sql
    monkeypatch.setattr(
        SQLCompiler, "as_sql", lambda self, *a, **k: made.append(self) or as_sql(self, *a, **k)
    )
    assert some(numbers=[asked[1].pk])[0].pk == asked[1].pk
    assert numbers(since=asked[0].asked_at - timedelta(days=1))[-1] == asked[-1].pk
    assert made == []
    # The control: Django's own, each time.
    list(Question.objects.filter(pk__in=[asked[1].pk]))
    assert made


def test_an_empty_list_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert some(numbers=[]) == []


def test_nothing_given_comes_into_the_sql(asked):
    assert some(field="' OR 1=1 --") == []
    assert some.first(field="%s") is None


@prepared("author")
def by_author(author) -> QuerySet[Question, int]:
    return Question.objects.filter(author=author).order_by("pk").values_list("pk", flat=True)


def test_nothing_is_asked_for_as_nothing(asked):
    writer = PersonFactory()
    named = ask(by=writer)

    assert by_author(author=None) == [one.pk for one in asked]
    assert by_author(author=writer.pk) == [named.pk]
    assert by_author(author=None) == [one.pk for one in asked]


def test_a_page_is_what_paging_gives(asked):
    key, after = by_time("asked_at"), ""
    for _ in range(4):
        plain = page(Question.objects.all(), key=key, after=after, size=2)
        quick = some.page(key=key, after=after, size=2)
        assert quick == plain
        after = plain.next_after
    assert some.page(key=key, after="nonsense", size=2) == page(
        Question.objects.all(), key=key, size=2
    )
