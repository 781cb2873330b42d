"""Reading the rates: a month's numbers, tables, sheets for machines, and what is left out."""

from youthvoice.rates.queries.counting import forget, month
from youthvoice.rates.queries.exclusions import excluded, exclusion_of, exclusions_waiting
from youthvoice.rates.queries.sheets import lines, sums
from youthvoice.rates.queries.tables import MONTHS, Table, table

__all__ = [
    "MONTHS",
    "Table",
    "excluded",
    "exclusion_of",
    "exclusions_waiting",
    "forget",
    "lines",
    "month",
    "sums",
    "table",
]
