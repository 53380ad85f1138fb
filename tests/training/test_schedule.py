"""Rates follow the clock, and lower layers learn more slowly."""

from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from training.model import load_reader
from training.schedule import Clock, averaged, factor, parameter_groups


@given(st.floats(0, 1))
def test_a_rate_rises_then_falls_to_nothing(share: float) -> None:
    assert 0 <= factor(share) <= 1
    assert factor(min(1.0, share + 0.01)) >= factor(share) if share < 0.05 else True
    assert factor(min(1.0, share + 0.01)) <= factor(share) if share > 0.06 else True


def test_a_clock_counts_from_its_start_and_on_from_what_was_spent_before() -> None:
    times = iter([0.0, 100.0, 130.0, 150.0])
    clock = Clock(minutes=2, now=lambda: next(times))
    clock.spent = 40.0  # by an earlier process
    clock.start()
    clock.tick()
    assert clock.share == pytest.approx(70 / 120)
    clock.tick()
    assert clock.share == pytest.approx(90 / 120)


def test_every_parameter_is_trained_once_and_the_lower_the_more_slowly(mpnet: Path, bert: Path) -> None:
    for folder in (mpnet, bert):
        model = load_reader(folder)
        rates = [
            (id(parameter), group["lr"])
            for group in parameter_groups(model, 1.0, 0.5)
            for parameter in group["params"]  # type: ignore[attr-defined]
        ]
        assert sorted(one for one, _ in rates) == sorted(map(id, model.parameters()))
        rate = dict(rates)
        below = [*reversed(model.layers), model.base_model.embeddings]
        for depth, part in enumerate([model.qa_outputs, *below]):
            assert {rate[id(parameter)] for parameter in part.parameters()} == {0.5**depth}


def test_an_average_forgets_where_it_began(bert: Path) -> None:
    model = load_reader(bert)
    average = averaged(model, 0.999)
    with torch.no_grad():
        model.relevance.bias.fill_(1.0)
    for _ in range(200):
        average.update_parameters(model)
    assert average.module.state_dict()["relevance.bias"].item() == pytest.approx(1.0, abs=0.01)
