"""Sentences as articles on running write them, each with the relations it must give, and no other."""

import pytest

from corpus.reading import article_from_text
from graph.claims import read_claims
from graph.linking import Linker
from graph.vocabulary import load_vocabulary

# cause, "+" raises, "-" lowers, "?" denied, effect
SENTENCES = {
    "Weak core muscles cause the abdominals, glutes and hamstrings to become stiff.": [
        "core/weakness + abdominals/tightness",
        "core/weakness + glutes/tightness",
        "core/weakness + hamstrings/tightness",
    ],
    "Sitting causes hips, hamstrings and calves to get tight.": [
        "sitting + calves/tightness",
        "sitting + hamstrings/tightness",
        "sitting + hips/tightness",
    ],
    "Weak feet cause the ankles to roll in, the knees to collapse and the hips to drop.": [
        "foot/weakness + hips/drop",
        "foot/weakness + knee/collapse",
        "foot/weakness + overpronation",
    ],
    "A leg length difference can cause the pelvis to tilt and the spine to curve.": [
        "whole-body/leg-length + open/spine-curve",
        "whole-body/leg-length + pelvis/misalignment",
    ],
    "Poor posture lets the glutes and core switch off.": [
        "poor-posture + core/inactivity",
        "poor-posture + glutes/inactivity",
    ],
    "Weakness in the hips makes the knees knock inward when you run.": ["hips/weakness + knee/collapse"],
    "Poor hip control leads to the knee collapsing inward.": ["hips/instability + knee/collapse"],
    "Rest allows the tendon to heal and the swelling to go down.": ["rest - any/swelling", "rest - tendons/injury"],
    "Poor posture forces the muscles of the back and neck to work overtime.": [
        "poor-posture + back-extensors/overuse",
        "poor-posture + neck/overuse",
    ],
    "Tight hip flexors pull the pelvis forward.": ["hip-flexors/tightness + pelvis/anterior-tilt"],
    "Tight hip flexors pull the pelvis into an anterior tilt.": ["hip-flexors/tightness + pelvis/anterior-tilt"],
    "Tightness of the hamstrings tilts the pelvis backward.": ["hamstrings/tightness + pelvis/posterior-tilt"],
    "Tight pecs pull the shoulders forward.": ["chest/tightness + slouching"],
    "A tight psoas drags the lumbar spine forward.": ["psoas/tightness + lumbar-spine/misalignment"],
    "A tight IT band pulls the kneecap to the outside.": ["it-band/tightness + kneecap/misalignment"],
    "Crossing the midline twists the pelvis to one side.": ["crossover-gait + pelvis/misalignment"],
    "Tight hamstrings prevent the pelvis from tilting forward.": ["hamstrings/tightness - pelvis/anterior-tilt"],
    "Sitting for long periods deactivates the glutes.": ["sitting + glutes/inactivity"],
    "Doing bridges three times a week will wake up lazy glutes.": ["glute-bridge - glutes/inactivity"],
    "Strong hips protect the knee from injury.": ["hips/weakness + knee/injury"],
    "Losing weight takes stress off the hips and knees.": [
        "excess-weight + hips/stress",
        "excess-weight + knee/stress",
    ],
    "Taking shorter steps takes the load off your knees.": ["overstriding + knee/stress"],
    "Calf raises strengthen the Achilles tendon.": ["calf-raises - achilles/weakness"],
    "Toe raises and heel drops prevent shin splints.": ["calf-raises - shin/splints", "toe-walks - shin/splints"],
    "Hip hikes train the gluteus medius.": ["hip-hikes - gluteus-medius/weakness"],
    "Rounded shoulders and a forward head lead to neck pain and headaches.": [
        "forward-head + head/headache",
        "forward-head + neck/pain",
        "slouching + head/headache",
        "slouching + neck/pain",
    ],
    "Overpronation is linked to plantar fasciitis and shin splints.": [
        "overpronation + plantar-fascia/fasciitis",
        "overpronation + shin/splints",
    ],
    "Tight calves are a risk factor for Achilles tendinopathy and plantar fasciitis.": [
        "calves/tightness + achilles/tendinopathy",
        "calves/tightness + plantar-fascia/fasciitis",
    ],
    "Heel striking is often blamed for shin splints, but the evidence is weak.": ["heel-striking + shin/splints"],
    "If you sit all day, your hip flexors shorten and your glutes go to sleep.": [
        "sitting + glutes/inactivity",
        "sitting + hip-flexors/shortening",
    ],
    "If the big toe can't bend, the foot rolls out and the knee twists.": [
        "big-toe/restriction + knee/misalignment",
        "big-toe/restriction + supination",
    ],
    "My back hurts because my hips are tight and my glutes are weak.": [
        "glutes/weakness + back/pain",
        "hips/tightness + back/pain",
    ],
    "Your hips are tight, so the pelvis tips forward and the lower back arches.": [
        "hips/tightness + lumbar-spine/lordosis",
        "hips/tightness + pelvis/anterior-tilt",
    ],
    "The hamstrings become overworked because the glutes are not doing their job.": [
        "glutes/inactivity + hamstrings/overuse"
    ],
    "Your hip flexors get short and tight from sitting.": [
        "sitting + hip-flexors/shortening",
        "sitting + hip-flexors/tightness",
    ],
    "The longer you sit, the tighter your hip flexors get.": ["sitting + hip-flexors/tightness"],
    "The faster you increase your mileage, the higher your risk of injury.": ["sudden-mileage + any/injury"],
    "The more you run, the stronger your bones become.": ["running - bones/weakness"],
    "Your risk of injury goes up when you increase mileage too fast.": ["sudden-mileage + any/injury"],
    "Hip strengthening has been found to reduce knee pain in runners.": ["hip-strengthening - knee/pain"],
    "Warming up properly cuts injury risk in half.": ["warm-up - any/injury"],
    "Because of tight hamstrings, the pelvis tucks under.": ["hamstrings/tightness + pelvis/posterior-tilt"],
    "The lower back compensates for stiff hips.": ["hips/tightness + lower-back/overuse"],
    "Good posture improves breathing and reduces tension in the neck.": [
        "poor-posture + neck/tightness",
        "poor-posture + shallow-breathing",
    ],
    "Your calves may cramp if you are dehydrated.": ["dehydration + calves/cramp"],
    "It is a myth that running ruins your knees.": ["running ?+ knee/injury"],
    "Overstriding jars the knees.": ["overstriding + knee/stress"],
    "The pain itself might be what's making the hips weak.": ["any/pain + hips/weakness"],
    "Sitting is what tightens the hip flexors.": ["sitting + hip-flexors/tightness"],
    "Skip your warm-up and your calves will tighten.": ["no-warm-up + calves/tightness"],
    "Sit all day and your hip flexors shorten.": ["sitting + hip-flexors/shortening"],
    "If you keep running on it, you could end up with a stress fracture.": ["running + any/stress-fracture"],
    "When the arch drops, there is more strain on the shin.": ["foot/flat + shin/stress"],
    "The arches drop. The result? Sore feet and shin splints.": ["foot/flat + foot/pain", "foot/flat + shin/splints"],
    "Tired hips make the tilt worse.": ["hips/fatigue + open/tilt"],
    "Poor sleep makes your posture worse.": ["sleep-lack + poor-posture"],
    "Yoga improves your posture.": ["yoga - poor-posture"],
    "Running tired worsens slouching.": ["any/fatigue + slouching"],
    "Fatigue ruins your form.": ["any/fatigue + poor-running-form"],
    "Yoga helps with sitting all day.": ["yoga - sitting"],
    "Cycling spares your joints.": ["cycling-sport - joints/stress"],
    "Hard heel strikes send shock waves up the shin.": ["heel-striking + open/shock-wave-up-shin"],
    "Strong glutes bring the pelvis back to neutral.": ["glutes/weakness + pelvis/misalignment"],
    "Heel pain often comes down to tight calves.": ["calves/tightness + heel/pain"],
    "He puts his knee pain down to weak hips.": ["hips/weakness + knee/pain"],
    "Weak hips get the blame for knee pain.": ["hips/weakness + knee/pain"],
    "A grumpy Achilles leads to a limp.": ["achilles/inflammation + limping"],
    "Avoid walking barefoot on hard floors, as this can aggravate the pain.": ["barefoot-running + any/pain"],
    "The hip flexors become tight. As a result, the pelvis tips forward.": [
        "hip-flexors/tightness + pelvis/anterior-tilt"
    ],
    "The plantar fascia supports the arch. When it is overloaded, it becomes inflamed.": [
        "plantar-fascia + open/arch",
        "plantar-fascia/stress + plantar-fascia/inflammation",
    ],
    "The gluteus medius keeps the pelvis level. When it is weak, the pelvis drops.": [
        "gluteus-medius - pelvis/instability",
        "gluteus-medius/weakness + hips/drop",
    ],
    "Many runners lean back. The problem is that it puts stress on the lower back.": [
        "leaning-back + lower-back/stress"
    ],
    "One common fault is overstriding. It increases the load on the knee.": ["overstriding + knee/stress"],
    "Overstriding can cause knee, hip and back pain.": [
        "overstriding + back/pain",
        "overstriding + hips/pain",
        "overstriding + knee/pain",
    ],
    "Limping may in turn cause knee, hip or back problems.": [
        "limping + back/trouble",
        "limping + hips/trouble",
        "limping + knee/trouble",
    ],
    "Runners who suddenly increase their mileage are at greater risk of shin splints.": [
        "sudden-mileage + shin/splints"
    ],
    "Runners with weak hips are prone to knee pain.": ["hips/weakness + knee/pain"],
    "You sit in a low chair, which shortens the hip flexors.": ["sitting + hip-flexors/shortening"],
    "The tendon becomes painful when it is overloaded.": ["tendons/stress + tendons/pain"],
    "Numbness, tingling or sudden weakness can be caused by pressure on the nerves.": [
        "nerves/stress + any/numbness",
        "nerves/stress + muscles/weakness",
    ],
    "Band rows are great for rounded shoulders.": ["rows - slouching"],
    "A stiff upper back makes deep breathing harder and shallow breathing leaves the upper back stiff.": [
        "shallow-breathing + upper-back/tightness",
        "upper-back/tightness + shallow-breathing",
    ],
    "Poor sleep makes you more sensitive to pain. So does stress.": [
        "any/stress + any/sensitivity",
        "sleep-lack + any/sensitivity",
    ],
    "Weak hips may cause knee pain. So can stiff ankles.": ["ankle/tightness + knee/pain", "hips/weakness + knee/pain"],
    "Weak glutes can't stabilise the pelvis, and the lower back has to take over.": [
        "glutes/weakness + lower-back/overuse",
        "glutes/weakness + pelvis/instability",
    ],
    "Tired muscles cannot absorb shock.": ["muscles/fatigue - open/absorb-shock"],
    "Stretching can't fix weak hips.": ["stretching ?- hips/weakness"],
    "If the glutes are weak, they can't support the lower back.": ["glutes/weakness + lower-back/instability"],
    "Massage will not cure a torn muscle.": ["massage ?- any/strain"],
    "The glutes switch off and the hamstrings take over.": ["glutes/inactivity + hamstrings/overuse"],
    "Running is fun and coaches have to work hard.": [],
    "Your hips are weak and your knees pick up the slack.": ["hips/weakness + knee/overuse"],
    "Stiffness makes the neck even tighter.": ["muscles/tightness + neck/tightness"],
    "Weak neck flexors cause headaches.": ["neck/weakness + head/headache"],
    "Fallen arches tip the pelvis forward, which strains the lower back.": [
        "foot/flat + pelvis/anterior-tilt",
        "pelvis/anterior-tilt + lower-back/strain",
    ],
    "When the glutes are weak, the hamstrings have to take over, and that leads to tightness.": [
        "glutes/weakness + hamstrings/overuse",
        "hamstrings/overuse + muscles/tightness",
    ],
    "When your glutes don't fire, your lower back and hamstrings have to work overtime.": [
        "glutes/inactivity + hamstrings/overuse",
        "glutes/inactivity + lower-back/overuse",
    ],
    "When the head drifts forward, the neck muscles have to work overtime, which leads to headaches.": [
        "neck/overuse + head/headache",
        "open/head-drift-forward + neck/overuse",
    ],
    "Clamshells target the gluteus medius.": ["clamshells - gluteus-medius/weakness"],
    "Good posture stops you from slouching.": ["poor-posture + slouching"],
    "Anterior pelvic tilt is common and does not in itself cause back pain.": ["pelvis/anterior-tilt ?+ back/pain"],
    "The pain usually returns after long periods of standing.": ["standing-long + any/pain"],
    "The pain flares when you go down the stairs or after a long drive.": [
        "climbing-stairs + any/pain",
        "sitting + any/pain",
    ],
    "My knee hurts going down stairs.": ["climbing-stairs + knee/pain"],
    "The stiffness eases with gentle movement.": ["open/gentle-movement - muscles/tightness"],
    "Heel pain that eases with rest": ["rest - heel/pain"],
    "The ache is worse after sitting and better with walking.": ["sitting + any/pain", "walking - any/pain"],
    "Poor sleep slows down tendon recovery, and so does smoking.": [
        "sleep-lack + tendons/injury",
        "smoking + tendons/injury",
    ],
    "Prolonged sitting tightens the hip flexors, as does cycling.": [
        "cycling-sport + hip-flexors/tightness",
        "sitting + hip-flexors/tightness",
    ],
    "Bed rest weakens the back muscles, and a plaster cast does the same.": [
        "brace + back-extensors/weakness",
        "sedentary-life + back-extensors/weakness",
    ],
    "Hard ground doesn't cause shin splints, but worn shoes might.": [
        "hard-surfaces ?+ shin/splints",
        "worn-shoes + shin/splints",
    ],
    "Weak glutes can cause knee pain, and so can stiff ankles.": [
        "ankle/tightness + knee/pain",
        "glutes/weakness + knee/pain",
    ],
    "Stretching does not prevent injury, and neither does massage.": [
        "massage ?- any/injury",
        "stretching ?- any/injury",
    ],
    "Knee pain can be caused by weak hips, and so can back pain.": [
        "hips/weakness + back/pain",
        "hips/weakness + knee/pain",
    ],
    "Stretching eases tightness, but massage doesn't.": [
        "massage ?- muscles/tightness",
        "stretching - muscles/tightness",
    ],
    "Can tight hips cause knee pain? Yes, they can.": ["hips/tightness + knee/pain"],
    "Does slouching cause back pain? No, not by itself.": ["slouching ?+ back/pain"],
    "Do flat feet cause back pain? Sometimes.": ["foot/flat + back/pain"],
    "If you sit all day the hip flexors shorten.": ["sitting + hip-flexors/shortening"],
    "When your calves get tired your ankles roll in.": ["calves/fatigue + overpronation"],
    "When the glutes get weak the hamstrings take over.": ["glutes/weakness + hamstrings/overuse"],
    "For a stiff back, try a short walk.": ["movement-breaks - back/tightness"],
    "For tight calves, foam rolling works well.": ["foam-rolling - calves/tightness"],
    "Overstriding is hard on the knees.": ["overstriding + knee/trouble"],
    "Forward head posture can give you headaches.": ["forward-head + head/headache"],
    "Knee, hip and back pain are caused by overpronation.": [
        "overpronation + back/pain",
        "overpronation + hips/pain",
        "overpronation + knee/pain",
    ],
    "Fallen arches tip the pelvis forward, and this jams up the lower back.": [
        "foot/flat + pelvis/anterior-tilt",
        "pelvis/anterior-tilt + lower-back/restriction",
    ],
    "Core training improved balance and posture in runners.": [
        "core-strengthening + coordination",
        "core-strengthening - poor-posture",
    ],
    "Complete rest is not recommended because it weakens the calves.": ["rest + calves/weakness"],
    "Hill repeats, speedwork and downhill running all overload the Achilles.": [
        "downhill-running + achilles/stress",
        "high-intensity + achilles/stress",
        "hill-running + achilles/stress",
    ],
    "The pain settles after a few minutes.": [],
    "The pain is sharper when you run and easier when you walk.": ["running + any/pain", "walking - any/pain"],
    "If you do the exercises I gave you, the pain settles.": ["sedentary-life + any/pain"],
    "Good shoes matter, and so does rest.": [],
    "If your core is weak your pelvis drops and twists on each landing.": [
        "core/weakness + hips/drop",
        "core/weakness + twisting",
    ],
    "When the glutes fail, the opposite hip drops and the knee caves in.": [
        "open/glute-fail + hips/drop",
        "open/glute-fail + knee/collapse",
    ],
    "Without strong glutes, runners arch their back.": ["glutes/weakness + back/misalignment"],
    "Without enough sleep, the muscles get sore.": ["sleep-lack + muscles/pain"],
    "If you rush back without rest you'll end up with shin splints.": ["early-return + shin/splints"],
    "Downhill running hammers the quads.": ["downhill-running + quadriceps/strain"],
    "Long drives lock up the upper back.": ["sitting + upper-back/restriction"],
    "A tight piriformis can pinch the sciatic nerve.": ["piriformis/tightness + sciatic-nerve/pinching"],
    "Ankle rocks free up a stiff ankle.": ["ankle-circles - ankle/tightness"],
    "Poor sleep feeds into back pain.": ["sleep-lack + back/pain"],
    "Stronger hips had got rid of her knee pain.": ["hips/weakness + knee/pain"],
    "Weak hips set the stage for knee pain.": ["hips/weakness + knee/pain"],
    "Long shifts take a toll on the lower back.": ["open/shift + lower-back/trouble"],
    "Time off makes tendons less stiff.": ["rest - tendons/tightness"],
    "Planks help too, since a strong core supports the spine.": ["core/weakness + spine/instability"],
    "Rows are our favourite because they strengthen the upper back.": ["rows - upper-back/weakness"],
    "Tight hip flexors are often to blame, because they pull the pelvis forward.": [
        "hip-flexors/tightness + pelvis/anterior-tilt",
    ],
    "A pinched disc can press on the root and cause burning pain down the leg.": [
        "discs/pinching + leg/pain",
        "discs/pinching + open/root",
    ],
    "Falling, tripping or getting pushed can cause a sprain.": ["falls + any/sprain", "open/pushed + any/sprain"],
    "A tired trunk lets the knees collapse inwards.": ["core/fatigue + knee/collapse"],
    "Swelling in the joint makes the knee feel stiff and switches off the quads.": [
        "joints/swelling + knee/tightness",
        "joints/swelling + quadriceps/inactivity",
    ],
    "Slumping jams the joints together.": ["slouching + joints/restriction"],
    "Extra weight can cause problems for your pelvis and spine.": [
        "excess-weight + pelvis/trouble",
        "excess-weight + spine/trouble",
    ],
    "Lying down for weeks reduces the strength of the glutes and the deep abdominals.": [
        "open/lying-down-for-week + glutes/weakness",
        "open/lying-down-for-week + transverse-abdominis/weakness",
    ],
    "Your spine, or backbone, protects your spinal cord.": ["spine - spinal-cord/injury"],
    "Standing all day isn't the answer: long standing can itself trigger back pain.": ["standing-long + back/pain"],
    "Stiff shoes hurt the toes and make your calves ache.": ["wrong-shoes + calves/pain", "wrong-shoes + toes/pain"],
    "Desk work doesn't help, as it keeps the hip flexors in a short position.": [
        "sitting + open/hip-flexor-in-short-position"
    ],
    "Watch your sleep, poor sleep slows down tendon recovery and so does smoking.": [
        "sleep-lack + tendons/injury",
        "smoking + tendons/injury",
    ],
    "The hip flexors sit at the front of the hip. When they're tight, they tip the pelvis forward.": [
        "hip-flexors/tightness + pelvis/anterior-tilt"
    ],
    "The calves feel tight because the pelvis tips forward, not because they're short.": [
        "pelvis/anterior-tilt + calves/tightness"
    ],
    "Weak hips can lead to heel pain, because the arch drops.": [
        "foot/flat + heel/pain",
        "hips/weakness + foot/flat",
        "hips/weakness + heel/pain",
    ],
    "Bridges ease back pain. This means that you sleep better.": ["back/pain + sleep-lack", "glute-bridge - back/pain"],
    "Taping lowers the load on the knee, which means less pain.": ["knee/stress + any/pain", "taping - knee/stress"],
    "Ice reduces swelling and so improves ankle mobility.": [
        "any/swelling + ankle/restriction",
        "icing - any/swelling",
    ],
    "Long rest makes back pain last longer.": ["rest + back/pain"],
    "Hip drops are a drill.": [],
    "The leg swings are a warm-up.": [],
}


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(load_vocabulary())


@pytest.mark.parametrize(("sentence", "relations"), SENTENCES.items())
def test_sentence_gives_its_relations(sentence: str, relations: list[str], linker: Linker) -> None:
    [(_, claims)] = read_claims([article_from_text(sentence, id="t")], linker=linker)
    signs = {(c.denied, c.sign): "?" * c.denied + ("+" if c.sign > 0 else "-") for c in claims}
    told = {f"{c.cause_concept} {signs[c.denied, c.sign]} {c.effect_concept}" for c in claims}
    assert sorted(told) == relations


def test_without_a_thing_its_opposite_is_what_the_words_say(linker: Linker) -> None:
    [(_, [claim])] = read_claims([article_from_text("Without strong glutes, the pelvis drops.", id="t")], linker=linker)
    assert (claim.cause.text, claim.said, claim.cause_concept, claim.sign) == (
        "strong glutes",
        -1,
        "glutes/weakness",
        1,
    )
