from django import template

from youthvoice.callbacks import queries

register = template.Library()
register.filter("asks_now", queries.asks_now)
