"""What a crew says: sizes, setups, angles, lenses, moves, light, time, weather, pace, mood and music, by phrase.

A table maps a value of the plan to the phrases that say it, parted by commas. What is asked for and only shown by
something near it stands in a table of its own, so the ledger can say so.
"""

from __future__ import annotations

SIZES: dict[str, str] = {
    "ECU": (
        "extreme close up, extreme closeup, ecu, macro, macro shot, macro view, macro photography, extreme close, "
        "extreme close up shot, xcu, big close up, tight close up"
    ),
    "CU": (
        "close up, closeup, cu, close shot, close on, closer on, headshot, head shot, portrait, portrait shot, "
        "detail, detail shot, close up shot, closeup shot, close up view, angle on, close in on, tight shot"
    ),
    "MCU": (
        "medium close up, medium closeup, mcu, head and shoulders, chest up, bust shot, medium close up shot, chest "
        "shot"
    ),
    "MS": "medium shot, mid shot, ms, waist up, waist shot, medium, half body, half body shot, waist level shot",
    "MFS": (
        "medium full shot, medium full, mfs, cowboy shot, american shot, three quarter shot, knee up, knees up, "
        "medium long shot, mls, plan américain"
    ),
    "FS": "full shot, fs, full body, full length, full body shot, head to toe, long shot, full figure, ls",
    "WS": "wide shot, ws, wide, wide angle shot, wide view, full view, wide angle view, wide frame",
    "EWS": (
        "extreme wide shot, ews, extreme wide, very wide, extreme long shot, vista, panorama, panoramic, panoramic "
        "view, panoramic shot, aerial shot, aerial, aerial view, aerial footage, establishing aerial, extreme wide "
        "angle shot, els"
    ),
}

# How a shot stands in its scene; the values are those of `plan.Setup`.
SETUPS: dict[str, str] = {
    "establishing": "establishing shot, establishing, establishing view, establisher, scene setter",
    "master": "master, master shot, master scene",
    "two shot": "two shot, 2 shot, two hander, 50 50 shot, medium two shot, profile two shot",
    "single": "clean single, dirty single, medium single",
    "over shoulder": (
        "over the shoulder, over shoulder, ots, over the shoulder shot, over her shoulder, over his shoulder, over "
        "their shoulder, o.t.s, ots shot, over shoulder shot, from behind his shoulder, from behind her shoulder"
    ),
    "insert": "insert, insert shot, cutaway, cutaway shot, cut in shot, detail insert, insert on, insert of",
    "pov": (
        "pov, point of view, first person, first person view, point of view shot, pov shot, first person pov, first "
        "person perspective, subjective shot, subjective camera, through her eyes, through his eyes, through the "
        "eyes of, seen through binoculars, fpv view"
    ),
    "reaction": "reaction shot, reaction, reverse, reverse shot, reverse angle, shot reverse shot, noddy",
}
# The size a setup is shot in when no other is said.
SETUP_SIZES: dict[str, str] = {
    "establishing": "EWS",
    "master": "WS",
    "two shot": "MS",
    "single": "MCU",
    "over shoulder": "MS",
    "insert": "CU",
    "pov": "MS",
    "reaction": "CU",
}

ANGLES: dict[str, str] = {
    "low": (
        "low angle, low angle shot, from below, worm's eye, worms eye view, worm's eye view, low, looking up, hero "
        "angle, ground level, low angle view, from a low angle, hip level, knee level, ground level shot, looking up "
        "at, low perspective, up angle"
    ),
    "high": (
        "high angle, high angle shot, from above, looking down, high, high angle view, from a high angle, looking "
        "down on, looking down at, down angle, elevated, elevated perspective, elevated view"
    ),
    "dutch": (
        "oblique shot, oblique, dutch angle, dutch, dutch tilt, canted, canted angle, oblique angle, canted frame, "
        "tilted horizon, tilted frame, batman angle, crooked angle, dutch angle shot"
    ),
    "overhead": (
        "overhead, overhead shot, overhead view, bird's eye, birds eye view, bird's eye view, top down, top down "
        "view, top shot, god's eye, god's eye view, birds eye, bird view, plan view, flat lay, from overhead, top "
        "view, directly above"
    ),
    "eye": (
        "eye level, eye level shot, straight on, at eye level, eye level view, frontal, front view, head on, profile "
        "view, side view, profile shot, shoulder level"
    ),
}

# Lenses by name [mm]; "85mm" is read as a number.
LENSES: dict[str, str] = {
    "18": (
        "ultra wide lens, ultra wide, fisheye, fish eye, fisheye lens, fish eye lens, ultra wide angle, super wide, "
        "super wide lens, extreme wide angle lens"
    ),
    "24": "wide lens, wide angle, wide angle lens, short lens",
    "50": "normal lens, standard lens, nifty fifty, prime lens, prime",
    "85": "portrait lens, long lens, short telephoto",
    "135": "telephoto, telephoto lens, tele lens, compressed, tele, zoom lens, super telephoto, compressed perspective",
}
# Lenses by their making, and what the light falls on.
GLASSES: dict[str, str] = {
    "anamorphic": (
        "anamorphic, anamorphic lens, anamorphic lenses, anamorphic glass, anamorphic flare, anamorphic bokeh, oval "
        "bokeh, shot on anamorphic, horizontal lens flare, blue lens flare, streak flare"
    ),
    "vintage": "vintage lens, vintage lenses, vintage glass, old lenses, soft vintage lens, uncoated lens",
}
STOCKS: dict[str, str] = {
    "70mm": "70 mm film, 65 mm film, 70 mm, 65 mm, imax, imax film, large format film",
    "35mm": "35 mm film, shot on film, shot on 35 mm, celluloid, analog film, film grain",
    "16mm": "16 mm film, 16 mm, super 16, super 8, 8 mm film, grainy film, grainy footage, home movie",
}
# Water on the front glass.
WET_LENS = (
    "droplets on the lens, drops on the lens, raindrops on the lens, water on the lens, rain on the lens, wet lens, "
    "water drops on the lens, water droplets on the lens, rain on lens, droplets on lens, rain streaked lens, rain "
    "spattered lens, water splashes the lens"
)
# How large what the light falls on is.
SENSORS: dict[str, str] = {
    "full frame": "full frame, full frame camera, full frame sensor, fullframe, vistavision",
    "large format": "large format, large format camera, large format sensor, medium format, medium format camera",
    "Super 35": "super 35, super 35mm, super 35 mm, super35, s35, super 35 sensor, super 35 camera, aps c",
    "micro four thirds": "micro four thirds, four thirds, mft, m43",
    "one inch": "one inch sensor, 1 inch sensor",
    "phone": (
        "phone camera, smartphone camera, shot on a phone, shot on phone, phone footage, smartphone footage, cell "
        "phone footage, webcam footage, shot on a smartphone"
    ),
}
# The gates that film comes in, by what is said of the film.
GATES: dict[str, str] = {
    "IMAX": "imax, imax film",
    "65mm": "70 mm film, 65 mm film, 70 mm, 65 mm, large format film",
    "Super 35": "35 mm film, shot on 35 mm",
    "Super 16": "16 mm film, 16 mm, super 16",
    "Super 8": "super 8, 8 mm film, home movie",
}
# Exposure by intent [stops].
EXPOSURES: dict[str, str] = {
    "1.5": "overexposed, over exposed, blown out highlights, highlights blown out, overexposure",
    "0.7": "slightly overexposed, half a stop over, exposed to the right",
    "-1.5": "underexposed, under exposed, crushed blacks, printed down, underexposure",
    "-0.7": "slightly underexposed, half a stop under",
}
STOPS: dict[str, str] = {
    "1.4": "very shallow focus, razor thin focus, wide open, wide open aperture, razor thin depth of field",
    "2": (
        "shallow focus, shallow depth of field, bokeh, blurred background, soft background, narrow depth of field, "
        "blurry background, out of focus background, selective focus, creamy bokeh, soft bokeh, background blur, "
        "defocused background"
    ),
    "8": (
        "deep focus, deep depth of field, everything in focus, everything sharp, large depth of field, all in focus, "
        "sharp throughout, pan focus"
    ),
}
FOCUSES: dict[str, str] = {
    "rack": (
        "rack focus, racks focus, racking focus, focus rack, pull focus, focus pull, focus shift, shift focus, "
        "change focus, focus change, focus shift to"
    ),
}

MOVES: dict[str, str] = {
    "push in": (
        "move forward, forward dolly, push in, pushes in, dolly in, track in, zoom in, creep in, move in, camera "
        "approach, dolly forward, push toward, camera push, push shot, push into, slow push, slow push in, zooms in, "
        "zoom in on, push towards, truck in, inch in, move closer, slow zoom, crash zoom, snap zoom, punch in"
    ),
    "pull out": (
        "pull out, pull back, dolly out, dolly back, zoom out, track out, move out, widen out, pull away, zooms out, "
        "slow zoom out, pulls back, dolly away, track back, back away, retreating camera"
    ),
    "track": (
        "dolly movement, tracking movement, tracking shot, tracking, track, follow shot, follow, dolly shot, dolly, "
        "trucking, truck left, truck right, steadicam, moving with, chase shot, side tracking, dolly left, dolly "
        "right, track left, track right, trucks left, trucks right, tracks along, steadicam shot, gimbal, gimbal "
        "shot, walk and talk, lateral tracking, parallel tracking, travelling shot, traveling shot, slider, slider "
        "shot, dolly track, leading shot, follow cam, camera follow"
    ),
    "pan": "pan, panning, pan left, pan right, pan across, panning shot, pan to, pan over, camera pan",
    "tilt": "tilt, tilt up, tilt down, tilting, tilt shot, tilts upward, tilts downward, camera tilt",
    "crane": (
        "crane, crane shot, crane up, crane down, jib, boom up, boom down, pedestal up, pedestal down, rise over, "
        "jib shot, jib up, jib down, boom shot, camera rise, crane over, pedestal shot, technocrane"
    ),
    "orbit": (
        "orbit, orbits, orbiting, arc shot, circle around, circling, camera circle, 360, 360 degree, arc around, "
        "orbit shot, orbit around, arcs left, arcs right, arc left, arc right, revolve around, 360 shot, 360 degree "
        "shot, rotate around, spin around, turntable shot, orbits around, circles around"
    ),
    "handheld": (
        "handheld, hand held, shaky, shaky cam, documentary style, vlog style, run and gun, selfie, handheld camera, "
        "handheld shot, shaky camera, shoulder mounted, shaky footage, bodycam, camera shake, camera shaking, found "
        "footage"
    ),
    "fly-through": (
        "fly through, flythrough, fly over, flyover, drone, drone shot, fpv, fpv drone, fly, drone view, drone "
        "footage, fpv shot, helicopter shot, quadcopter, flying camera, fly by, flyby, drone flight"
    ),
    "static": (
        "the camera is fixed, the camera is static, the camera remains static, the camera stays still, the camera is "
        "still, the camera remains still, camera is fixed, camera is static, camera remains static, camera stays "
        "still, camera stays fixed, camera is still, camera is stationary, camera does not move, static, static "
        "shot, locked off, locked down, tripod, still camera, fixed camera, lock off, static camera, stationary "
        "camera, camera still, fixed shot, fixed frame, locked off shot, stationary shot, camera remains still, "
        "stationary"
    ),
}
# Moves we do not make, and what is made instead.
NEAREST_MOVES: dict[str, str] = {
    "pan": "whip pan, swish pan, whip, swish, whip pan to, flash pan, whip tilt, snap pan",
    "push in": (
        "dolly zoom, vertigo effect, vertigo shot, zolly, contra zoom, trombone shot, jaws shot, hitchcock zoom, "
        "zoom, infinite zoom"
    ),
    "orbit": "camera roll, barrel roll, bullet time orbit, roll shot, rotating camera",
    "fly-through": "cablecam, cable cam, spidercam, hyperlapse",
}
# Edits and tricks of time and cut that no shot of ours does.
UNBUILT_FILM = (
    "time lapse, timelapse, hyper lapse, split screen, split diopter, double exposure, montage, jump cut, match cut, "
    "cross dissolve, dissolve to, crossfade, fade to black, fade in, fade out, fade to white, wipe transition, iris "
    "in, iris out, iris shot, cross cut, cross cutting, smash cut, freeze frame, reverse motion, rewind, picture in "
    "picture, stop motion animation, morph cut, super imposed, superimposed, loop, seamless loop, motion blur, long "
    "exposure, light painting, tilt shift, infrared, night vision, thermal imaging, x ray, glitch, chromatic "
    "aberration, scan line, vignette, letterbox, time freeze, flashback, flash forward, dream sequence"
)

PACES: dict[str, str] = {
    "0.5": (
        "slow, slowly, gently, gentle, gradual, gradually, softly, smooth, smoothly, leisurely, slower, calmly, "
        "unhurried, at a slow pace, slow paced, in no hurry, lazily, slow pace"
    ),
    "1.6": (
        "fast, quick, quickly, rapid, rapidly, swift, swiftly, faster, speedy, high speed, sudden, suddenly, hyper, "
        "at full speed, full speed, super fast, fast paced, hurriedly, briskly, lightning fast, breakneck, at high "
        "speed"
    ),
}
SLOW_MOTION: dict[str, str] = {
    "0.25": (
        "slow motion, slow mo, slomo, slowmo, high frame rate, time slows, in slow motion, overcranked, 120 fps, "
        "time slows down"
    ),
    "0.1": (
        "bullet time, ultra slow motion, super slow motion, frozen in time, extreme slow motion, phantom camera, "
        "super slow mo"
    ),
}

KEYS: dict[str, str] = {
    "low": (
        "low key, dark, dim, dimly lit, shadow, shadowy, chiaroscuro, noir, silhouette, dramatic lighting, gloom, "
        "underlit, darker, darkness, low key lighting, rembrandt, rembrandt lighting, hard light, moody lighting, "
        "split lighting, silhouetted, film noir, dramatic light, underlighting, low light, gloomy, pitch black, high "
        "contrast lighting, side lighting, side lit, sidelight, harsh light, harsh lighting, tenebrism, in "
        "silhouette, lit by a single source, single light source, moody light, dark lighting"
    ),
    "high": (
        "high key, bright, brightly lit, airy, well lit, brighter, evenly lit, flat light, vivid, high key lighting, "
        "flat lighting, bright lighting, bright light, beauty lighting, butterfly lighting, brightly illuminated, "
        "paramount lighting, clamshell lighting"
    ),
    "neutral": (
        "natural light, soft light, neutral light, ambient light, diffuse light, soft lighting, natural lighting, "
        "ambient lighting, diffused light, window light, loop lighting, three point lighting, overcast light, "
        "available light, bounce light, bounced light, soft diffused light, studio lighting, broad lighting, short "
        "lighting"
    ),
}
WARMTHS: dict[str, str] = {
    "900": (
        "warm, warmer, warm light, warm tone, tungsten, candlelit, candlelight, firelight, golden, amber, golden "
        "light, warm lighting, warm glow, tungsten light, incandescent, sodium, warm color, warm hue, golden glow, "
        "lamplight, warm white, 3200 k, 2700 k, tungsten lighting, sodium vapor, warmly lit, orange light"
    ),
    "-900": (
        "cold, cool, cooler, colder, icy, cool light, cold light, blue light, bluish, cool tone, cold tone, cool "
        "lighting, fluorescent light, daylight balanced, 5600 k, 6500 k, cool white, cool glow, cold lighting, steel "
        "blue light, blue tint, teal tint, moonlit blue"
    ),
}
# What the sets already carry as lights: bound to their practicals.
LIGHTS: dict[str, str] = {
    "neon practicals": (
        "neon practical light, neon practical, neon light, neon, neon sign, practical light, practical, neon glow, "
        "rgb light, led light, led strip, led, ring light, fairy light, string light, neon lighting, practical "
        "lighting, neon lit, motivated lighting, neon tube"
    ),
    "light shafts": (
        "volumetric light shaft, light shaft, volumetric light, volumetric, god ray, sunbeam, sun shaft, shaft of "
        "light, light beam, ray of light, sunlight, beam, shaft, sun ray, volumetric lighting, beam of light, "
        "crepuscular ray, ray of sunlight, shaft of sunlight, ray of sun, beam of sunlight, light ray, dappled "
        "light, dappled sunlight, volumetric beam, volumetric fog, sunshine"
    ),
    "headlights": "headlight, headlamp, high beam, car light, headlight beam",
    "candles": (
        "candle, torch, lantern, lamp, chandelier, torchlight, oil lamp, candle flame, desk lamp, table lamp, floor "
        "lamp"
    ),
    "backlight": (
        "backlight, backlit, rim light, rim lit, lens flare, glow, glowing, rim lighting, back lighting, "
        "backlighting, contre jour, hair light, edge light, halo light, kicker, backlit by, sun flare"
    ),
}
# Light that is asked for and not on any set.
UNBUILT_LIGHTS = (
    "lamp light, streetlight glow, spotlight, stage light, strobe, strobe light, disco light, flashlight beam, "
    "searchlight, floodlight, bioluminescence, bioluminescent, city light, police light, siren light, light source, "
    "gobo, light leak, colored light, coloured light, colored gel, gelled light, black light, ultraviolet, uv light, "
    "light show, holographic light, starlight, laser light, dawn light, fluorescent tube, softbox"
)

TIMES: dict[str, str] = {
    "day": (
        "day, daytime, daylight, noon, midday, afternoon, sunlit, sunny, in broad daylight, high noon, late "
        "afternoon, sunny day, bright day, early afternoon"
    ),
    "continuous": "continuous, same, later, moments later, same time, continuing",
    "morning": "morning, early morning, late morning, in the morning, morning light, morning sun, early in the morning",
    "dawn": "dawn, sunrise, daybreak, first light, at dawn, crack of dawn, before sunrise, morning twilight, sunup",
    "dusk": (
        "dusk, sunset, twilight, evening, blue hour, magic hour, golden hour, nightfall, at sunset, at dusk, "
        "sundown, gloaming, golden hour light, late evening, evening light, setting sun, civil twilight, early "
        "evening"
    ),
    "night": (
        "night, nighttime, at night, night time, after dark, moonlit, moonlight, under the moon, late at night, late "
        "night, starry night, moonlit night"
    ),
    "day for night": "day for night, american night, shot day for night, nuit américaine, nuit americaine",
    "midnight": "midnight, dead of night, middle of the night, witching hour",
}

WEATHERS: dict[str, str] = {
    "rain": (
        "rain, rainy, raining, downpour, drizzle, rainstorm, storm, stormy, thunderstorm, rainfall, wet, soaked, "
        "raindrop, in the rain, heavy rain, light rain, pouring rain, torrential rain, rainwater, rain shower, rain "
        "drenched, drenched, rain soaked, cloudburst, drizzling"
    ),
    "haze": (
        "fog, foggy, mist, misty, haze, hazy, smoke, smoky, steam, smog, fog bank, thick fog, smoke filled, steamy, "
        "low fog, dense fog, morning mist, morning fog"
    ),
    "dust": "dust, dusty, dust cloud, cloud of dust",
    "snow": (
        "snowing, snowfall, snowy, falling snow, heavy snow, light snow, snow shower, snow flurry, flurry, "
        "snow falling, snowy weather, fresh snowfall"
    ),
    "blizzard": "blizzard, snowstorm, snow storm, whiteout, driving snow",
    "clear": "clear, dry, clear sky, cloudless, cloudless sky, clear weather, dry weather",
}
UNBUILT_WEATHERS = (
    "hail, wind, windy, breezy, lightning, sandstorm, tornado, cloudy, overcast, "
    "gusty, hurricane, partly cloudy, overcast sky, heatwave, freezing weather, weather, humid air, tempest, squall"
)

MOODS: dict[str, str] = {
    "upbeat": (
        "upbeat, cheerful, happy, joyful, energetic, fun, playful, bubbly, excited, enthusiastic, joy, smiling, "
        "cheery, lively, hyped, delighted, joyous, merry, jolly, festive, gleeful, uplifting, elated, vibrant mood, "
        "carefree, amused, thrilled, laughing, hopeful, optimistic"
    ),
    "tense": (
        "tense, tension, suspense, suspenseful, ominous, thriller, menacing, anxious, nervous, dangerous, gritty, "
        "foreboding, uneasy, stressed, worried, threatening, thrilling, unsettling, frantic, restless, oppressive, "
        "dramatic"
    ),
    "sad": (
        "sad, melancholy, melancholic, lonely, sorrow, grief, mournful, tearful, somber, sombre, depressed, gloomy "
        "mood, bleak, heartbroken, sorrowful, desperate, bittersweet, sadness, dejected, wistful, miserable, "
        "disappointed, crying, devastated"
    ),
    "angry": (
        "angry, furious, rage, aggressive, fierce, mad, anger, wrath, enraged, hostile, irritated, annoyed, "
        "frustrated, outraged, fury, ferocious"
    ),
    "fearful": (
        "afraid, scared, fearful, terrified, horror, scary, creepy, eerie, frightened, spooky, haunted, terrifying, "
        "frightening, nightmarish, panicked, horrified, chilling, macabre, shocked, startled, horror style"
    ),
    "awe": (
        "awe, wonder, mysterious, mystical, magical, magic, epic, majestic, mystery, enchanted, dreamy, ethereal, "
        "fantasy, surreal, mystic, awe inspiring, otherworldly, enchanting, enigmatic, dreamlike, wondrous, amazed, "
        "astonished, hypnotic, grand, mythic, surprised, curious, psychedelic, whimsical mood, fairytale, surprise"
    ),
    "calm": (
        "calm, peaceful, serene, quiet, tranquil, relaxed, cozy, cosy, intimate, thoughtful, pensive, soothing, "
        "contemplative, meditative, relaxing, still mood, idyllic, content, placid, comfortable, laid back, zen, "
        "restful"
    ),
    "determined": (
        "determined, heroic, confident, proud, brave, powerful, intense, serious, resolute, sleek, triumphant, "
        "fearless, focused, inspiring, stern, victorious, solemn, bold mood, courageous"
    ),
    "romantic": "romantic, love, tender, loving, nostalgic, affectionate, sensual, passionate, in love, sentimental",
}

MUSICS: dict[str, str] = {
    "bass drops": "bass drop, sync to bass drop, beat drop, drop the bass",
    "beat sync": "sync, beat sync, to the beat, on the beat, in sync, synchronized, synchronised, to the rhythm",
    "bass": "bass, sub bass, electronic, techno, dubstep, edm, house music, electronic music, trap beat, synthwave",
    "music": (
        "music, soundtrack, score, song, melody, beat, upbeat music, background music, tune, jazz, rock music, pop "
        "music, piano music, rap"
    ),
    "strings": (
        "orchestral, orchestra, string, choir, violin music, symphonic, symphony, classical music, orchestral music, "
        "epic music"
    ),
    "lo-fi": "lo fi, lofi, chill music, hip hop, hip hop beat, lo fi beat",
    "silence": "silence, silent, no music, without music, in silence, dead silence",
}
# Words about the picture as a whole that any of our shots answers.
CRAFT = (
    "still frame, "
    "cinematic, realistic, photorealistic, photoreal, photo realistic, film, film look, movie, shot, scene, 4k, 8k, "
    "uhd, hd, high quality, high resolution, detailed, highly detailed, ultra detailed, hdr, ray traced, path "
    "traced, depth of field, professional, masterpiece, render, vfx, "
    "video, clip, footage, view, frame, composition, background, foreground, teaser, trailer, commercial, vlog, "
    "reveal shot, style, beautiful, stunning, gorgeous, amazing, visual effect, filmed, captured, sequence, moment, "
    "opening shot, angle, take, light, lighting, lit, air, space, atmosphere, atmospheric, mood, focus, in focus, "
    "sharp focus, the camera, camera angle, camera view, camera movement, camera work, camera motion, picture "
    "quality, ultra hd, full hd, 1080 p, ultra realistic, hyper realism, hyper realistic, photography, close "
    "attention, photographed, best quality, award winning, hyperrealistic, real life, live action, "
    "blockbuster, music video, feature film, short film, advertisement, ad, cinematography, filmmaking, the frame, "
    "the shot, the scene, the screen, octane render, unreal engine, scenes, cinematic style, cinematic shot, film "
    "style, 24 fps, 60 fps, 30 fps, widescreen, aspect ratio, 16 9, mid ground, midground, single take, one "
    "take, oner, one-er, long take, continuous shot, continuous take, coverage"
)
