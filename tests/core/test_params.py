"""Records: a number that contradicts itself is refused where it is written."""

from typing import Annotated, NamedTuple

import pytest

from copro_sim.core.params import Record, cast, defaults, records
from copro_sim.processes import month


class Params(NamedTuple):
    pace: Annotated[float, Record(value=1, low=0, high=2, meaning="pace", likely=(0.5, 1.5))]
    months: Annotated[int, Record(value=3, low=0, high=9, meaning="months")]


def test_defaults_have_their_declared_types():
    own = defaults(Params)
    assert own == (1.0, 3)
    assert [type(value) for value in own] == [float, int]
    assert type(cast(Params, {"pace": 2, "months": 4}).pace) is float


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 3, "low": 0, "high": 2},
        {"value": 1, "low": 0, "high": 2, "likely": (1, 3)},
        {"value": 1, "low": 0, "high": 2, "likely": (2, 1)},
        {"value": 1, "low": 1, "high": 2, "role": "co-production"},
        {"value": 1, "low": 0, "high": 2, "grade": "sure"},
        {"value": "x", "options": ("a", "b")},
        {"value": 1},
    ],
)
def test_a_record_that_contradicts_itself_is_refused(wrong):
    with pytest.raises(ValueError, match="pace"):
        Record(meaning="pace", **wrong)


def test_every_parameter_says_what_it_is_and_how_we_know():
    for name in month.Parameters._fields:
        for key, (kind, record) in records(getattr(month, name).Params).items():
            assert kind in (int, float), key
            assert record.meaning, key
            assert record.unit, key
            assert record.grade == "assumption" or record.source != "assumed", f"{name}.{key} names no source"
