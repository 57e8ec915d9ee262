"""How forms are drawn: by our templates, looked for beside all others."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """`FORM_RENDERER`; wants `django.forms` in INSTALLED_APPS."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
