from django.urls import path

from coach.interpreter import guest_views, views

app_name = "interpreter"
urlpatterns = [
    path("", views.start, name="start"),
    path("begin/", views.begin, name="begin"),
    path("join/<str:secret>/", guest_views.join, name="join"),
    path("guest/", guest_views.guest, name="guest"),
    path("guest/leave/", guest_views.leave, name="leave"),
    path("guest/left/", guest_views.left, name="left"),
    path("<uuid:pk>/", views.meeting, name="meeting"),
    path("<uuid:pk>/end/", views.end, name="end"),
    path("<uuid:pk>/swap/", views.swap, name="swap"),
    path("<uuid:pk>/invite/", views.invite, name="invite"),
    path("<uuid:pk>/show-out/", views.show_out, name="show_out"),
    path("<uuid:pk>/transcript/", views.export, name="export"),
    path("<uuid:pk>/erase/", views.erase, name="erase"),
]
