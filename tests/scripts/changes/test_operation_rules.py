"""Every rule of operations and of whole documents, by pairs that differ in one thing."""

import pytest

from scripts.changes import compare
from tests.scripts.changes._documents import told
from tests.scripts.changes._operation_pairs import DOCUMENT_PAIRS, DocumentPair


@pytest.mark.parametrize("pair", DOCUMENT_PAIRS, ids=lambda pair: pair.name)
def test_one_difference_of_documents_is_one_change_both_ways(pair: DocumentPair) -> None:
    found = (told(compare(pair.before, pair.after)), told(compare(pair.after, pair.before)))
    assert found == ([pair.forward], [pair.back])
