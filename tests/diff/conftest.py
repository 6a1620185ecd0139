"""Policies in one line, and repositories of git that know nobody's settings."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.read import loads

Git = Callable[..., str]


@pytest.fixture
def policy() -> Callable[..., Policy]:
    """Makes a policy of statements."""

    def make(*statements: dict[str, Any], kind: str = "resource", version: str = "2012-10-17") -> Policy:
        return loads(json.dumps({"Version": version, "Statement": list(statements)}), kind=kind)

    return make


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Runs git in a fresh repository."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    def call(*arguments: str) -> str:
        settings = ("-c", "user.name=n", "-c", "user.email=n@example.com", "-c", "core.autocrlf=false")
        done = subprocess.run(
            ["git", *settings, *arguments], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True
        )
        return done.stdout

    call("init", "--quiet", "--initial-branch=main")
    return call
