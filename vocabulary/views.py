from net4u.base.views import RecordDetail, RecordList
from vocabulary.filters import PillarFilter
from vocabulary.models import Instrument, Pillar


class PillarList(RecordList):
    model = Pillar
    filterset_class = PillarFilter
    template_name = "vocabulary/pillar_list.html"


class PillarDetail(RecordDetail):
    model = Pillar
    slug_field = slug_url_kwarg = "code"


class InstrumentDetail(RecordDetail):
    model = Instrument
    slug_field = slug_url_kwarg = "code"
