from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

from jfml_policies.access.evaluate import evaluate
from jfml_policies.access.request import Request
from jfml_policies.linter.questions.dates import settled_by
from jfml_policies.policy.read import as_policy

TODAY = date(2026, 10, 27)
MIDNIGHT = datetime(2026, 10, 27, tzinfo=UTC)

operators = st.builds(
    "".join,
    st.tuples(
        st.just("Date"),
        st.sampled_from(["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"]),
        st.sampled_from(["", "IfExists"]),
    ),
)
#: Hours around today's midnight, the midnight itself more often than chance would have it.
instants = st.one_of(st.just(0), st.integers(-72, 72)).map(lambda hours: MIDNIGHT + timedelta(hours=hours))


def policy_of(operator: str, values: list[str]) -> dict[str, Any]:
    return {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": "*",
            "Condition": {operator: {"aws:CurrentTime": values}},
        },
    }


@given(operator=operators, bounds=st.lists(instants, min_size=1, max_size=2), later=st.integers(0, 200))
def test_what_is_settled_today_is_so_whenever_the_request_comes(
    operator: str, bounds: list[datetime], later: int
) -> None:
    """From today on the evaluator allows what always holds, and denies what never does."""
    document = policy_of(operator, [bound.strftime("%Y-%m-%dT%H:%M:%SZ") for bound in bounds])
    outcome = settled_by(as_policy(document).statements[0].tests[0], TODAY.isoformat())
    now = (MIDNIGHT + timedelta(hours=later)).strftime("%Y-%m-%dT%H:%M:%SZ")
    request = Request("s3:GetObject", "arn:aws:s3:::acme/key", context={"aws:CurrentTime": now})
    event(str(outcome))

    if outcome is not None:
        assert (outcome == "always") is (evaluate(document, request, derive_keys=False).outcome == "allowed")
