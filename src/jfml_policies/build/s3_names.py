"""Names in S3: what a bucket and a folder may be called, and what is wrong with one that may not."""

from __future__ import annotations

from typing import Final

from jfml_policies.build.wording import faulty, quoted, quoted_list

__all__ = ["bucket_name_problem", "folder_problem", "key_problem", "looks_like_data_file"]

_BUCKET_CHARACTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")
_RESERVED_PREFIXES: Final = ("xn--", "sthree-", "amzn-s3-demo-")
#: Endings that mark something other than a general purpose bucket.
_RESERVED_SUFFIXES: Final = {
    "-s3alias": "access point aliases",
    "--ol-s3": "Object Lambda access point aliases",
    ".mrap": "multi-Region access points",
    "--x-s3": "directory buckets",
    "--table-s3": "table buckets",
}
_URL_SCHEMES: Final = ("s3://", "s3a://", "s3n://")
_LONGEST_KEY: Final = 1024
#: Endings of files of data; a folder with such a name, as Spark makes them, is written with its final slash.
_DATA_FILES: Final = (
    *(".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".parquet", ".avro", ".orc", ".feather", ".arrow"),
    *(".gz", ".bz2", ".xz", ".zst", ".snappy", ".zip", ".tar", ".tgz", ".pkl", ".pickle", ".npy", ".xlsx"),
)


def bucket_name_problem(name: str) -> str | None:
    """What is wrong with a general purpose bucket's name, on one line, or None when it is right.

    The rules are those of "General purpose bucket naming rules" in the S3 User Guide,
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html

    >>> bucket_name_problem("acme-features") is None
    True
    >>> bucket_name_problem("s3://acme-features/train/")
    '`s3://acme-features/train/` is a URL; give `acme-features` as the bucket and `train/` as the prefix'
    """
    return _not_a_name(name) or faulty(name, [*_shape_faults(name), *_reserved_faults(name)])


def _not_a_name(name: str) -> str | None:
    """The remedy when a whole address was given where a bucket's name belongs."""
    shown = quoted(name)
    for scheme in _URL_SCHEMES:
        if name.lower().startswith(scheme):
            return f"{shown} is a URL; {_split_advice(name[len(scheme) :])}"
    if name.startswith("arn:"):
        return f"{shown} is an ARN; {_split_advice(name.rsplit(':', 1)[-1])}"
    if name.startswith(("http://", "https://")):
        return f"{shown} is a web address; give the bucket's name only"
    if "/" in name:
        return f"{shown} holds a `/`; {_split_advice(name)}"
    return None


def _split_advice(address: str) -> str:
    bucket, _, key = address.partition("/")
    if not bucket or _shape_faults(bucket):
        return "give the bucket's name only"
    folder = key.strip("*")
    advice = f"give {quoted(bucket)} as the bucket"
    if folder and looks_like_data_file(folder):
        before = folder[: folder.rfind("/") + 1]
        or_all = f"or {quoted(before)} as the prefix" if before else "or no prefix for all of it"
        return f"{advice} and {quoted(folder)} as the key of one file, {or_all}"
    return advice + (f" and {quoted(folder)} as the prefix" if folder else "")


def _shape_faults(name: str) -> list[str]:
    if not name:
        return ["is empty"]
    if not 3 <= len(name) <= 63:
        return [f"has {len(name):,} characters instead of 3 to 63"]
    faults: list[str] = []
    wrong = sorted(set(name) - _BUCKET_CHARACTERS)
    if wrong:
        shown = quoted_list(wrong[:5])
        faults.append(f"holds {shown} where only lower-case letters, digits, dots and hyphens may stand")
    if {name[0], name[-1]} & {".", "-"}:
        faults.append("does not begin and end with a letter or digit")
    if ".." in name:
        faults.append("holds two dots in a row")
    parts = name.split(".")
    if len(parts) == 4 and all(part.isascii() and part.isdigit() for part in parts):
        faults.append("is written like an IP address")
    return faults


def _reserved_faults(name: str) -> list[str]:
    faults = [f"begins with `{start}`, which AWS reserves" for start in _RESERVED_PREFIXES if name.startswith(start)]
    faults += [
        f"ends in `{end}`, which AWS reserves for {use}"
        for end, use in _RESERVED_SUFFIXES.items()
        if name.endswith(end)
    ]
    return faults


def looks_like_data_file(path: str) -> bool:
    """Whether a path has the name of a file of data, and no final slash.

    >>> looks_like_data_file("train/a.csv"), looks_like_data_file("train.parquet/"), looks_like_data_file("v1.2")
    (True, False, False)
    """
    return path.lower().endswith(_DATA_FILES)


def folder_problem(prefix: str, *, takes_key: bool = False) -> str | None:
    """What is wrong with a prefix that is to name one folder, on one line, or None when it is right.

    Keys are up to 1,024 bytes of UTF-8 ("Naming Amazon S3 objects",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html). `*`, `?` and `${` would not stand for
    themselves in a policy ("IAM JSON policy elements: Resource"). A name of a file of data is refused without a final
    slash: a policy for the folder of that name does not allow the file.

    Args:
        prefix: what was given.
        takes_key: whether one object can be given as `key` instead.

    >>> folder_problem("/train/")
    '`/train/` begins with a slash, which keys in S3 do not: write `train/`'
    """
    if not prefix:
        return "is empty; leave it out to mean the whole bucket"
    if prefix.lower().startswith(_URL_SCHEMES) or prefix.startswith("arn:"):
        return f"{quoted(prefix)} is an address; give the folder alone, as in `train/`"
    if len(prefix) > _LONGEST_KEY or len(prefix.encode("utf-8")) > _LONGEST_KEY:
        return f"{quoted(prefix)} is longer than the {_LONGEST_KEY:,} bytes of a key in S3"
    faults = _faults(prefix)
    if looks_like_data_file(prefix):
        before = prefix[: prefix.rfind("/") + 1]
        file = "give one file as `key`" if takes_key else f"give the folder that holds the file{before and ', '}"
        file += "" if takes_key or not before else quoted(before)
        faults.append(f"is named like a file, not a folder: {file}, or write {quoted(prefix + '/')} if it is a folder")
    return faulty(prefix, faults)


def key_problem(key: str) -> str | None:
    """What is wrong with the key of one object, on one line, or None when it is right; as `folder_problem`.

    >>> key_problem("train/")
    '`train/` ends in a slash, so that it is a folder and no object: give it as `prefix`'
    """
    if not key:
        return "is empty; leave it out to mean the whole bucket"
    if key.lower().startswith(_URL_SCHEMES) or key.startswith("arn:"):
        return f"{quoted(key)} is an address; give the key alone, as in `train/a.csv`"
    if len(key) > _LONGEST_KEY or len(key.encode("utf-8")) > _LONGEST_KEY:
        return f"{quoted(key)} is longer than the {_LONGEST_KEY:,} bytes of a key in S3"
    faults = _faults(key)
    if key.endswith("/"):
        faults.append("ends in a slash, so that it is a folder and no object: give it as `prefix`")
    return faulty(key, faults)


def _faults(prefix: str) -> list[str]:
    faults: list[str] = []
    if prefix.startswith("/"):
        remedy = prefix.lstrip("/")
        advice = f"write {quoted(remedy)}" if remedy else "leave it out to mean the whole bucket"
        if _changing(prefix):
            advice = "drop it"
        faults.append(f"begins with a slash, which keys in S3 do not: {advice}")
    if prefix != prefix.strip():
        faults.append("begins or ends with white space")
    unprintable = sorted({character for character in prefix if _is_control(character)})
    if unprintable:
        faults.append(f"holds the control character {quoted_list(unprintable[:5])}")
    wild = [sign for sign in _changing(prefix) if sign != "{"]
    if wild:
        faults.append(f"holds {quoted_list(wild)}, which a policy would not take literally: name one folder")
    elif "{" in prefix:
        before = prefix[: prefix.index("{")]
        folder = before[: before.rfind("/") + 1]
        advice = f"give the folder before it, {quoted(folder)}" if folder else "leave the prefix out"
        faults.append(f"holds a part in braces that changes from run to run: {advice}")
    return faults


def _changing(prefix: str) -> list[str]:
    """What in a prefix stands for something else: wildcards, policy variables, the dates of vendors' templates."""
    return [sign for sign in ("*", "?", "${", "{") if sign in prefix]


def _is_control(character: str) -> bool:
    return character < " " or "\x7f" <= character < "\xa0"
