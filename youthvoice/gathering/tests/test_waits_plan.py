"""The list of what waits leaves out what is handled with another: PostgreSQL must see that these
are few, or it reads all questions for the first page of it."""

import pytest
from django.db import connection

from youthvoice.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def test_what_hangs_on_another_is_left_out_by_the_column_it_is_joined_by(house):
    rows = Question.objects.listed().waiting()

    # By its own number, PostgreSQL would take it for a column that is hardly ever null.
    assert '"gathering_merge"."case_id" IS NULL' in str(rows.query)
    if connection.vendor == "postgresql":
        assert "Anti Join" in rows.explain()
