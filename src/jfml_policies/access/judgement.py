"""The documents that bind a request, asked in AWS's order: denies, organization, endpoint, then the two sides.

Each side must allow where it is needed. The side of whoever asks: an identity policy. The side of the resource: its
own policy. Within one account one side is enough, unless the resource is a role or a KMS key; between accounts both
are needed. Boundaries and session policies grant nothing; they must allow as well.

Sources: IAM User Guide, "Policy evaluation for requests within a single account", "Cross-account policy evaluation
logic" and "Permissions boundaries for IAM entities"; KMS Developer Guide, "Key policies in AWS KMS".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from jfml_policies.access.decision import Decision, StatementPlace
from jfml_policies.access.principal_match import STRENGTHS, Strength, grant_strength
from jfml_policies.access.shortfall import nearest_allow, quoted
from jfml_policies.access.statement_match import is_about
from jfml_policies.patterns.arn import Arn, is_account_id
from jfml_policies.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.access.documents import Documents, Source
    from jfml_policies.access.request_facts import RequestFacts
    from jfml_policies.policy.nodes import Statement

__all__ = ["judge"]

#: Who has no policies of their own.
_STRANGERS: Final = ("service", "provider", "anonymous")


def judge(documents: Documents, facts: RequestFacts, *, only_limits: bool) -> Decision:
    """The decision on a request.

    Args:
        documents: valid ones, without those that do not bind whoever asks.
        facts: the request.
        only_limits: whether nobody gave a document that could grant anything, so that a grant is not looked for.
    """
    return _Case(documents, facts, only_limits=only_limits).decision()


class _Case:
    """A request and the documents that bind it."""

    def __init__(self, documents: Documents, facts: RequestFacts, *, only_limits: bool) -> None:
        self.documents = documents
        self.facts = facts
        self.only_limits = only_limits
        self.what = f"{quoted(facts.action)} on {quoted(facts.resource)}"
        self.allowing: list[StatementPlace] = []
        self.notes: list[str] = []

    def decision(self) -> Decision:
        answer = self.explicit_deny() or self.organization() or self.endpoint() or self.two_sides()
        return replace(answer, notes=tuple(self.notes))

    def explicit_deny(self) -> Decision | None:
        for source, statement in self.matching(self.documents, "Deny"):
            place = StatementPlace.of(statement, source)
            return Decision("explicitly-denied", f"{place} denies {self.what}", place)
        return None

    def organization(self) -> Decision | None:
        """Each level of SCPs must allow. RCPs have been asked: AWS's own on each level allows everything else."""
        for number, level in enumerate(self.documents.scps, start=1):
            which = f" at level {number}" if len(self.documents.scps) > 1 else ""
            refused = self.must_allow(level, f"no service control policy{which} allows {self.what}")
            if refused:
                return refused
        return None

    def endpoint(self) -> Decision | None:
        if not self.documents.endpoint:
            return None
        return self.must_allow(self.documents.endpoint, f"the VPC endpoint's policy does not allow {self.what}")

    def two_sides(self) -> Decision:
        """Whoever asks and the resource: each side that is needed must allow."""
        requester = self.facts.requester
        one_account = self.is_one_account()
        granted, strength = self.grant_of_resource()
        own = next(self.places(self.documents.identity or ()), None)
        if one_account and strength == "direct":
            return self.allowed(granted)
        needs_own = requester.kind not in (*_STRANGERS, "root") and not (one_account and strength == "role")
        needs_grant = requester.kind in _STRANGERS or not one_account or self.resource_decides()
        if not (own or granted or self.only_limits) and (needs_own or needs_grant):
            sources = [*(self.documents.identity or ()), *(self.documents.resource or ())]
            return self.denied(f"no statement allows {self.what}", sources)
        if needs_own and own is None:
            refused = self.own_side_lacks(granted, strength if one_account else None)
            if refused:
                return refused
        if needs_grant and granted is None:
            refused = self.resource_side_lacks()
            if refused:
                return refused
        self.allowing += [place for place in (own if needs_own else None, granted) if place is not None]
        return self.limits() or self.allowed(own if needs_own and one_account and own else granted or own)

    def own_side_lacks(self, granted: StatementPlace | None, strength: Strength | None) -> Decision | None:
        """No identity policy allows: taken for granted where none is given."""
        if self.documents.identity is None:
            self.notes.append("the identity policies of whoever asks are not given: they are taken to allow it")
            return None
        if strength == "delegated":
            why = f"{granted} leaves it to identity policies, and none allows {self.what}"
        else:
            why = f"no identity policy allows {self.what}, as access to another account needs"
        return self.denied(why, self.documents.identity)

    def resource_side_lacks(self) -> Decision | None:
        """The resource's policy does not allow: taken for granted where none is given."""
        if self.documents.resource is None:
            self.notes.append("the policy of the resource is not given: it is taken to allow it")
            return None
        why = f"the policy of the resource does not allow {self.what}"
        if not self.is_one_account():
            why += ", as access from another account needs"
        elif self.resource_decides():
            why += ", and a role or key is closed to whom its own policy does not let in"
        return self.denied(why, self.documents.resource)

    def limits(self) -> Decision | None:
        """Boundary and session policies must allow as well."""
        if self.documents.boundary:
            refused = self.must_allow(self.documents.boundary, f"the permissions boundary does not allow {self.what}")
            if refused:
                return refused
        if self.documents.session:
            return self.must_allow(self.documents.session, f"no session policy allows {self.what}")
        return None

    # ------------------------------------------------------------------------------------------ facts

    def is_one_account(self) -> bool:
        """Whether principal and resource belong to one account; taken to be so where that cannot be told."""
        own = self.facts.requester.account
        arn = Arn.try_parse(self.facts.resource)
        owners = (arn.account if arn is not None else "", *self.facts.values("aws:ResourceAccount"))
        owner = next(filter(is_account_id, owners), "")
        return not own or not owner or own == owner

    def resource_decides(self) -> bool:
        """Roles and KMS keys are closed to everybody whom their own policy does not let in."""
        if any(source.policy.kind == "trust" for source in self.documents.resource or ()):
            return True
        arn = Arn.try_parse(self.facts.resource)
        if arn is None:
            return False
        is_role = arn.service == "iam" and arn.resource_type == "role"
        return (is_role and self.facts.action.lower().startswith("sts:")) or (
            arn.service == "kms" and arn.resource_type == "key"
        )

    def grant_of_resource(self) -> tuple[StatementPlace | None, Strength | None]:
        """The strongest grant of the resource's policy."""
        best: tuple[StatementPlace | None, Strength | None] = (None, None)
        for source, statement in self.matching(self.documents.resource or (), "Allow"):
            element = statement.principals
            if element is not None:
                strength = grant_strength(element, self.facts.requester)
                if best[1] is None or STRENGTHS.index(strength) > STRENGTHS.index(best[1]):
                    best = StatementPlace.of(statement, source), strength
        return best

    def matching(
        self, sources: Iterable[Source], effect: Literal["Allow", "Deny"]
    ) -> Iterator[tuple[Source, Statement]]:
        for source in sources:
            for statement in source.policy.statements:
                has_effect = statement.denies if effect == "Deny" else statement.allows
                if has_effect and is_about(statement, self.facts, source.policy):
                    yield source, statement

    def places(self, sources: Iterable[Source]) -> Iterator[StatementPlace]:
        for source, statement in self.matching(sources, "Allow"):
            yield StatementPlace.of(statement, source)

    # ------------------------------------------------------------------------------------------ answers

    def must_allow(self, sources: tuple[Source, ...], otherwise: str) -> Decision | None:
        """A denial unless one of the documents allows."""
        place = next(self.places(sources), None)
        if place is None:
            return self.denied(otherwise, sources)
        self.allowing.append(place)
        return None

    def denied(self, why: str, sources: Iterable[Source]) -> Decision:
        return Decision("implicitly-denied", why, missing=nearest_allow(sources, self.facts))

    def allowed(self, deciding: StatementPlace | None) -> Decision:
        places = self.allowing if deciding is None else [deciding, *self.allowing]
        if deciding is not None:
            why = f"{deciding} allows {self.what}"
        elif self.facts.requester.kind == "root":
            why = f"nothing denies {self.what}, and an account's root user needs no permission"
        else:
            why = f"nothing that is given denies {self.what}"
        return Decision("allowed", why, deciding, tuple(dict.fromkeys(places)))
