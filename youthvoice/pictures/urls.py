from django.urls import path

from youthvoice.pictures import views

app_name = "pictures"
urlpatterns = [path("pictures/held/", views.held, name="held")]
