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
    "Toe raises and heel drops prevent shin splints.": ["calf-raises - shin/splints"],
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
        "hips/tightness + pelvis/anterior-tilt",
        "pelvis/anterior-tilt + lumbar-spine/lordosis",
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
