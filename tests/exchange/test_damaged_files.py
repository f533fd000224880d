"""Files that were damaged on the way open or are refused in words; no other error comes out of a reader."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdx_studio.exchange import FileError, formats

GRAPHML = b"""<?xml version="1.0" encoding="utf-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="label" attr.type="string"/><key id="d1" for="edge" attr.name="LinkSpeedRaw"/>
<key id="d2" for="node" attr.name="Longitude" attr.type="double"/><key id="d3" for="node" attr.name="Latitude"/>
<graph edgedefault="directed"><node id="1">
<data key="d0">A</data><data key="d2">1.5</data><data key="d3">2</data></node>
<node id="2"><data key="d2">1e300</data><data key="d3">-90</data><graph><node id="3"/></graph></node>
<edge source="1" target="2"><data key="d1">1e9</data></edge><hyperedge><endpoint node="1"/><endpoint node="3"/>
<endpoint node="2"/></hyperedge></graph></graphml>"""
GML = b"""graph [ directed 1 label "Net" node [ id 1 label "A" graphics [ x 1.0 y 1e300 ] ]
node [ id 2 Longitude 7 Latitude 9 ]
edge [ source 1 target 2 LinkSpeedRaw 1e9 delay 0.1 ] ]"""
LIBVIRT = b"""<node><cpu><active>4</active><sockets>2</sockets></cpu><memory unit='GiB'>64</memory>
<domain type='xen'><name>a</name><memory>1048576</memory><vcpu current='2'>4</vcpu><cputune><shares>10</shares>
<quota>50000</quota><period>1000</period></cputune><devices>
<disk type='file'><source file='/p/v'/><target dev='vda'/></disk>
<interface type='network'><source network='n'/><vlan><tag id='7'/></vlan></interface></devices></domain>
<network><name>n</name><bridge name='b'/><vlan><tag id='12'/></vlan></network><pool type='dir'><name>p</name>
<capacity unit='TB'>1</capacity><source><device path='/dev/a'/><device path='/dev/b'/></source>
<target><path>/p</path></target>
<volume><name>v</name><capacity>4096</capacity><allocation unit='k'>1</allocation></volume></pool></node>"""
BLOWS = [b"", b"9", b"-1", b"1e999", b"nan", b'"', b"<", b">", b"&", b"]", b"[", b"\xff", b" ", b"\0"]
SAMPLES = {"graphml": GRAPHML, "gml": GML, "libvirt": LIBVIRT}


@pytest.mark.parametrize("key", SAMPLES)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_damage(key: str, data: st.DataObject) -> None:
    text = SAMPLES[key]
    for _blow in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text) - 1))
        cut = data.draw(st.integers(0, 12))
        put = data.draw(st.sampled_from(BLOWS))
        text = text[:start] + put + text[start + cut :]
    read = formats()[key].read
    assert read is not None
    try:
        opened = read(text, "damaged", {"demands": "gravity:5"} if key != "libvirt" else {})
    except FileError as reason:
        refused = str(reason)
    else:
        refused = "damaged"
        assert formats()["sdx"].write is not None
        assert formats()["sdx"].read(formats()["sdx"].write(opened.document, {}), "again", {}).document  # type: ignore[misc]
    assert refused.startswith("damaged")


@pytest.mark.parametrize("key", ["graphml", "libvirt"])
def test_deep_nesting_is_no_crash(key: str) -> None:
    read = formats()[key].read
    assert read is not None
    root = b"graphml" if key == "graphml" else b"node"
    text = b"<%s><graph>" % root + b"<node><graph>" * 3000 + b"</graph></node>" * 3000 + b"</graph></%s>" % root
    assert read(text, "deep", {}).document is not None


def test_a_large_graph_is_read_in_seconds(tmp_path: Path) -> None:
    import time

    from sdx_studio.exchange import load

    body = "".join(f"node [ id {i} ]\n" for i in range(5000))
    body += "".join(f"edge [ source {i} target {i * 7 % 5000} ]\n" for i in range(8000) if i < 5000)
    path = tmp_path / "large.gml"
    path.write_text(f"graph [ {body} ]")
    began = time.process_time()
    assert len(load(path, options={"demands": "gravity"}).document.elements) == 5400
    assert time.process_time() - began < 8
