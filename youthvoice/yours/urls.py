from django.urls import path

from youthvoice.yours import views

app_name = "yours"
urlpatterns = [
    path("accounts/data/", views.data, name="data"),
    path("accounts/data/leave/", views.leave, name="leave"),
    path("accounts/data/back/", views.back, name="back"),
    path("accounts/data/<int:pk>/", views.take, name="take"),
    path("q/<int:pk>/own/", views.own, name="own"),
]
