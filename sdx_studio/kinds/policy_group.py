"""Policy group: elements that are to have the same settings."""

from sdx_studio.kinds.base import GROUND, Kind
from sdx_studio.kinds.fields import Field
from sdx_studio.words import mark

KIND = Kind(
    key="policy_group",
    label=mark("Policy group"),
    family="control",
    group="control",
    prefix="policy",
    help=mark("Elements that are to have the same settings: one edit of the standard changes all, drift is shown"),
    shape="leaf",
    fields=(
        Field("standard", mark("Standard"), "tags", (), group="Behaviour",
              help=mark("Settings of all members, such as “vcpus = 2, memory = 4 GiB”; a change here changes all")),
        Field("members", mark("Members"), "references", (), group="Attached to", cables=True,
              help=mark("What is to have these settings, cables as well (link:sw-01-sw-02); one that has no such "
                        "setting is left alone")),
    ),
    needs=("site.ground", GROUND),
    traits=("policy",),
    subtitle=(),
    order=442,
)  # fmt: skip
