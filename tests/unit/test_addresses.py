from __future__ import annotations

from mapgen.addresses import Address, Record, Unit, address_at, addresses_within
from mapgen.model import Document

PAGES = (Address(0, Unit.PAGE, "1"), Address(10, Unit.PAGE, "2"), Address(20, Unit.PAGE, "3"))


def test_the_address_of_an_offset_is_the_last_before_it() -> None:
    found = [address_at(PAGES, offset) for offset in (0, 9, 10, 25)]
    assert [str(each) for each in found] == ["page=1", "page=1", "page=2", "page=3"]
    assert address_at(PAGES[1:], 3) is None
    assert address_at((), 3) is None


def test_addresses_of_a_passage_count_from_its_start() -> None:
    assert addresses_within(PAGES, 12, 25) == (Address(0, Unit.PAGE, "2"), Address(8, Unit.PAGE, "3"))
    assert addresses_within(PAGES, 3, 10) == (Address(0, Unit.PAGE, "1"),)
    assert addresses_within((), 3, 10) == ()


def test_records_are_documents_of_their_own() -> None:
    records = (Record(start=0, end=5, title="Un", language="fr"), Record(start=7, end=12, date="2020"))
    rows = (Address(0, Unit.ROW, "2"), Address(7, Unit.ROW, "4"))
    document = Document(text="Cahul\n\nEdineț"[:13], source="t.csv", records=records, addresses=rows)
    one, two = document.texts()
    assert (one.text, one.title, one.language, str(one.address(3))) == ("Cahul", "Un", "fr", "row=2")
    assert (two.text, two.date, two.source, str(two.address(0))) == ("Edine", "2020", "t.csv", "row=4")
    assert Document(text="Cahul").texts() == (Document(text="Cahul"),)
