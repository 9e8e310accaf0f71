"""No page speaks of one thing as of many."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.contract.test_plurals import wrong
from tests.web.addresses import EVERY

pytestmark = pytest.mark.django_db

NOT_SAID = re.compile(r"<(script|style|svg|pre|code)\b.*?</\1>", re.DOTALL)


@pytest.mark.parametrize("address", EVERY)
def test_a_page_speaks_of_one_as_of_one(client: Client, address: str):
    response = client.get(address)
    if "text/html" in response.headers.get("Content-Type", "") and not response.streaming:
        text = unescape(re.sub(r"<[^>]+>", " ", NOT_SAID.sub(" ", response.content.decode())))
        assert wrong(" ".join(text.split())) == []
    response.close()
