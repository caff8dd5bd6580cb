from workshops.rules import WORKSHOP_PERMISSIONS

#: Recommendations and declarations are the secretariat's own records, like workshops.
RECOMMENDATION_PERMISSIONS = WORKSHOP_PERMISSIONS
