from django.urls import path

from youthvoice.sealed import views

app_name = "sealed"
urlpatterns = [
    path("sealed/", views.openings, name="openings"),
    path("sealed/ask/", views.ask, name="ask"),
    path("sealed/<int:pk>/", views.opening, name="opening"),
    path("sealed/<int:pk>/grant/", views.grant, name="grant"),
    path("sealed/<int:pk>/refuse/", views.refuse, name="refuse"),
    path("sealed/<int:pk>/peel/", views.peel, name="peel"),
    path("sealed/<int:pk>/open/", views.open_record, name="open"),
]
