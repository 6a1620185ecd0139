from __future__ import annotations

from check_types import Diagnostic, Symbol, incomplete


def symbol(name: str, *, known: bool, ambiguous: bool = False) -> Symbol:
    """A symbol as pyright reports it, with its reason where it has one."""
    why = Diagnostic(message="Type is missing\nmore", file="a.py", range={"start": {"line": 41}})
    diagnostics = [] if known and not ambiguous else [why]
    return Symbol(name=name, isTypeKnown=known, isTypeAmbiguous=ambiguous, diagnostics=diagnostics)


def test_unknown_and_ambiguous_types_are_named_with_their_place() -> None:
    """A public symbol without a complete type gets a line with file, line, name and the gist of the reason."""
    symbols = [
        symbol("jfml_policies.good", known=True),
        symbol("jfml_policies.unknown", known=False),
        symbol("jfml_policies.ambiguous", known=True, ambiguous=True),
    ]

    assert [
        "a.py:42: jfml_policies.ambiguous: Type is missing",
        "a.py:42: jfml_policies.unknown: Type is missing",
    ] == incomplete(symbols)


def test_rooms_that_programs_do_not_import_are_left_out() -> None:
    """The command line and single rules are no public API; what a rule is, is."""
    symbols = [
        symbol("jfml_policies.cli.main.main", known=False),
        symbol("jfml_policies.linter.rules.action.invalid_action.InvalidAction", known=False),
        symbol("jfml_policies.linter.rule.Rule", known=False),
    ]

    assert ["a.py:42: jfml_policies.linter.rule.Rule: Type is missing"] == incomplete(symbols)
