"""A template language: tokens by a regular expression, blocks by a parser, filters by a decorator."""

import re
from functools import partial, reduce
from types import SimpleNamespace

FILTERS = {}
TOKEN = re.compile(r"({{.*?}}|{%.*?%}|{#.*?#})", re.DOTALL)


class TemplateError(Exception):
    def __init__(self, message, line):
        super().__init__(f"line {line}: {message}")
        self.line = line


def filter_(function=None, *, name=None):
    if function is None:
        return partial(filter_, name=name)
    FILTERS[name or function.__name__.rstrip("_")] = function
    return function


filter_(str.upper, name="upper")
filter_(len, name="length")


@filter_
def default(value, other=""):
    return value or other


@filter_
def join(values, separator=", "):
    return separator.join(map(str, values))


@filter_(name="escape")
def escape(text):
    return reduce(lambda t, pair: t.replace(*pair), [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")], str(text))


class Scope(dict):
    def __init__(self, values, outer=None):
        super().__init__(values)
        self.outer = outer

    def __missing__(self, name):
        if self.outer is None:
            raise KeyError(name)
        return self.outer[name]


def lookup(scope, path):
    name, *rest = path.split(".")
    try:
        value = scope[name]
        for part in rest:
            value = value[int(part)] if part.isdigit() else value[part] if isinstance(value, dict) else getattr(value, part)
    except (LookupError, AttributeError):
        return ""
    return value() if callable(value) else value


def evaluate(scope, text):
    expression, *filters = re.split(r"\s*\|\s*", text.strip())
    if re.fullmatch(r"-?\d+", expression):
        value = int(expression)
    elif match := re.fullmatch(r"""(['"])(.*)\1""", expression):
        value = match[2]
    else:
        value = lookup(scope, expression)
    for call in filters:
        name, _, argument = call.partition(":")
        value = FILTERS[name](value, *([evaluate(scope, argument)] if argument else []))
    return value


class Template:
    def __init__(self, text):
        self.parts, line = [], 1
        for number, part in enumerate(TOKEN.split(text)):
            self.parts.append((part, line, number % 2 == 1))
            line += part.count("\n")
        self.at = 0
        self.tree = self.block()

    def block(self, *ends):
        nodes, start = [], self.parts[self.at - 1][1] if self.at else 1
        while self.at < len(self.parts):
            part, line, is_tag = self.parts[self.at]
            self.at += 1
            if not is_tag:
                nodes.append(lambda scope, part=part: part)
                continue
            inner = part[2:-2].strip()
            match part[1], inner.split():
                case "{", _:
                    nodes.append(lambda scope, inner=inner, line=line: self.shown(scope, inner, line))
                case "#", _:
                    pass
                case "%", [word, *_] if word in ends:
                    self.ended = word
                    return nodes
                case "%", ["if", *condition]:
                    then, other = self.block("else", "endif"), []
                    if self.ended == "else":
                        other = self.block("endif")
                    nodes.append(partial(self.choose, " ".join(condition), then, other))
                case "%", ["for", name, "in", *source]:
                    nodes.append(partial(self.repeat, name, " ".join(source), self.block("endfor")))
                case "%", ["set", name, "=", *value]:
                    nodes.append(lambda scope, name=name, value=" ".join(value): scope.__setitem__(name, evaluate(scope, value)) or "")
                case _, words:
                    raise TemplateError(f"unknown tag {' '.join(words) or part!r}", line)
        if ends:
            raise TemplateError(f"{' or '.join(ends)} is missing", start)
        return nodes

    def shown(self, scope, text, line):
        try:
            return str(evaluate(scope, text))
        except KeyError as error:
            raise TemplateError(f"no filter {error}", line) from error
        except TypeError as error:
            raise TemplateError(str(error), line) from None

    def choose(self, condition, then, other, scope):
        negated = condition.startswith("not ")
        chosen = bool(evaluate(scope, condition.removeprefix("not "))) != negated
        return self.render_all(then if chosen else other, scope)

    def repeat(self, name, source, body, scope):
        items = list(evaluate(scope, source))
        return "".join(self.render_all(body, Scope({name: item, "loop": SimpleNamespace(index=n, last=n == len(items))}, scope)) for n, item in enumerate(items, 1))

    @staticmethod
    def render_all(nodes, scope):
        return "".join(node(scope) for node in nodes)

    def render(self, **names):
        return self.render_all(self.tree, Scope(names))


PAGE = """\
{# a comment
   of two lines #}{% set title = 'People & places' %}<h1>{{ title | escape | upper }}</h1>
{% for person in people %}{{ loop.index }}. {{ person.name }}{% if person.tags %} [{{ person.tags | join:'/' }}]{% else %} -{% endif %}{% if not loop.last %};
{% endif %}{% endfor %}
{{ missing | default:'nobody' }} {{ people.1.name.upper }} {{ people | length }} {{ nested.a.0 }} {{ -5 }}"""

print(Template(PAGE).render(people=[{"name": "Ann", "tags": ["a", 1]}, {"name": "Bob", "tags": []}], nested=SimpleNamespace(a=["<x>"])))
for text in ["{{ x | nothing }}", "a\n{% for x in y %}", "\n\n{% jump %}", "{% if x %}a{% else %}b", "{{ x | length }}", "{%%}", "no tags", "{{ x", ""]:
    try:
        print(repr(Template(text).render(x=5, y=[])))
    except TemplateError as error:
        print(type(error).__name__, error, error.line, type(error.__cause__).__name__)
print(sorted(FILTERS), FILTERS["default"].__name__)
