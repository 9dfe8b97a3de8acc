"""What moderators send in, made clean."""

from kunskapsbank.review_forms.correction import EditForm
from kunskapsbank.review_forms.decision import (
    AppealForm,
    DecisionForm,
    HidingForm,
    SeveralForm,
)
from kunskapsbank.review_forms.desk import (
    AddressForm,
    HideForm,
    MessageForm,
    NoteForm,
    OptionalMessageForm,
    OwnerForm,
    ReplyTemplateForm,
)

__all__ = [
    "AddressForm",
    "AppealForm",
    "DecisionForm",
    "EditForm",
    "HideForm",
    "HidingForm",
    "MessageForm",
    "NoteForm",
    "OptionalMessageForm",
    "OwnerForm",
    "ReplyTemplateForm",
    "SeveralForm",
]
