"""A field is one part: label, input, help, error, tied together for screen readers."""

from __future__ import annotations

from django import forms
from django.template import Context, Template


class Sample(forms.Form):
    name = forms.CharField(label="名前", help_text="漢字で", max_length=5)
    gift = forms.BooleanField(label="ギフト", required=False)
    way = forms.ChoiceField(label="方法", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False)
    kind = forms.ChoiceField(label="種類", choices=[("a", "A")], required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def draw(tag: str, form: forms.Form) -> str:
    return Template("{% load akinai %}" + tag).render(Context({"form": form}))


def test_a_field_ties_help_and_label_to_the_input() -> None:
    drawn = draw("{% field form.name width='m' %}", Sample())
    assert '<label for="id_name">' in drawn
    assert 'aria-describedby="id_name_help"' in drawn
    assert 'class="form-control ak-w-m"' in drawn
    assert "必須" in drawn


def test_an_error_stands_under_the_field_and_keeps_what_was_typed() -> None:
    drawn = draw("{% field form.name %}", Sample({"name": "<長すぎる名前です>"}))
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_name_err id_name_help"' in drawn
    assert 'id="id_name_err"' in drawn
    assert 'value="&lt;長すぎる名前です&gt;"' in drawn


def test_ticks_choices_lists_and_hidden_fields() -> None:
    form = Sample()
    assert 'class="form-check-input"' in draw("{% field form.gift %}", form)
    assert "<fieldset" in draw("{% field form.way %}", form)
    assert 'class="form-select"' in draw("{% field form.kind %}", form)
    assert draw("{% field form.token %}", form).startswith('<input type="hidden"')


def test_a_unit_stands_behind() -> None:
    assert "<span>円</span>" in draw("{% field form.name suffix='円' %}", Sample())


def test_errors_of_the_whole_form() -> None:
    form = Sample({"name": "x"})
    assert draw("{% form_errors form %}", form) == ""
    form.add_error(None, "<合いません>")
    assert "&lt;合いません&gt;" in draw("{% form_errors form %}", form)
