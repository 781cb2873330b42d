"""Gives Django's engine our templates with what draws them; see `readymade/compiling`."""

from pathlib import Path
from typing import Any

from django.template import loader_tags
from django.template.base import NodeList, Origin, Template, TextNode
from django.template.context import Context
from django.template.engine import Engine
from django.template.loaders import cached
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from youthvoice.readymade.compiling.nodes import Nodes, NotOurs
from youthvoice.readymade.compiling.parts import Part, Write
from youthvoice.readymade.compiling.values import Scope

#: What is said in constants: the language, and where addresses begin.
Key = tuple[object, ...]
_OURS = Path(__file__).resolve().parents[2]


class Loader(cached.Loader):
    """Django's, which looks into each app and keeps a template once it was read."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, ["django.template.loaders.app_directories.Loader"])

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        kept = None if skip else self.get_template_cache.get(template_name)
        if isinstance(kept, Template):
            return kept
        template: Template = super().get_template(template_name, skip)
        if not isinstance(template.nodelist, Made) and _is_known(template, self.engine):
            template.nodelist = Made(template)
        return template


def _is_known(template: Template, engine: Engine) -> bool:
    """Ours, and the small ones with which Django draws the controls of forms."""
    if engine.debug or engine.string_if_invalid or not engine.autoescape:
        return False
    path = Path(template.origin.name)
    return path.is_relative_to(_OURS) or path.match("django/forms/templates/django/forms/*/*")


class Made(NodeList):
    """The nodes of a template, which are drawn by what was made of them."""

    def __init__(self, template: Template) -> None:
        super().__init__(template.nodelist)
        self.contains_nontext = template.nodelist.contains_nontext
        self._template = template
        self._parts: dict[Key, Part | None] = {}

    def render(self, context: Any) -> SafeString:
        is_usual = context.autoescape and context.use_l10n is None and context.use_tz is None
        # A template that Django draws extends this one.
        is_base = loader_tags.BLOCK_CONTEXT_KEY in context.render_context
        context.made_for = (get_language(), get_script_prefix(), get_urlconf())
        part = self.part(context.made_for) if is_usual and not is_base else None
        if part is None:
            return super().render(context)
        written: list[str] = []
        part(context, context.flatten(), written.append)
        return SafeString("".join(written))

    def part(self, key: Key) -> Part | None:
        """What draws it; None where only Django can."""
        try:
            return self._parts[key]
        except KeyError:
            pass
        try:
            made = _made(self._template)
        except NotOurs:
            made = None
        self._parts[key] = made
        return made


def _made(template: Template) -> Part:
    """A template with all that it extends is one row of nodes, its blocks in their places."""
    blocks: dict[str, list[loader_tags.BlockNode]] = {}
    seen = {template.name}
    while extends := _extends(template):
        for name, block in extends.blocks.items():
            blocks.setdefault(name, []).append(block)
        expression: Any = extends.parent_name
        if expression.is_var or expression.filters or expression.var in seen:
            raise NotOurs
        template = template.engine.get_template(str(expression.var))
        seen.add(template.name)
        if not isinstance(template.nodelist, Made):
            raise NotOurs
    return Nodes(_find, blocks).part(template.nodelist)


def _extends(template: Template) -> loader_tags.ExtendsNode | None:
    first = next((node for node in template.nodelist if not isinstance(node, TextNode)), None)
    return first if isinstance(first, loader_tags.ExtendsNode) else None


def _find(context: Any, name: str) -> Part:
    template = context.template.engine.get_template(name)
    if isinstance(template.nodelist, Made):
        part = template.nodelist.part(context.made_for)
        if part is not None:
            return part

    def by_django(context: Context, scope: Scope, write: Write) -> None:
        write(template.render(context.new(scope)))

    return by_django
