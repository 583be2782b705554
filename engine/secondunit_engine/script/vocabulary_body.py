"""Bodies and people: parts of a body, groups of people and roles that are known but not cast, and named persons."""

from __future__ import annotations

# Seen where their owner is seen.
BODY = (
    "nail, face, cheek, forehead, chin, jaw, brow, eye, gaze, pupil, eyelid, eyelash, iris, eyebrow, nose, mouth, "
    "lip, tooth, tongue, ear, earlobe, hair, hairline, curl, bangs, beard, mustache, moustache, goatee, head, neck, "
    "throat, shoulder, arm, elbow, forearm, wrist, hand, palm, fist, knuckle, finger, thumb, fingertip, fingernail, "
    "chest, breast, torso, belly, stomach, waist, abdomen, back, spine, hip, leg, thigh, calf, shin, knee, ankle, "
    "foot, barefoot, toe, heel, skin, complexion, wrinkle, freckle, scar, tattoo, body, physique, blood, bloodstain, "
    "tear, teardrop, sweat, muscle, heart, brain, smile, expression, facial expression, breath, limb, lap, wound, "
    "injury, vein, artery, lung, voice, vertebra"
)
ANIMAL_BODY = (
    "tail, paw, wing, fur, mane, feather, claw, talon, hoof, horn, antler, tusk, beak, bill, snout, trunk, muzzle, "
    "whisker, fin, flipper, scale, fang, tentacle, stinger, antenna, gill, udder"
)
# Known, and not cast: more people than we have, or bodies we do not build.
CROWDS = (
    "crowd, mob, throng, gathering, masses, onlooker, bystander, audience, spectator, viewers, folk, humanity, "
    "citizen, villager, townsfolk, resident, local, inhabitant, pedestrian, passerby, commuter, team, squad, crew, "
    "team member, teammate, group, gang, army, troop, military, force, legion, battalion, fan, supporter, band, "
    "orchestra, choir, family, parents, ancestor, descendant, generation, passenger, tourist, traveler, traveller, "
    "visitor, guest, customer, client, shopper, enemy, opponent, rival, foe, adversary, tribe, clan, community, "
    "society, population, everyone, everybody, anyone, somebody, anybody, couple, class, staff, member, participant, "
    "contestant, competitor, god, goddess, deity, victim, survivor, prisoner, corpse, dead body, beginner, master, "
    "apprentice, winner, loser, champion, neighbor, neighbour, relative, cousin, uncle, aunt, nephew, niece, owner, "
    "partner, companion, ally, buddy, mate, hordes, horde, pair, trio, duo of people, foursome, heir, heiress, "
    "believer, follower, worshipper, disciple, pilgrim, settler, native, indigenous people, immigrant, foreigner, "
    "newcomer, outsider, outcast, orphan, widow, widower, deceased, the dead, the living, elite, nobility, royalty, "
    "aristocrat, commoner, proletariat, jury, council, committee, panel of judges, delegation, cast of actors, cast, "
    "ensemble, troupe, circus, quartet, platoon, regiment, fleet crew, posse, entourage, procession, queue, line of "
    "people, assembly, congregation, club members, league, guild, order of knights, brotherhood, sisterhood, "
    "fellowship, alliance, faction, rebels, rebel, resistance, militia, bandit, outlaw, raiders, vikings, viking, "
    "gladiator, spartan, centurion, pharaoh, sultan, shogun, geisha, enthusiast, amateur, expert, specialist, "
    "veteran, rookie, novice, trainee, intern, volunteer, donor, sponsor, host family, roommate, classmate, "
    "colleague, coworker, co worker, associate, accomplice, suspect, witness, victim of crime, hostage, captive, "
    "convict, inmate, guardian angel, mystic, shaman, druid, oracle, seer, prophet, saint, pope, bishop, rabbi, "
    "imam, guru"
)
# The names public prompts give to real or invented persons and peoples: known as somebody we do not cast by likeness.
NAMED = (
    "van gogh, vincent van gogh, hokusai, iron man, gwen stacy, spider man, superman, batman, darth vader, yoda, "
    "santa claus, santa, pikachu, mickey mouse, harry potter, cinderella, snow white, elsa"
)
