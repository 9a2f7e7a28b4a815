"""Which made world settles a shipped claim, and which way; see `peoples` and `others`."""

from __future__ import annotations

HOLDS: dict[str, str] = {
    # Bromma
    "worker-elite-grew": "doubled",
    "worker-elite-share-held": "wage work spreads",
    "china-elite-smaller-share": "China poor",
    "china-elite-larger-number": "China rich",
    "worker-elite-moved-south": "South rises",
    "proletariat-overwhelming-majority": "poor wage workers",
    "women-into-waged-work": "wage work spreads",
    "lumpen-grew": "idleness grows",
    "labour-flows-north": "more labour flows north",
    "inequality-within-and-between": "South rises",
    "industry-left-the-north": "South rises",
    "proletariat-gives-the-surplus": "proletarians give",
    "trade-openness-peaked": "trade peaked in 2008",
    "debt-and-crises": "credit warns",
    "protest-wave-faded": "a wave that faded",
    "pay-below-every-threshold": "pay of 20 dollars",
    # Classical Marxist
    "wage-workers-are-the-majority": "poor wage workers",
    "the-proletariat-grows": "wage work spreads",
    "middle-layers-shrink": "wage work spreads",
    "northern-workers-are-exploited": "the North gives",
    # Others
    "wage-work-converges": "wage work spreads",
    "half-the-world-is-middle-class": "all rich",
    "new-middle-class-in-asia": "South rises",
    "world-without-a-middle": "Brazil and Italy alone",
    "global-inequality-fell": "countries draw together",
    "most-live-on-low-incomes": "all poor",
    "northern-aristocracy-commands-more": "the North takes",
    "aristocracy-majority-in-the-north": "North rich",
    "lumpen-at-its-widest-grew": "idleness grows",
}
FAILS: dict[str, tuple[str, ...]] = {
    # Bromma
    "worker-elite-grew": ("halved",),
    "worker-elite-share-held": ("wage work recedes",),
    "china-elite-smaller-share": ("USA at its own account",),
    "china-elite-larger-number": ("China poor",),
    "worker-elite-moved-south": ("North rises",),
    "proletariat-overwhelming-majority": ("nearly all idle",),
    "women-into-waged-work": ("wage work recedes in the South",),
    "lumpen-grew": ("idleness shrinks",),
    "labour-flows-north": ("less labour flows north", "labour flows south"),
    "inequality-within-and-between": ("North rises",),
    "industry-left-the-north": ("North rises",),
    "proletariat-gives-the-surplus": ("elites give",),
    "trade-openness-peaked": ("trade grows on", "trade peaked in 2000"),
    "debt-and-crises": ("credit warns of calm", "debts fall"),
    "protest-wave-faded": ("a wave that rises",),
    "pay-below-every-threshold": ("pay of 20,000 dollars",),
    # Classical Marxist
    "wage-workers-are-the-majority": ("all own account",),
    "the-proletariat-grows": ("wage work recedes",),
    "middle-layers-shrink": ("wage work recedes",),
    "northern-workers-are-exploited": ("the North takes",),
    # Others
    "wage-work-converges": ("wage work recedes in the South",),
    "half-the-world-is-middle-class": ("all poor",),
    "new-middle-class-in-asia": ("the rest rises",),
    "world-without-a-middle": ("in the middle",),
    "global-inequality-fell": ("North rises",),
    "most-live-on-low-incomes": ("all rich",),
    "northern-aristocracy-commands-more": ("the North gives",),
    "aristocracy-majority-in-the-north": ("North poor",),
    "lumpen-at-its-widest-grew": ("idleness shrinks",),
}
ASSUMED: dict[str, tuple[str, str]] = {
    "lumpen-mostly-male": ("idle men", "idle women"),
    "womens-labour-in-exports": ("exports turn to women's work", "exports turn to men's work"),
    "falling-from-the-elite": ("the five fall", "the five are at work"),
}
"""Claims whose deciding quantity is assumed: worlds in which the numbers bear them out, or not."""
SIMULATED = ("waves-move-as-expected", "unity-enlarges-waves")
"""Claims about runs of a model: `test_simulated_claims` says why no data settle them."""
