"""What a bucket and a folder may be called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.build.s3_names import bucket_name_problem, folder_problem, key_problem


@pytest.mark.parametrize(
    "name", ["abc", "a" * 63, "acme-features", "my.data.2024", "1.2.3", "10.0.0.256a", "a--b", "x-an"]
)
def test_names_that_s3_accepts_have_no_problem(name: str) -> None:
    """Lengths 3 and 63, dots, digits and hyphens are fine."""
    assert bucket_name_problem(name) is None


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("", "is empty"),
        ("ab", "has 2 characters instead of 3 to 63"),
        ("a" * 64, "has 64 characters instead of 3 to 63"),
        ("Acme", "holds `A` where only"),
        ("acme_features", "holds `_` where only"),
        ("acmé", "holds `é` where only"),
        ("-acme", "does not begin and end"),
        ("acme.", "does not begin and end"),
        ("acme..data", "two dots in a row"),
        ("192.168.5.4", "written like an IP address"),
        ("xn--acme", "begins with `xn--`"),
        ("sthree-acme", "begins with `sthree-`"),
        ("amzn-s3-demo-bucket", "begins with `amzn-s3-demo-`"),
        ("acme-s3alias", "ends in `-s3alias`"),
        ("acme--ol-s3", "ends in `--ol-s3`"),
        ("acme.mrap", "ends in `.mrap`"),
        ("acme--use1-az4--x-s3", "directory buckets"),
        ("acme--table-s3", "table buckets"),
        ("acme\n", "holds `\\n` where only"),
    ],
)
def test_each_rule_of_s3_has_its_words(name: str, part: str) -> None:
    """A name that breaks a rule is quoted and the rule is told."""
    problem = bucket_name_problem(name)

    assert problem is not None
    assert part in problem


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ("s3://acme/train/x", "give `acme` as the bucket and `train/x` as the prefix"),
        ("s3a://acme", "give `acme` as the bucket"),
        ("arn:aws:s3:::acme", "give `acme` as the bucket"),
        ("arn:aws:s3:::acme/*", "give `acme` as the bucket"),
        (
            "s3://acme/in/a.csv",
            "give `acme` as the bucket and `in/a.csv` as the key of one file, or `in/` as the prefix",
        ),
        ("acme/train/", "give `acme` as the bucket and `train/` as the prefix"),
        ("s3://Not_A_Bucket/train/", "give the bucket's name only"),
        ("https://acme.s3.amazonaws.com", "give the bucket's name only"),
    ],
)
def test_an_address_in_place_of_a_name_is_taken_apart(given: str, advice: str) -> None:
    """URLs, ARNs and paths get the remedy that fits them."""
    problem = bucket_name_problem(given)

    assert problem is not None
    assert problem.endswith(f"; {advice}")


def test_all_faults_of_a_name_stand_on_one_line() -> None:
    """The second fault is told together with the first."""
    assert bucket_name_problem("Acme..data-") == (
        "`Acme..data-` holds `A` where only lower-case letters, digits, dots and hyphens may stand;"
        " also does not begin and end with a letter or digit; also holds two dots in a row"
    )


@pytest.mark.parametrize("prefix", ["train", "train/", "a/b c/d=1/", "données/", "x" * 1023 + "/", "a$b", "a//b"])
def test_folders_that_a_policy_can_name_have_no_problem(prefix: str) -> None:
    """Spaces inside, `=`, `$` and letters of other languages are fine."""
    assert folder_problem(prefix) is None


@pytest.mark.parametrize(
    ("prefix", "part"),
    [
        ("", "is empty"),
        ("/train/", "write `train/`"),
        ("/", "leave it out to mean the whole bucket"),
        ("/train/*", "do not: drop it; also holds `*`"),
        ("train/*", "holds `*`"),
        ("tr?in/", "holds `?`"),
        ("home/${aws:username}/", "holds `${`"),
        ("in/day-{%d-%m-%Y}/", "give the folder before it, `in/`"),
        ("{%d}/", "leave the prefix out"),
        ("train/\x00", "control character `\\x00`"),
        ("train/\x85x", "control character `\\x85`"),
        (" train/", "white space"),
        ("s3://acme/train/", "is an address"),
        ("é" * 513, "longer than the 1,024 bytes"),
        ("x" * 5_000_000, "longer than the 1,024 bytes"),
        ("a.csv", "is named like a file, not a folder: give the folder that holds the file, or write `a.csv/` if it"),
        ("in/day.parquet", "give the folder that holds the file, `in/`, or write `in/day.parquet/` if it is a folder"),
        ("A.CSV.GZ", "is named like a file"),
    ],
)
def test_a_prefix_that_is_no_folder_is_told_apart(prefix: str, part: str) -> None:
    """Slashes in front, wildcards, variables, dates, control characters and lengths each have their words."""
    problem = folder_problem(prefix)

    assert problem is not None
    assert part in problem


@pytest.mark.parametrize("key", ["a.csv", "in/a b.csv", "données", "a//b", "v1", "x" * 1024])
def test_keys_that_a_policy_can_name_have_no_problem(key: str) -> None:
    """A key need not look like a file's name."""
    assert key_problem(key) is None


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("", "is empty"),
        ("train/", "is a folder and no object: give it as `prefix`"),
        ("/a.csv", "write `a.csv`"),
        ("in/*.csv", "holds `*`"),
        ("in/{%d}.csv", "changes from run to run"),
        ("s3://acme/a.csv", "give the key alone"),
        ("x" * 1025, "longer than the 1,024 bytes"),
    ],
)
def test_a_key_that_is_no_object_is_told_apart(key: str, part: str) -> None:
    """What may be meant instead is told."""
    problem = key_problem(key)

    assert problem is not None
    assert part in problem


def test_a_folder_named_like_a_file_is_written_with_its_slash() -> None:
    """Spark writes such folders; where one object can be named, that is told."""
    assert folder_problem("out/scores.parquet/") is None
    assert "give one file as `key`" in str(folder_problem("out/scores.parquet", takes_key=True))


@given(st.text(max_size=80))
def test_problems_are_one_printable_line(text: str) -> None:
    """Whatever is typed, the problem is a short line."""
    for problem in (bucket_name_problem(text), folder_problem(text), key_problem(text)):
        assert problem is None or (problem.isprintable() and len(problem) < 1000)
