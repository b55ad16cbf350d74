"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from coach.site.pages.demo import demo
from coach.site.pages.health import healthz
from coach.site.pages.home import home
from coach.site.pages.look import look

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("demo/<slug:who>/", demo, name="demo"),
    path("look/", look, name="look"),
    path("accounts/", include("allauth.urls")),
    path("profile/", include("coach.people.urls")),
    path("profile/data/", include("coach.privacy.urls")),
    path("talk/", include("coach.talk.pages.urls")),
    path("diary/", include("coach.nutrition.pages.urls")),
    path("lessons/", include("coach.lessons.urls")),
    path("interpreter/", include("coach.interpreter.urls")),
    path("reminders/", include("coach.reminders.urls")),
    path("", include("handoff.urls")),
    path("admin/", admin.site.urls),
]
