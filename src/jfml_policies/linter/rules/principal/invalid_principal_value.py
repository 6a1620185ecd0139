"""INVALID_PRINCIPAL_VALUE."""

from __future__ import annotations

from itertools import islice
from typing import Final

from jfml_policies.catalog.service_principals import is_service_principal_shape
from jfml_policies.catalog.vendor_accounts import Vendor
from jfml_policies.findings import Fix
from jfml_policies.linter.fixes.quick_fix import replace_text, replace_texts
from jfml_policies.linter.questions.caller_account import caller_tests
from jfml_policies.linter.questions.intended_principal import intended_principal
from jfml_policies.linter.questions.statement_principals import read_principal
from jfml_policies.linter.questions.suggestion_budget import suggestions_per_statement
from jfml_policies.linter.questions.vendor_roles import vendor_of_role
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import Arn
from jfml_policies.policy.nodes import Group, Principals, Statement, Text

__all__ = ["InvalidPrincipalValue"]

# A federated principal in a trust policy has a rule of AWS's own, and in any other policy it is wrong as such.
_FORMS: Final = {
    "AWS": "write an account id of 12 digits, or an ARN such as `arn:aws:iam::ACCOUNT:role/NAME`",
    "CanonicalUser": "write the 64 hexadecimal digits that S3 shows",
    "Service": "write it as `ec2.amazonaws.com`",
}
#: Tests, and values of one, that are searched for a vendor's role.
_MOST_VALUES: Final = 20


class InvalidPrincipalValue(Rule):
    """A principal is something that can be no principal.

    ## Why is this bad?

    AWS refuses the document with "Invalid principal in policy", or keeps a statement that lets nobody in.
    In a Deny nobody is kept out.

    ## Example

    ```json
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:group/Readers"}, "Action": "sts:AssumeRole"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/Reader"}, "Action": "sts:AssumeRole"}
    ```

    Reported are malformed ARNs, ARNs of groups, instance profiles and other things that make no requests, account ids
    without 12 digits, placeholders such as `<account-id>`, names under the wrong type, and services that are not
    written like one.
    A service in the right form is not reported, even if no list has it: there are unlisted ones.
    A federated principal in a trust policy has a rule of AWS's own; so have wildcards.

    ## References

    - [IAM User Guide: AWS JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
    - [IAM User Guide: IAM identifiers](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html)
    """

    code = "INVALID_PRINCIPAL_VALUE"
    severity = "error"
    fixes = ("unsafe",)
    origin = "jfml"
    kinds = frozenset(("resource", "endpoint", "trust"))

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each value that names nobody."""
        known = context.settings.vendors
        left = suggestions_per_statement(context.policy)
        for principals in (statement.principal, statement.not_principal):
            if principals is None:
                continue
            for group in principals.groups:
                if group.type.value not in _FORMS:
                    continue
                for text in group.values:
                    message = _fault(group, text)
                    if message is not None:
                        hint, fix = _remedy(text, group, principals, statement, known) if left > 0 else (None, None)
                        left -= 1
                        yield self.finding(text, message, hint=hint, fix=fix)


def _fault(group: Group, text: Text) -> str | None:
    """What is wrong with a value, or None."""
    principal = read_principal(group.type.value, text)
    if principal.problem is not None:
        if principal.problem.code == "wildcard":
            return None
        return f"`{text.value}` names no principal: {principal.problem.message}"
    if principal.kind == "service" and not is_service_principal_shape(text.value):
        return f"`{text.value}` names no AWS service: service principals end in a domain such as `amazonaws.com`"
    return None


def _remedy(
    text: Text, group: Group, principals: Principals, statement: Statement, known: tuple[Vendor, ...]
) -> tuple[str | None, Fix | None]:
    placeholder = _placeholder(text.value)
    if placeholder:
        vendor = _vendor_meant(statement, known)
        its = f"; that of {vendor.name} is `{vendor.account}`" if vendor else ""
        fix = _fill_in(text, statement, placeholder, vendor.account) if vendor else None
        return f"write the account id in place of `{placeholder}`{its}", fix
    meant = intended_principal(group.type.value, text.value)
    if meant is None:
        return _FORMS[group.type.value], None
    name, value = meant
    if name == group.type.value:
        return f"did you mean `{value}`?", replace_text(text, value)
    moves = len(group.values) == 1 and all(other.type.value != name for other in principals.groups)
    return f"write it under the type `{name}`", replace_text(group.type, name) if moves else None


def _placeholder(value: str) -> str:
    """The text that stands where an account id should: in angle brackets, or a word in an ARN; empty if there is none.

    A number there is a wrong account id, no placeholder.
    """
    _before, opening, after = value.partition("<")
    inside, closing, _ = after.partition(">")
    if opening and closing and "<" not in inside:
        return f"<{inside}>"
    arn = Arn.try_parse(value)
    is_word = arn is not None and arn.service in ("iam", "sts") and not any(map(str.isdigit, arn.account))
    return arn.account if arn is not None and is_word else ""


def _fill_in(text: Text, statement: Statement, placeholder: str, account: str) -> Fix:
    """The account in place of the placeholder, in the principal and in the conditions on the caller."""
    callers = islice(caller_tests(statement), _MOST_VALUES)
    values = [value for caller in callers for value in caller.test.values[:_MOST_VALUES]]
    places = [text, *[value for value in values if placeholder in value.value]]
    changes = [(place, place.value.replace(placeholder, account)) for place in places]
    return replace_texts(sorted(changes, key=lambda change: change[0].start))


def _vendor_meant(statement: Statement, known: tuple[Vendor, ...]) -> Vendor | None:
    """The vendor whose role names stand in the statement's conditions on the caller."""
    for caller in islice(caller_tests(statement), _MOST_VALUES):
        for value in caller.test.values[:_MOST_VALUES]:
            vendor = vendor_of_role(value.value, known)
            if vendor is not None:
                return vendor
    return None
