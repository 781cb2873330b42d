"""A guess written plainly, loop by loop: what the quick way must agree with."""

import math
from collections import Counter
from operator import add

from youthvoice.routing.features import HINT, RULE, TITLE, runs, stands_at, times
from youthvoice.routing.linear import WORDS_TOLD, Guess, confidence
from youthvoice.routing.rules import WORDS

_WORD_LONGEST = 8


def guess(model, asked):
    features = vector(model, asked)
    scores = list(model.bias)
    for name, value in features.items():
        if name in model.weights:
            for k in range(len(scores)):
                scores[k] += value * model.weights[name][k]
    best = max(range(len(scores)), key=scores.__getitem__)
    words = explain(model, asked, features, best)
    return Guess(model.codes[best], confidence(scores, model.sharpness), words)


def vector(model, asked):
    rules = rule_scores(model.target, asked)
    length = math.sqrt(sum(score * score for score in rules.values())) or 1.0
    found = {RULE + code: 0.5 * score / length for code, score in rules.items()}
    found |= {HINT + hint: 0.5 for hint in asked.hints}
    for mark, text in (("", f"{asked.title}\n{asked.text}"), (TITLE, asked.title)):
        counts = Counter()
        for run in runs(text):
            counts.update(run)
            counts.update(map(add, run, run[1:]))
        block = {
            mark + gram: (1 + math.log(min(n, 500))) * model.rarity[mark + gram]
            for gram, n in counts.items()
            if mark + gram in model.rarity
        }
        length = math.sqrt(sum(value * value for value in block.values()))
        found |= {name: value / length for name, value in block.items()}
    return found


def rule_scores(target, asked):
    title, text = asked.title, asked.text
    begins = {*title, *text, *map(add, title, title[1:]), *map(add, text, text[1:])}
    scores = {}
    for word, codes in WORDS.get(target, {}).items():
        if word[:2] not in begins:
            continue
        count = min(times(word, text), 500)
        weight = (1 + math.log(count) if count else 0) + 3.0 * bool(times(word, title))
        if weight:
            for code in codes:
                share = (len(word) - 0.5) ** 0.7 / len(codes)
                scores[code] = scores.get(code, 0.0) + weight * share
    return scores


def explain(model, asked, features, best):
    spoken = WORDS.get(model.target, {})
    known = model.words | spoken.keys()
    title = asked.title.lower()

    def push(names):
        total = 0.0
        for name in names:
            weights = model.weights.get(name)
            if weights is not None and name in features:
                total += features[name] * (weights[best] - sum(weights) / len(weights))
        return total

    found = {}
    for word in set(words_in(f"{title}\n{asked.text.lower()}", known)):
        parts = {*word, *map(add, word, word[1:])}
        found[word] = push(parts)
        if times(word, title):
            found[word] += push([TITLE + part for part in parts])
        if model.codes[best] in spoken.get(word, ()):
            found[word] += push([RULE + model.codes[best]])
    strongest = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(word for word, strength in strongest[:WORDS_TOLD] if strength > 0)


def words_in(text, known):
    found, at = [], 0
    while at < len(text):
        for size in range(_WORD_LONGEST, 1, -1):
            word = text[at : at + size]
            if len(word) == size and word in known and stands_at(word, text, at):
                found.append(word)
                at += size - 1
                break
        at += 1
    return found
