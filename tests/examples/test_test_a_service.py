from __future__ import annotations

from collections.abc import Callable


def test_the_tests_of_a_service_pass_and_would_fail(example: Callable[..., str]) -> None:
    """All pass for the policy as it is; for a wider one the assertion names a request that nobody approved."""
    said = example("03_test_a_service.py")

    assert 8 == said.count(" PASSED ")
    assert "FAILED" not in said
    assert "widened to acme-*: the new policy allows more, for example Request(action='s3:GetObject', " in said
