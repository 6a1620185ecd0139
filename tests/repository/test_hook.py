"""The hook as a user installs it: the real pre-commit, a real commit, nobody at the keyboard."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

GOOD = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::111122223333:role/reader"},
            "Action": "sts:AssumeRole",
        }
    ],
}


@dataclass(frozen=True)
class Repository:
    """A git repository in a temporary folder.

    Attributes:
        path: its work tree.
        environment: the variables that its commands see; none of git's own from outside.
    """

    path: Path
    environment: dict[str, str]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """The ended command: no standard input, no terminal."""
        return subprocess.run(
            command,
            cwd=self.path,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def must(self, *command: str) -> str:
        """What the command printed; it has to end well."""
        done = self.run(*command)
        assert 0 == done.returncode, done.stdout
        return done.stdout.strip()

    def write(self, name: str, content: object) -> None:
        """Write a document as JSON, and stage it."""
        (self.path / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        self.must("git", "add", name)


def new_repository(path: Path, environment: dict[str, str]) -> Repository:
    """An empty repository at `path`."""
    path.mkdir()
    repository = Repository(path, environment)
    repository.must("git", "init", "--quiet", "--initial-branch=main")
    return repository


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, scripts: Path) -> dict[str, str]:
    """The variables of a user whose git knows only a name, and whose pre-commit has cached nothing yet."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    return outside | {
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.com",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.com",
        "GIT_TERMINAL_PROMPT": "0",
        "NO_COLOR": "1",
    }


@pytest.fixture(scope="module")
def infrastructure(
    tmp_path_factory: pytest.TempPathFactory, root: Path, repository_files: list[Path], environment: dict[str, str]
) -> Repository:
    """Somebody's repository with both hooks installed from a clone of this one, as the work tree is now."""
    folder = tmp_path_factory.mktemp("hook")
    clone = new_repository(folder / "jfml-policies", environment)
    for name in repository_files:
        (clone.path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, clone.path / name)
    clone.must("git", "add", "--all")
    clone.must("git", "commit", "--quiet", "--message=as it is")

    repository = new_repository(folder / "infrastructure", environment)
    config = {
        "repos": [
            {
                "repo": str(clone.path),
                "rev": clone.must("git", "rev-parse", "HEAD"),
                "hooks": [{"id": "jfml-policies"}, {"id": "jfml-policies-schema"}],
            }
        ]
    }
    (repository.path / ".pre-commit-config.yaml").write_text(json.dumps(config), encoding="utf-8")
    repository.must("git", "add", ".pre-commit-config.yaml")
    repository.must("pre-commit", "install", "--install-hooks")
    repository.write("trust.json", GOOD)
    repository.write("package.json", {"name": "infrastructure", "private": True})
    repository.write("broken.json", {"a list of": ["things", None, 1.5]})
    repository.must("git", "commit", "--message=a clean policy and other files")
    return repository


def test_a_clean_policy_is_committed(infrastructure: Repository) -> None:
    """A clean policy passes both hooks, and so does JSON that is no policy."""
    committed = infrastructure.must("git", "ls-tree", "--name-only", "HEAD").split()

    assert [".pre-commit-config.yaml", "broken.json", "package.json", "trust.json"] == committed


def test_a_broken_trust_policy_is_caught_at_commit(infrastructure: Repository, root: Path) -> None:
    """The commit is refused with file, line and column of the mistake, and nothing is committed."""
    before = infrastructure.must("git", "rev-parse", "HEAD")
    shutil.copyfile(root / "examples" / "broken-trust.json", infrastructure.path / "trust.json")
    infrastructure.must("git", "add", "trust.json")

    commit = infrastructure.run("git", "commit", "--message=the next wrong edit")

    assert 0 != commit.returncode
    assert "trust.json:10:17" in commit.stdout
    assert "Traceback" not in commit.stdout
    assert before == infrastructure.must("git", "rev-parse", "HEAD")


def test_the_schema_hook_catches_a_misplaced_element(infrastructure: Repository) -> None:
    """A policy whose shape is wrong is refused by the schema hook too, by the name of its file."""
    infrastructure.write("shape.json", GOOD | {"Statement": [{**GOOD["Statement"][0], "Effect": "Permit"}]})  # type: ignore[dict-item]

    checked = infrastructure.run("pre-commit", "run", "jfml-policies-schema", "--files", "shape.json", "package.json")

    assert 0 != checked.returncode
    assert "shape.json" in checked.stdout
    assert "package.json" not in checked.stdout
    assert "Traceback" not in checked.stdout


def test_every_hook_runs_the_console_script(root: Path) -> None:
    """The entries start the installed program by name, and only for files that pre-commit takes for JSON, or text."""
    hooks = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert ["jfml-policies", "jfml-policies-templates", "jfml-policies-schema"] == [hook["id"] for hook in hooks]
    assert {"jfml-policies"} == {shlex.split(hook["entry"])[0] for hook in hooks}
    assert [["json"], ["text"], ["json"]] == [hook["types"] for hook in hooks]


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("infra/template.yaml", True),
        ("cdk.out/Stack.template.json", True),
        ("cloudformation/role.yml", True),
        ("infra/Role.template", True),
        ("CloudFormation/Role.YAML", True),
        ("templates/index.html", False),
        ("k8s/deployment.yaml", False),
    ],
)
def test_which_files_are_taken_for_templates(root: Path, path: str, taken: bool) -> None:
    """By their path, as pre-commit matches it; what is no template is passed over by `check` itself."""
    hooks = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    pattern = next(hook["files"] for hook in hooks if hook["id"] == "jfml-policies-templates")

    assert taken == bool(re.search(pattern, path))
