from django.urls import path

from youthvoice.rates.views import excluding, ledger

app_name = "rates"
urlpatterns = [
    path("cases/<int:pk>/exclude/", excluding.exclude, name="exclude"),
    path("cases/excluding/", excluding.excluding, name="excluding"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/feed.atom", ledger.feed, name="ledger_feed"),
    path("ledger/ledger.csv", ledger.table, name="ledger_csv"),
]
