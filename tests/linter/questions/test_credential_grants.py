from __future__ import annotations

from jfml_policies.linter.questions.credential_grants import credential_actions
from jfml_policies.linter.rules.privilege.credentials_exposure import CredentialsExposure


def test_the_rule_is_read_wherever_a_service_of_its_actions_is_named() -> None:
    """The words that the rule needs are the services of the actions that it looks at."""
    services = {f"{action.partition(':')[0]}:" for action in credential_actions()}

    assert services == set(CredentialsExposure.mentions)
