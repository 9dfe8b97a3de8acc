"""What moderators send in, made clean."""

from kunskapsbank.forms.reviewing.collections import CollectionForm, GatherForm
from kunskapsbank.forms.reviewing.correction import EditForm
from kunskapsbank.forms.reviewing.decision import (
    AppealForm,
    DecisionForm,
    HidingForm,
    SeveralForm,
)
from kunskapsbank.forms.reviewing.desk import (
    AddressForm,
    HideForm,
    MessageForm,
    NoteForm,
    OptionalMessageForm,
    OwnerForm,
    ReplyTemplateForm,
)
from kunskapsbank.forms.reviewing.synonyms import SynonymForm
from kunskapsbank.forms.reviewing.tags import (
    MergeTagForm,
    RenameTagForm,
    SplitTagForm,
)

__all__ = [
    "AddressForm",
    "AppealForm",
    "CollectionForm",
    "DecisionForm",
    "EditForm",
    "GatherForm",
    "HideForm",
    "HidingForm",
    "MergeTagForm",
    "MessageForm",
    "NoteForm",
    "OptionalMessageForm",
    "OwnerForm",
    "RenameTagForm",
    "ReplyTemplateForm",
    "SeveralForm",
    "SplitTagForm",
    "SynonymForm",
]
