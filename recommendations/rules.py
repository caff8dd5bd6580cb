from net4u.base.rules import is_secretariat
from workshops.rules import WORKSHOP_PERMISSIONS

#: Declarations are the secretariat's own records, like workshops.
DECLARATION_PERMISSIONS = WORKSHOP_PERMISSIONS
#: Recommendations as well; what others answered and found is written down by the secretariat, with its source.
RECOMMENDATION_PERMISSIONS = WORKSHOP_PERMISSIONS | {
    "answer": is_secretariat,
    "assess": is_secretariat,
    "follow_up": is_secretariat,
}
