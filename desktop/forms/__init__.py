"""Forms drawn from typed settings: a field's title, description and bounds become its row."""

from desktop.forms.form import Form

__all__ = ["Form"]
