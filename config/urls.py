from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("youthvoice.site.urls")),
    path("", include("youthvoice.questions.urls")),
    path("", include("youthvoice.pictures.urls")),
    path("", include("youthvoice.supplements.urls")),
    path("", include("youthvoice.topics.urls")),
    path("", include("youthvoice.callbacks.urls")),
    path("", include("youthvoice.gathering.urls")),
    path("", include("youthvoice.promises.urls")),
    path("", include("youthvoice.desks.urls")),
    path("", include("youthvoice.outside.urls")),
    path("", include("youthvoice.routing.urls")),
    path("", include("youthvoice.moderation.urls")),
    path("", include("youthvoice.sealed.urls")),
    path("", include("youthvoice.crisis.urls")),
    path("", include("youthvoice.people.urls")),
    path("", include("youthvoice.orgs.urls")),
    path("", include("youthvoice.demo.urls")),
    path("", include("youthvoice.rates.urls")),
    path("", include("youthvoice.yours.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "youthvoice.site.errors.bad_request"
handler403 = "youthvoice.site.errors.forbidden"
handler404 = "youthvoice.site.errors.not_found"
handler500 = "youthvoice.site.errors.server_error"
#: Asked for by allauth, whose own limits (sign-up, mails) are by the minute.
handler429 = "youthvoice.site.errors.too_many"
