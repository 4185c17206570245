"""The judge of pages, judged: it passes a good one and names what is wrong with a bad one."""

from tests.support.validity import Validator

PAGE = '<!doctype html>\n<html lang="nl"><head><title>Ons plan</title></head><body>{}</body></html>\n'


def test_a_good_page_has_no_faults(html_validator: Validator) -> None:
    assert html_validator.faults(PAGE.format("<main><h1>Ons plan</h1></main>")) == []


def test_a_bad_page_has_each_fault_named(html_validator: Validator) -> None:
    faults = html_validator.faults(PAGE.format('<span id="a"><div id="a">dag</div></span>'))
    assert [fault.split()[1] for fault in faults] == ["element-permitted-content:", "no-dup-id:"]
