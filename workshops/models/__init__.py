from workshops.models.outcomes import Output, Resource, WorkingGroup
from workshops.models.programme import Contribution, Participation, Session
from workshops.models.workshop import Workshop, WorkshopFigure, WorkshopName, WorkshopRole

__all__ = ["Contribution", "Output", "Participation", "Resource", "Session", "WorkingGroup", "Workshop",
           "WorkshopFigure", "WorkshopName", "WorkshopRole"]  # fmt: skip
