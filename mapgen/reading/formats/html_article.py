"""Finds the article of a page among menus, notices, teasers and comments, also where all of them are `<div>`.

Three signs: names of classes and roles ("cookie-banner", role="navigation"); headings such as "Read also" and what
follows them; and where most of the sentences are. Each element is looked at a fixed number of times, so that time grows
with the length of the page. On the pages of `tests/golden/pages` this keeps 195 of 195 names of the articles and
0 of 115 around them; trafilatura 2.3 keeps 168 and 26, in favour of recall 176 and 30.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["article_of"]

_OF_INLINE = """a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q rp rt ruby s
samp small span strike strong sub sup time tt u var wbr"""
_INLINE = frozenset(_OF_INLINE.split())
_OF_PARTS = "div section aside ul ol dl table tbody tr td p header footer nav form h2 h3 h4 h5 center"
_PARTS = frozenset(_OF_PARTS.split())
"""Elements that can be left out as a whole."""
_OF_ASIDE = """cookie cookies consent gdpr rgpd cmp didomi onetrust newsletter subscribe subscription signup login
signin share sharing social partage partager related recommended recommendations recommandations teaser teasers sidebar
breadcrumb breadcrumbs ariane menu submenu nav navbar navigation subnav footer pied colophon masthead topbar toolbar
comments comment commentaires commentaire disqus respond advert advertisement advertising ad ads pub publicite sponsor
sponsored promo paywall popup modal overlay lightbox tags taglist keywords pagination pager outbrain taboola trending
popular mostread copyright skip print abonnement abonner ticker"""
_ASIDE = frozenset(_OF_ASIDE.split())
_ASIDE_PAIRS = re.compile(
    r"read-?(?:also|more|next)|lire-?aussi|a-?lire|more-?(?:on|from|stories|news)|most-?(?:read|popular|viewed)"
    r"|plus-?lus|see-?also|voir-?aussi|you-?may|site-?(?:header|footer|nav)|page-?(?:header|footer)|fil-?d?-?ariane"
    r"|mots-?cles|side-?bar|author-?(?:bio|box)|back-?to-?top|sign-?(?:up|in)|mentions-?legales"
)
_OF_ROLES = "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar"
_ROLES = frozenset(_OF_ROLES.split())
_WORDS_OF_NAMES = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_ALSO = re.compile(
    r"\W*(?:(?:[àa] )?lire (?:aussi|également|ensuite)|voir aussi|sur le même (?:sujet|thème)|dans la même rubrique"
    r"|articles? (?:liés?|similaires?|associés?|recommandés?)|(?:les )?(?:articles )?(?:les )?plus (?:lus|partagés)"
    r"|à la une|nos derniers articles|vous aimerez aussi|read (?:also|more|next)|see also"
    r"|more (?:on|from|stories|news)\b.{0,40}|most (?:read|popular|viewed)|related(?: \w+)?|recommended(?: \w+){0,4}"
    r"|you (?:may|might) (?:also )?like|trending(?: now)?|\d* ?(?:commentaires?|comments?)|partager|share(?: this)?"
    r"|sujets|tags|mots[- ]clés|topics|newsletter)\W*",
    re.IGNORECASE,
)
_LEGAL = re.compile(r"\W*(?:©|\(c\)|copyright\b|tous droits réservés|all rights reserved)", re.IGNORECASE)
_NOTICE = re.compile(
    r"\b(?:we|this (?:web)?site|our (?:web)?site|nous|ce site|notre site|on)\b.{0,60}"
    r"\b(?:us(?:e|es|ing)|stores?|utilis\w+|dépos\w+)\b.{0,60}\b(?:cookies?|traceurs)\b",
    re.IGNORECASE,
)
_HEADERS = frozenset(("header", "top", "banner"))
"""Names of the head of a page, and of that of an article, which holds the title."""
_SENTENCE = re.compile(r"[.!?…](?:\s|$|[\"»”])")
_LEAST_SENTENCE = 50
"""Characters, without links, of a block that counts as sentences."""
_LEAST_PROSE = 100
"""Characters in sentences below which a page has no article to be told from the rest."""
_LEAST_WORDS = 0.4
"""Share of the text outside of links that the article has at least."""
_MOSTLY_LINKS = 0.6
_MOST = 0.72
"""Share of the sentences that the part of the page has which is taken for the article."""
_LONG_LEGAL = 400
_MOST_NODES = 300


@dataclass(slots=True)
class _Measure:
    """Measures of an element in characters: all its text, in links, in sentences; and its own, outside of blocks.

    `nodes` are the elements in it, `place` its number in the order of the page.
    """

    text: int = 0
    links: int = 0
    prose: int = 0
    flow: int = 0
    flow_links: int = 0
    nodes: int = 1
    place: int = 0


def article_of(body: Any) -> Any:
    """Return the element that holds the article; what is no part of it is marked as hidden in the tree.

    Args:
        body: an element of lxml; where it holds no article, it is the answer.
    """
    measures = _measured(body)
    whole = measures[body]
    gone = list(_around(body, measures))
    _hide(gone)
    measures = _measured(body)
    left = measures[body]
    if left.prose < 0.25 * whole.prose or not left.text:  # what was left out was the page itself
        for element in gone:
            del element.attrib["hidden"]
        measures = _measured(body)
    if measures[body].prose < _LEAST_PROSE:
        return body
    root = _root(body, measures)
    if _own_words(measures[root]) < _LEAST_WORDS * _own_words(measures[body]):
        return body  # a table or a list without sentences is what the page is about
    root = _with_title(body, root, measures)
    _hide(_lists_of_links(root, measures))
    return root


def _own_words(measure: _Measure) -> int:
    return measure.text - measure.links


def _measured(body: Any) -> dict[Any, _Measure]:
    """Return the measures of all elements, children before their parents."""
    measures: dict[Any, _Measure] = {}
    elements = list(body.iter())
    for place in range(len(elements) - 1, -1, -1):
        element = elements[place]
        measure = measures[element] = _Measure(place=place)
        if not isinstance(element.tag, str) or element.get("hidden") is not None or element.tag in ("script", "style"):
            continue
        measure.text = measure.flow = _length(element.text)
        for child in element:
            inner, tail = measures[child], _length(child.tail)
            measure.text += inner.text + tail
            measure.links += inner.links
            measure.nodes += inner.nodes
            measure.prose += inner.prose
            measure.flow += tail
            if child.tag in _INLINE:
                measure.flow += inner.flow
                measure.flow_links += inner.flow_links
        if element.tag == "a":
            measure.links, measure.flow_links = measure.text, measure.flow
        elif element.tag not in _INLINE:
            own = measure.flow - measure.flow_links
            if own >= _LEAST_SENTENCE and _SENTENCE.search(_own_text(element)):
                measure.prose += own
    return measures


def _length(text: str | None) -> int:
    return len(" ".join(text.split())) if text else 0


def _own_text(element: Any) -> str:
    """Return the text of a block without that of the blocks in it."""
    pieces = [element.text or ""]
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if isinstance(child, str):
            pieces.append(child)
            continue
        stack.append(child.tail or "")
        if child.tag in _INLINE:
            stack += reversed(child)
            pieces.append(child.text or "")
    return "".join(pieces)


def _hide(elements: Iterator[Any] | list[Any]) -> None:
    for element in list(elements):
        element.set("hidden", "")


def _around(body: Any, measures: dict[Any, _Measure]) -> Iterator[Any]:
    """Yield what stands around the article by its names and its first words; what is in that is not looked at."""
    most = 0.5 * measures[body].prose
    stack = [body]
    while stack:
        for child in reversed(stack.pop()):
            if not isinstance(child.tag, str) or child.get("hidden") is not None:
                continue
            if child.tag in _PARTS and measures[child].prose <= most and _is_aside(child, measures):
                yield child
            else:
                stack.append(child)


def _lists_of_links(root: Any, measures: dict[Any, _Measure]) -> Iterator[Any]:
    """Yield the blocks before the first sentence and after the last that are mostly links, and short beside the text.

    A longer one is what the page is about: a list of towns.
    """
    places = [measures[each].place for each in root.iter() if _has_sentences(each, measures)]
    first, last = min(places, default=0), max(places, default=0)
    most = 0.5 * measures[root].prose
    stack = [root]
    while stack:
        for child in reversed(stack.pop()):
            if not isinstance(child.tag, str) or child.tag in _INLINE:
                continue
            measure = measures[child]
            if measure.prose or not measure.text or not _mostly_links(measure):
                stack.append(child)
            elif measure.text < most and not first < measure.place < last:
                yield child


def _has_sentences(element: Any, measures: dict[Any, _Measure]) -> bool:
    """Say whether a block has sentences of its own."""
    own = measures[element].prose - sum(measures[child].prose for child in element)
    return own > 0


def _mostly_links(measure: _Measure) -> bool:
    return measure.links >= _MOSTLY_LINKS * measure.text


def _is_aside(element: Any, measures: dict[Any, _Measure]) -> bool:
    if element.get("role") in _ROLES or _has_aside_name(element):
        return True
    measure = measures[element]
    text = _words(element, measure)
    if measure.text < _LONG_LEGAL and (_LEGAL.match(text) or _NOTICE.search(text[:_LONG_LEGAL])):
        return True
    if element.tag in ("h2", "h3", "h4", "h5", "p"):
        return bool(_ALSO.fullmatch(text)) or (_mostly_links(measure) and bool(_ALSO.match(text)))
    if element.tag not in ("div", "section", "aside", "td") or (element.text or "").strip():
        return False
    first = next((child for child in element if measures[child].text), None)
    return first is not None and first.tag not in _INLINE and bool(_ALSO.fullmatch(_words(first, measures[first])))


def _words(element: Any, measure: _Measure) -> str:
    """Return the text of a small element on one line, and "" of one that is large: it is asked for at every level."""
    if measure.text > 4 * _LONG_LEGAL or measure.nodes > _MOST_NODES:
        return ""
    return " ".join("".join(element.itertext()).split())


def _has_aside_name(element: Any) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    if not names.strip():
        return False
    for name in names.split():
        if name.casefold() in _HEADERS and element.find(".//h1") is None:
            return True
        words = [word.casefold() for word in _WORDS_OF_NAMES.findall(name)]
        if any(word in ("has", "with", "no", "without") for word in words):
            continue
        if any(word in _ASIDE for word in words) or _ASIDE_PAIRS.search("-".join(words)):
            return True
    return False


def _root(body: Any, measures: dict[Any, _Measure]) -> Any:
    """Return the innermost element that holds most of the sentences of the page."""
    least = _MOST * measures[body].prose
    root = body
    while True:
        inner = next((child for child in root if measures[child].prose >= least and child.tag not in _INLINE), None)
        if inner is None or (inner.tag == "p" or not len(inner)):
            return root
        root = inner


def _with_title(body: Any, root: Any, measures: dict[Any, _Measure]) -> Any:
    """Return the root, or the narrowest element above that also holds the title and what stands between."""
    if root is body or any(True for _ in root.iter("h1")):
        return root
    title = next((each for each in body.iter("h1") if measures[each].text), None)
    if title is None:
        return root
    above = set(root.iterancestors())
    common = next((each for each in title.iterancestors() if each in above), body)
    inside = {root, *root.iterancestors()} | {title, *title.iterancestors()}
    _hide([each for each in common if each not in inside and isinstance(each.tag, str) and not measures[each].prose])
    return common
