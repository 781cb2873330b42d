"""Numbers that everybody sees, of rows that not everybody sees."""

import secrets

from django.db import connection, models

#: Of so many numbers one is given, on average.
STEP = 8
_DRAW = {
    # The transaction has locked all there is when it began.
    "sqlite": "SELECT coalesce(max(seq), 0) + %s FROM sqlite_sequence WHERE name = %s",
    # Whoever else draws at once has numbers of their own between these.
    "postgresql": "SELECT max(nextval(pg_get_serial_sequence(k.name, 'id'))) "
    "FROM (SELECT generate_series(1, %s), %s AS name) AS k",
}


def next_number(model: type[models.Model]) -> int:
    """The number for a new row: greater than all before, at a distance that is drawn.

    Each number is given with the same chance, whatever was given before. So one that is missing
    in what everybody sees tells nothing: with some of the given ones taken out, the rest is
    still a series in which each number stands by the same chance. Call it within the
    transaction that makes the row. Raises RuntimeError outside of one.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("two would draw the same number without a transaction around it")
    with connection.cursor() as cursor:
        cursor.execute(_DRAW[connection.vendor], [_step(), model._meta.db_table])
        (number,) = cursor.fetchone()
    return int(number)


def _step() -> int:
    step = 1
    while secrets.randbelow(STEP):
        step += 1
    return step
