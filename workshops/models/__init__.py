from workshops.models.delegates import Delegate
from workshops.models.outcomes import Output, Resource, WorkingGroup
from workshops.models.programme import Contribution, Participation, Session
from workshops.models.workshop import (
    Correction,
    SourceDifference,
    Statement,
    Workshop,
    WorkshopFigure,
    WorkshopName,
    WorkshopRole,
)  # fmt: skip

__all__ = [
    "Contribution",
    "Correction",
    "Delegate",
    "Output",
    "Participation",
    "Resource",
    "Session",
    "SourceDifference",
    "Statement",
    "WorkingGroup",
    "Workshop",
    "WorkshopFigure",
    "WorkshopName",
    "WorkshopRole",
]
