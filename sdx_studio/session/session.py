"""The session: what people do to a project, whoever asks for it. Every change is one undoable step."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self, SupportsFloat

from sdx_studio import units
from sdx_studio.document import Act, Document, Edit, EditError, Element, History, Link
from sdx_studio.document.drifting import mistakes
from sdx_studio.document.locks import why_fixed, why_kept
from sdx_studio.document.seating import last_order, take_seat
from sdx_studio.document.waypoints import carried
from sdx_studio.kinds import Field, FieldError, Value, kind
from sdx_studio.kinds.links import BY_KEY, medium_between, why_not
from sdx_studio.session import configuration as texts
from sdx_studio.session.acts import act
from sdx_studio.session.run import Progress, Run, run
from sdx_studio.words import _


class Session:
    """One open project. Ids come out, addresses (`kind:name`, a unique name or an id) go in."""

    def __init__(self, document: Document | None = None, path: Path | None = None) -> None:
        self.document = document or Document()
        self.history = History(self.document)
        self.path = path
        self.notices: tuple[str, ...] = ()

    # files -------------------------------------------------------------------------------------------------------

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open a project, or import a file of any readable format; raises exchange.FileError saying where and why."""
        from sdx_studio import exchange

        opened = exchange.load(Path(path))
        native = Path(path) if Path(path).suffix == ".sdx" else None
        session = cls(opened.document, native)
        session.notices = opened.notices
        return session

    def save(self, path: str | Path | None = None) -> Path:
        """Save to `path`, or where it was opened; atomic, the previous file is kept as .bak."""
        from sdx_studio import exchange

        target = Path(path) if path is not None else self.path
        if target is None:
            raise EditError(_("the project has no file yet; give a path"))
        exchange.write_project(self.document, target)
        self.path = target
        self.history.mark_saved()
        return target

    # editing -----------------------------------------------------------------------------------------------------

    def place(
        self, key: str, *, on: str | None = None, name: str | None = None, x: float = 0.0, y: float = 0.0,
        **fields: object,
    ) -> str:  # fmt: skip
        """Put a new element of kind `key` on the canvas or into `on`; layers in between come by themselves.

        Returns its id. Raises EditError with the reason when it may not sit there, FieldError on a bad value.
        """
        what = kind(key)
        given = self._read(what.by_key, fields)
        with self.history.edit(_("Place {name}", name=_(what.label))) as edit:
            new = Element(edit.new_id("e"), key, name or self.document.new_name(what.prefix), fields=given)
            parent = take_seat(edit, new, None if on is None else self.document.find(on))
            edit.add(new.but(parent=parent, x=x, y=y, order=last_order(self.document, parent) + 1))
        return new.id

    def move(self, address: str, *, to: str | None = None, x: float = 0.0, y: float = 0.0) -> None:
        """Put an element somewhere else: onto the canvas or into another one; raises EditError with the reason."""
        id = self.document.find(address)
        one = self.document.element(id)
        _refuse(why_fixed(self.document, (id,)))
        with self.history.edit(_("Move {name}", name=one.name)) as edit, carried(edit, (id,)):
            parent = take_seat(edit, one, None if to is None else self.document.find(to))
            order = one.order if parent == one.parent else last_order(self.document, parent) + 1
            edit.update(one.but(parent=parent, x=round(x, 2), y=round(y, 2), order=order))

    def connect(self, a: str, b: str, **fields: object) -> str:
        """Plug a cable between two elements; returns the link's id. Raises EditError with the reason."""
        first, second = self.document.find(a), self.document.find(b)
        if first == second:
            raise EditError(_("a cable needs two different ends"))
        kinds = self.document.kind_of(first), self.document.kind_of(second)
        reason = why_not(*kinds)
        if reason is not None:
            raise EditError(reason)
        medium = medium_between(*kinds)
        if medium != BY_KEY["medium"].default:
            fields = {"medium": medium, **fields}
        given = self._read(BY_KEY, fields)
        with self.history.edit(_("Connect {a} and {b}", a=a, b=b)) as edit:
            link = Link(edit.new_id("l"), first, second, fields=given)
            edit.add(link)
        return link.id

    def set(self, address: str, **fields: object) -> None:
        """Set fields of an element or a link; texts may carry units; None puts the default back."""
        id = self.document.find(address)
        with self.history.edit(_("Change {names}", names=", ".join(fields)), merge=None) as edit:
            if id in self.document.links:
                edit.update(self.document.links[id].setting(**self._values(BY_KEY, fields)))
            else:
                known, before = self.document.kind_of(id).by_key, self.document.values(id).get("standard")
                edit.update(self.document.element(id).setting(**self._values(known, fields)))
                if "standard" in fields and before is not None:
                    _follow(edit, self.document, id, before)

    def rename(self, address: str, name: str) -> None:
        """Give an element another name; raises EditError when it is empty."""
        if not name.strip():
            raise EditError(_("a name is needed"))
        one = self.document.element(self.document.find(address))
        with self.history.edit(_("Rename {name}", name=one.name)) as edit:
            edit.update(one.but(name=name.strip()))

    def remove(self, *addresses: str) -> None:
        """Take elements (with what is in them and their cables) or links out."""
        ids = [self.document.find(address) for address in addresses]
        _refuse(why_kept(self.document, ids))
        with self.history.edit(_("Delete {count}", count=len(ids))) as edit:
            edit.remove(*ids)

    def do(self, verb: str, target: str, *, at: float | str = 0.0, **figures: object) -> str:
        """Add a timed act to the scenario (`s.do("migrate", vm, to=b, at="5 s")`); returns its id."""
        id = self.document.find(target)
        when = _moment(at)
        given: dict[str, Value] = {}
        kind = act(verb)
        for key, value in figures.items():
            names = isinstance(value, str) and not kind.allows(key, value)
            given[key] = self.document.find(str(value)) if names else kind.value(key, value)
        with self.history.edit(_("Plan {verb}", verb=verb)) as edit:
            planned = Act(edit.new_id("s"), when, kind.id, id, fields=dict(sorted(given.items())))
            edit.add(planned)
        return planned.id

    # configurations ----------------------------------------------------------------------------------------------

    def configuration(self, address: str) -> str:
        """An element's configuration as text: one `key: value unit` a line, with what each is for."""
        return texts.text_of(self.document, self.document.find(address))

    def configure(self, address: str, text: str) -> tuple[str, ...]:
        """Make an element what `text` says; the keys that changed. Raises ConfigurationError with all mistakes."""
        id = self.document.find(address)
        changes = texts.changes_of(self.document, id, text)
        if changes:
            one = self.document.element(id)
            with self.history.edit(_("Configure {name}", name=one.name)) as edit:
                edit.update(one.setting(**changes.fields).but(name=changes.name or one.name))
        return (*(("name",) if changes.name else ()), *changes.fields)

    def difference(self, a: str, b: str) -> tuple[texts.Line, ...]:
        """The configurations of two elements line by line: same, only in the first (-), only in the second (+)."""
        return texts.difference(self.document, self.document.find(a), self.document.find(b))

    def undo(self) -> str | None:
        """Take the last step back; returns what it was called."""
        return self.history.undo()

    def redo(self) -> str | None:
        """Do again what was taken back."""
        return self.history.redo()

    # running -----------------------------------------------------------------------------------------------------

    def run(self, until: float | str | None = None, seed: int | None = None, progress: Progress | None = None) -> Run:
        """Simulate in this process; `until` defaults to the project's duration."""
        if until is None:
            until = self.document.properties.duration
        return run(self.document, _moment(until), seed, progress)

    # reading values ----------------------------------------------------------------------------------------------

    def _read(self, known: Mapping[str, Field], fields: dict[str, object]) -> dict[str, Value]:
        values = self._values(known, fields)
        return {key: value for key, value in sorted(values.items()) if value is not None}

    def _values(self, known: Mapping[str, Field], fields: dict[str, object]) -> dict[str, Value]:
        return {key: self._value(_field(known, key), entered) for key, entered in fields.items()}

    def _value(self, field: Field, entered: object) -> Value:
        if entered is None:
            return None
        if field.type == "reference" and isinstance(entered, str) and entered:
            return self._pointed(field, entered)
        value = field.read(entered)
        if field.type == "references" and isinstance(value, tuple):
            return tuple(dict.fromkeys(self._pointed(field, one) for one in value))
        return value

    def _pointed(self, field: Field, address: str) -> str:
        """Id of what a reference names; raises EditError for a cable where none can be named."""
        id = self.document.find(address)
        if id in self.document.links and not field.cables:
            raise EditError(_("{field} names elements, and “{value}” is a cable", field=_(field.label), value=address))
        return id


def _follow(edit: Edit, document: Document, id: str, before: tuple[str, ...]) -> None:
    """Members of policy group `id` follow its new standard; EditError when that cannot be read."""
    from sdx_studio.session.policies import follow  # only a project with groups needs them

    wrong = "; ".join(mistakes(document, id, document.values(id)["standard"]))
    _refuse(wrong or None)
    follow(edit, document, id, before)


def _refuse(reason: str | None) -> None:
    """Raise EditError if there is a reason against it."""
    if reason is not None:
        raise EditError(reason)


def _moment(at: float | str) -> float:
    """Simulated seconds; raises EditError for what is no moment of a run."""
    if isinstance(at, str):
        at = units.parse(at, "s")
    if not isinstance(at, SupportsFloat):
        raise EditError(_("{value} is outside 0 s … 10 years", value=at))
    seconds = float(at)
    if not 0 <= seconds <= units.LONGEST:
        raise EditError(_("{value} is outside 0 s … 10 years", value=at))
    return seconds


def _field(known: Mapping[str, Field], key: str) -> Field:
    if key not in known:
        raise EditError(_("no field “{key}”; there are {known}", key=key, known=", ".join(known)))
    return known[key]


__all__ = ["FieldError", "Session"]
