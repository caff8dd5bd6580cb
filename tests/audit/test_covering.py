from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from tests.audit.covering import everything, pairwise

SIZES = st.lists(st.integers(1, 4), min_size=1, max_size=4)


@given(SIZES)
def test_every_two_values_of_different_factors_meet(sizes: list[int]) -> None:
    factors = [[f"{place}.{value}" for value in range(size)] for place, size in enumerate(sizes)]
    rows = pairwise(factors)

    met = {pair for row in rows for pair in combinations(row, 2)}
    assert met == {pair for one, other in combinations(factors, 2) for pair in product(one, other)}
    assert {value for row in rows for value in row} == {value for factor in factors for value in factor}
    assert len(set(rows)) == len(rows) <= len(everything(factors))


def test_it_takes_fewer_visits_than_the_whole_product() -> None:
    factors = [range(10), range(3), range(2), range(2)]
    assert (len(pairwise(factors)), len(everything(factors))) == (30, 120)


def test_a_single_page_meets_every_pair_of_the_rest() -> None:
    factors = [["page"], ["en", "fr", "it"], ["light", "dark"], [320, 1280]]
    assert (len(pairwise(factors)), pairwise(factors)) == (6, pairwise(factors))
