"""Paper keeps the server free for everything else."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from flask import Flask
from werkzeug.exceptions import ServiceUnavailable

from app.web import paper


def test_one_sheet_is_laid_out_at_a_time_and_few_wait() -> None:
    begun, go_on, at_once = Event(), Event(), []

    def sheet(_number: int) -> str:
        try:
            with paper._turn():
                at_once.append(len(at_once))
                begun.set()
                assert go_on.wait(20)
                assert at_once == [0]
                at_once.pop()
        except ServiceUnavailable:
            return "come back"
        return "made"

    with ThreadPoolExecutor(paper.MOST_WAITING + 1) as threads:
        making = [threads.submit(sheet, number) for number in range(paper.MOST_WAITING + 1)]
        assert begun.wait(20)
        # Until all of them stand in the row.
        while paper._in_row._value:
            sleep(0.01)
        assert sheet(99) == "come back"
        go_on.set()
        assert [one.result() for one in making] == ["made"] * len(making)
    with paper._turn():
        pass


def test_too_many_sheets_are_answered_with_a_word_to_come_back(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "_in_row", paper.BoundedSemaphore(1))
    with app.test_request_context(), paper._turn(), pytest.raises(ServiceUnavailable):
        paper.pdf("_layout/print.html")
