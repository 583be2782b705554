"""Words that join: articles, prepositions, pronouns, numbers, negations, and what they say about their neighbours."""

from __future__ import annotations

# Where one thing is to another; the value is the relation's name.
RELATIONS: dict[str, str] = {
    "behind": "behind, in back of, at the back of, in the rear of, to the behind of",
    "in front of": "in front of, in the front of, before, ahead of, at the front of, to the front of",
    "on": "on, upon, on top of, atop, onto, on to, at the top of, on the top of, on the surface of, over the top of",
    "under": "under, beneath, below, underneath, at the bottom of, on the bottom of, at the foot of, to the below of",
    "above": "above, over, overhead of, to the above of",
    "left of": (
        "to the left of, on the left of, left of, on the left side of, to the left side of, at the left of, in the "
        "left of"
    ),
    "right of": (
        "to the right of, on the right of, right of, on the right side of, to the right side of, at the right of, in "
        "the right of"
    ),
    "beside": (
        "beside, next to, near, close to, by the side of, alongside, adjacent to, near to, at the edge of, along, "
        "by, along the edge of, against, up against"
    ),
    "between": "between, in between, amid, among, amidst, amongst",
    "in": (
        "in, inside, within, inside of, in the middle of, in the center of, in the centre of, into, in the midst of, "
        "at the center of, at the centre of, in the heart of, throughout"
    ),
    "outside": "outside, outside of, out of, beyond",
    "at": "at",
    "around": "around, all around",
    "through": "through, across, past",
    "with": "with, together with, along with, accompanied by, alongside with",
    "toward": "toward, towards, up to, in the direction of",
    "away from": "away from, off, from",
    "opposite": "opposite, opposite to, across from, facing each other, face to face",
    "of": "of",
    "to": "to",
}
# How one happening stands to another in time.
ORDERS: dict[str, str] = {
    "while": "while, as, whilst, at the same time, during, simultaneously, all the while, in the meantime",
    "then": (
        "then, and then, after that, afterward, afterwards, subsequently, followed by, and finally, until, till, "
        "later on, after which"
    ),
    "before": "before that, just before, right before",
    "after": "after, as soon as, when, whenever",
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
    "thing, same, here, being, been, am, were, every, such, what, how, very much, what's, it's, s, please, having, "
    "because, since, though, although, unless, whether, either, neither, nor, yet, per, via, kind of, sort of, type "
    "of, piece of, bit of, lot of, as if, as though, as well as, rather, instead of, because of, due to, according "
    "to, except, that's, there's, he's, she's, they're, we're, i'm, you're, who's, about to, in order to, so that, "
    "about, one of, part of, to the left, to the right, from left to right, from right to left, on the left, on the "
    "right, in front, at the front, in the back, on top, at the top, at the bottom, in the middle, in the center, "
    "from side to side, from the left, from the right, in the foreground, in the background, in the air, in mid air, "
    "mid air, midair, in the distance, at once, off to, from one side to the other, across the frame, left side, "
    "right side, left hand, right hand, no longer, not only, not just, not merely, wasn't just, isn't just, aren't "
    "just, doing, in place, in motion, nothing else, something, something else, anything, everything, full of, a "
    "kind of, a sense of, sense of, in the form of, in the shape of, by means of, on the left side, on the right "
    "side, each of, all of, most of, some of, in the end, in addition, for example, in response to, with each"
)
COUNTS: dict[str, str] = {
    "1": "one, single, a lone, lone, solo, alone, a single, one single, only one",
    "2": "two, pair of, a pair of, a couple of, couple of, duo of, twin",
    "3": "three, trio of, a trio of",
    "4": "four, quartet of",
    "5": "five",
    "6": "six, half a dozen",
    "7": "seven",
    "8": "eight",
    "9": "nine",
    "10": "ten",
    "12": "twelve, dozen, a dozen",
    "many": (
        "eleven, fifteen, twenty, thirty, forty, fifty, hundred, thousand, million, many, several, few, a few, "
        "dozens of, hundreds of, thousands of, millions of, numerous, multiple, various, countless, plenty of, lots "
        "of, a lot of, a number of, an array of, a group of, group of, a crowd of, crowd of, a flock of, flock of, a "
        "herd of, herd of, a pack of, pack of, a swarm of, swarm of, a school of, a series of, a bunch of, bunch of, "
        "a cluster of, row of, rows of, a row of, a team of, team of, a handful of, a variety of, a pile of, pile "
        "of, a stack of, stack of, a collection of, dozens, hundreds, thousands, innumerable, tons of, scores of"
    ),
}
DEGREES: dict[str, str] = {
    "1": (
        "more, heavy, a little more, stronger, heavier, bigger, much, very, extremely, harder, really, most, highly, "
        "incredibly, super, ultra, even more, so much, quite, even"
    ),
    "-1": "less, lighter, weaker, fewer, softer, not so, a bit, slightly, a little, smaller, somewhat, least",
}
ABSENT: dict[str, str] = {
    "no": (
        "no, without, without any, not, doesn't, don't, isn't, aren't, wasn't, weren't, didn't, never, none, not "
        "any, lose the, remove the, cut the, kill the, free of, devoid of, not a, no more, lacking, won't, can't, "
        "cannot, without a, without the, empty of, void of, there is no, there are no, no sign of, never any, "
        "hasn't, haven't, remove"
    ),
}
# Negations that carry what is left out in themselves.
ABSENT_PEOPLE = "nobody, no one, empty, deserted, uninhabited, unpopulated, unoccupied, not a soul, no people at all"
