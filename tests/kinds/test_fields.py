"""Fields: what may be entered, what is said when it may not, and how values are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.kinds import Field, FieldError, Values, catalogue
from sdx_studio.kinds.links import LINK_FIELDS
from sdx_studio.kinds.presets import MAC
from sdx_studio.units import NBSP, show
from sdx_studio.words import dictionary

MEMORY = Field("memory", "Memory", "number", 4.0 * 2**30, "B", 2.0**20, 2.0**40)
COUNT = Field("count", "Count", "integer", 2, "", 1, 512)
CHOICE = Field("medium", "Medium", "choice", "HDD", choices=("HDD", "SSD", "NVMe"))
FLAG = Field("thin", "Thin", "flag", False)
TEXT = Field("label", "Label", "text", "")
END = Field("end", "End", "reference", None, optional=True)
ENDS = Field("ends", "Ends", "references", ())
TAGS = Field("tags", "Tags", "tags", ())
LIMIT = Field("limit", "Limit", "number", None, "core", 0, None, optional=True)
ALL = [*LINK_FIELDS, *(field for one in catalogue().values() for field in one.fields)]


@pytest.mark.parametrize(
    ("field", "entered", "value"),
    [
        (MEMORY, "8 GiB", 8 * 2**30), (MEMORY, 2**30, 2.0**30), (COUNT, "4", 4), (COUNT, 4.0, 4),
        (CHOICE, "SSD", "SSD"),
        (FLAG, "yes", True), (FLAG, "OFF", False), (FLAG, True, True), (TEXT, "x", "x"), (END, "", None),
        (END, None, None),
        (ENDS, "a, b ,", ("a", "b")), (ENDS, ["a"], ("a",)), (TAGS, "10,20", ("10", "20")), (LIMIT, "", None),
        (LIMIT, "2", 2),
    ],
)  # fmt: skip
def test_what_may_be_entered(field: Field, entered: object, value: object) -> None:
    read = field.read(entered)
    assert read == value
    assert type(read) is type(value) or isinstance(read, float)


@pytest.mark.parametrize(
    ("field", "entered", "words"),
    [
        (MEMORY, "1 KiB", "memory: 1 KiB is outside 1 MiB … 1 TiB"), (MEMORY, True, "memory: True is no number"),
        (MEMORY, "soup", "memory: “soup” is no quantity here; allowed are for example 4 GiB"),
        (MEMORY, None, "memory: a value is needed"), (MEMORY, float("nan"), "memory: – is outside 1 MiB … 1 TiB"),
        (COUNT, 2.5, "count: 2.5 is no whole number"), (COUNT, 0, "count: 0 is outside 1 … 512"),
        (CHOICE, "SDD", "medium: “SDD” is not one of HDD, SSD, NVMe; did you mean “SSD”?"),
        (CHOICE, 4, "medium: “4” is not one of HDD, SSD, NVMe"), (FLAG, "maybe", "thin: 'maybe' is neither on nor off"),
        (TEXT, 4, "label: 4 is no text"), (END, 4, "end: 4 is no text"), (ENDS, [4], "ends: [4] is no list of texts"),
        (LIMIT, -1, "limit: -1 cores is outside at least 0 cores"),
    ],
)  # fmt: skip
def test_what_may_not_be_entered_is_said(field: Field, entered: object, words: str) -> None:
    with pytest.raises(FieldError) as refused:
        field.read(entered)
    assert str(refused.value).replace(NBSP, " ").startswith(words)
    assert refused.value.field is field


def test_refusals_speak_the_language_in_use() -> None:
    dictionary.use("ja")
    for field, entered in ((MEMORY, "soup"), (COUNT, 0), (CHOICE, "SDD"), (FLAG, "x"), (TEXT, 4), (ENDS, [4])):
        with pytest.raises(FieldError) as refused:
            field.read(entered)
        assert any(ord(sign) > 0x3000 for sign in refused.value.reason)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(1, 2, "1 … 2"), (1, None, "at least 1"), (None, 2, "at most 2"), (None, None, "any number")],
)
def test_ranges_in_words(low: float | None, high: float | None, words: str) -> None:
    assert Field("f", "F", minimum=low, maximum=high).range_text() == words


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [(MEMORY, 2.0**30, "1 GiB"), (FLAG, True, "on"), (FLAG, False, "off"), (ENDS, ("a", "b"), "a, b"),
     (LIMIT, None, "–"),
     (CHOICE, "SSD", "SSD"), (COUNT, 3, "3")],
)  # fmt: skip
def test_values_in_words(field: Field, value: object, words: str) -> None:
    assert field.show(value).replace(NBSP, " ") == words  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_is_shown_can_be_typed_in_again_in_every_language(language: str) -> None:
    dictionary.use(language)
    for field in ALL:
        if isinstance(field.default, (int, float)) and not isinstance(field.default, bool):
            assert field.read(field.show(field.default)) == pytest.approx(field.default, rel=0.005)
    assert Field("cores", "Cores", "integer", unit="core").show(16) == f"16{NBSP}{dictionary.text('cores')}"


@given(st.sampled_from([field for field in ALL if field.type in ("number", "integer")]), st.floats(0, 1))
def test_bounds_hold_for_every_number_field(field: Field, share: float) -> None:
    assert field.minimum is not None
    assert field.maximum is not None
    within = field.minimum + share * (field.maximum - field.minimum)
    entered = round(within) if field.type == "integer" else within
    assert field.read(entered) == entered
    for outside in (field.minimum - 1 - abs(field.minimum), field.maximum * 2 + 1):
        with pytest.raises(FieldError, match="is outside"):
            field.read(round(outside) if field.type == "integer" else outside)


@pytest.mark.parametrize("field", [one for one in ALL if one.unit], ids=lambda one: f"{one.key}-{one.unit}")
def test_bounds_can_be_typed_in(field: Field) -> None:
    for bound in (field.minimum, field.maximum):
        if bound is not None:
            assert field.read(show(bound, field.unit)) == pytest.approx(bound, rel=0.005)


def test_values_show_what_is_set_over_the_defaults() -> None:
    values = Values({"memory": MEMORY, "count": COUNT}, {"count": 7, "strange": 1})
    assert values["count"] == 7
    assert values["memory"] == 4.0 * 2**30
    assert values["strange"] == 1
    assert dict(values) == {"memory": 4.0 * 2**30, "count": 7}
    with pytest.raises(KeyError):
        values["nothing"]


@pytest.mark.parametrize("entered", ["", "52:54:00:12:34:56", "52-54-00-AB-cd-EF", "00:00:00:00:00:00"])
def test_a_mac_address_is_taken(entered: str) -> None:
    assert MAC.read(entered) == entered


@pytest.mark.parametrize("entered", ["zz", "no mac", "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:fb", "52:54:00:12:34", " "])
def test_what_is_no_address_of_one_port_is_refused_with_an_example(entered: str) -> None:
    with pytest.raises(FieldError, match="does not fit; allowed is for example 52:54:00:12:34:56"):
        MAC.read(entered)
