"""The social architecture of capitalism as a model that the engine runs."""

from __future__ import annotations

from worldclass.dynamics.model import Analysis, Model, Output
from worldclass.dynamics.social_architecture.parameters import SocialArchitecture
from worldclass.dynamics.social_architecture.pictures import (
    draw_comparison,
    draw_distributions,
    draw_firm_sizes,
)
from worldclass.dynamics.social_architecture.published import compare, distributions
from worldclass.dynamics.social_architecture.simulate import CLASSES, simulate

_ALL = ("all",)

MODEL = Model(
    id="social-architecture",
    label="Social architecture of capitalism",
    meaning="Equal agents spend, hire, sell, pay and dismiss at random. Classes, firms of all "
    "sizes, unemployment, recessions and unequal fortunes emerge, though nobody is born into a "
    "class. There is no state, no production function, no bank and no difference in skill.",
    citation="Wright (2005), The social architecture of capitalism, Physica A 346(3–4), 589–620, "
    "doi:10.1016/j.physa.2004.08.006",
    parameters=SocialArchitecture,
    outputs=(
        Output("class_share", CLASSES, "share", "agents of each class, at the end of each month"),
        Output("firms", _ALL, "firms", "agents with employees, at the end of each month"),
        Output("firm_demises", _ALL, "firms", "firms whose last employee left, in the month"),
        Output("output", _ALL, "coins", "market receipts of all firms in the year"),
        Output("wage_share", _ALL, "share", "wages paid as a part of receipts, in the year"),
        Output("profit_share", _ALL, "share", "one less the wage share"),
        Output("capitalists_money", _ALL, "share", "agents' money held by capitalists, year's end"),
        Output("gini_wealth", _ALL, "index", "inequality of money at the end of the year"),
        Output("gini_income", _ALL, "index", "inequality of wages and receipts of the year"),
        Output("tail_wealth", _ALL, "exponent", "Hill exponent of the richest 1 % by money"),
        Output("tail_income", _ALL, "exponent", "Hill exponent of the richest 1 % by income"),
        Output("largest_firm", _ALL, "share", "agents employed by the largest firm, year's end"),
        Output("market_pool", _ALL, "coins", "money spent but not yet received, year's end"),
        Output("profit_rate_mean", _ALL, "rate", "receipts over wages less one, wage-weighted"),
        Output("profit_rate_median", _ALL, "rate", "median of the same, wage-weighted"),
        Output("firms_by_size", (), "firm-months", "firms by number of employees, all months"),
    ),
    time_unit="year",
    simulate=simulate,
    fans={
        "classes": ("class_share",),
        "inequality": ("gini_wealth", "gini_income", "capitalists_money"),
        "economy": ("output", "wage_share", "firms", "firm_demises"),
    },
    pictures={"firm-sizes": draw_firm_sizes},
    analyses={
        "published": Analysis(
            "ten runs of the published length against the published numbers",
            lambda parameters, _: compare(parameters),
            draw_comparison,
        ),
        "distributions": Analysis(
            "wealth and income of all agents over the years, on logarithmic axes",
            lambda parameters, _: distributions(parameters),
            draw_distributions,
        ),
    },
    agents=True,
    shortest={"agents": 100, "years": 1},
    compiling=4.0,
)
