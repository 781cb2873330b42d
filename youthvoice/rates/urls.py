from django.urls import path

from youthvoice.rates.views import excluding, ledger, rates

app_name = "rates"
urlpatterns = [
    path("rates/", rates.rates, name="rates"),
    path("rates/excluded/", rates.excluded, name="excluded"),
    path("rates/rates.csv", rates.rates_csv, name="csv"),
    path("rates/rates-satisfaction.csv", rates.sums_csv, name="sums_csv"),
    path("cases/<int:pk>/exclude/", excluding.exclude, name="exclude"),
    path("cases/excluding/", excluding.excluding, name="excluding"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/feed.atom", ledger.feed, name="ledger_feed"),
    path("ledger/ledger.csv", ledger.table, name="ledger_csv"),
]
