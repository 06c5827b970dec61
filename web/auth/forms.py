"""The forms of an account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length


class LogInForm(FlaskForm):  # type: ignore[misc]
    login = StringField(_("Login"), validators=[InputRequired(), Length(max=120)])
    password = PasswordField(_("Password"), validators=[InputRequired(), Length(max=1024)])


class PasswordForm(FlaskForm):  # type: ignore[misc]
    current = PasswordField(_("Current password"), validators=[InputRequired(), Length(max=1024)])
    new = PasswordField(_("New password"), validators=[InputRequired(), Length(min=10, max=1024)])
    again = PasswordField(
        _("New password again"), validators=[InputRequired(), EqualTo("new", message=_("The two passwords differ."))]
    )
