"""Pages round the decided text: frameworks and goals, documents, words explained."""

from django.views.generic import TemplateView


class FrameworkList(TemplateView):
    template_name = "programme/context/frameworks.html"


class FrameworkDetail(TemplateView):
    template_name = "programme/context/framework.html"


class GoalDetail(TemplateView):
    template_name = "programme/context/goal.html"


class SteeringDocumentList(TemplateView):
    template_name = "programme/context/steering_documents.html"


class Glossary(TemplateView):
    template_name = "programme/context/glossary.html"
