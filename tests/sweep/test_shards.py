"""Parts of a sweep, run one by one as a batch queue would, and joined."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sweep.quick import Quick, plan

from sim.errors import UserError
from sim.sweep import store
from sim.sweep.chunks import Shard
from sim.sweep.folder import read_record
from sim.sweep.playing import Player
from sim.sweep.runner import run_sweep
from sim.sweep.shards import merge
from sim.sweep.store import read_results


def part(folder: Path, k: int, of: int = 3, **more: Any) -> Path:
    run_sweep(plan(), folder / f"p{k}", shard=Shard(k, of), **{"play": Quick(), "chunk": 3, **more})
    return folder / f"p{k}"


@pytest.fixture(scope="module")
def all_parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("parts")
    return [part(folder, k) for k in (1, 2, 3)]


def test_parts_joined_are_the_sweep(all_parts: list[Path], tmp_path: Path) -> None:
    merged = merge([all_parts[2], all_parts[0], all_parts[1]], tmp_path / "whole")
    assert (merged.parts, merged.runs, merged.chunks) == (3, 40, 14)
    whole = read_results(tmp_path / "whole").collect()
    assert whole.equals(Player(plan(), Quick()).table(0, 40))
    record = read_record(tmp_path / "whole")
    assert record["shard"] is None
    assert {(p["folder"], p["shard"]["part"]) for p in record["parts"]} == {
        ("p1", 1), ("p2", 2), ("p3", 3),
    }  # fmt: skip
    # it is a sweep like any other: nothing is missing, and joining again does nothing
    assert run_sweep(plan(), tmp_path / "whole", play=Quick()).lived == 0
    assert merge(all_parts, tmp_path / "whole").runs == 40
    assert read_record(all_parts[1])["shard"] == {"part": 2, "of": 3}


def test_machines_that_differ_cut_alike(tmp_path: Path) -> None:
    """No part measures how fast it is: their chunks would not fit together."""
    parts = [part(tmp_path, 1, 2, chunk=None), part(tmp_path, 2, 2, chunk=None, workers=1)]
    assert merge(parts, tmp_path / "whole").chunks >= 8


def refused(parts: list[Path], out: Path) -> str:
    with pytest.raises(UserError) as error:
        merge(parts, out)
    assert not out.exists() or out in parts
    return str(error.value)


def test_parts_that_are_missing_are_named(all_parts: list[Path], tmp_path: Path) -> None:
    said = refused(all_parts[:2], tmp_path / "whole")
    assert "Missing: part 3/3." in said
    assert "--shard" in said


def test_a_part_that_is_not_finished_is_named(all_parts: list[Path], tmp_path: Path) -> None:
    unfinished = part(tmp_path, 2)
    sorted((unfinished / "chunks").glob("*.parquet"))[1].unlink()
    said = refused([all_parts[0], unfinished, all_parts[2]], tmp_path / "whole")
    assert "Missing: 1 of 5 chunks of part 2/3." in said


def test_a_part_twice_is_no_harm(all_parts: list[Path], tmp_path: Path) -> None:
    assert merge([*all_parts, part(tmp_path, 2)], tmp_path / "whole").runs == 40


def test_parts_that_contradict_each_other(all_parts: list[Path], tmp_path: Path) -> None:
    other = part(tmp_path, 2, play=Quick(fails=(2,)))
    assert "the same runs with other results" in refused([*all_parts, other], tmp_path / "whole")


def test_parts_of_another_study(all_parts: list[Path], tmp_path: Path) -> None:
    run_sweep(plan(replications=6), tmp_path / "o", shard=Shard(2, 3), play=Quick(), chunk=3)
    said = refused([all_parts[0], tmp_path / "o", all_parts[2]], tmp_path / "whole")
    assert "are not parts of one sweep. The text of the study is another." in said


def test_parts_that_are_cut_otherwise(all_parts: list[Path], tmp_path: Path) -> None:
    other = part(tmp_path, 2, chunk=4)
    said = refused([all_parts[0], other, all_parts[2]], tmp_path / "whole")
    assert "Their chunks hold 3 and 4 runs." in said


def test_a_damaged_part(all_parts: list[Path], tmp_path: Path) -> None:
    hurt = part(tmp_path, 2)
    chunk = sorted((hurt / "chunks").glob("*.parquet"))[1]
    chunk.write_bytes(chunk.read_bytes()[:-9])
    said = refused([all_parts[0], hurt, all_parts[2]], tmp_path / "whole")
    assert f"{chunk} is damaged." in said


def test_the_whole_is_none_of_its_parts(all_parts: list[Path]) -> None:
    assert "is one of the parts" in refused(all_parts, all_parts[1])


def test_more_parts_than_chunks(tmp_path: Path) -> None:
    """A part may be empty: batch queues count without looking."""
    parts = [part(tmp_path, k, 4, chunk=20) for k in (1, 2, 3, 4)]
    assert merge(parts, tmp_path / "whole").chunks == 2


def test_a_chunk_that_does_not_arrive_whole_is_not_taken(
    all_parts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Disks lie now and then; what was copied is held against what was sent."""

    def no_link(*_: Any) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(store.os, "link", no_link)
    with monkeypatch.context() as patch:
        patch.setattr(store, "write_synced", _tearing(store.write_synced))
        with pytest.raises(UserError, match="did not arrive whole"):
            merge(all_parts, tmp_path / "whole")
    assert not list((tmp_path / "whole" / "chunks").glob("part-000003*"))
    assert merge(all_parts, tmp_path / "whole").runs == 40
    assert read_results(tmp_path / "whole").collect().equals(Player(plan(), Quick()).table(0, 40))


def _tearing(usual: Any) -> Any:
    def torn(path: Path, data: bytes) -> None:
        usual(path, data[:-5] if path.name.startswith("part-000003") else data)

    return torn
