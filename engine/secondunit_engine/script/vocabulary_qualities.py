"""How things are and how things are done: adjectives and adverbs that are known, and change nothing in the picture
yet. What does change it (colours, moods, wear, pace) is in `vocabulary` and `vocabulary_film`, and comes first.

A table maps a kind to groups, the first word of a group being its value.
"""

from __future__ import annotations

QUALITIES: dict[str, str] = {
    "size": (
        "small, little, tiny, miniature, mini, compact, minute, microscopic; big, large, huge, giant, massive, "
        "enormous, immense, gigantic, colossal, oversized, great, monumental, larger; tall, towering, high up, "
        "lofty, taller; short, shorter; long, elongated, lengthy; wide, broad, expansive, vast, endless, boundless, "
        "sweeping; narrow, tight, thin, fine; thick, dense, heavy, lush, chunky; deep; shallow; flat, level; equal"
    ),
    "shape": (
        "round, rounded, circular, spherical, oval; square, rectangular, cubic; triangular, conical, cylindrical; "
        "curved, arched, bent, curly, wavy, spiral, winding, undulating, twisted, twisting; straight, upright, "
        "vertical, horizontal, diagonal, parallel; pointed, sharp, jagged, spiky, rugged; symmetrical, geometric, "
        "irregular, intricate, complex, elaborate, ornate, patterned, striped, checkered, spotted, plain, simple, "
        "abstract; hollow, solid; open, closed; upside down, tilted, sideways; half; folded, crumpled, tangled, "
        "stacked, layered"
    ),
    "touch": (
        "soft, fluffy, silky, velvety, furry, fuzzy, hairy, woolly; hard, rigid, stiff, firm, tough; smooth, slick, "
        "slippery; rough, coarse, bumpy, textured, grainy, cracked, scaly; wet, damp, moist, dripping, dewy, humid; "
        "dry, arid, parched, dried; sticky, gooey, oily, greasy; liquid, molten, melted, melting; elastic, flexible, "
        "stretchy, bouncy, springy, inflated; fragile, delicate, brittle; hot, boiling, scorching, heated, steaming, "
        "fiery; frozen, chilly, frosty, freezing, frigid, snowy, snow covered, snow capped, ice covered; heavy, "
        "weighty; light, lightweight, weightless"
    ),
    "look": (
        "colorful, colourful, multicolored, rainbow colored, vibrant, saturated, rich; pale, pastel, faded, dull, "
        "muted, faint; shiny, glossy, glistening, gleaming, reflective, sparkling, glittering, shimmering, "
        "iridescent, metallic; transparent, translucent, glassy, see through, crystal clear; opaque, matte, matt; "
        "bright, luminous, radiant, brilliant, illuminated, luminescent, fluorescent, starry; dark, shady; visible, "
        "invisible, hidden, obscured, exposed; clean, neat, tidy, pure, crisp, fresh; messy, cluttered, muddy, "
        "stained, sandy, mossy, leafy, grassy, rocky, woody, wooded; sunken, submerged, underwater, underground, "
        "airborne, floating; blurred, blurry; adorned, decorated, covered, filled, surrounded, lined, framed, "
        "dotted; bare, naked, barren, desolate, blank; broken, shattered, torn, damaged, burnt, burned, rotten, "
        "moldy; lit up; whole, complete; blonde; bushy; potted; handmade, handcrafted"
    ),
    "material": (
        "wooden; metal; golden; stone; glass; plastic; paper; leather; woolen, silken, knitted, embroidered; "
        "ceramic; concrete; untextured"
    ),
    "character": (
        "cute, adorable, lovely, pretty, charming, sweet; handsome, attractive, elegant, graceful, stylish, fancy, "
        "fashionable, chic; ugly, grotesque; funny, silly, humorous, comical, quirky, whimsical; strange, weird, "
        "odd, unusual, peculiar, bizarre, curious, exotic; wise, smart, clever, intelligent, cunning; foolish, "
        "naive; kind, friendly, generous; evil, wicked, cruel, vicious, malevolent, sinister; wild, tame, feral, "
        "domestic; brave, fearless, courageous, bold, daring; shy, timid; lazy, idle, sleepy, tired, exhausted, "
        "weary; hungry, thirsty; busy, bustling, crowded, hectic; alive, dead, dying, sick, ill, injured, wounded, "
        "healthy; noble, royal, regal, holy, sacred, divine, spiritual; famous, legendary, iconic, renowned, "
        "mythical, celebrated; rich, wealthy, luxurious, expensive, precious, valuable; poor, humble, cheap; strong, "
        "mighty, weak, frail; agile, athletic, nimble, skilled, skillful, experienced, expert, talented; "
        "independent; young, newborn, adult, grown; human; male; magical, supernatural, fantastical, imaginary; "
        "curious, stoic, focused, attentive, patient, careful; innocent, guilty; capable, able, unable, ready, "
        "willing; safe, secure, deadly, poisonous, lethal, toxic"
    ),
    "place or time": (
        "rural, rustic, pastoral; urban, suburban, metropolitan; coastal, tidal, oceanic; tropical, subtropical, "
        "alpine, arctic, polar, mountainous; indoor, indoors, outdoor, outdoors; local, foreign, international, "
        "global, national; remote, distant, faraway, far, isolated; near, nearby, close, adjacent, neighboring; "
        "upper, lower, central, inner, outer, rear; northern, southern, eastern; first, second, third, fourth, "
        "fifth, sixth, last, final, next, previous, former, latter, initial, eventual; early, late, recent, new, old "
        "fashioned; current, contemporary, classic, classical, traditional, historic, historical, medieval, "
        "victorian, vintage, retro, antique, prehistoric, timeless, eternal, everlasting, bygone; american, chinese, "
        "japanese, european, african, asian, indian, french, italian, british, english, german, russian, greek, "
        "roman, egyptian, korean, mexican, spanish, caucasian, hispanic, athenian; daily, nightly, annual, seasonal"
    ),
    "degree": (
        "entire, full, total; empty; partial, slight, subtle, mild, moderate; extreme, severe, violent, strong wind; "
        "certain, specific, particular, special, unique, rare, distinct, different, various, diverse, varied; "
        "similar, identical, alike; common, ordinary, normal, usual, regular, typical, natural, conventional, "
        "everyday; perfect, ideal, excellent, exquisite, magnificent, splendid, impressive, remarkable, wonderful, "
        "incredible, spectacular, breathtaking, mesmerizing, marvelous, extraordinary, good, nice, best, better; "
        "bad, worse, worst, terrible, awful, horrible; important, main, major, crucial, significant, essential; "
        "minor; possible, impossible; easy, difficult; loud, noisy; silent, hushed; abrupt, steady, stable, "
        "constant, relentless, occasional; active, dynamic, motionless, immobile; real, true, fake, artificial, "
        "virtual, digital, electronic, electric, mechanical, automatic, robotic; hyper realistic, lifelike, "
        "imaginative; formal, casual, official; public, private; empty handed; due; delicious, tasty, ripe, raw, "
        "cooked, baked, fried, grilled, roasted, sliced, chopped, spicy, creamy, frothy; matching, blended, mixed, "
        "combined; loose, opposite; military, biological, botanical, floral, marine, aquatic, celestial, cosmic, "
        "lunar, solar"
    ),
}
MANNERS = (
    "carefully, cautiously, delicately, meticulously, attentively; happily, joyfully, cheerfully, merrily, "
    "playfully, excitedly, eagerly, enthusiastically; sadly, mournfully; angrily, fiercely, aggressively, violently; "
    "nervously, anxiously; quietly, silently, noiselessly; loudly, noisily; gracefully, elegantly, effortlessly, "
    "fluidly, beautifully, majestically; steadily, evenly, constantly, continuously, rhythmically, repeatedly, "
    "periodically, regularly; vigorously, energetically, forcefully, powerfully, strongly, firmly, tightly, hard "
    "pressed; lightly, loosely; brightly, dimly, vividly, sharply, clearly, faintly, barely; lazily, peacefully, "
    "serenely; wildly, frantically, chaotically; easily; skillfully, expertly, cleverly; confidently, proudly, "
    "bravely, boldly; together, apart, side by side, in unison; back and forth, up and down; forward, backward, "
    "backwards, ahead, upward, upwards, downward, downwards, clockwise, counterclockwise, in circles, round and "
    "round; high in the air, high up in; finally, eventually, ultimately, at last, lastly; first of all, initially, "
    "at first; again and again; suddenly, abruptly, unexpectedly, instantly, immediately; gradually, progressively, "
    "increasingly, over time; dramatically, significantly, greatly, strikingly; completely, fully, entirely, "
    "totally, perfectly, partially; almost, nearly; accidentally; successfully; occasionally, sometimes, often, "
    "always, forever, ever; however, instead, meanwhile, therefore, thus; once, twice; now, already, soon, later on, "
    "originally; truly, indeed, especially, particularly, simply, merely; everywhere, nowhere, somewhere, anywhere; "
    "far away; well; awkwardly; intently; closely; naturally; deeply; freely; busily; mysteriously; realistically; "
    "horizontally, vertically; thoughtfully; skyward; aside; aloud; thickly, densely; actively; randomly; precisely, "
    "accurately, exactly"
)
