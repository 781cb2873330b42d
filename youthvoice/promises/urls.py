from django.urls import path

from youthvoice.promises import views

app_name = "promises"
urlpatterns = [
    path("promises/", views.promises, name="promises"),
    path("answers/<int:pk>/promise/", views.promise, name="promise"),
    path("promises/<int:pk>/decide/", views.decide, name="decide"),
]
