"""Pages that join packages."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView


class Home(TemplateView):
    template_name = "site/home.html"


class Desk(LoginRequiredMixin, TemplateView):
    template_name = "site/desk.html"
