"""Words that join: articles, prepositions, pronouns, numbers, negations, and what they say about their neighbours."""

from __future__ import annotations

# Where one thing is to another; the value is the relation's name.
RELATIONS: dict[str, str] = {
    "behind": "behind",
    "in front of": "in front, before",
    "on": "on, upon, atop, onto, on to",
    "under": "under, beneath, below, underneath",
    "above": "above, over",
    "left of": "to the left",
    "right of": "to the right",
    "beside": (
        "beside, next to, near, close to, alongside, adjacent to, nearby, near to, along, by, against, up against"
    ),
    "between": "between, in between, amid, among, amidst, amongst",
    "in": "in, inside, within, into, throughout",
    "outside": "outside, beyond",
    "at": "at",
    "around": "around, round, all around",
    "through": "through, across, past",
    "with": "with, together with, along with, accompanied by, alongside with",
    "toward": "toward, towards, up to",
    "away from": "away from, off, from",
    "opposite": "opposite, opposite to, across from, facing each other, face to face",
    "of": "of",
    "to": "to",
}
# How one happening stands to another in time.
ORDERS: dict[str, str] = {
    "while": "while, as, whilst, meanwhile, at the same time, during, simultaneously, all the while, in the meantime",
    "then": (
        "then, and then, after that, afterward, afterwards, next, subsequently, followed by, before finally, and "
        "finally, finally, until, till, eventually, later on, after which"
    ),
    "before": "before that, just before, right before",
    "after": "after, once, as soon as, when, whenever, following",
}
# Pronouns by what they can stand for; people's "she" and "he" are `vocabulary.GENDERS`.
PRONOUNS: dict[str, str] = {
    "thing": "it, its, itself",
    "several": "they, them, their, theirs, themselves, each other, one another, both of them, all of them",
    "former": "the former",
    "latter": "the latter",
}
GRAMMAR = (
    "int, ext, interior, exterior, a, an, the, and, or, for, is, are, was, be, that, this, these, those, where, who, "
    "which, whose, whom, up, down, out, there, but, so, if, front, back, left, right, just, only, both, each, all, "
    "some, any, other, another, own, has, have, had, will, can, could, would, should, may, might, must, does, do, "
    "did, let, let's, make, made, get, my, your, our, we, i, you, me, us, like, than, too, also, still, again, one "
    "thing, same, here, being, been, am, were, every, such, what, how, very much, what's, it's, size, s, please, "
    "having, because, since, though, although, unless, whether, either, neither, nor, yet, per, via, as if, as "
    "though, as well as, rather, due to, according to, except, that's, there's, he's, she's, they're, we're, i'm, "
    "you're, who's, seem to, appear to, begin to, start to, continue to, used to, going to, about to, able to, in "
    "order to, so that, such as, about, side, to the left, to the right, from left to right, from right to left, on "
    "the left, on the right, in front, at the front, in the back, on top, at the top, at the bottom, in the middle, "
    "in the center, from side to side, from the left, from the right, in the foreground, in the background, in the "
    "air, in mid air, mid air, midair, in the distance, at once, as it, as they, as he, as she, off to, within it, "
    "from one side to the other, across the frame, left side, right side, left hand, right hand, no longer, not "
    "only, in place, set in, in motion, nothing else, something, something else, anything, everything, one another"
)
COUNTS: dict[str, str] = {
    "1": "one, single, a lone, lone, solo, alone, a single, one single, only one",
    "2": "two, twin",
    "3": "three",
    "4": "four",
    "5": "five",
    "6": "six, half a dozen",
    "7": "seven",
    "8": "eight",
    "9": "nine",
    "10": "ten",
    "12": "twelve, dozen, a dozen",
    "many": (
        "eleven, fifteen, twenty, thirty, forty, fifty, hundred, thousand, million, many, several, few, a few, "
        "numerous, multiple, various, countless, dozens, hundreds, thousands, innumerable, a couple dozen"
    ),
}
DEGREES: dict[str, str] = {
    "1": (
        "more, heavy, a little more, stronger, heavier, bigger, much, very, extremely, harder, really, most, highly, "
        "incredibly, super, ultra, even more, so much, quite, deeply lit, fully lit, even"
    ),
    "-1": (
        "less, lighter, weaker, fewer, softer, not so, a bit, slightly, a little, smaller, somewhat, least, barely "
        "any, hardly any"
    ),
}
ABSENT: dict[str, str] = {
    "no": (
        "no, without, without any, not, doesn't, don't, isn't, aren't, wasn't, weren't, didn't, never, none, not "
        "any, lose the, remove, cut the, kill the, not a, no more, lacking, won't, can't, cannot, without a, without "
        "the, there is no, there are no, never any, hasn't, haven't"
    ),
}
# Negations that carry what is left out in themselves; the value is what "left out" names.
ABSENT_PEOPLE = "nobody, no one, empty, deserted, uninhabited, unpopulated, unoccupied, not a soul, no people at all"
