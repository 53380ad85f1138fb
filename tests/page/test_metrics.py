"""Figures of a server: each fault is counted, however it was told."""

import logging

from page.calls import logged
from page.metrics import Metrics


def test_a_fault_that_the_page_is_told_of_in_an_answer_is_counted() -> None:
    metrics = Metrics({})
    assert "cited_errors_total 0" in metrics.text()
    logged(ZeroDivisionError("division"), "answer")
    logging.getLogger("cited.index").warning("no fault")
    assert "cited_errors_total 1" in metrics.text()
