from django.urls import path

from youthvoice.people import views
from youthvoice.people.phones import views as phones

app_name = "people"
urlpatterns = [
    path("accounts/profile/", views.profile, name="profile"),
    path("accounts/phone/", phones.start, name="phone_start"),
    path("accounts/phone/code/", phones.code, name="phone_code"),
    path("accounts/phone/join/", phones.join, name="phone_join"),
    path("accounts/phone/mine/", phones.mine, name="phone"),
    path("accounts/phone/remove/", phones.remove, name="phone_remove"),
]
