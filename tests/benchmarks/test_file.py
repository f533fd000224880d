"""Opening and saving 10,000 elements with 15,000 links."""

import random

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from sdx_studio.document import Document, Element, Link, Properties
from sdx_studio.exchange.native import dump, parse


@pytest.fixture(scope="module")
def large() -> Document:
    chance = random.Random(1)
    ids = [f"e{number:05d}" for number in range(10_000)]
    records: list[Properties | Element | Link] = [Properties(title="Large")]
    for id in ids:
        kind = chance.choice(("host", "switch"))
        x, y = chance.random() * 5000, chance.random() * 5000
        records.append(Element(id, kind, f"n-{id}", None, x, y, fields={"nic_speed": 1e10}))
    for number in range(15_000):
        a, b = chance.sample(ids, 2)
        fields = {"bandwidth": 1e9, "latency": chance.random() / 1000}
        records.append(Link(f"l{number:05d}", a, b, fields=fields))
    return Document(records)


def test_save_large(benchmark: BenchmarkFixture, large: Document) -> None:
    assert benchmark(dump, large)


def test_load_large(benchmark: BenchmarkFixture, large: Document) -> None:
    data = dump(large)
    assert benchmark(parse, data, "large.sdx").document.elements
