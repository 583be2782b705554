"""Bodies and people: parts of a body, groups of people and roles that are known but not cast, and named persons."""

from __future__ import annotations

# Seen where their owner is seen.
BODY = (
    "face, cheek, forehead, chin, jaw, brow; eye, gaze, pupil, eyelid, eyelash, iris; eyebrow; nose; mouth; lip, "
    "lips; tooth, teeth; tongue; ear, earlobe; hair, hairline, curl, bangs; beard, mustache, moustache, goatee; "
    "head, skull cap; neck, throat; shoulder; arm, elbow, forearm; wrist; hand, palm of the hand, palm, fist, "
    "knuckle; finger, thumb, fingertip, fingernail; chest, breast, torso, belly, stomach, waist, abdomen; back of "
    "the body, spine; hip; leg, thigh, calf of the leg, calf, shin; knee; ankle; foot, barefoot; toe, heel of the "
    "foot; skin, complexion, wrinkle, freckle, scar, tattoo; body, physique, figure of the body; blood, bloodstain; "
    "tear, teardrop; sweat; muscle; heart; brain; smile on the face; expression, facial expression; breath; limb of "
    "the body, limbs; lap of the body; wound, injury; vein, artery; lung; voice; vertebra"
)
ANIMAL_BODY = (
    "tail; paw, paws; wing, wings; fur, mane; feather plume; claw, talon; hoof, hooves; horn of the animal, horns, "
    "horn, antler, tusk; beak, bill of the bird; snout, trunk of the elephant, trunk, muzzle; whisker; fin, flipper; "
    "scale of the fish, scales, scale; fang; tentacle; stinger, antenna of the insect; gill; udder"
)
# Known, and not cast: more people than we have, or bodies we do not build.
CROWDS = (
    "crowd, mob, throng, gathering, masses, onlooker, bystander; audience, spectator, viewers; folk, humans, "
    "humanity, citizen, villager, townsfolk, resident, local, inhabitant, pedestrian, passerby, commuter; team, "
    "squad, crew, team member, teammate; group, gang; army, troop, military, force, legion, battalion; fan, "
    "supporter; band, orchestra of players, choir; family, parents, ancestor, descendant, generation; passenger, "
    "tourist, traveler, traveller, visitor, guest; customer, client, shopper; enemy, opponent, rival, foe, "
    "adversary; tribe, clan, community, society, population; everyone, everybody, anyone, somebody, anybody; couple "
    "of people; class of pupils; staff of the company; member, participant, contestant, competitor; god, goddess, "
    "deity; victim, survivor, prisoner; god of war; corpse, dead body; beginner, master, apprentice; winner, loser, "
    "champion; neighbor, neighbour; relative, cousin, uncle, aunt, nephew, niece; owner, partner, companion, ally, "
    "buddy, mate"
)
# The names public prompts give to real or invented persons and peoples: known as somebody we do not cast by likeness.
NAMED = (
    "van gogh, vincent van gogh; hokusai; iron man, gwen stacy, spider man, superman, batman, darth vader, yoda, "
    "santa claus, santa, pikachu, mickey mouse, harry potter, cinderella, snow white, elsa"
)
