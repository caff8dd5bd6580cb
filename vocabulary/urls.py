from django.urls import path

from vocabulary import views

pillars = (
    [
        path("", views.PillarList.as_view(), name="list"),
        path("<slug:code>/", views.PillarDetail.as_view(), name="detail"),
    ],
    "pillars",
)
instruments = ([path("<slug:code>/", views.InstrumentDetail.as_view(), name="detail")], "instruments")
