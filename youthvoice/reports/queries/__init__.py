"""Reading the rates: a month's numbers, the tables of a page, the sheets for machines."""

from youthvoice.reports.queries.counting import forget, month
from youthvoice.reports.queries.sheets import lines, sums
from youthvoice.reports.queries.tables import MONTHS, Table, month_name, table

__all__ = ["MONTHS", "Table", "forget", "lines", "month", "month_name", "sums", "table"]
