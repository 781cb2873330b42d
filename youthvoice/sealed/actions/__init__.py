"""All writes to sealed records and their openings, one verb a file."""

from youthvoice.sealed.actions.asking import ask_opening
from youthvoice.sealed.actions.deciding import grant, refuse
from youthvoice.sealed.actions.problem import Unable
from youthvoice.sealed.actions.sealing import seal
from youthvoice.sealed.actions.tidying import lapse_due, purge, tidy
from youthvoice.sealed.actions.unsealing import open_inner, peel_outer

__all__ = [
    "Unable",
    "ask_opening",
    "grant",
    "lapse_due",
    "open_inner",
    "peel_outer",
    "purge",
    "refuse",
    "seal",
    "tidy",
]
