"""What people, animals and things do, known by sense but not performed yet.

What is performed is `vocabulary.VERBS`, and comes first. A table maps a kind of action to groups, the first verb of a
group being its value.
"""

from __future__ import annotations

DEEDS: dict[str, str] = {
    "motion": (
        "jump, leap, hop, skip, spring up, pounce, bounce, vault, bound; fall, tumble, topple, plummet, plunge, "
        "collapse, crumble, trip, slip, stumble, plop; climb, ascend, scale, clamber, mount; descend, go down, climb "
        "down, dismount; swim, paddle, dive, snorkel, wade; fly, soar, glide through the air, flutter, flap, take "
        "off, land, swoop, fly away; crawl, slither, wriggle, squirm, hop along; move, shift, travel, go, pass, "
        "proceed, advance, progress, continue, migrate, journey, venture, head for; return, come back, retreat, "
        "recede; follow, trail, track down, tail, pursue; escape, flee from, evade, dodge, avoid; gather, assemble, "
        "meet, join, unite, merge, converge, combine, fuse; separate, split, part, disperse, scatter, spread, "
        "expand, stretch, extend, widen; surround, encircle, enclose, envelop, engulf, wrap, blanket, cover, shroud, "
        "line; roll, revolve, circle, orbit, twist, turn round, flip, somersault; swing, sway, rock, wobble, dangle, "
        "hang down; shake, tremble, shiver, vibrate, quiver, rumble; ski; surf; skate, ice skate, rollerblade; "
        "skateboard; snowboard; cycle, bike, pedal; sail, row, float, drift, bob, canoe, kayak; hike, trek, trot, "
        "gallop, canter; race, compete, overtake, outrun, chase after, catch up; leave, depart, arrive, reach, "
        "emerge, appear, come out, show up; disappear, vanish, fade, dissolve, dissipate, evaporate; bend, fold, "
        "curl, bow down, lean, duck, stoop, squat; straighten; stop moving; balance; crash, collide, bump, hit the "
        "ground, smash; teleport; launch, lift off, orbit the earth; lap against, lap, flow, pour, stream, run down, "
        "trickle, drip, leak, ooze, gush, cascade, spill, splash, spray out, ripple, crash onto; weave, meander, "
        "wind; rush, dart, bolt, whiz; sink, submerge, drown; rise, go up; graze, roam, prowl; dash away; step back; "
        "parachute, skydive, bungee jump; march; stack, pile, heap; strut, tiptoe, limp; stray; approach"
    ),
    "work of hands": (
        "throw, toss, fling, hurl, cast, pitch; catch, snatch, grab hold, capture, seize; put, set, insert, load, "
        "unload, attach, fix to; give, hand, hand over, offer, pass on, deliver, receive, accept; take, get, obtain, "
        "acquire, fetch, bring; hit, strike, knock, beat, bang, slap, smack, pound, flick; kick; punch; cut, slice, "
        "chop, carve, trim, shave, snip, saw off; dig, plow, shovel; build, construct, make, create, craft, produce, "
        "form, shape, forge, invent, design; break, shatter, crack, snap, destroy, demolish, crush, squash, squeeze, "
        "tear, rip; fix, repair, mend, restore, adjust; cook, bake, fry, boil, roast, prepare; stir, mix, blend, "
        "knead, shake up; eat, bite, chew, devour, munch, nibble, swallow, lick, taste, consume, dine, feed on; "
        "drink, sip, gulp, slurp; pour out, fill, refill, empty out, pour into; wash, clean, scrub, wipe, rinse, "
        "sweep, dust off, polish, tidy, tidy up, bathe, lather; dry, dry off; write, scribble, sign, note down, "
        "record; draw, doodle; paint, color in; type; play, play music, strum, pluck; play a game, shuffle, score, "
        "win, lose, defeat, serve; sew, knit, stitch, embroider, crochet; tie, bind, fasten, untie; wear, dress, put "
        "on, take off, undress, button up, adorn, decorate; iron, fold clothes; comb, groom; hold hands; plant, "
        "water, harvest, pick fruit; pet, pat, tickle, cuddle, hug, embrace, kiss, massage; drag, tug, haul, tow, "
        "extract; dip, soak, immerse, drop into; light, ignite, set fire, kindle, strike a match; extinguish, blow "
        "out, blow; turn on, switch on, activate, start, turn off, switch off, deactivate; rub, scratch, scrape, dig "
        "into; wrap up, pack, unpack; count, measure, weigh; juggle; aim, shoot, fire, load a gun; stab, slash, "
        "attack, fight, wrestle, box, spar, duel, battle; kill, hunt, slay; defend, guard, block, protect; rob, "
        "steal; use, handle, operate, control, apply; arrange, organize, sort, align; press, click, scroll, swipe, "
        "dial; exercise, work out, train, stretch out, do yoga, lift weights, bench press, practice; climb a rope; "
        "hide, bury, conceal; search, look for, seek, explore, discover; save, rescue, help, assist, heal, cure; "
        "collect, gather up, accumulate; open; change clothes; milk; sharpen, file; bandage; hurl away; point; "
        "suspend; peel; stick, glue; spread butter, smear; display, show, exhibit; photograph, shoot video"
    ),
    "speech": (
        "discuss, debate, argue, converse, negotiate, gossip; answer, reply, respond, ask for; call, phone, call "
        "out; name; promise, swear, vow; warn, threaten; order, command; beg, plead, pray; teach, instruct, lecture; "
        "learn; read aloud, recite; translate, decipher, solve; joke; cheer, applaud; bark, meow, howl, growl, "
        "chirp, tweet, hiss, purr, neigh, moo, quack; hum, whistle; thank, apologize; invite, summon; lie to; "
        "interview; agree, refuse, deny, reject; confess, expose; mention, describe; celebrate; curse"
    ),
    "mind or feeling": (
        "think, ponder, contemplate, consider, meditate, reflect on; know, understand, realize, realise, recognize; "
        "remember, recall, forget; decide, choose, select, determine; want, wish, hope, need, desire, long for; try, "
        "attempt, struggle, manage, endeavor; love, like, enjoy, cherish, admire, adore; hate, despise; fear, worry, "
        "panic; believe, trust, doubt; dream, imagine, sleep, nap, doze, snooze; wake, wake up, awaken, awake; "
        "relax, rest, unwind; suffer, hurt, bleed; hear, listen; concentrate, focus on; live, exist, survive, die, "
        "perish; be born, hatch, give birth; laugh; blink, wink, squint; yawn, sneeze, cough; blush; gasp, pant; "
        "seem, look like, appear to; belong, own, possess, have; allow, let, cause, force; keep, maintain; lead, "
        "guide; obey; win over; experience, encounter, undergo, endure; plan, intend; pretend, disguise; become, "
        "turn into, grow into; begin, finish, end, complete, cease; wait for; happen, occur; befriend, marry, date; "
        "gain, earn; sell, buy, shop, pay, trade, exchange; travel; work, labor; rule, reign, conquer, invade; "
        "explore; betray; succeed, fail; support, bear, contain, consist; stand out; deal; set out; set off, embark; "
        "notice; watch over; inspect; attract"
    ),
    "change": (
        "change, transform, morph, turn to, convert, evolve, mutate, shapeshift; grow, sprout, bloom, blossom, "
        "wither, wilt, age, develop; melt, thaw, freeze over, solidify, crystallize; burn, scorch, smolder, char; "
        "explode, burst, erupt, detonate, pop; rot, decay, rust, corrode, erode, oxidize; inflate, deflate, swell, "
        "shrink, compress, contract, deform; heat, cool down, chill; brighten, light up, illuminate, intensify, "
        "weaken, reduce, lessen, increase, decrease, deepen, improve; glow, twinkle, glisten, glitter, radiate, "
        "emit, flash; blur; dry up; rain down, storm; bubble, fizz, foam up; crystal; fill up; cast a shadow; "
        "contrast, harmonize; echo, resonate; reveal itself; float up; surface; drain; absorb; react; create; "
        "feature, showcase, depict, include, represent, illustrate; stretch across, span, rise above, stand tall, "
        "loom, tower; crack open; nestle; drop; settle; fade away"
    ),
}
# Done by nobody yet, and shown as something near that is: the performed action, and what it stands in for.
NEAREST_DEEDS: dict[str, str] = {
    "run": "scurry, scamper, bolt away, race down, charge at, rush forward",
    "walk": "tiptoe, trudge, saunter, hike, trek, limp, strut, shuffle along, roam, stagger, patrol",
    "sit": "kneel, crouch, lie, lie down, squat down, recline, lounge, lay down",
    "look": "admire, contemplate, survey, scan, spy, peek, gawk, examine closely, behold, witness",
    "talk": "chatter, converse, discuss, debate, argue, gossip, chant, preach, lecture, recite, interview",
    "lift": "collect, retrieve, hoist up, scoop, scoop up, hold onto, clutch, grip",
    "touch": "pet, pat, tap, poke, rub, massage",
    "drive": "steer, chauffeur, commute",
    "dance": "waltz, tango, breakdance, twerk, boogie, do the hula",
}
