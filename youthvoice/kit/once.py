"""What is done once, however often it is sent."""

from functools import cache

from django.db import connection, models


def insert_once(row: models.Model) -> bool:
    """Insert a row unless one like it is there already; True if it wasn't.

    Like by any of the table's unique constraints. One query and no savepoint, and of two who
    do it at once one does. The row isn't told its number. Its table's key is made by the
    database.
    """
    sql, fields = _statement(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount == 1


@cache
def _statement(model: type[models.Model]) -> tuple[str, list[models.Field[object, object]]]:
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join("%s" for _field in fields)
    table = quote(model._meta.db_table)
    return (
        f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING",  # noqa: S608 # nosec B608 - names of ours
        fields,
    )
