"""The words that tell a stunt, as data: what is only a manner of speaking, and cues by kind with their reason.

Cues and idioms are regular expressions with a few names of their own: `{PERSON}` somebody as an object, `{VEHICLE}`,
and a verb in angle brackets for all its forms (`<fall fell fallen>`).
"""

from __future__ import annotations

ROLES = (
    "man men woman women boy boys girl girls guy guys lady gentleman person people child children kid kids "
    "teenager stranger protagonist hero heroine host guard guards soldier soldiers knight knights thief thieves "
    "cop cops police policeman officer agent spy sniper gunman assassin killer attacker assailant intruder "
    "robber bandit pirate pirates warrior warriors fighter fighters boxer boxers wrestler wrestlers rider riders "
    "driver drivers passenger passengers pedestrian pedestrians bystander bystanders crowd climber climbers "
    "diver divers swimmer swimmers surfer surfers dancer dancers acrobat acrobats stuntman stuntwoman performer "
    "performers actor actress worker workers farmer sailor sailors captain king queen prince princess monk "
    "priest nun wizard witch doctor nurse patient teacher student scholar singer player players runner runners "
    "skater skaters skier skiers cyclist cyclists biker bikers jockey astronaut pilot mother father son daughter "
    "sister brother wife husband couple victim body hostage prisoner enemy enemies rival rivals opponent "
    "opponents friend friends waiter butcher cook chef firefighter firefighters samurai ninja archer archers "
    "vampire zombie zombies clown detective journalist president boss somebody someone everyone everybody anyone "
    "gang gangs army armies troops mob family parents twins lovers"
)

VEHICLES = (
    "car cars coupe sedan suv jeep truck trucks lorry van bus tram train taxi cab limousine motorbike motorcycle "
    "motorbikes motorcycles scooter bike tank tractor bulldozer ambulance pickup roadster forklift buggy quad "
    "go-kart carriage convoy"
)

# What begins a sentence with a capital, or ends what is said of, and is nobody.
NOT_NAMES = (
    "rain snow night darkness dusk dawn evening silence hush light lights shadow shadows dust ash ashes leaves "
    "petals confetti time temperatures prices stars sparks debris rocks stones water tears hair curtains "
    "sunlight moonlight hail sleet fog mist smoke soot glass bombs books paper papers coins feathers bullets "
    "arrows stocks birds fish sharks dolphins whales ducks swans cars trucks inside outside then now later "
    "suddenly slowly finally meanwhile close wide medium angle on in at as and but while when behind above below "
    "another neither this that there here turtle turtles dolphin shark whale duck swan seal otter penguin "
    "penguins frog frogs eel crab octopus jellyfish dog dogs cat cats wolf wolves horse horses bird eagle eagles "
    "bear bears lion lions tiger tigers elephant elephants puppy puppies kitten kittens cow cows sheep deer fox "
    "foxes rabbit monkey monkeys robot robots ball balls hat it what every all no not never day int ext"
)

IDIOMS = (
    r"<fall fell fallen> (?:madly |deeply |head over heels )?(?:in love|asleep|silent|quiet|still|apart|behind|"
    r"short|open|ill|sick|in line|into line|in step|into step|into place|into a rhythm|in behind|prey|victim|"
    r"for (?!the cliff)|out with|out of (?:favou?r|fashion|love)|on deaf ears|on hard times|from grace|"
    r"under the spell|to (?:pieces|him|her|them) to|to pieces|back (?:on|into old)|within|outside|on a (?:monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday)|into (?:conversation|thought|silence|a (?:deep |long |"
    r"dreamless )?sleep|a trance|his arms|her arms|disrepair|habit))",
    r"\b(?:free|water|snow|rain|night|down|prat)-?falls?\b(?= (?:behind|in the|of))",
    r"\bwaterfalls?\b",
    r"\bin (?:the )?fall\b",
    r"<fire> (?:up )?(?:the|his|her|their|its|an?|up) (?:engine|engines|boiler|kiln|oven|imagination|question|"
    r"questions|starter|ignition|synapses|neurons|computer)s?\b",
    r"\bfires? up\b",
    r"<fire> off (?:an?|the|another) (?:text|email|e-mail|letter|message|memo|tweet|question)",
    r"\b(?:is|was|are|were|be|been|gets?|got|getting|being|am|'s) fired\b(?! (?:at|upon|on))",
    r"<fire> (?:him|her|them|me|us|the (?:staff|crew|cook|chef|director|manager|waiter|assistant)|everyone)\b",
    r"\bfire[- ](?:escapes?|trucks?|engines?|station|drill|alarm|exit|door|hydrant|extinguisher|brigade|"
    r"department|place|sale|red|side|sprite|opal|crackers?|flies|fly|wall|wood|pit)\b",
    r"\bfire(?:place|fly|flies|wall|wood|side|man|men|fighters?|fighting|proof)\b",
    r"\bon fire (?:tonight|today|this (?:season|year|week))\b",
    r"\bset(?:s|ting)? the (?:world|stage|internet|room) on fire\b",
    r"\b(?:camera|line of|heart|spirit|eyes?|cheeks?|face) (?:is |are )?(?:on fire|ablaze)\b",
    r"\bablaze with (?:colou?rs?|lights?|autumn|excitement|neon)",
    r"<explode> (?:with|in|into) (?:laughter|applause|colou?rs?|joy|song|cheers|anger|rage|excitement|activity)",
    r"\bexplosions? (?:of|in) (?:colou?rs?|light|flavou?r|joy|laughter|petals|confetti|a (?:nebula|star|"
    r"supernova))",
    r"<burn> (?:with (?:shame|desire|curiosity|envy|love|anger)|the (?:midnight oil|toast|rice|disc|calories)|"
    r"calories|rubber|out\b)",
    r"<shoot shot> (?:(?:him|her|them|me|us|\w+) )?(?:an?|another|the|his|her|their|one last|"
    r"a quick) (?:\w+ )?(?:glance|look|smile|grin|wink|frown|glare|warning|photo|photos|photograph|picture|"
    r"pictures|video|film|movie|scene|take|commercial|ad|documentary|selfie|portrait|music video|interview|text|"
    r"message|email|hoop|basket|breeze|vlog|rapids|moon)s?\b",
    r"<shoot shot> (?:photos|photographs|pictures|video|film|footage|hoops|baskets|pool|dice|daggers|on film|"
    r"on location|handheld|wide|in (?:black|colou?r|one|imax|a weekend|\d+)|up\b|past|off\b|through the sky)",
    r"\b(?:shot|shots|shooting) (?:of|on|from|with|in a (?:weekend|day|single|studio)|list|size|day|schedule|"
    r"script|star|stars|down the|begins|ends)\b",
    r"\b(?:is|was|were|are|been) (?:beautifully |being )?shot (?:in|on|by|with|at|from|like|through|over|"
    r"entirely)\b(?! (?:the (?:head|chest|leg|arm|back|heart|shoulder|stomach)))",
    r"\b(?:gun|knife)[- ]?metal\b",
    r"\b(?:top|glue|nail|heat|water|squirt|toy|caulking|massage|radar|spray|staple|t-shirt|price) guns?\b",
    r"<jump> the gun|<gun gunned> (?:it|the (?:engine|motor|throttle)|(?:his|her) engine)\b",
    r"\bgun (?:for|it)\b",
    r"\bbullet (?:trains?|time|points?|journals?|proof|lists?)\b|\bbulletproof\b",
    r"\b(?:dodged?|bit|bite|bites|biting|sweat) (?:a|the) bullet\b",
    r"\b(?:photo|bath|seed|cherry|sex|glitter|f|flower)[- ]?bomb\w*\b|\bbombshells?\b",
    r"\bsword(?:fish|tail|play school)\b",
    r"\bdouble-edged sword\b",
    r"<swim swam swum> (?:before (?:his|her|their)|in (?:butter|sauce|debt|money))",
    r"\b(?:head|vision|room)s? swims?\b",
    r"<drown> (?:in (?:work|sorrow|debt|paperwork|noise|emails?|grief|memories|tears|applause|light|self-pity)|"
    r"(?:his|her|their) sorrows?|out\b|the (?:pancakes|noise|sound|music))",
    r"<dive dove> (?:in(?:to)?) (?:the |a |his |her |their )?(?:book|books|work|story|details|archive|archives|"
    r"pizza|crowd|meal|food|topic|subject|conversation|menu|data|headfirst into work)\b",
    r"\bdive bar\b",
    r"\bwater (?:bottle|bottles|glass|cooler|colou?rs?|melon|lily|lilies|tank|tap|level)\b",
    r"<fight fought> (?:back|off|for|against|down|through|with|the urge|sleep|to (?:stay|keep|hold)|his|"
    r"her) ?(?:the |her |his |their |a )?(?:tears?|sleep|breath|yawn|laughter|smile|urge|grin|cold|fever|disease|"
    r"cancer|crowd|wind|current|injustice|corruption|poverty|climate|rights|freedom|custody|words|paperwork|awake|"
    r"calm|traffic)\b",
    r"\bfighter (?:jets?|planes?|pilots?)\b|\bfighting (?:words|chance|spirit)\b",
    r"\b(?:food|pillow|snowball|water) fights?\b",
    r"\bfire ?fighters?\b",
    r"<beat beaten> (?:the (?:clock|traffic|odds|heat|drum|rhythm|eggs?|rival|team|record)|around the bush|egg)",
    r"\bpunch(?:es|ed|ing)? (?:in\b|out\b|the (?:air|clock|code|numbers?|ticket)|her (?:ticket|card)|"
    r"his (?:ticket|card)|a (?:hole|code|number|ticket)|numbers)",
    r"\bpunch ?(?:lines?|bowls?|cards?)\b",
    r"<kick> (?:off|back\b|the (?:habit|bucket|ball|can|tyres|tires)|a (?:ball|can|stone)|her heels|his heels|"
    r"it\b)",
    r"<attack> (?:the (?:problem|pizza|plate|meal|sandwich|piano|keyboard|canvas|steak|question|buffet)|(?:his|"
    r"her|their) (?:food|meal|dinner|breakfast|work))",
    r"<hit> (?:it off|the (?:road|books|gym|sack|hay|town|beach|switch|button|lights?|brakes?|gas|notes?|jackpot|"
    r"roof with))",
    r"\b(?:market|computer|server|system|party|wave|waves|cymbals?)s? (?:crash(?:es|ed|ing)?)\b",
    r"<crash> (?:on (?:the|her|his) (?:couch|sofa|bed)|the party|course)",
    r"\bcrash course\b",
    r"<hang hung> (?:out|up|around|back|on\b(?! to the)|onto every|in the (?:air|balance|hall|wardrobe)|"
    r"from (?:the )?(?:ceiling|wall|hook|hanger|rafters|branch|rack))",
    r"\b(?:chandelier|lamp|picture|painting|coat|sign|banner|curtain|moon|dust|silence)s? (?:still )?(?:hangs?|"
    r"hung|hanging|dangles?)\b[^.,;]*",
    r"<jump> (?:in|into) (?:the |a )?(?:conversation|car|cab|taxi|bed|action|fray)",
    r"<jump> (?:to conclusions|at the chance|for joy|the queue|out at|rope)",
    r"\bon (?:the )?edge of (?:his|her|their|a|the) (?:seat|chair|bed|sofa|couch|desk|table|frame|town|city|"
    r"forest|woods)\b",
    r"\btrade blows? by blow\b|\bblows? (?:out|on|a kiss|kisses|smoke|dust|bubbles|air|the (?:candle|dust|horn|"
    r"whistle))",
    r"<blow blew blown> up (?:a |the |his |her )?(?:balloon|balloons|tyre|tire|photo|picture|mattress|image|"
    r"online|phone)",
    r"<slap> (?:on|the (?:table|desk|dashboard|label)|(?:his|her) (?:knee|thigh|forehead|own)|a (?:sticker|label|"
    r"coat))",
    r"<slap> (?:him|her|them|\w+) on the (?:back|shoulder)",
    r"<choke> (?:up|back|on (?:his|her|a|the) (?:words?|tears?|laugh|drink|food|coffee|tea))",
    r"<tackle> (?:the|his|her|their|a) (?:problem|question|job|task|homework|mountain of|stairs|laundry|pile)",
    r"<wrestle> (?:with )?(?:the |a |an |his |her |their )?(?:idea|question|decision|jar|lid|zip|zipper|suitcase|"
    r"umbrella|door|conscience|doubt|problem|tie)",
    r"\b(?:stuffed|toy|tin|plastic|cardboard) (?:swords?|guns?|pistols?|rifles?|daggers?)\b",
    r"<train> (?:for|hard|with|at|every|day)",
    r"\b(?:train|line|chain) of (?:thought|thoughts|events|her dress)\b",
    r"\bcar (?:keys?|door|window|radio|park|wash|alarm|horn|seat)s?\b",
    r"<run ran> (?:over|through) (?:the |his |her |their )?(?:lines?|plan|script|list|numbers|details|notes|"
    r"checklist|time)",
    r"<knock> (?:on|at|off work|back a|over (?:a|the|her|his) (?:glass|vase|cup|lamp|chair|bottle))",
)  # fmt: skip

# (kind, cue, reason). A cue that begins with `{SOMEBODY}` needs a person as its subject.
CUES: tuple[tuple[str, str, str], ...] = (
    (
        "fall",
        r"{SOMEBODY}<fall fell>|{SOMEBODY}(?:has|have|had) fallen\b|{SOMEBODY}<tumble>|{SOMEBODY}<plummet>|"
        r"{SOMEBODY}<plunge>|{SOMEBODY}<topple>|{SOMEBODY}<collapse>|{SOMEBODY}<crumple>",
        "somebody falls",
    ),
    (
        "fall",
        r"<throw threw thrown|hurl|fling flung|toss|knock|buck|shove|push|kick|drag>(?: (?:off|from|"
        r"down))? (?:its |the |his |her |a )?{PERSON} (?:\w+ )?(?:down|off|over|through|out of|to the (?:ground|"
        r"floor)|across the|against the|from)\b",
        "somebody is thrown or knocked down",
    ),
    (
        "fall",
        r"\b(?:throws?|threw|throwing|bucks?|bucked) (?:its|the|his|her) (?:rider|driver|passenger)s?\b|"
        r"{SOMEBODY}(?:is|are|was|were|gets?|being) (?:thrown|hurled|flung|knocked|bucked) (?:from|off|down|over|"
        r"through|out|to)\b",
        "somebody is thrown or knocked down",
    ),
    (
        "fall",
        r"{SOMEBODY}<trip> (?:over|on|and|up)|{SOMEBODY}<slip> (?:on|and|off|from)|<roll> down the (?:stairs|hill|"
        r"slope|steps)|{SOMEBODY}<jump|leap leapt|dive dove|step> (?:off|out of|from) (?:the |a |"
        r"an )?(?:edge of (?:the|a) )?(?:\w+ )?(?:bridge|roof|rooftop|building|balcony|cliff|tower|ledge|window|"
        r"plane|helicopter|dam|skyscraper)\b|{SOMEBODY}(?:faints?|fainted|fainting)\b|(?:down|over) the (?:stairs|"
        r"banister|railing) headfirst",
        "somebody may fall",
    ),
    (
        "fire",
        r"\b(?:on|catch(?:es)?|caught|catching|set(?:s|ting)?) fire\b|\bfire (?:spreads?|rages?|engulfs?|roars?|"
        r"consumes?|breaks? out|burns?|licks?|leaps?)\b|\bset(?:s|ting)?\b[^.,;]{1,40}\b(?:on fire|alight|"
        r"ablaze)\b|\bfire to\b",
        "something is on fire",
    ),
    (
        "fire",
        r"\b(?:ablaze|alight in flames|in flames|into flames?|of flames?|engulfed|fireballs?|infernos?|wildfires?|"
        r"bonfires?|campfires?|flamethrowers?|molotovs?|petrol bombs?|burning (?:building|house|car|room|village|"
        r"city|bridge|wreck|ship|barn|forest|man|woman|body|torch(?:es)?|debris))\b|\bflames (?:\w+ )?(?:lick|"
        r"leap|engulf|spread|consume|rise|roar|shoot|burst|dance up)\w*",
        "there is open fire",
    ),
    (
        "fire",
        r"<burn> (?:down|alive|to (?:the ground|death|ashes))|\b(?:house|building|car|village|barn|ship|forest|"
        r"room|bridge|roof|city|sleeve|coat|dress|hand)s? (?:is |are |was )?burn(?:s|ing|ed|t)?\b|\b(?:torch(?:es|"
        r"ed)|set(?:s|ting)? light to) (?:the|a|his|her)\b",
        "something burns",
    ),
    (
        "fire",
        r"<explode|detonate>|\bexplosions?\b|<blow blew blown> (?:\w+ ){0,3}?(?:up|to bits|to pieces|sky-?high)\b|"
        r"\bgoes off\b(?=[^.]*\b(?:bomb|grenade|charge|mine)\b)|\b(?:bomb|grenade|charge|mine)s? goe?s? off\b",
        "something explodes",
    ),
    (
        "vehicle",
        r"\b{VEHICLE}\b[^.;]{0,40}?(?:<accelerate|speed sped|race|charge|hurtle|barrel|drive drove driven|swerve|"
        r"career|careen|come came|rush|head|roar|bear|plough|plow|thunder|reverse|back>|toward|"
        r"bearing down)[^.;]{0,20}?\b(?:toward|towards|at|into|for|on|over) (?:the |a |an |his |her |"
        r"their )?{PERSON}",
        "a vehicle drives at somebody",
    ),
    (
        "vehicle",
        r"\b{VEHICLE}\b[^.;,]{0,25}?(?:<hit|strike struck|clip|ram|mow|graze|knock|crush|chase|pursue>|runs? over|"
        r"ran over|runs? down|ran down) (?:down |over |into )?(?:the |a |an |his |her |their )?{PERSON}|\b(?:hit|"
        r"struck|run over|run down|mown down|clipped|crushed|chased) by (?:a|an|the) (?:\w+ ){0,2}{VEHICLE}\b",
        "a vehicle hits or hunts somebody",
    ),
    (
        "vehicle",
        r"\b{VEHICLE}\b[^.;,]{0,25}?(?:<crash|smash|flip|overturn|skid|collide|jackknife|cartwheel|somersault|"
        r"careen>|slams? into|slammed into|spins? out|spun out|rolls? over|rolled over|veers? off|plunges? off|"
        r"drives? off (?:the|a) (?:bridge|cliff|road|pier)|jumps? the (?:gap|ramp|kerb|curb))|\bcar (?:chase|"
        r"crash)\b|\bhead-on collision\b",
        "a vehicle is out of control",
    ),
    (
        "vehicle",
        r"(?:<run ran|step|jump|walk|leap leapt|stumble|stagger|throw threw thrown>[^.;]{0,20}|"
        r"\b(?=in front)(?=[^.;]{0,30}(?:speeding|moving|oncoming|racing)))in front of (?:a|an|the) "
        r"(?:\w+ ){0,2}{VEHICLE}\b|\b(?:out of the way|path) of (?:a|an|the) (?:\w+ ){0,2}{VEHICLE}\b|<dodge> (?:a|an|"
        r"the|oncoming|speeding) (?:\w+ ){0,2}{VEHICLE}\b|<leap leapt|jump|dive dove|roll|cling clung|hang hung> "
        r"(?:\w+ )?(?:from|out of|onto|off|to|over) (?:a|an|the|his|her) (?:moving|speeding|racing|passing|"
        r"roof of (?:a|the))[^.;]{0,15}?{VEHICLE}\b|\b(?:on|onto) the (?:hood|bonnet|roof) of (?:a|the) (?:moving|"
        r"speeding)",
        "somebody is in the way of a vehicle",
    ),
    (
        "vehicle",
        r"<drive drove driven|steer|ride rode> (?:\w+ )?(?:into|at|through|over) (?:the |a |his |her )?{PERSON}",
        "a vehicle drives at somebody",
    ),
    (
        "weapon",
        r"\b(?:guns?|handguns?|pistols?|revolvers?|rifles?|shotguns?|muskets?|machine[- ]?guns?|firearms?|uzis?|"
        r"kalashnikovs?|ak-?47s?|glocks?|crossbows?|swords?|rapiers?|daggers?|machetes?|bayonets?|katanas?|"
        r"sabres?|sabers?|spears?|grenades?|landmines?|rocket launchers?|bazookas?|bombs?|dynamite|tasers?|"
        r"crosshairs?|gunfire|gunshots?|gunfights?|shoot-?outs?|nunchucks?|baseball bat (?:to|at|in)|"
        r"bow and arrows?)\b",
        "there is a weapon",
    ),
    (
        "weapon",
        r"<shoot shot> (?:\w+ ){0,2}?at (?:the|a|an|his|her|him|them|it|\w+)|<shoot shot> (?:the |a |"
        r"an )?{PERSON}|<shoot shot> (?:\w+ )?(?:dead|down|himself|herself|themselves)|\bopen(?:s|ed|ing)? fire\b|"
        r"\bunder fire\b|<fire> (?:\w+ )?(?:at|on|upon|twice|again|once|blindly|into|back|a (?:shot|round|warning|"
        r"volley|burst)|shots|an arrow)\b|<fire> (?:his|her|a|the) (?:weapon|gun|pistol|revolver|rifle)|\b(?:is|"
        r"was|gets?|are|were|been) (?:shot|gunned down|stabbed)(?: (?:in|dead|by|through|twice)|\b(?=[.,;!?]|$))",
        "shots are fired",
    ),
    (
        "weapon",
        r"\bbullets?\b|\barrows? (?:\w+ )?(?:flies|fly|whistles?|hits?|strikes?|pierces?|rains?|thuds?)\b|<loose|"
        r"shoot shot|fire|release> (?:an|the|his|her|another|flaming) arrows?\b|\bsnipers?\b|\bgunm[ae]n\b|"
        r"\barchers? (?:take aim|takes aim|draw|fire|loose)",
        "shots are fired",
    ),
    (
        "weapon",
        r"<stab|slash|impale|behead|decapitate>|\b(?:draw|pull|brandish|raise|swing|throw|hold|wield|lunge|"
        r"threaten|attack|point|flash|grab|slit|swung|threw|drew|held)\w*\b[^.;,]{0,30}?\b(?:knife|knives|blades?|"
        r"axes?|hatchet|razor|crowbar|broken bottle)\b(?! (?:and fork|sharpener))|\bknife (?:to|at|"
        r"against) (?:his|her|the|\w+'s)|\b(?:knife|blade|axe)s? (?:flash|slash|swing|sink|cut through the air)\w*",
        "a blade is used as a weapon",
    ),
    (
        "water",
        r"<drown>|{SOMEBODY}under ?water\b|<capsize>|\bstay(?:s|ing|ed)? afloat\b|\bgoes under\b|\bgoing under\b|"
        r"\b(?:swept|washed|dragged) (?:away|off|out|under|overboard)\b|\boverboard\b|\bgasps? for air as\b|"
        r"\b(?:white|white-)?water rapids\b|\bscuba\b|\bsnorkel\w*|\bthe ice (?:breaks|cracks|gives way) (?:and|"
        r"under|beneath)",
        "somebody may drown",
    ),
    (
        "water",
        r"{SOMEBODY}<swim swam swum>|{SOMEBODY}<surf|snorkel|wade|paddle|kayak>|{SOMEBODY}<dive dove|jump|"
        r"leap leapt|fall fell fallen|plunge|tumble|slip|sink sank sunk|drive drove driven|wade|cannonball|crash|"
        r"run ran|walk|step|stagger>\b[^.;]{0,40}?\b(?:into|in|under|beneath|through) (?:the |a |an |"
        r"its )?(?:\w+[- ])?(?:lake|river|sea|ocean|pool|water|waves?|surf|canal|harbou?r|pond|stream|flood|"
        r"floodwater|rapids|waterfall|bay|moat)\b|\b(?:push|throw|shove|drag|knock|threw|"
        r"pull)\w* (?:\w+ ){1,3}(?:into|under) the (?:\w+ )?(?:lake|river|sea|ocean|pool|water|canal|harbou?r|"
        r"pond)\b",
        "somebody is in the water",
    ),
    (
        "height",
        r"{SOMEBODY}<jump|leap leapt|fall fell fallen|dive dove|step|plunge|plummet|push|throw threw thrown|"
        r"swing swung|drop>\b[^.;]{0,25}?\b(?:off|from|out of|over|between|across) (?:the |a |an |her |his |"
        r"two )?(?:edge of (?:the|a) )?(?:\w+[- ])?(?:\w+[- ])?(?:bridge|roof|roofs|rooftops?|building|buildings|"
        r"balcony|window|cliff|cliffs|tower|ledge|helicopter|plane|aeroplane|airplane|dam|scaffold|scaffolding|"
        r"crane|skyscraper|battlements|wall|railing|waterfall|parapet|cable car|mast|tree)\b",
        "somebody goes off a height",
    ),
    (
        "height",
        r"<hang hung|dangle|cling clung|swing swung|balance|teeter|climb|scale|crawl|clamber|creep crept|inch|"
        r"stand stood|walk|run ran|sit sat|perch|crouch|step|lean leant|sway|tiptoe>\b[^.;]{0,30}?\b(?:from|on|"
        r"onto|along|over|to|up|down|off|at|by|across|above) (?:the |a |an |to the )?(?:\w+ )?(?:edge of (?:the|"
        r"a) (?:\w+ )?(?:roof|rooftop|cliff|building|balcony|bridge|tower|chasm|abyss|skyscraper|canyon|precipice|"
        r"quarry)|ledges?|cliffs?|cliff edge|precipice|parapet|scaffold|scaffolding|tightrope|high wire|girders?|"
        r"steel beam|helicopter|skyscraper|trapeze|rooftop edge|window ledge|outside of the|abyss|cornice|"
        r"battlements)\b",
        "somebody is at a height",
    ),
    (
        "height",
        r"<hang hung|dangle|cling clung|swing swung> (?:\w+ ){0,4}?(?:from|off|to|over) (?:the |a |an |his |"
        r"her )?(?:\w+ )?(?:cliff|roof|rooftop|ledge|balcony|bridge|helicopter|tower|window|railing|crane|rope|"
        r"vine|gutter|drainpipe|mast|wing|chasm|street|abyss|void)\b|<climb|scale|free-?climb> (?:up |down |"
        r"over )?(?:the |a |an )?(?:\w+ ){0,2}?(?:cliff|tower|facade|skyscraper|mast|crane|mountain face|"
        r"rock face|outside wall|drainpipe|building|city wall|castle wall)\b|<abseil|rappel|skydive|parachute|"
        r"bungee|base-?jump|zip-?line|hang-?glide>|\bfree ?fall\b|\b(?:wingsuit|hang-?glider|tightropes?|"
        r"high wire)\b",
        "somebody is at a height",
    ),
    (
        "fight",
        r"<punch|headbutt|strangle|throttle|tackle|wrestle|brawl|pummel|maul|garrotte|grapple>|{SOMEBODY}<kick|"
        r"slap|hit|strike struck|attack|beat beaten|choke|shove|batter|club|whip|elbow|knee|smack|clobber|"
        r"jump> (?:the |a |an |his |her )?{PERSON}|<knock> (?:the |a )?{PERSON} (?:out|down|unconscious|to the|"
        r"off|over)|\bbeat(?:s|ing|en)? (?:\w+ )?up\b",
        "somebody is attacked",
    ),
    (
        "fight",
        r"{SOMEBODY}<fight fought>|\b(?:fist|sword|gun|knife|street|bar|cat)[- ]?fights?\b|\bduels?\b|<duel|spar>|"
        r"\b(?:trades?|exchang\w+|traded) (?:blows|punches|kicks)\b|\bcom(?:e|es|ing) to blows\b|\bbrawls?\b|"
        r"\bscuffles?\b|\b(?:swords?|blades?|axes|sabres?|lightsabers?|shields) (?:\w+ )?(?:clash|cross|meet|"
        r"ring)\w*|\b(?:throws?|threw|throwing|lands?|landed) (?:a |the |another |his |her )?(?:\w+ )?(?:punch|"
        r"kick|blow|right hook|uppercut)\w*|\b(?:hand-to-hand|melee|riot|battle rages|battlefield charge|"
        r"armies clash)\b|\bcharge(?:s|d)? (?:into battle|the enemy)\b",
        "there is a fight",
    ),
)  # fmt: skip
