"""Does a policy allow anything that another does not? What AWS calls CheckNoNewAccess.

Source: IAM Access Analyzer API Reference, "CheckNoNewAccess".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.diff.outcome import Outcome
from jfml_policies.diff.remarks import Remark

if TYPE_CHECKING:
    from jfml_policies.diff.pairs import Compared

__all__ = ["no_new_access"]


def no_new_access(compared: Compared) -> Outcome:
    """Whether new allows nothing that old does not; of documents that only deny, whether new denies all that old does.

    >>> from jfml_policies.diff.pairs import compare_sides
    >>> from jfml_policies.diff.sides import Side
    >>> text = '{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}'
    >>> no_new_access(compare_sides(Side("old", text), Side("new", text.replace("Get", "Put")))).verdict
    'fail'
    """
    regions = compared.change.added
    if compared.is_guardrail:
        regions += compared.undenied
    unknown = compared.unknown if compared.may_widen else ()
    if compared.may_widen and not unknown and not regions:
        # INVARIANT: what may be wider never passes, whether or not anybody knows why.
        unknown = (Remark("that it allows nothing new is not proved"),)
    return Outcome(regions, unknown, compared.notes)
