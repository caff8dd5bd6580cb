from __future__ import annotations

from copy import copy
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base.models import Record, Report
from net4u.base.words import UNSEEN


class RecordForm(forms.ModelForm):
    """A form that carries the version it was filled from.

    When somebody else saved meanwhile the form stays filled, ``theirs`` holds what is stored now, and sending it
    again means "mine". A POST without a version counts as stale. ``Record.save`` compares once more under the row
    lock, for the instant in between.
    """

    theirs: Record | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=self.instance.version
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance._state.adding or cleaned.get("version") == self.instance.version:
            return cleaned
        self.theirs = type(self.instance)._base_manager.get(pk=self.instance.pk)
        again: Any = copy(self.data)
        again[self.add_prefix("version")] = str(self.instance.version)
        self.data = again
        raise ValidationError(
            _(
                "Somebody else changed this while you wrote. What you typed is still here. "
                "Compare it with what is stored now, then send it again to keep yours."
            ),
            code="conflict",
        )

    def stored(self) -> list[tuple[str, str]]:
        """Label and words of each answer that somebody else stored meanwhile and that is not what was typed."""
        if self.theirs is None:
            return []
        now = type(self)(instance=self.theirs)
        rows = [(field, self[field.name]) for field in now.visible_fields()]
        return [(str(field.label), in_words(field)) for field, typed in rows if in_words(field) != in_words(typed)]


def told_of(form: forms.BaseForm, error: ValidationError) -> None:
    """Each sentence of a service beside its field, where the form has it; else above the form."""
    told: dict[Any, list[str]] = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for name, each in told.items():
        form.add_error(name if name in form.fields else None, ValidationError(each))


def with_one_row_more(sent: QueryDict, formset: type[forms.BaseFormSet], prefix: str) -> QueryDict:
    """What was sent, with an empty row after it: for browsers without scripts."""
    again, name = sent.copy(), f"{prefix}-TOTAL_FORMS"
    typed = sent.get(name, "")
    rows = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len("1000") else 0
    again[name] = str(min(rows + 1, formset.max_num))
    return again


def in_words(field: forms.BoundField) -> str:
    """The answer of a field as people read it: the words of its choices, not their codes."""
    value = field.value()
    choices: Any = getattr(field.field, "choices", ())
    said = {str(code): words for code, words in choices}
    values = value if isinstance(value, list | tuple | set) else [value]
    plain = [str(getattr(each, "pk", each)) for each in values if each not in (None, "")]
    return ", ".join(sorted(str(said.get(each, each)) for each in plain))


# -- writing to the secretariat -----------------------------------------------------------------------------

#: Nobody fills in the form faster, and nobody keeps a page open for longer.
FASTEST, LONGEST = timedelta(seconds=3), timedelta(days=1)


class PlainText(forms.CharField):
    """Text as somebody sees it. It may be longer than allowed: a browser that cuts would lose what was typed."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(UNSEEN.sub("", str(value or "").replace("\r\n", "\n")))
        return str(text)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class ReportForm(forms.ModelForm):
    """A message to the secretariat, from anybody. ``kinds`` is what it may be about.

    Against machines it has a field that people do not see, and a signed time at which the page was made.
    """

    kinds: tuple[str, ...] = ()
    text = PlainText(
        label=gettext_lazy("Your message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Do not send names of suspects or victims, and no case files. At most 5,000 characters."
        ),
    )
    name = PlainText(label=gettext_lazy("Your name"), max_length=150, required=False)
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("Only if you want an answer. Only the secretariat sees it."),
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Report
        fields = ("kind", "text", "name", "email")
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(each, Report.Kind(each).label) for each in self.kinds]
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["stamp"].initial = self._stamp()

    @staticmethod
    def _stamp() -> str:
        return TimestampSigner(salt="report").sign("report")

    def clean_website(self) -> str:
        if found := str(self.cleaned_data["website"]):
            raise ValidationError(_("This field is a trap for machines. Empty it, then send your message again."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        signer = TimestampSigner(salt="report")
        try:
            signer.unsign(cleaned.get("stamp", ""), max_age=LONGEST)
        except BadSignature:
            again: Any = copy(self.data)
            again[self.add_prefix("stamp")] = self._stamp()
            self.data = again
            raise ValidationError(_("This page was open for a long time. Send your message once more.")) from None
        try:
            signer.unsign(cleaned.get("stamp", ""), max_age=FASTEST)
        except BadSignature:
            return cleaned
        raise ValidationError(_("That was faster than people type. Wait some seconds, then send it again."))


class ContactForm(ReportForm):
    kinds = (
        Report.Kind.JOINING, Report.Kind.PROFILE, Report.Kind.PERSONAL_DATA, Report.Kind.ACCESSIBILITY,
        Report.Kind.DATA, Report.Kind.PRESS, Report.Kind.AT_RISK, Report.Kind.OTHER,
    )  # fmt: skip


class WrongForm(ReportForm):
    """About one record, which the view names."""

    kinds = (Report.Kind.WRONG_FACT, Report.Kind.BROKEN_LINK, Report.Kind.AT_RISK, Report.Kind.OTHER)

    class Meta(ReportForm.Meta):
        labels = {"kind": gettext_lazy("What is wrong?")}


class WordsForm(forms.Form):
    """The secretariat's words with which something is settled."""

    words = PlainText(label=gettext_lazy("What was done"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))


class ReasonForm(forms.Form):
    """Why somebody decides something that others will ask about."""

    why = PlainText(
        label=gettext_lazy("Why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays in the journal. Name nobody who could be put at risk."),
    )


class WordsToAuthorForm(forms.Form):
    """Words without which a decision is not made."""

    words = PlainText(
        label=gettext_lazy("Your words to the author"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("They are mailed. Say what to do next."),
    )


class AnswerForm(forms.Form):
    """The secretariat's words to whoever sent something; which decisions need them their services say."""

    words = PlainText(
        label=gettext_lazy("Your words to the author"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("They are mailed. If you ask for changes or decline, say why."),
    )
