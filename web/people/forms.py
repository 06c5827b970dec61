"""The form of an invitation: a password, twice."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from grader.staff.invitations import LEAST, MOST


class FirstPasswordForm(FlaskForm):  # type: ignore[misc]
    new = PasswordField(_("New password"), validators=[InputRequired(), Length(min=LEAST, max=MOST)])
    again = PasswordField(
        _("New password again"), validators=[InputRequired(), EqualTo("new", message=_("The two passwords differ."))]
    )
