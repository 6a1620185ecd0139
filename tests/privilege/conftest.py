"""CloudTrail records, as short as a test can have them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Record = Callable[..., dict[str, Any]]


@pytest.fixture
def record() -> Record:
    """Makes a record of a call: service, operation, parameters, and any further elements."""

    def make(service: str, name: str, parameters: object = None, **elements: object) -> dict[str, Any]:
        return {
            "eventSource": f"{service}.amazonaws.com",
            "eventName": name,
            "eventType": "AwsApiCall",
            "awsRegion": "eu-west-1",
            "recipientAccountId": "111122223333",
            "requestParameters": parameters,
            **elements,
        }

    return make
