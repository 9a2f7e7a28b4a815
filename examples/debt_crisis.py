"""When does debt break an economy, and what does a central bank change?

Run it with `python examples/debt_crisis.py`. It writes `portrait.svg` beside you. Mechanism, not
forecast: it shows what the equations of Keen's model imply.
"""

import polars as pl

import worldclass as wc
from worldclass.dynamics.debt_crisis.pictures import draw_portrait

found = wc.analyse("debt-crisis", "equilibria")
state = dict(
    found.filter(equilibrium="good", quantity="state").select("group", "value").iter_rows()
)
print(
    f"The good equilibrium: wage share {state['wage_share']:.3f}, employment "
    f"{state['employment']:.3f}, debt {state['debt']:.3f} years of output."
)

# The same economy in three histories.
for scenario in ("keen-collapse", "kick-the-can", "debt-purchases"):
    runs = wc.simulate(scenario=scenario)
    end = runs.filter(quantity="collapse_time")["value"]
    debt = runs.filter(quantity="debt", group="firms")["value"]
    story = (
        f"collapses in year {end[0]:.0f}" if end.len() else f"ends with a debt of {debt[-1]:.2f}"
    )
    print(f"  {scenario}: {story}")

# The same shocks for every interest rate: differences are not luck.
swept = wc.simulate(
    "debt-crisis",
    {"volatility": 0.005, "years": 100},
    sweep={"interest": [0.01, 0.03, 0.05]},
    runs=20,
    seed=1,
)
collapsed = swept.group_by("interest").agg((pl.col("quantity") == "collapse_time").sum())
print("Runs of 20 that collapse within a century, by interest rate:")
for interest, count in collapsed.sort("interest").iter_rows():
    print(f"  {interest:.0%}: {count}")

draw_portrait(wc.analyse("debt-crisis", "portrait"), "Keen's model").save("portrait.svg")
print("The phase portrait is in portrait.svg.")
