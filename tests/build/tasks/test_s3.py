"""Reading and writing folders."""

from __future__ import annotations

from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.statements import joined
from jfml_policies.build.tasks.s3 import Folder, ReadFolder, WriteFolder

KEY = KmsKey.of("arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")


def test_a_folder_is_the_same_with_and_without_its_slash() -> None:
    """`train` and `train/` name the same objects, and not those of `training/`."""
    assert Folder.of("acme", "train") == Folder.of("acme", "train/")
    assert Folder.of("acme", "train").objects_arn == "arn:aws:s3:::acme/train/*"


def test_the_whole_bucket_has_no_path() -> None:
    """Without a prefix every object is meant."""
    folder = Folder.of("acme", None, "aws-cn")

    assert (folder.bucket_arn, folder.objects_arn) == ("arn:aws-cn:s3:::acme", "arn:aws-cn:s3:::acme/*")


def test_folders_overlap_when_one_lies_in_the_other() -> None:
    """Neighbours and other buckets do not."""
    train = Folder.of("acme", "train")

    assert train.overlaps(Folder.of("acme", "train/2024"))
    assert Folder.of("acme", "train/2024").overlaps(train)
    assert train.overlaps(Folder.of("acme", None))
    assert not train.overlaps(Folder.of("acme", "training"))
    assert not train.overlaps(Folder.of("other", "train"))


def test_one_object_is_read_and_nothing_beside_it() -> None:
    """Its own key, not what begins like it; found by its key, or as the folder that Hadoop's client takes it for."""
    find, read, _ = ReadFolder(Folder.of_object("acme", "in/a.csv")).statements()
    write = WriteFolder(Folder.of_object("acme", "in/a.csv")).statements()[0]

    assert (read.resources, write.resources) == (("arn:aws:s3:::acme/in/a.csv",),) * 2
    assert [("StringLike", "s3:prefix", ("in/a.csv", "in/a.csv/"))] == [
        (one.operator, one.key, one.values) for one in find.conditions
    ]
    assert ReadFolder(Folder.of_object("acme", "in/a.csv"), strict=False).statements()[0].conditions == ()


def test_an_object_overlaps_what_holds_it() -> None:
    """The folder it lies in and itself; not the folder of its name."""
    one = Folder.of_object("acme", "in/a.csv")

    assert one.overlaps(one)
    assert one.overlaps(Folder.of("acme", "in"))
    assert Folder.of("acme", None).overlaps(one)
    assert not one.overlaps(Folder.of("acme", "in/a.csv"))
    assert not Folder.of("acme", "in/a.csv").overlaps(one)
    assert not one.overlaps(Folder.of_object("acme", "in/a.csv.gz"))


def test_the_prefix_condition_stands_on_the_listing_alone() -> None:
    """Neither reading objects nor asking for the region carries `s3:prefix`."""
    by_sid = {statement.sid: statement for statement in ReadFolder(Folder.of("acme", "train")).statements()}
    keys = {sid: [condition.key for condition in statement.conditions] for sid, statement in by_sid.items()}

    assert keys == {"ListFolder": ["s3:prefix"], "ReadObjects": [], "FindBucketRegion": []}


def test_a_compatible_reader_may_list_the_whole_bucket() -> None:
    """Without strictness, and for whole buckets, the listing has no prefix condition."""
    compatible = ReadFolder(Folder.of("acme", "train"), strict=False).statements()[0]
    whole = ReadFolder(Folder.of("acme", None)).statements()[0]

    assert (compatible.sid, compatible.conditions) == ("ListBucket", ())
    assert whole == compatible


def test_the_owner_is_checked_on_every_s3_statement() -> None:
    """`aws:ResourceAccount` guards buckets; keys are named with their account already."""
    tasks = (
        ReadFolder(Folder.of("acme", "train"), owner="111122223333", keys=(KEY,)),
        WriteFolder(Folder.of("acme", "out"), owner="111122223333", keys=(KEY,)),
    )
    for statement in joined(found for task in tasks for found in task.statements()):
        guarded = "aws:ResourceAccount" in [condition.key for condition in statement.conditions]

        assert guarded is statement.actions[0].startswith("s3:")


def test_writing_deletes_and_reads_nothing() -> None:
    """Putting objects, in parts too, is all."""
    actions = {
        action for statement in WriteFolder(Folder.of("acme", "out")).statements() for action in statement.actions
    }

    assert actions == {
        "s3:PutObject",
        "s3:AbortMultipartUpload",
        "s3:ListMultipartUploadParts",
        "s3:GetBucketLocation",
    }
