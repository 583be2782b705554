"""Words for what cannot be photographed by itself: ideas, feelings, amounts, times, arts. Known by sense; a shot shows
them only through what else it holds."""

from __future__ import annotations

IDEAS: dict[str, str] = {
    "idea": (
        "idea, thought, concept, notion, theory; life, existence, lifestyle; death, mortality, demise; time, era, "
        "age, epoch, past, future, present, history, eternity; memory, memories, recollection, nostalgia; dream, "
        "nightmare, vision, premonition, illusion; secret, riddle, clue, hint; power, force, strength, might, "
        "energy, willpower, superpower, ability, skill, talent, agility, stealth; freedom, liberty, justice, truth, "
        "right, law, rule, honor, honour, duty, dignity; knowledge, wisdom, intelligence, education, lesson, "
        "science, technology, calculus, mathematics, physics, research, study; nature, environment, ecosystem, "
        "biodiversity, wild; beauty, elegance, grace, charm, glamour, glamor, majesty, grandeur, splendor; culture, "
        "tradition, heritage, custom; language, word, name, message, instruction, conversation, discussion, "
        "dialogue, talk, debate, speech, interview; story, tale, legend, myth, fairy tale, plot, narrative; fate, "
        "destiny, fortune, luck, chance, prophecy, curse, spell, blessing, omen, oath, vow; war, battle, fight, "
        "conflict, struggle, duel, combat, attack, defense, defence, siege, rebellion, revolution; danger, threat, "
        "risk, crisis, disaster, catastrophe, chaos, destruction; peace, harmony, balance, serenity, calmness, "
        "tranquility, tranquillity, stillness, solitude, isolation, loneliness; hope, faith, belief, trust, courage, "
        "bravery, determination, effort, sacrifice, patience, perseverance; love, affection, friendship, "
        "relationship, bond, connection, company; fear, terror, dread, despair, pain, suffering, agony, cruelty, "
        "evil, greed, conspiracy, deception; happiness, delight, pleasure, comfort, excitement, enthusiasm, passion, "
        "pride, curiosity; emotion, feeling, sense, awareness, perception, consciousness, sanity; problem, trouble, "
        "challenge, obstacle, difficulty, task, mission, quest, goal, purpose, plan, target; decision, choice, "
        "option, opinion; change, transformation, transition, metamorphosis, evolution, growth, development, "
        "process, progress; beginning, start, birth, origin, end, ending, finish, finale, conclusion; cause, reason, "
        "effect, result, consequence, impact, outcome, influence; journey, trip, voyage, travel, expedition, "
        "passage, pursuit, search, hunt; victory, win, defeat, success, failure, triumph, glory; chaos; treasure; "
        "wealth, riches, prosperity, fame, legacy, inheritance; help, rescue, protection, safety, security, care, "
        "support, advice; work, job, career, labor, business, chore, profession, household chores; art, craft, "
        "literature, poetry; religion, prayer, worship, ritual, baptism, ceremony; democracy, government, politics, "
        "economy; health, disease, illness, sickness, virus, infection, outbreak, cure; civilization, civilisation, "
        "kingdom, empire, underworld, dynasty; identity, personality, role, behavior, behaviour, habit; experience, "
        "encounter, meeting, event, incident, accident, occasion, situation, circumstance, condition, state, status; "
        "perspective, viewpoint; opportunity; mistake, error, fault; fun; thing; way, manner, method, means, "
        "technique, tactic, strategy; turn; game, competition, tournament, contest, championship, race event, race, "
        "sport, sports, olympics, marathon; advantage, lead, point of the game, goal of the game; exchange, trade, "
        "deal, handoff; image; need, desire, wish, intention; information, data, news, evidence, detail; use, usage; "
        "gravity, friction, inertia, buoyancy, magnetism, electricity, electric current, momentum, evaporation, "
        "combustion, oxidation, reaction, chemical reaction, erosion, decay, condensation"
    ),
    "event": (
        "party, birthday party, celebration, festival, carnival, birthday, wedding, anniversary, parade, fair; "
        "christmas, halloween, new year, easter, thanksgiving, holiday, vacation; concert, performance, show, gig, "
        "play of the stage, opera, recital, ballet, circus act; meeting of people, conference, lecture, class, exam; "
        "picnic in; funeral; trial, trials; dinner party; picnicking; sale; protest; journey; workout, exercise, "
        "exercises, yoga, aerobics, gymnastics, gym class, push up, sit up, squat, stretch of arms, handstand, "
        "backflip, somersault, cartwheel; gathering; dance, tango, waltz, breakdance, hula, tap dance, hip hop "
        "dance, salsa; routine, practice, training, rehearsal; relay race; game; rush hour, rush"
    ),
    "sport": (
        "soccer, tennis, badminton, golf, hockey, ice hockey, cricket game, rugby, volleyball game, ping pong, table "
        "tennis, bowling, boxing, wrestling, karate, judo, kung fu, taekwondo, martial art, fencing, archery, "
        "surfing, skiing, snowboarding, skateboarding, skating, figure skating, ice skating, swimming sport, diving, "
        "scuba diving, rowing, canoeing, kayaking, rafting, cycling, hiking, rock climbing, bungee jumping, "
        "skydiving, paragliding, parkour, horse riding, polo, cheerleading, hurdling, high jump, long jump, pole "
        "vault, javelin throw, hammer throw, discus, shot put, tug of war"
    ),
    "art or style": (
        "oil painting, watercolor, watercolour, watercolor painting, ink painting, ukiyo, ukiyo e, pixel art, pixel, "
        "cyberpunk, steampunk, surrealism, surrealism style, impressionism, cubism, art nouveau, nouveau, art deco, "
        "deco, abstract art, pop art, baroque, gothic, anime, cartoon, comic, manga, animation, claymation, stop "
        "motion, low poly, 3d render, 3d, animated style, black and white, monochrome, sepia, grayscale, vhs, super "
        "8, film grain, vintage style; tableau, still life, landscape painting; design; fantasy style; genre, "
        "documentary, drama, comedy, romance, western, science fiction, sci fi; ballet dance; calligraphy; "
        "photography; origami"
    ),
    "measure": (
        "size, height, width, length, depth, breadth, thickness; weight, mass, density; speed, velocity, "
        "acceleration; temperature, heat, warmth, chill; pressure, tension of the string; volume, capacity; number, "
        "amount, quantity, portion, half, quarter, third part, percent, majority, part, section, segment, bit; "
        "level, degree, intensity, rate; distance, range, meter, metre, mile, kilometer, foot of length, inch; side, "
        "edge, rim, border, boundary, surface, top, bottom, center, centre, middle, tip, base, opening, gap, hole, "
        "space between, position, place, spot, location, point, area, region, zone, direction; shape, form, figure "
        "shape, outline, contour; circle, sphere, square shape, triangle, rectangle, cone, oval, spiral, line, "
        "curve, row, layers; series, set, collection, group of things, variety, kind, type, sort, array; order, "
        "arrangement, formation, phase, step, round, lap; member; quality, appearance, visibility, transparency; "
        "color, colour, hue, tint, shade, tone; copy, version; contact; equal amounts; rotation; shadow, trace, "
        "mark, footprint, imprint, stain, streak; lot"
    ),
    "movement": (
        "movement, motion, flow, current; jump, leap, hop, flip; fall, descent, rise, ascent; flight, landing, "
        "takeoff, launch; walk, ride, chase, gallop; bounce, kick, punch, blow, hit, strike, slap, smash, toss, shot "
        "of the ball; push, grip; gesture, posture, pose, stance; glance, look at; step forward; impact, collision, "
        "crash; rhythm, tempo, pulse, vibration, tremor; shake, handshake, hug, embrace, kiss, bite, sip; stroke, "
        "sweep; tangle, twist, turn; pursuit; movements; interaction, action, activity, deed"
    ),
    "sound": (
        "sound, noise, echo, hum, buzz, laughter, applause, cheer, footsteps, footstep, rustle, creak, crackle, "
        "click, bang, boom; smell, scent, aroma, odor, fragrance, stench; taste, flavor, flavour"
    ),
    "time": (
        "year, decade, century, month, week, hour, minute, second of time, instant; today, tomorrow, yesterday, "
        "tonight, nowadays; monday, tuesday, wednesday, thursday, friday, saturday, sunday; january, february, march "
        "month, april, june, july, august, september, october, november, december; weekend, lifetime, duration, "
        "period, once upon, childhood, youth, old age, nightfall, once upon a time"
    ),
    "light effect": (
        "reflection, glare, sheen, gloss, brilliance, radiance, flash, glimmer, glint, sparkle, twinkle; haze; glow; "
        "contrast, blur; backdrop, setting, ambiance, ambience; visual, image, illustration"
    ),
}
# Places and persons with a name of their own that are known to exist.
LANDMARKS = (
    "eiffel tower, eiffel; statue of liberty; great wall, great wall of china; taj mahal; big ben; burj khalifa; "
    "alhambra; acropolis, parthenon; machu picchu; mount fuji, fuji, mt fuji; stonehenge; petra; sagrada familia; "
    "forbidden city; colosseum; golden gate bridge, golden gate; pyramid of giza, pyramid, great pyramid; sphinx; "
    "times square; the bund, bund; seine; plaka; mount rushmore; tower bridge; louvre; notre dame, notre dame "
    "cathedral; kremlin; mount everest, everest; niagara falls, niagara; grand canyon; chaco; santorini; brooklyn "
    "bridge; leaning tower of pisa; christ the redeemer; sydney opera house; angkor wat; hagia sophia; mount "
    "rainier; yellowstone; mount kilimanjaro, kilimanjaro; mount sinai, sinai; ararat, mount ararat; great barrier "
    "reef; amalfi coast; bali; paris; london; new york, new york city, manhattan, brooklyn; tokyo; shanghai; "
    "beijing; venice; rome; athens; istanbul; berlin; moscow; dubai; hong kong; san francisco; los angeles, "
    "hollywood; chicago; las vegas; amsterdam; barcelona; kyoto; sydney; cairo; rio, rio de janeiro; mumbai; seoul; "
    "singapore; prague; vienna; florence; chinatown; utah; arizona; california; alaska; hawaii; texas; africa; asia; "
    "europe; america; antarctica; australia; china; japan; india; egypt; greece; italy; france; spain; england; "
    "scotland; ireland; iceland; norway; russia; brazil; mexico; canada; pacific, pacific coast, pacific ocean; "
    "atlantic; mediterranean; caribbean; arctic; sahara; amazon; himalaya, himalayas; carmel by the sea; big sur"
)
