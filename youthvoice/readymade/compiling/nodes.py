"""The nodes of a template as functions that write its parts one after another.

A part is text, or a function of the context, of the names at hand and of where to write. What
Django keeps as a stack of frames is here a dict that each frame copies.
"""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django.template import loader_tags
from django.template.base import (
    Node,
    TextNode,
    Variable,
    VariableDoesNotExist,
    VariableNode,
)
from django.template.context import Context
from django.template.defaulttags import (
    CommentNode,
    CsrfTokenNode,
    ForNode,
    IfNode,
    LoadNode,
    URLNode,
    WithNode,
)
from django.template.library import InclusionNode, SimpleNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from youthvoice.kit.addresses import address
from youthvoice.readymade.compiling.parts import (
    Find,
    Part,
    Write,
    calling,
    framed,
    in_turn,
    keeping,
    shown,
    unpacked,
    values,
)
from youthvoice.readymade.compiling.values import Scope, condition, value_of

#: Drawings that a tag keeps.
_KEPT_MOST = 1000
_BARE: Scope = {"True": True, "False": False, "None": None}


class NotOurs(Exception):
    """A template that only Django can draw."""


class Nodes:
    """Makes the parts of one template. `find` draws others; `blocks` are those of the templates
    that extend this one, by name, the last heir's first."""

    def __init__(self, find: Find, blocks: dict[str, list[loader_tags.BlockNode]]) -> None:
        self._find = find
        self._blocks = blocks
        #: The blocks around the node at hand: name, and how many heirs were left behind.
        self._within: list[tuple[str, int]] = []
        self._makers: dict[type[Node], Callable[[Any], str | Part]] = {
            TextNode: lambda node: str(node.s),
            CommentNode: lambda _node: "",
            LoadNode: lambda _node: "",
            CsrfTokenNode: self._csrf,
            VariableNode: self._variable,
            IfNode: self._if,
            ForNode: self._for,
            WithNode: self._with,
            URLNode: self._url,
            StaticNode: self._static,
            TranslateNode: self._translate,
            BlockTranslateNode: self._block_translate,
            SimpleNode: self._simple,
            InclusionNode: self._inclusion,
            loader_tags.IncludeNode: self._include,
            loader_tags.BlockNode: self._block,
        }

    def part(self, nodes: Iterable[Any]) -> Part:
        """All nodes in turn, text beside text made one."""
        pairs: list[tuple[str, Part]] = []
        text = ""
        for node in nodes:
            made = self._makers.get(type(node), self._unknown)(node)
            if isinstance(made, str):
                text += made
            else:
                pairs.append((text, made))
                text = ""
        return in_turn(pairs, text)

    def _unknown(self, node: Any) -> Part:
        """Drawn by itself. Names that it gives are there afterwards: the frame is this one."""
        if isinstance(node, loader_tags.ExtendsNode):
            raise NotOurs

        def draw(context: Context, scope: Scope, write: Write) -> None:
            write(node.render_annotated(context.new(scope)))

        return draw

    def _csrf(self, node: CsrfTokenNode) -> Part:
        """As the node writes it; without a token it knows what to do."""
        unknown = self._unknown(node)

        def draw(context: Context, scope: Scope, write: Write) -> None:
            token = str(scope.get("csrf_token") or "NOTPROVIDED")
            if token == "NOTPROVIDED":  # noqa: S105 # nosec B105 - Django's word for none
                unknown(context, scope, write)
            else:
                name = "csrfmiddlewaretoken"
                write(f'<input type="hidden" name="{name}" value="{escape(token)}">')

        return draw

    def _variable(self, node: VariableNode) -> str | Part:
        expression = node.filter_expression
        var = expression.var
        if isinstance(var, Variable) and var.lookups and var.lookups[0] == "block":
            if var.lookups != ("block", "super") or expression.filters or not self._within:
                raise NotOurs
            name, behind = self._within[-1]
            return self._heir(str(name), behind + 1)
        get = value_of(expression)

        def draw(context: Context, scope: Scope, write: Write) -> None:
            value = get(scope)
            write(value if type(value) is SafeString else shown(value, context))

        return draw

    def _block(self, node: loader_tags.BlockNode) -> str | Part:
        heirs = self._blocks.setdefault(node.name, [])
        if node not in heirs:
            heirs.append(node)
        return self._heir(node.name, 0)

    def _heir(self, name: str, behind: int) -> str | Part:
        if behind >= len(self._blocks[name]):
            return ""
        self._within.append((name, behind))
        inner = self.part(self._blocks[name][behind].nodelist)
        self._within.pop()
        return framed(inner)

    def _if(self, node: IfNode) -> Part:
        branches = [
            (condition(test) if test is not None else None, self.part(nodes))
            for test, nodes in node.conditions_nodelists
        ]

        def draw(context: Context, scope: Scope, write: Write) -> None:
            for test, part in branches:
                try:
                    found = test is None or test(scope)
                except VariableDoesNotExist:
                    found = None
                if found:
                    part(context, scope, write)
                    return

        return draw

    def _for(self, node: ForNode) -> Part:
        values_of: Any = node.sequence
        sequence = value_of(values_of, missing=None)
        body, empty = self.part(node.nodelist_loop), self.part(node.nodelist_empty)
        names = tuple(node.loopvars)
        alone = names[0] if len(names) == 1 else ""

        def draw(context: Context, scope: Scope, write: Write) -> None:
            found = sequence(scope)
            values = [] if found is None else found
            if not hasattr(values, "__len__"):
                values = list(values)
            many, scope = len(values), dict(scope)
            if many < 1:
                empty(context, scope, write)
                return
            loop = {"parentloop": scope.get("forloop", {}), "length": many}
            scope["forloop"] = loop
            for at, item in enumerate(reversed(values) if node.is_reversed else values):
                loop["counter0"], loop["counter"] = at, at + 1
                loop["revcounter"], loop["revcounter0"] = many - at, many - at - 1
                loop["first"], loop["last"] = at == 0, at == many - 1
                if alone:
                    scope[alone] = item
                    body(context, scope, write)
                else:
                    body(context, scope | unpacked(names, item), write)

        return draw

    def _with(self, node: WithNode) -> Part:
        given, inner = values(node.extra_context), self.part(node.nodelist)

        def draw(context: Context, scope: Scope, write: Write) -> None:
            inner(context, scope | {name: get(scope) for name, get in given}, write)

        return draw

    def _include(self, node: loader_tags.IncludeNode) -> Part:
        name: Any = node.template
        get, given, find = value_of(name), values(node.extra_context), self._find
        isolated, here = node.isolated_context, getattr(node.origin, "template_name", "")
        # A name that stands in the template leads to the same one each time.
        kept: list[Part] = []
        stays = not name.is_var and not name.filters

        def draw(context: Context, scope: Scope, write: Write) -> None:
            inner: Scope = {name: get(scope) for name, get in given} if given else {}
            inner = (_BARE if isolated else scope) | inner
            if kept:
                kept[0](context, inner, write)
                return
            template = get(scope)
            if isinstance(template, str):
                if template.startswith("."):
                    template = loader_tags.construct_relative_path(here, template)
                part = find(context, template)
                if stays:
                    kept.append(part)
                part(context, inner, write)
            else:
                write(node.render(context.new(scope)))

        return draw

    def _inclusion(self, node: InclusionNode) -> Part:
        if node.takes_context or not isinstance(node.filename, str):
            return self._unknown(node)
        call, name, find = calling(node), node.filename, self._find
        kept: dict[object, str] = {}

        def draw(context: Context, scope: Scope, write: Write) -> None:
            given = call(scope)
            inner = _BARE | given
            if key := getattr(given, "key", None):
                # Equal drawings, of which a page has dozens, are drawn once.
                drawn = kept.get(key)
                if drawn is None:
                    written: list[str] = []
                    find(context, name)(context, inner, written.append)
                    if len(kept) >= _KEPT_MOST:
                        kept.clear()
                    drawn = kept[key] = "".join(written)
                write(drawn)
                return
            token = scope.get("csrf_token")
            if token is not None:
                inner["csrf_token"] = token
            find(context, name)(context, inner, write)

        return draw

    def _simple(self, node: SimpleNode) -> Part:
        if node.takes_context:
            return self._unknown(node)
        call, name = calling(node), node.target_var

        def draw(_context: Context, scope: Scope, write: Write) -> None:
            output = call(scope)
            if name is not None:
                scope[name] = output
            else:
                write(conditional_escape(output))

        return draw

    def _static(self, node: StaticNode) -> str | Part:
        if node.varname is not None or node.path.is_var or node.path.filters:
            return self._unknown(node)
        return node.render(Context())

    def _translate(self, node: TranslateNode) -> str | Part:
        var = node.filter_expression.var
        if var.lookups is not None or node.filter_expression.filters or node.message_context:
            return self._unknown(node)
        if not node.asvar:
            return str(node.render(Context()))
        # The node as it is would write into the frame that it is given.
        kept = Context()
        node.render(kept)
        return keeping(node.asvar, kept[node.asvar])

    def _url(self, node: URLNode) -> str | Part:
        if node.kwargs or node.view_name.is_var or node.view_name.filters:
            return self._unknown(node)
        name, given = str(node.view_name.var), [value_of(arg) for arg in node.args]
        keep = node.asvar
        if not given:
            try:
                found = address(name)
            except NoReverseMatch:
                if keep is None:
                    return self._unknown(node)
                found = ""
            return keeping(keep, found) if keep else conditional_escape(found)

        def draw(_context: Context, scope: Scope, write: Write) -> None:
            try:
                found = address(name, *[get(scope) for get in given])
            except NoReverseMatch:
                if keep is None:
                    raise
                found = ""
            if keep:
                scope[keep] = found
            else:
                write(conditional_escape(found))

        return draw

    def _block_translate(self, node: BlockTranslateNode) -> str | Part:
        if node.message_context:
            return self._unknown(node)
        given = values(node.extra_context)
        singular, names = node.render_token_list(node.singular)
        counter, plural = None, ""
        if node.plural and node.countervar and node.counter:
            counter = value_of(node.counter)
            plural, more = node.render_token_list(node.plural)
            names = [*names, *more]
        said = "" if counter else translation.gettext(singular)
        wanted = list(dict.fromkeys(names))

        def draw(context: Context, scope: Scope, write: Write) -> None:
            inner = scope | {name: get(scope) for name, get in given} if given else scope
            words = said
            if counter:
                count = counter(inner)
                if type(count) is not int:
                    write(node.render(context.new(scope)))
                    return
                inner = inner | {str(node.countervar): count}
                words = translation.ngettext(singular, plural, count)
            data: Scope = {}
            for name in wanted:
                value = inner.get(name, "")
                data[name] = value if type(value) is SafeString else shown(value, context)
            try:
                result = words % data
            except (KeyError, ValueError):
                write(node.render(context.new(scope)))
                return
            if node.asvar:
                scope[node.asvar] = SafeString(result)
            else:
                write(result)

        return draw
