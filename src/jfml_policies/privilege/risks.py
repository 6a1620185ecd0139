"""All that some policies put at stake: escalation paths, exposure, and what strangers have access to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.errors import UsageError
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.read import as_policies
from jfml_policies.privilege.escalation import escalation
from jfml_policies.privilege.exposure import exposures
from jfml_policies.privilege.holdings import Holdings
from jfml_policies.privilege.strangers import MAY_BE_PUBLIC, access_of_strangers
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.access.regions import Region
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.policy.read import Document
    from jfml_policies.privilege.escalation import PathAnswer
    from jfml_policies.privilege.exposure import Exposure

__all__ = ["PublicAccess", "Risks", "risks"]

#: Kinds that grant something to the principal, or seem to.
_OF_PRINCIPALS: Final = ("identity", "boundary", "session")


@record
class PublicAccess:
    """What the policy of a resource or role allows to others than those whom it names or pins.

    Attributes:
        policy: the policy.
        regions: a region for each statement that lets strangers in, each with a stranger's request that is allowed.
        unknown: why there might be more; empty when there is not.
    """

    policy: Policy
    regions: tuple[Region, ...]
    unknown: tuple[str, ...] = ()


@record
class Risks:
    """What some policies put at stake.

    Attributes:
        paths: every escalation path of the principal, with its state and why: the open ones first.
        exposures: what the principal can get at, by class: credentials, permissions, sharing, data.
        public: policies of resources and roles that let strangers in, or may do so.
    """

    paths: tuple[PathAnswer, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    public: tuple[PublicAccess, ...] = ()

    @property
    def open_paths(self) -> tuple[PathAnswer, ...]:
        """The escalation paths that are open."""
        return tuple([answer for answer in self.paths if answer.state == "open"])


def risks(
    documents: Document | Iterable[Document],
    *,
    boundary: Document | None = None,
    scps: Iterable[Document | Iterable[Document]] = (),
) -> Risks:
    """How whoever has some policies could widen its permissions, what they lay open, and what they let strangers do.

    The policies of a principal count together, as AWS has it; those of resources and roles are asked one by one
    whether they let in others than those whom they name or pin.

    Args:
        documents: policies of one principal, of resources and of roles, one or several.
        boundary: the principal's permissions boundary, or None.
        scps: service control policies that bind it, by level from the root to the account, of which each must allow.

    Raises:
        UsageError: there is no document, a limit without a policy of a principal, or one that has no part in this.
        InputError, JsonSyntaxError: a document cannot be read.
        UndecidedError: AWS would refuse a policy of the principal.

    >>> deploy = {"Statement": {"Effect": "Allow", "Action": "iam:CreatePolicyVersion", "Resource": "*"}}
    >>> bucket = {
    ...     "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"}
    ... }
    >>> found = risks([deploy, bucket])
    >>> [answer.path.id for answer in found.open_paths], [one.kind for one in found.exposures]
    (['iam-001'], ['permissions'])
    >>> found.public[0].regions[0].actions
    ('s3:Get*',)
    """
    policies = as_policies(documents)
    if not policies:
        raise UsageError("there is no policy to look at")
    for policy in policies:
        if policy.kind not in (*_OF_PRINCIPALS, *MAY_BE_PUBLIC):
            raise UsageError(
                f"a {KINDS[policy.kind].title} grants nothing to a principal",
                hint="`boundary` and `scps` take what limits it",
            )
    own = [policy for policy in policies if policy.kind in _OF_PRINCIPALS]
    public = tuple([one for policy in policies if policy.kind in MAY_BE_PUBLIC for one in _public(policy)])
    limits = as_policies(() if boundary is None else boundary, kind="boundary")
    levels = [as_policies(level, kind="scp") for level in scps]
    if not own:
        if limits or levels:
            raise UsageError("there is no policy of a principal that `boundary` or `scps` could limit")
        return Risks(public=public)
    holdings = Holdings(own, boundary=limits, scps=levels)
    return Risks(escalation(holdings), exposures(holdings), public)


def _public(policy: Policy) -> Iterable[PublicAccess]:
    """What it allows to strangers, if anything; of a document that AWS would refuse that is not known."""
    found = access_of_strangers(policy)
    unknown = found.unknown if found.fault is None else (f"AWS would refuse the policy: {found.fault[0]}",)
    if found.regions or unknown:
        yield PublicAccess(policy, found.regions, unknown)
